import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BriefingState } from '../../protocol/briefing.ts';
import { choose, chooseItem, emptyProgramme } from './choose.ts';
import type { ProgrammeMoment } from './ports.ts';

const moment = (state: BriefingState = 'live', ...onFloor: string[]): ProgrammeMoment => ({
  programme: emptyProgramme('b'),
  briefing: {
    state,
    stage: 'vn',
    producers: [],
    agenda: [
      { title: 'Khai mạc', minutes: 5 },
      { title: 'Báo cáo', by: 'Bộ Y tế' },
    ],
  },
  onFloor: new Set(onFloor),
});
const auto = { kind: 'auto' } as const;
const seat = (identity: string) => ({ by: 'device', identity }) as const;

test('PN6, PN1 it begins with the automatic choice; what stands already is no choice, and what is left out stays', () => {
  assert.equal(choose(moment(), { layout: auto }), null);
  assert.equal(choose(moment(), {}), null);
  const gallery = { kind: 'gallery', most: 9 } as const;
  assert.deepEqual(choose(moment(), { layout: gallery }), { layout: gallery, content: null });
  const content = { kind: 'slides', deck: 'd' } as const;
  assert.deepEqual(choose(moment(), { content }), { layout: auto, content });
  const shown = { ...moment(), programme: { ...emptyProgramme('b'), content } };
  assert.deepEqual(choose(shown, { content: null }), { layout: auto, content: null });
  assert.deepEqual(choose(shown, { layout: gallery }), { layout: gallery, content });
});

test('PN3 nothing is produced before the doors are open, nor after the end', () => {
  const card = { layout: { kind: 'card', text: 'Nghỉ' } } as const;
  assert.ok(choose(moment('open'), card));
  assert.throws(() => choose(moment('scheduled'), card), { reason: 'not-live' });
  assert.throws(() => choose(moment('closed'), card), { reason: 'briefing-closed' });
});

test('PN4 a device is named where it is on the floor, and a layout shows nobody twice', () => {
  const solo = { layout: { kind: 'solo', who: seat('a') } } as const;
  assert.ok(choose(moment('live', 'a'), solo));
  assert.throws(() => choose(moment('live', 'b'), solo), { reason: 'not-connected' });
  const twice = { kind: 'pair', left: seat('a'), right: seat('a') } as const;
  assert.throws(() => choose(moment('live', 'a'), { layout: twice }), { reason: 'bad-request' });
  const roles = { kind: 'inset', large: { by: 'guest' }, small: { by: 'guest' } } as const;
  assert.throws(() => choose(moment(), { layout: roles }), { reason: 'bad-request' });
});

test('PN12, PN13 the item that runs is taken as the agenda has it; what runs already is no choice, and another agenda a conflict', () => {
  const opening = { nr: 1, title: 'Khai mạc' };
  assert.equal(chooseItem(moment(), null), undefined);
  assert.deepEqual(chooseItem(moment('open'), opening), { nr: 1, title: 'Khai mạc', minutes: 5 });
  const item = { nr: 2, title: 'Báo cáo', by: 'Bộ Y tế', since: '2026-11-26T01:00:00.000Z' };
  const later = { ...moment(), programme: { ...emptyProgramme('b'), item } };
  assert.equal(chooseItem(later, { nr: 2, title: 'Báo cáo' }), undefined);
  assert.deepEqual(chooseItem(later, opening), { nr: 1, title: 'Khai mạc', minutes: 5 });
  assert.equal(chooseItem(later, null), null);
  for (const other of [
    { nr: 1, title: 'Báo cáo' },
    { nr: 3, title: 'Bế mạc' },
  ])
    assert.throws(() => chooseItem(moment(), other), { reason: 'conflict' });
  assert.throws(() => chooseItem(moment('scheduled'), opening), { reason: 'not-live' });
  assert.throws(() => chooseItem(moment('closed'), null), { reason: 'briefing-closed' });
});
