import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { EntryKind, EntryRecord } from './entryRules.ts';
import { RoundBoard } from './RoundBoard.ts';
import type { RoundFacts } from './roundRules.ts';
import { toldCount } from './told.ts';

const start = new Date('2026-09-02T07:00:00.000Z');
const after = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const id = randomUUID();
const facts = (more: Partial<RoundFacts> = {}): RoundFacts => ({
  ...{ id, briefing: randomUUID(), nr: 1, question: '?', scope: ['vn'], expected: 4, openedAt: start },
  ...{ deadline: after(60), lateUntil: after(120), closedAt: null, repromptSeconds: null, answerers: ['chair'] },
  ...{ proof: 'tap', challenge: null, quorum: null, reopens: null, by: 'PM', version: 1, ...more },
});
const units = ['vn.1.11', 'vn.1.12', 'vn.2.21', 'vn.2.22'].map((path) => ({ path, unit: path.slice(-2) }));
const board = (more: Partial<RoundFacts> = {}) => new RoundBoard({ round: facts(more), units, entries: [] }, start);
const record = (seq: number, unit: string, kind: EntryKind = 'answer'): EntryRecord => ({
  ...{
    round: id,
    unit,
    seq,
    kind,
    key: randomUUID(),
    at: start,
    late: false,
    account: unit,
    by: 'UBND',
    identity: `${unit}.a`,
  },
  ...{ answerer: kind === 'answer' ? 'chair' : null, name: null, note: null },
});
const row = (b: RoundBoard, path: string) => b.counts(path)[0];

test('RC15 counts add up the entries below each unit', () => {
  const b = board();
  b.apply([record(1, '11'), record(2, '21', 'excused')]);
  assert.deepEqual(row(b, 'vn'), {
    ...{ unit: 'vn', expected: 4, called: 2, answered: 1, late: 0, substituted: 0, official: 0, excused: 1 },
    ...{ unconfirmed: 0, away: 0, absent: 0 },
  });
  assert.deepEqual(
    b.counts('vn').map((c) => c.unit),
    ['vn', '1', '2'],
    'rows above the asked units',
  );
  assert.equal(row(b, 'vn.1')?.answered, 1);
  assert.ok(b.reaches('vn.1.11') && !b.reaches('vn.3'));
});

test('RC25 RC27 who says that it is absent moves in every sum, is not asked again, and is told as absent beside its own count', () => {
  const b = board();
  b.apply([record(1, '11', 'absence'), record(2, '21', 'absence')]);
  assert.deepEqual([b.entry('11')?.state, b.entry('11')?.away, b.missing.has('11')], ['absent', true, false]);
  for (const path of ['vn', 'vn.1']) {
    const count = row(b, path);
    assert.ok(count);
    const { unit: _, expected, ...states } = count;
    assert.equal(
      Object.values(states).reduce((sum, n) => sum + n),
      expected,
    );
    const { away, ...known } = toldCount(count);
    assert.equal(known.called + known.answered + known.absent, expected, 'a page that does not know it adds up');
    assert.deepEqual([away, known.absent], path === 'vn' ? [2, 2] : [1, 1]);
  }
  b.apply([{ ...record(3, '11', 'correction'), answerer: 'chair' }]);
  assert.deepEqual([row(b, 'vn')?.away, row(b, 'vn.1')?.away, row(b, 'vn')?.answered], [1, 0, 1]);
});

test('RC9 DL8 one record that two devices of a unit are answered with is taken once', () => {
  const b = board();
  const first = record(1, '11');
  assert.deepEqual(b.apply([first, first]), [first]);
  assert.equal(b.entry('11')?.own?.nr, 1, 'no answer of the unit has been corrected');
});

test('RC3 RC16 the deadline makes called absent, an extension makes it called again, in the sums too', () => {
  const b = board();
  b.apply([record(1, '11')]);
  assert.ok(b.update(facts(), after(60)));
  assert.deepEqual([b.state, row(b, 'vn')?.absent, row(b, 'vn')?.called], ['due', 3, 0]);
  assert.ok(!b.update(facts(), after(61)), 'said once');
  assert.ok(b.update(facts({ version: 2, deadline: after(100) }), after(62)));
  assert.deepEqual([b.state, row(b, 'vn')?.absent, row(b, 'vn')?.called], ['open', 0, 3]);
  assert.ok(!b.update(facts(), after(200)), 'an older version changes nothing');
  assert.equal(b.seq, 1, 'being due is no entry');
});

test('DL2 records may come in any order and twice; the number says up to where all are known', () => {
  const b = board();
  assert.equal(b.apply([record(2, '12')]).length, 1);
  assert.equal(b.seq, 0);
  const first = record(1, '11');
  assert.equal(b.apply([first]).length, 1);
  assert.equal(b.seq, 2);
  assert.equal(b.apply([first, record(2, '12')]).length, 0);
  assert.equal(row(b, 'vn')?.answered, 2);
});

test('DL5 only rows that changed, for territories that are watched', () => {
  const b = board();
  b.apply([record(1, '11')]);
  const changed = b.takeChanged(new Set(['vn', 'vn.2']));
  assert.deepEqual(
    [...changed].map(([path, rows]) => [path, rows.map((r) => r.unit).sort()]),
    [['vn', ['1', 'vn']]],
  );
  assert.equal(b.takeChanged(new Set(['vn'])).size, 0);
});

test('RC14 a quorum holds when each unit of its tier has enough answers; an excused unit is not counted', () => {
  const b = board({ quorum: { tier: 'province', percent: 100, units: ['vn.1', 'vn.2'] } });
  assert.deepEqual(b.quorum('vn'), { satisfied: false, missing: ['1', '2'] });
  assert.deepEqual(b.quorum('vn.1'), { satisfied: false, missing: ['1'] }, 'of their own territory only');
  b.apply([record(1, '11'), record(2, '12', 'official')]);
  assert.deepEqual(b.quorum('vn'), { satisfied: false, missing: ['2'] });
  assert.deepEqual(b.quorum('vn.1'), { satisfied: true, missing: [] });
  b.apply([record(3, '21', 'excused'), record(4, '22', 'excused')]);
  assert.deepEqual(b.quorum('vn'), { satisfied: true, missing: [] }, 'nobody is left');
  assert.equal(b.quorum('vn.1.11'), undefined, 'below the units of the quorum');
  assert.equal(board().quorum('vn'), undefined);
});

test('RC7 RC12 RC14 an answer that waits for an official is missing and absent in no count, and makes no quorum', () => {
  const b = board({ proof: 'official', quorum: { tier: 'province', percent: 50, units: ['vn.1'] } });
  b.apply([record(1, '11')]);
  const said = () => {
    const { called, unconfirmed, absent, answered } = row(b, 'vn.1') ?? {};
    return [
      b.entry('11')?.state,
      called,
      unconfirmed,
      absent,
      answered,
      b.missing.has('11'),
      b.quorum('vn')?.satisfied,
    ];
  };
  assert.deepEqual(said(), ['unconfirmed', 1, 1, 0, 0, false, false]);
  b.update(facts({ proof: 'official' }), after(60));
  assert.deepEqual(said().slice(0, 6), ['unconfirmed', 0, 1, 1, 0, false]);
  b.apply([record(2, '11', 'confirm')]);
  assert.deepEqual(said().slice(0, 6), ['answered', 0, 0, 1, 1, false]);
});

test('RC5 DL4 who has not answered is missing, before and after the deadline', () => {
  const b = board();
  b.apply([record(1, '11'), record(2, '12', 'excused')]);
  const missing = () => ['11', '12', '21', '22', 'none'].filter((unit) => b.missing.has(unit));
  assert.deepEqual(missing(), ['21', '22']);
  b.update(facts(), after(90));
  assert.deepEqual(missing(), ['21', '22']);
});

test('RC16 units of a territory are one piece in path order', () => {
  const b = board();
  assert.deepEqual(
    b.unitsIn('vn.2').map(({ unit, state }) => [unit, state]),
    [
      ['21', 'called'],
      ['22', 'called'],
    ],
  );
  assert.deepEqual(b.unitsIn('vn.3'), []);
});

test('RC16 FG32 what changed after a number is each unit once, of the territory alone, in path order', () => {
  const b = board();
  b.apply([record(4, '21'), record(1, '22'), record(2, '11'), record(3, '12')]);
  b.apply([record(5, '11', 'excused')]);
  const changed = (territory: string, seq: number) => b.changedIn(territory, seq).map(({ unit }) => unit);
  assert.deepEqual(changed('vn', 2), ['11', '12', '21']);
  assert.deepEqual(changed('vn.2', 1), ['21']);
  assert.deepEqual(changed('vn', 5), []);
});
