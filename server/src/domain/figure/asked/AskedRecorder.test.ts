import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogger } from '../../../observability/logger.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { FigureRow } from '../../../protocol/figureBatch.ts';
import type { WholeRound } from '../../rollcall/ports.ts';
import { AskedRecorder, type WaitingRound } from './AskedRecorder.ts';

const number = { label: 'Giường trống', unit: 'giường', scale: 0, indicator: null };
const said = (seq: number, unit: string, value: number, kind = 'answer') => ({
  ...{ seq, unit, kind, note: kind === 'number' ? `vì ${value}` : null, number: { value, held: false } },
});
const round = (entries: readonly object[]) =>
  ({
    round: { proof: 'tap', by: 'PM', scope: ['vn'], openedAt: new Date('2026-11-26T02:00:00Z'), number },
    ...{ units: ['1', '2', '3'].map((unit) => ({ unit })), entries },
  }) as unknown as WholeRound;

/** Rounds that wait, and what comes of them. */
function ground(rounds: Readonly<Record<string, readonly object[]>>) {
  const taken = new Map<string, number>();
  const batches: { rows: [string, string | null][]; reason: string | undefined }[] = [];
  const keys: string[] = [];
  const ground = {
    /** What another node does before this one has the turn. */
    meanwhile: () => undefined as unknown,
    ...{ taken, batches, keys, rounds: { ...rounds }, now: 0, refused: 0 },
    failing: undefined as unknown,
    warned: [] as unknown[],
  };
  const logger = createLogger('silent');
  logger.warn = (what: unknown) => ground.warned.push(what);
  const recorder = new AskedRecorder({
    store: {
      waiting: async () =>
        Object.entries(ground.rounds).flatMap(([id, entries]): WaitingRound[] => {
          const one = { ...number, round: id, seq: entries.length, taken: taken.get(id) ?? 0, shared: true };
          return one.seq > one.taken ? [one] : [];
        }),
      taken: async (id, seq) => void taken.set(id, seq),
      inTurn: async (_indicator, { round: id, seq }, work) => {
        ground.meanwhile();
        const before = taken.get(id) ?? 0;
        if (before >= seq) return;
        await work(before);
        taken.set(id, seq);
      },
    },
    rounds: { load: async (id) => round(ground.rounds[id] ?? []) },
    definitions: { beginIndicator: async () => undefined, widenSource: async () => undefined },
    intake: {
      take: async (_source, rows: readonly FigureRow[], { reason, key, bodyHash }) => {
        if (ground.failing) throw ground.failing;
        keys.push(`${key} ${bodyHash}`);
        batches.push({ rows: rows.map(({ unit, value }) => [unit, value]), reason });
        const errors = rows
          .slice(0, ground.refused)
          .map(({ row, unit }) => ({ row, value: unit, reason: 'closed-unit', say: { vi: '', en: '' } }) as const);
        return {
          ...{ n: null, seal: null, accepted: 0, unchanged: 0, held: 0, refused: ground.refused },
          ...{ errors, dryRun: false },
        };
      },
    },
    committed: () => undefined,
    ...{ now: () => ground.now, logger },
  });
  return Object.assign(ground, { look: () => recorder.look() });
}

test('FG60 what an official changes afterwards is taken in by itself: of the others a later round may know better', async () => {
  const early = [said(1, '1', 10), said(2, '2', 20), said(3, '3', 30)];
  const of = ground({ early, late: [said(1, '1', 11), said(2, '2', 21)] });
  await of.look();
  of.rounds.early = [...early, said(4, '2', 25, 'number')];
  await of.look();
  assert.deepEqual(
    of.batches.map(({ rows }) => rows.map(([unit]) => unit).join()),
    ['1,2,3', '1,2', '2'],
  );
  assert.deepEqual(of.batches.at(-1), { rows: [['2', '25']], reason: 'vì 25' });
});

test('FG60 a reason is that of the unit whose number an official changed, and of no other', async () => {
  const of = ground({
    early: [
      ...[said(1, '1', 10), said(2, '2', 20), said(3, '3', 30)],
      ...[said(4, '2', 25, 'number'), said(5, '3', 35, 'number'), said(6, '2', 26, 'number')],
    ],
  });
  await of.look();
  const own = Object.entries({ 1: '10', 2: '20', 3: '30' });
  assert.deepEqual(of.batches, [
    { rows: own, reason: undefined },
    { rows: [['2', '25']], reason: 'vì 25' },
    { rows: [['3', '35']], reason: 'vì 35' },
    { rows: [['2', '26']], reason: 'vì 26' },
  ]);
  assert.equal(new Set(of.keys).size, 4);
});

test('FG60 what a unit says late, after an official has changed another one, has no reason', async () => {
  const early = [said(1, '1', 10), said(2, '1', 15, 'number'), said(3, '2', 20), said(4, '3', 30)];
  const of = ground({ early });
  await of.look();
  assert.deepEqual(of.batches.slice(1), [
    { rows: [['1', '15']], reason: 'vì 15' },
    { rows: Object.entries({ 2: '20', 3: '30' }), reason: undefined },
  ]);
});

test('FG60 it goes on where it was, and a key stands for the same on each node, wherever it begins', async () => {
  const early = [said(1, '1', 10), said(2, '2', 20), said(3, '1', 15, 'number'), said(4, '2', 25, 'number')];
  const of = ground({ early });
  const other = ground({ early });
  other.taken.set('early', 1);
  for (const node of [of, other]) await node.look();
  assert.deepEqual(other.keys, of.keys);
  assert.deepEqual(other.batches[0]?.rows, [['2', '20']]);
  const third = ground({ early });
  third.taken.set('early', 3);
  await third.look();
  assert.deepEqual(third.batches, of.batches.slice(2));
});

test('FG60 what is refused for good of one change keeps no other back', async () => {
  const of = ground({ early: [said(1, '1', 10), said(2, '1', 15, 'number'), said(3, '1', 16, 'number')] });
  let turn = 0;
  of.meanwhile = () => {
    turn += 1;
    of.failing = turn === 2 ? refuse('conflict', 'this key was used for something else') : undefined;
  };
  await of.look();
  assert.deepEqual(
    of.batches.map(({ rows }) => rows),
    [[['1', '10']], [['1', '16']]],
  );
  assert.deepEqual([...of.taken], [['early', 3]]);
});

test('FG60 what another node has taken in meanwhile is not taken in again over what is newer', async () => {
  const of = ground({ early: [said(1, '1', 10), said(2, '2', 20), said(3, '3', 30)] });
  of.meanwhile = () => of.taken.set('early', 2);
  await of.look();
  assert.deepEqual(of.batches, [{ rows: [['3', '30']], reason: undefined }]);
  const late = ground({ early: [said(1, '1', 10)] });
  late.meanwhile = () => late.taken.set('early', 1);
  await late.look();
  assert.deepEqual(late.batches, []);
});

test('FG60 what failed is tried again after a while, before later rounds of the same number', async () => {
  const of = ground({ early: [said(1, '1', 10)], late: [said(1, '1', 11)] });
  of.failing = new Error('deadlock detected');
  await of.look();
  of.failing = undefined;
  await of.look();
  assert.deepEqual([of.batches, of.taken.size], [[], 0]);
  of.now = 60_000;
  await of.look();
  assert.deepEqual(
    of.batches.map(({ rows }) => rows),
    [[['1', '10']], [['1', '11']]],
  );
  assert.deepEqual([...of.taken], Object.entries({ early: 1, late: 1 }));
});

test('FG60 what is refused for good is not tried again, and a store that is away is waited for', async () => {
  const of = ground({ early: [said(1, '1', 10)] });
  of.failing = refuse('store-unavailable', 'away');
  await assert.rejects(of.look(), { reason: 'store-unavailable' });
  assert.equal(of.taken.size, 0);
  of.failing = refuse('bad-request', 'it would be stale before it is due');
  await of.look();
  assert.deepEqual([...of.taken], [['early', 1]]);
});

test('FG60 numbers that are refused are told with their units', async () => {
  const of = ground({ early: [said(1, '1', 10), said(2, '2', 20)] });
  of.refused = 1;
  await of.look();
  assert.deepEqual(of.warned, [
    { round: 'early', count: 1, refused: [{ unit: '1', reason: 'closed-unit', value: '1' }] },
  ]);
});
