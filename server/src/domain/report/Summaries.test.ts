import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Account } from '../../protocol/organisation.ts';
import type { EntryRecord } from '../rollcall/entryRules.ts';
import type { WholeRound } from '../rollcall/ports.ts';
import { Summaries, type SummaryParts } from './Summaries.ts';

const at = new Date('2026-09-02T07:00:00.000Z');
const id = 'r';
const record = (seq: number, unit: string, value: number, kind: EntryRecord['kind'] = 'answer'): EntryRecord => ({
  ...{ round: id, unit, seq, kind, key: `${seq}`, at, late: false, account: unit, by: 'UBND', identity: `${unit}.a` },
  ...{ answerer: 'chair', name: null, note: null, number: { value, held: false } },
});
const leader = { unit: { path: 'vn' }, role: 'principal' } as Account;

/** Of one round that is closed, with what is recorded of it. */
function summariesOf(entries: EntryRecord[], number: WholeRound['round']['number']) {
  let loads = 0;
  const round: WholeRound['round'] = {
    ...{ id, briefing: 'b', nr: 1, question: '?', scope: ['vn'], expected: 2, openedAt: at, deadline: at },
    ...{ lateUntil: at, closedAt: at, repromptSeconds: null, answerers: ['chair'], proof: 'tap', challenge: null },
    ...{ quorum: null, reopens: null, by: 'PM', version: 1, ...(number && { number }) },
  };
  const units = ['vn.1.11', 'vn.1.12'].map((path) => ({ path, unit: path.slice(-2) }));
  const parts: SummaryParts = {
    attendance: { whole: async () => ({ at: '', rule: {} as never, liveSeconds: 0, rows: [] }) },
    rounds: {
      load: async () => {
        loads += 1;
        return { round, units, entries: [...entries] };
      },
      look: async () => ({ round, now: at }),
      entriesSince: async (_, seq) => entries.filter((one) => one.seq > seq),
    },
    directives: { find: async () => undefined, counts: async () => ({ groups: [] }) as never },
    calls: { calls: async () => [] },
    questions: { questionsOf: async () => [] } as never,
    index: {
      rounds: async () => [{ id, rows: 2, at, paths: ['vn'] }],
      directives: async () => [],
    },
    names: { name: () => undefined },
    readBriefing: async () => ({ id: 'b', state: 'live' }) as never,
  };
  const summaries = new Summaries(parts);
  return { read: async () => (await summaries.read(leader, 'b')).rounds[0], loads: () => loads };
}

const beds = { label: 'Giường trống', unit: 'giường', scale: 0, min: 0, max: 5_000, soft: null, indicator: null };

test('FG32 RP9 the summary has the sum of the number that a round asked for, with how much of the territory is in it', async () => {
  const { read } = summariesOf([record(1, '11', 120)], beds);
  const { sum } = (await read()) ?? {};
  assert.deepEqual([sum?.unit, sum?.value, sum?.coverage.fresh, sum?.coverage.expected], ['vn', 120, 1, 2]);
  assert.equal((await summariesOf([record(1, '11', 120)], undefined).read())?.sum, undefined);
});

test('FG30 FG32 a number that is changed when its round is over is in the sum; while none is, entries are read once', async () => {
  const entries = [record(1, '11', 120)];
  const { read, loads } = summariesOf(entries, beds);
  for (let i = 0; i < 3; i++) assert.equal((await read())?.sum?.value, 120);
  assert.equal(loads(), 1);
  entries.push(record(2, '11', 12, 'number'));
  assert.equal((await read())?.sum?.value, 12);
  assert.equal(loads(), 2);
});
