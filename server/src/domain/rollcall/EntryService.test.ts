import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { person } from '../../../test/support/floorPeople.ts';
import { JsonText } from '../../lib/JsonText.ts';
import { DomainError } from '../../protocol/errors.ts';
import type { Receipt } from '../../protocol/record.ts';
import { EntryService } from './EntryService.ts';
import { decideEntry, type EntryAsk, type EntryRecord, NOTHING } from './entryRules.ts';
import { LiveRounds } from './LiveRounds.ts';
import type { EntryOutcome, RoundStore } from './ports.ts';
import { RoundKeeper } from './RoundKeeper.ts';
import type { RoundFacts } from './roundRules.ts';

const start = new Date('2026-09-02T07:00:00.000Z');
const receipt = new JsonText<Receipt>('{"batch":1}');

/** A round of two units that this node knows; `recorded` runs between commit and answer. */
function world(more: Partial<RoundFacts> = {}, recorded: (live: LiveRounds) => void = () => undefined) {
  const briefing = randomUUID();
  const round: RoundFacts = {
    ...{ id: randomUUID(), briefing, nr: 1, question: '?', scope: ['vn'], expected: 2, openedAt: start },
    ...{ deadline: new Date(start.getTime() + 60_000), lateUntil: new Date(start.getTime() + 90_000), closedAt: null },
    ...{ repromptSeconds: null, answerers: ['chair'], proof: 'tap', challenge: null, quorum: null, reopens: null },
    ...{ by: 'PM', version: 1, ...more },
  };
  const live = new LiveRounds();
  const units = ['vn.1.11', 'vn.1.12'].map((path) => ({ path, unit: path.slice(-2) }));
  live.add({ round, units, entries: [] }, start, 0);
  let seq = 0;
  const enterOne = (ask: EntryAsk): EntryOutcome => {
    try {
      decideEntry(round, 'open', NOTHING, ask);
    } catch (error) {
      return { error };
    }
    const { by, challenge: _, received: __, ...rest } = ask;
    const record: EntryRecord = {
      ...rest,
      seq: ++seq,
      at: start,
      late: false,
      account: by.account,
      by: by.name,
      identity: by.identity,
    };
    return { record, facts: [record], receipt, first: true };
  };
  const enter = async (_: string, asks: readonly EntryAsk[]) => {
    const outcomes = asks.map(enterOne);
    recorded(live);
    return outcomes;
  };
  const store = { enter } as unknown as RoundStore;
  const alarm = { moves: () => undefined, reprompt: () => undefined };
  const keeper = new RoundKeeper({ store, live, alarm, arrivals: { holds: () => false } });
  const refusals = { watch: <T>(_: unknown, work: () => Promise<T>) => work() };
  const entries = new EntryService({ store, live, keeper, refusals, figures: { last: () => null } });
  const entrant = (path: string, role: 'seat' | 'moderator' = 'seat') => ({
    ...person(briefing, role, path),
    address: '203.0.113.1',
    received: start,
  });
  const answer = (path: string, challenge?: string) =>
    entries
      .answer(entrant(path), { round: round.id, key: randomUUID(), answerer: 'chair', ...(challenge && { challenge }) })
      .then(({ entry }) => entry.state)
      .catch((error: unknown) => (error instanceof DomainError ? error.reason : error));
  return { entries, entrant, answer, round };
}

test('DL6 an answer that was committed while its briefing closed is acknowledged with its receipt', async () => {
  const { entries, entrant, round } = world({}, (live) => live.forget(round.briefing));
  const done = await entries.answer(entrant('vn.1.11'), { round: round.id, key: randomUUID(), answerer: 'chair' });
  assert.deepEqual([done.entry.state, done.first, done.receipt], ['answered', true, receipt]);
});

test('RC11 after five wrong pairs of digits, sent at once, a unit is refused the right ones, and an official notes it', async () => {
  const { entries, entrant, answer, round } = world({ proof: 'challenge', challenge: '42' });
  const program = await Promise.all(
    Array.from({ length: 43 }, (_, digits) => answer('vn.1.11', `${digits}`.padStart(2, '0'))),
  );
  assert.deepEqual(program.slice(0, 5), Array(5).fill('wrong-proof'));
  assert.deepEqual(program.slice(5), Array(38).fill('too-many-tries'));
  assert.equal(await answer('vn.1.12', '42'), 'answered', 'the neighbour does not notice');
  const noted = { round: round.id, unit: '11', key: randomUUID(), as: 'official' as const };
  assert.equal((await entries.enter(entrant('vn', 'moderator'), noted)).entry.state, 'official');
});

test('RC11 the same wrong digits again are no new guess', async () => {
  const { answer } = world({ proof: 'challenge', challenge: '42' });
  for (let i = 0; i < 8; i++) assert.equal(await answer('vn.1.11', '24'), 'wrong-proof');
  assert.equal(await answer('vn.1.11', '42'), 'answered');
});
