import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Place, Seat } from '../../protocol/floor.ts';
import { type StageAct, speechesOf } from './speeches.ts';

const END = '2026-11-26T03:00:00.000Z';
const at = (minute: number, second = 0): string => new Date(Date.UTC(2026, 10, 26, 2, minute, second)).toISOString();
const seat = (unit: string, person: Seat['person'] = null): Seat => ({
  ...{ identity: `${unit}.a`, account: 'a', unit, path: `vn.${unit}`, name: `UBND ${unit}`, role: 'seat', person },
});
const on = (minute: number, one: Seat, place: Place = 'stage', second = 0): StageAct => {
  const speaker = { seat: one, place, since: at(minute, second), muted: false, checked: false, call: null };
  return { at: at(minute, second), changes: [{ kind: 'speaker', speaker }] };
};
const off = (minute: number, { identity }: Seat): StageAct => ({
  ...{ at: at(minute), changes: [{ kind: 'speaker-off', identity }] },
});

test('MN4 the green room is no stage, and each time on stage stands by itself, in the order of their beginnings', () => {
  const [a, b] = [seat('1'), seat('2')];
  const said = speechesOf(
    [on(0, a, 'green'), on(1, a), on(2, b), on(4, a, 'green'), off(5, a), off(6, b), on(7, a)],
    END,
  );
  assert.deepEqual(
    said.map(({ unit, from, to, seconds }) => [unit, from, to, seconds]),
    [
      ['1', at(1), at(4), 180],
      ['2', at(2), at(6), 240],
      ['1', at(7), END, 53 * 60],
    ],
  );
});

test('MN4 the time without a line is not counted, and coming back is no second time', () => {
  const a = seat('1');
  const muted = on(2, a);
  const said = speechesOf([on(1, a), muted, on(3, a, 'holding'), on(5, a), off(6, a)], END);
  assert.deepEqual(
    said.map(({ from, to, seconds }) => [from, to, seconds]),
    [[at(1), at(6), 180]],
  );
});

test('MN4 TR21 the time in which they looked at another stage is not counted, and ends nothing', () => {
  const [pm, leader] = [seat('vn'), seat('1')];
  const room: StageAct = {
    at: at(0),
    changes: [{ kind: 'stage', stage: { unit: '1', path: 'vn.1', name: 'Tỉnh', since: at(0) } }],
  };
  const looks = (minute: number, { identity }: Seat, stage: string | null): StageAct => ({
    at: at(minute),
    changes: [{ kind: 'entered', identity, stage }],
  });
  const inRoom = on(1, leader).changes.map((change) =>
    change.kind === 'speaker' ? { ...change, speaker: { ...change.speaker, stage: 'vn.1' } } : change,
  );
  const acts = [room, on(1, pm), { at: at(1), changes: inRoom }, looks(3, pm, 'vn.1'), looks(4, leader, 'vn')];
  const dropped = [on(5, pm, 'holding'), on(6, pm)];
  const all = [...acts, ...dropped, looks(8, pm, null), looks(9, leader, 'vn.1'), off(10, pm), off(10, leader)];
  const said = (of?: string) => speechesOf(all, END, of).map(({ from, to, seconds }) => [from, to, seconds]);
  assert.deepEqual(said(), [[at(1), at(10), 240]]);
  assert.deepEqual(said('vn.1'), [[at(1), at(10), 240]]);
});

test('MN4 TR11 nor is the time in which all were shown another stage, for who stands below', () => {
  const [pm, leader] = [seat('vn'), seat('1')];
  const inRoom = on(1, leader).changes.map((change) =>
    change.kind === 'speaker' ? { ...change, speaker: { ...change.speaker, stage: 'vn.1' } } : change,
  );
  const gather = (minute: number, path: string, eyes: boolean): StageAct => ({
    at: at(minute),
    changes: [{ kind: 'gather', gather: { path, eyes, backAt: null } }],
  });
  const acts = [on(1, pm), { at: at(1), changes: inRoom }, gather(2, 'vn.1', true), gather(3, 'vn', true)];
  const all = [...acts, gather(5, 'vn', false), off(6, leader), off(6, pm)];
  const said = (of?: string) => speechesOf(all, END, of).map(({ from, to, seconds }) => [from, to, seconds]);
  assert.deepEqual(said('vn.1'), [[at(1), at(6), 180]], 'who stands at the unit itself is seen there');
  assert.deepEqual(said(), [[at(1), at(6), 300]]);
});

test('MN4 nobody stands longer than the briefing, whenever the floor was cleared', () => {
  const a = seat('1');
  const cleared: StageAct = {
    at: '2026-11-26T04:00:00.000Z',
    changes: [{ kind: 'speaker-off', identity: a.identity }],
  };
  assert.deepEqual(
    speechesOf([on(50, a), cleared], END).map(({ to, seconds }) => [to, seconds]),
    [[END, 600]],
  );
});

test('MN4 the person is who was named last', () => {
  const [nobody, chair] = [seat('1'), seat('1', { name: 'Lê Thị Bé', title: 'Chủ tịch' })];
  const [said] = speechesOf([on(1, nobody), on(2, chair), on(3, nobody, 'holding'), off(4, nobody)], END);
  assert.deepEqual(said?.person, { name: 'Lê Thị Bé', title: 'Chủ tịch' });
});

test('TR9 what is said in the room of a unit is none of the minutes of the briefing', () => {
  const a = seat('1');
  const inRoom = on(1, a).changes.map((change) =>
    change.kind === 'speaker' ? { ...change, speaker: { ...change.speaker, stage: 'vn.1' } } : change,
  );
  const said = speechesOf([{ at: at(1), changes: inRoom }, off(5, a), on(6, a), off(7, a)], END);
  assert.deepEqual(
    said.map(({ from, to }) => [from, to]),
    [[at(6), at(7)]],
  );
});

test("MN4 PN15 time under a card on the briefing's own stage is not counted, also of who comes under it, and ends nothing", () => {
  const [a, b, room] = [seat('1'), seat('2'), seat('3')];
  const shown = (minute: number, card: boolean) => ({ at: new Date(at(minute)), card });
  const inRoom = on(1, room).changes.map((change) =>
    change.kind === 'speaker' ? { ...change, speaker: { ...change.speaker, stage: 'vn.3' } } : change,
  );
  const acts = [
    on(1, a),
    { at: at(1), changes: inRoom },
    on(4, b),
    on(5, a, 'holding'),
    on(6, a),
    off(9, a),
    off(20, b),
    off(20, room),
  ];
  // The second card has other words, and is no second pause.
  const cards = [shown(0, false), shown(3, true), shown(4, true), shown(7, false), shown(15, true)];
  const said = (stage?: string) =>
    speechesOf(acts, END, stage, cards).map(({ unit, from, to, seconds }) => [unit, from, to, seconds]);
  assert.deepEqual(said(), [
    ['1', at(1), at(9), 4 * 60],
    ['2', at(4), at(20), 8 * 60],
  ]);
  assert.deepEqual(said('vn.3'), [['3', at(1), at(20), 19 * 60]]);
  const late = speechesOf([on(1, a)], END, undefined, [shown(2, true)]);
  assert.deepEqual(
    late.map(({ to, seconds }) => [to, seconds]),
    [[END, 60]],
  );
});
