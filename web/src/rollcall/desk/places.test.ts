import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingOf, takeTick } from '../../api/channel/rounds.ts';
import type { EntryState, Roster, RoundCount } from '../../api/contract.ts';
import { trailOf, viewOf } from '../../organisation/rosterView.ts';
import { rollcallDeskWords } from '../words/desk.vi.ts';
import { rowsOf, tableOf } from './entryTable.ts';
import { childrenOf, placesOf } from './places.ts';
import { expectedIn } from './scope.ts';
import { stateIn, takeWall } from './wallView.ts';

const round = crypto.randomUUID();
const roster: Roster = {
  tiers: [],
  units: [
    ['vn', 'vn', 'nation', 'Việt Nam'],
    ['01', 'vn.01', 'province', 'Hà Nội'],
    ['00001', 'vn.01.00001', 'commune', 'Phường Tân Phú'],
    ['00002', 'vn.01.00002', 'commune', 'Phường Đồng Tâm'],
    ['010', 'vn.010', 'province', 'Lào Cai'],
    ['00003', 'vn.010.00003', 'commune', 'Xã Ẩn'],
    ['00004', 'vn.010.00004', 'commune', 'Xã Bản'],
  ],
};
const view = viewOf(roster);
const codes = ['00001', '00002', '00003', '00004'];
const table = tableOf(codes, view);
const states: EntryState[] = ['answered', 'called', 'late', 'absent'];
const shown = (more: Partial<Parameters<typeof rowsOf>[2]>) =>
  rowsOf(table, states, { place: 'vn', filter: 'all', sort: 'place', query: '', ...more }).map((at) => codes[at]);
const count = (unit: string, answered: number, expected: number, excused = 0): RoundCount => ({
  unit,
  expected,
  answered,
  excused,
  called: expected - answered - excused,
  late: 0,
  substituted: 0,
  official: 0,
  unconfirmed: 0,
  absent: 0,
});

test('RC27 who reports absent is told beside what an older page knows, and stands apart on this one', () => {
  const first = takeWall(undefined, {
    ...{ round, seq: 1 },
    entries: [
      ['00001', 'absent', 'away'],
      ['00002', 'absent'],
    ],
  });
  assert.deepEqual(first.states, ['away', 'absent']);
  assert.equal(stateIn('away', 'open'), 'away');
  const next = takeWall(first, { round, seq: 2, entries: [['00001', 'answered']] });
  assert.deepEqual(next.states, ['answered', 'absent']);
  const tick = (told: Partial<RoundCount>) => {
    const counts = [{ ...count('vn', 1, 4), called: 0, ...told }];
    return takeTick(undefined, { briefing: round, round, at: '2026-09-02T07:00:00.000Z', full: true, counts });
  };
  const told = tick({ absent: 3, away: 2 }).counts.get('vn');
  assert.deepEqual([told?.answered, told?.absent, told?.away, told && missingOf(told)], [1, 1, 2, 1]);
  const former = tick({ absent: 3 }).counts.get('vn');
  assert.deepEqual([former?.absent, former?.away], [3, 0], 'a node of a version that does not know it');
});

test('RC16 the wall is read whole once, then only what an act has changed', () => {
  const first = takeWall(undefined, {
    round,
    seq: 4,
    entries: [
      ['00001', 'called'],
      ['00002', 'called'],
    ],
  });
  const next = takeWall(first, {
    round,
    seq: 6,
    entries: [
      ['00002', 'late'],
      ['99999', 'late'],
    ],
  });
  assert.deepEqual([next.seq, next.codes, next.states], [6, ['00001', '00002'], ['called', 'late']]);
  assert.deepEqual(first.states, ['called', 'called']);
  assert.equal(takeWall(next, { round, seq: 6, entries: [] }), next);
});

test('RC16 called becomes absent at the deadline, and called again when it is moved, without an entry', () => {
  assert.equal(stateIn('called', 'due'), 'absent');
  assert.equal(stateIn('absent', 'open'), 'called');
  assert.equal(stateIn('late', 'closed'), 'late');
});

test('a place shows its own units, not those of one whose code begins like it', () => {
  assert.deepEqual(shown({ place: 'vn.01' }), ['00001', '00002']);
  assert.deepEqual(shown({ place: 'vn.010.00003' }), ['00003']);
});

test('units are found by state and by name without accents, and their place with them', () => {
  assert.deepEqual(shown({ filter: 'missing' }), ['00002', '00004']);
  assert.deepEqual(shown({ filter: 'answered' }), ['00001', '00003']);
  assert.deepEqual(shown({ query: 'dong' }), ['00002']);
  assert.deepEqual(shown({ query: 'lao cai', filter: 'late' }), ['00003']);
});

test('names stand in Vietnamese order, states with the missing first', () => {
  assert.deepEqual(shown({ sort: 'name' }), ['00002', '00001', '00003', '00004']);
  assert.deepEqual(shown({ sort: 'state' }), ['00002', '00004', '00003', '00001']);
});

test('UN6 who is expected are the units without units below them, in both scopes', () => {
  assert.equal(expectedIn(view, ['vn'], ['vn']), 4);
  assert.equal(expectedIn(view, ['vn.01', 'vn.010.00003'], ['vn.010']), 1);
  const island = viewOf({ tiers: [], units: [...roster.units, ['02', 'vn.02', 'province', 'Đảo']] });
  assert.equal(expectedIn(island, ['vn'], ['vn']), 5);
});

test('RC14 an excused unit is not needed', () => {
  const levelOf = (answered: number, expected: number, excused = 0) => {
    const tick = { briefing: round, round, at: new Date().toISOString(), full: true };
    const figures = takeTick(undefined, { ...tick, counts: [count('01', answered, expected, excused)] });
    return placesOf(childrenOf(view).get('vn') ?? [], figures)[0]?.level;
  };
  assert.equal(levelOf(9, 10, 1), 'full');
  assert.equal(levelOf(9, 10), 'most');
  assert.equal(levelOf(5, 10), 'some');
  assert.equal(levelOf(1, 10), 'few');
  assert.equal(levelOf(0, 10), 'none');
  assert.equal(levelOf(0, 2, 2), 'full');
});

test('places are the counted units below one, with what came since and what the quorum lacks', () => {
  const tick = { briefing: round, round, at: new Date().toISOString(), full: true };
  const first = takeTick(undefined, { ...tick, counts: [count('vn', 1, 4), count('01', 1, 2)] });
  const figures = takeTick(first, {
    ...tick,
    full: false,
    counts: [count('01', 2, 2)],
    quorum: { satisfied: false, missing: ['01'] },
  });
  const below = childrenOf(view);
  const places = placesOf(below.get('vn') ?? [], figures);
  assert.deepEqual(
    places.map(({ unit, delta, lacks }) => [unit.code, delta, lacks]),
    [['01', 1, true]],
  );
  assert.deepEqual(placesOf(below.get('vn.01') ?? [], figures), []);
});

test('the way to a place begins at the own territory', () => {
  const trail = (root: string, place: string) => trailOf(view, root, place).map(({ code }) => code);
  assert.deepEqual(trail('vn', 'vn.01'), ['vn', '01']);
  assert.deepEqual(trail('vn.01', 'vn.01'), ['01']);
});

test('RC32 a place in which all others have answered lacks nothing for those who were excused, and nobody is said to have answered', () => {
  const figures = takeTick(undefined, {
    ...{ briefing: round, round, at: '2026-09-02T07:00:00.000Z', full: true },
    counts: [count('01', 1, 2, 1)],
  });
  const [place] = placesOf(childrenOf(view).get('vn') ?? [], figures);
  assert.deepEqual([place?.answered, place?.needed, place?.missing, place?.level], [1, 1, 0, 'full']);
  const t = rollcallDeskWords.in('vi');
  for (const said of [t.allAnswered, t.closeBody('0')]) assert.doesNotMatch(said, /[Tt]ất cả đã trả lời/);
});
