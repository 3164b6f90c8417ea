import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DomainError } from '../../protocol/errors.ts';
import type { Deck } from '../../protocol/slides.ts';
import { MOST_TURNS } from './limits.ts';
import type { ShowMoment } from './ports.ts';
import { endShow, noShow, type Show, showDeck, turnTo } from './shows.ts';

const page = { wide: 'a', narrow: 'b', width: 1920, height: 1080, text: '' };
const deck = (id: string, more: Partial<Deck> = {}): Deck => {
  const facts = { id, briefing: 'b', source: 's', title: `Tập ${id}`, size: 3, shown: false };
  return { ...facts, pages: [page, page, page], ...more };
};
const moment = (show: Show, named?: Deck, now = '2026-09-02T01:00:00.000Z', state: 'live' | 'closed' = 'live') =>
  ({ show, deck: named, now, briefing: { id: 'b', state, stage: 'vn', producers: [] } }) satisfies ShowMoment;
const why = (work: () => unknown): string => {
  try {
    work();
    return 'nothing';
  } catch (error) {
    return error instanceof DomainError ? error.reason : String(error);
  }
};
const shown = (show = noShow('b'), which = deck('1')): Show => {
  const step = showDeck(moment(show, which), 1);
  if (!step) throw new Error('not shown');
  return step.show;
};

test('SL5 a deck is shown when it is complete, of this briefing, and the briefing is open', () => {
  const ready = deck('1');
  const missing = deck('1', { pages: [page, null, page] });
  assert.equal(
    why(() => showDeck(moment(noShow('b'), missing), 1)),
    'conflict',
  );
  assert.equal(
    why(() => showDeck(moment(noShow('b'), deck('1', { briefing: 'other' })), 1)),
    'not-found',
  );
  assert.equal(
    why(() => showDeck(moment(noShow('b'), undefined), 1)),
    'not-found',
  );
  assert.equal(
    why(() => showDeck(moment(noShow('b'), ready, undefined, 'closed'), 1)),
    'not-live',
  );
  assert.equal(
    why(() => showDeck(moment(noShow('b'), ready), 4)),
    'bad-request',
  );
  const step = showDeck(moment(noShow('b'), ready), 2);
  assert.deepEqual(step?.show.shown, { deck: '1', title: 'Tập 1', size: 3, page: 2 });
  assert.deepEqual(
    step?.acts.map(({ act, deck: id }) => [act, id]),
    [['show', '1']],
  );
});

test('SL5 SL8 another deck takes the place: the one that was shown ends, with its pages and when', () => {
  const turned = turnTo(moment(shown(), undefined, '2026-09-02T01:00:09.000Z'), '1', 3);
  assert.ok(turned);
  assert.deepEqual(turned.acts, [], 'a turn is no act for the record');
  const next = showDeck(moment(turned.show, deck('2')), 1);
  assert.deepEqual(next?.acts, [
    {
      act: 'end',
      deck: '1',
      turns: [
        { page: 1, at: '2026-09-02T01:00:00.000Z' },
        { page: 3, at: '2026-09-02T01:00:09.000Z' },
      ],
    },
    { act: 'show', deck: '2', turns: [] },
  ]);
  assert.equal(endShow({ show: noShow('b') }), undefined, 'ending nothing is no error');
});

test('SL7 a turn that is repeated changes nothing; of another deck, or past the end, it is refused', () => {
  const show = shown();
  assert.equal(turnTo(moment(show), '1', 1), undefined);
  assert.equal(turnTo(moment(show), '1', 2)?.show.seq, show.seq + 1);
  assert.equal(
    why(() => turnTo(moment(show), '2', 2)),
    'conflict',
  );
  assert.equal(
    why(() => turnTo(moment(noShow('b')), '1', 2)),
    'conflict',
  );
  assert.equal(
    why(() => turnTo(moment(show), '1', 4)),
    'bad-request',
  );
});

test('SL8 the record of a deck names so many turns, and no more', () => {
  let show = shown();
  for (let i = 0; i < MOST_TURNS + 5; i++) show = turnTo(moment(show), '1', (i % 2) + 2)?.show ?? show;
  assert.equal(show.turns.length, MOST_TURNS);
});
