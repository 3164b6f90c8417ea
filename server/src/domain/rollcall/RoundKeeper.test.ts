import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { MemoryRounds } from '../../../test/support/MemoryRounds.ts';
import { RoundsUnderLaw } from '../../../test/support/RoundsUnderLaw.ts';
import type { EntryAsk } from './entryRules.ts';
import { LiveRounds } from './LiveRounds.ts';
import { RoundKeeper } from './RoundKeeper.ts';
import type { RoundFacts } from './roundRules.ts';

const briefing = randomUUID();
const path = 'vn.79.00001';
const unit = '00001';
const officer = { account: randomUUID(), name: 'PM' };

/** A node that follows the rounds of a briefing, in which another one records. */
function world() {
  let now = new Date('2026-09-02T07:00:00.000Z');
  const clock = { now: () => now };
  const store = new MemoryRounds({ clock, stateOf: () => 'live', expected: () => [{ unit, path }] });
  const live = new LiveRounds();
  const alarm = { moves: () => undefined, reprompt: () => undefined };
  const keeper = new RoundKeeper({ store, live, alarm, arrivals: { holds: () => false } });
  const later = (seconds: number) => {
    now = new Date(now.getTime() + seconds * 1000);
  };
  const open = async (repromptSeconds: number | null = null) => {
    const { opened } = await new RoundsUnderLaw(store).open({
      ...{ briefing, key: randomUUID(), question: 'Có mặt?', scope: ['vn'], seconds: 60, lateSeconds: 60 },
      ...{ repromptSeconds, answerers: ['chair'], proof: 'tap', challenge: null, quorum: null, by: officer },
    });
    return opened.round.id;
  };
  const answer = (round: string) => {
    const by = { account: randomUUID(), name: 'UBND', identity: `${unit}.a`, address: '' };
    const ask: EntryAsk = {
      ...{ round, unit, kind: 'answer', key: randomUUID(), by, received: now, answerer: 'chair' },
      ...{ name: null, note: null, challenge: null },
    };
    return new RoundsUnderLaw(store).enter(briefing, [ask]);
  };
  return { store, live, keeper, later, open, answer };
}

test('RC3 who answered at another node is absent at none, also where the answer could not be read at the deadline', async () => {
  const { store, live, keeper, later, open, answer } = world();
  const round = await open();
  await keeper.sweep();
  await answer(round);
  later(61);
  const { entriesSince } = store;
  store.entriesSince = () => Promise.reject(new Error('the line broke'));
  await assert.rejects(keeper.sweep(), /the line broke/);
  assert.equal(live.get(round)?.entry(unit)?.state, 'called');
  store.entriesSince = entriesSince;
  await keeper.sweep();
  assert.deepEqual([live.get(round)?.state, live.get(round)?.entry(unit)?.state], ['due', 'answered']);
});

test('RC3 that a round is due is recorded when it is first found, known everywhere, and ends by an extension alone', async () => {
  const { store, live, keeper, later, open } = world();
  const round = await open();
  await keeper.sweep();
  later(61);
  await keeper.look(round);
  assert.equal(store.get(round)?.round.dueAt?.toISOString(), '2026-09-02T07:01:01.000Z');
  const other = new LiveRounds();
  const learned: Date[] = [];
  other.on('due', (at) => learned.push(at));
  const elsewhere = new RoundKeeper({
    ...{ store, live: other, alarm: { moves: () => undefined, reprompt: () => undefined } },
    arrivals: { holds: () => false },
  });
  later(-300);
  await elsewhere.sweep();
  await keeper.sweep();
  assert.deepEqual([live.get(round)?.state, other.get(round)?.state], ['due', 'due']);
  assert.equal(learned.length > 0, true, 'what comes to it now comes after the deadline');
  await new RoundsUnderLaw(store).extend(round, 60, officer);
  await keeper.sweep();
  await elsewhere.sweep();
  assert.deepEqual([live.get(round)?.state, other.get(round)?.state], ['open', 'open']);
  assert.equal(store.get(round)?.round.dueAt, undefined);
});

test('RC3 who answered after an extension of which this node has not heard is absent at none, though the round was over here', async () => {
  const { store, live, keeper, later, open, answer } = world();
  const round = await open();
  await keeper.sweep();
  const first = live.get(round)?.round as RoundFacts;
  later(50);
  const law = new RoundsUnderLaw(store);
  await law.extend(round, 120, officer);
  later(75);
  await keeper.moved(first, new Date(first.lateUntil.getTime() + 5_000));
  assert.equal(live.get(round)?.state, 'closed');
  await answer(round);
  await law.close(round, officer);
  const told: unknown[] = [];
  live.on('told', (board) => told.push([board.state, board.entry(unit)?.state]));
  await keeper.look(round);
  assert.deepEqual(told, [['closed', 'answered']]);
});

test('DL2 a round that is opened while a sweep asks for all of them is not forgotten', async () => {
  const { store, live, keeper, open } = world();
  const { marks } = store;
  const asked = Promise.withResolvers<void>();
  store.marks = async () => {
    const before = await marks.call(store);
    await asked.promise;
    return before;
  };
  const sweep = keeper.sweep();
  const round = await open();
  await keeper.board(round);
  asked.resolve();
  await sweep;
  assert.equal(live.get(round)?.state, 'open');
});

test('DL4 nobody is asked again by what a node knew of a briefing that is over for it meanwhile', async () => {
  const { store, live, keeper, later, open } = world();
  const round = await open(5);
  await keeper.sweep();
  later(6);
  const { look } = store;
  store.look = async (id) => {
    const seen = await look.call(store, id);
    live.forget(briefing);
    return seen;
  };
  const told: string[] = [];
  live.on('told', (board) => told.push(board.round.id));
  await keeper.look(round);
  assert.deepEqual(told, []);
  store.look = look;
  await keeper.sweep();
  assert.deepEqual(told, [round], 'and it is known anew');
});
