import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FigureRow } from '../../protocol/figureBatch.ts';
import type { FigureSource, Indicator } from '../../protocol/figureDefinition.ts';
import { decideBatch, type StandingCells } from './decideBatch.ts';
import { type IntakeGround, placeRows } from './placeRows.ts';

const two = (text: string) => ({ vi: text, en: text });
const beds: Indicator = {
  ...{ code: 'beds', name: two('Giường'), unit: two('giường'), scale: 1, kind: 'stock', every: 'hour', up: 'sum' },
  ...{ dueSeconds: 600, staleSeconds: 7200, bounds: { hard: [0, 100_000], soft: [0, 10_000] } },
  ...{ mayStage: true, simulated: false, version: 1 },
};
const total: Indicator = { ...beds, code: 'total', kind: 'cumulative', scale: 0 };
const indicators = new Map(
  [beds, total, { ...beds, code: 'rate', up: 'ratio' as const }, { ...beds, code: 'drill', simulated: true }].map(
    (each) => [each.code, each],
  ),
);
const source: FigureSource = {
  ...{ code: 'moh', name: 'Bộ Y tế', rank: 1, root: '79', simulated: false },
  indicators: ['beds', 'total', 'rate', 'drill'],
};
const units = new Map(
  ['vn', 'vn.01', 'vn.01.1', 'vn.79', 'vn.79.2', 'vn.79.3'].map((path) => [path.split('.').at(-1), path]),
);
const unitOf = (path: string, name: string) => ({ path, name, code: path.split('.').at(-1) ?? '' });
const named = new Map([
  ['xã an phú', [unitOf('vn.01.1', 'Xã An Phú'), unitOf('vn.79.2', 'Xã An Phú')]],
  ['xã tân lập', [unitOf('vn.79.2', 'Xã Tân Lập'), unitOf('vn.79.3', 'Xã Tân Lập')]],
  ['thành phố', [unitOf('vn.79', 'Thành phố')]],
]);
const ground: IntakeGround = {
  ...{ source, indicators, closed: new Map([['9', ['1']]]), now: Date.parse('2026-09-02T08:30+07:00') },
  tree: {
    find: (code) => {
      const path = units.get(code);
      return path === undefined ? undefined : { path, name: code };
    },
    isBase: (code) => code.length === 1,
    named: (name) => named.get(name.toLowerCase()) ?? [],
  },
};
const row = (more: Partial<FigureRow> = {}, nr = 1): FigureRow => ({
  ...{ row: nr, indicator: 'beds', unit: '2', period: '2026-09-02T08:15+07:00', value: '12.5', ...more },
});
const place = (...rows: FigureRow[]) => placeRows(rows, ground);
const eight = Date.parse('2026-09-02T08:00+07:00');

test('FG2 FG37 a row that is in order stands in its cell, in steps, on the grid', () => {
  assert.deepEqual(place(row()).placed, [
    { row: 1, indicator: 'beds', period: eight, unit: '2', value: 125, status: 'A', seen: null },
  ]);
  const [none] = place(row({ value: null, seen: '2026-09-02T08:10+07:00' })).placed;
  assert.deepEqual([none?.value, none?.status, none?.seen], [null, 'O', Date.parse('2026-09-02T08:10+07:00')]);
});

test('FG77 a row of a closed unit is refused with the names of those that took its place, as far as that is known', () => {
  const said = (heirs: readonly string[]) =>
    placeRows([row({ unit: '9' })], { ...ground, closed: new Map([['9', heirs]]) }).errors[0]?.say;
  assert.equal(said([])?.vi, 'Đơn vị mang mã này không còn hoạt động');
  assert.equal(said(['2', 'gone'])?.vi, 'Đơn vị mang mã này không còn hoạt động. Thay vào đó là: 2 (2)');
  assert.match(said(['2', '3', '1', '79', 'vn'])?.en ?? '', /: 2 \(2\), 3 \(3\), 1 \(1\) and 2 more$/);
});

const day = (text: string): number => Date.parse(`${text}T00:00+07:00`);
const term = (path: string, name: string, from: string, until: string | null) => ({
  ...{ path, name, from: day(from), until: until === null ? null : day(until), isBase: path.split('.').length > 2 },
});

test('FG167 a row older than the version of a living code is refused, unless the roster has it under the same name by then', () => {
  const tree = {
    ...ground.tree,
    find: (code: string) => {
      const unit = ground.tree.find(code);
      return unit && { ...unit, validFrom: '2025-07-01' };
    },
  };
  const daily = new Map([['beds', { ...beds, every: 'day' as const }]]);
  const refusals = (period: string, terms: ReturnType<typeof term>[], every: 'day' | 'week' | 'once' = 'day') => {
    const defined = new Map([['beds', { ...beds, every }]]);
    return placeRows([row({ period })], { ...ground, tree, indicators: defined, terms: new Map([['2', terms]]) })
      .errors;
  };
  const same = [term('vn.77.2', '2', '2020-01-01', '2025-07-01'), term('vn.79.2', '2', '2025-07-01', null)];
  const other = [term('vn.77.2', 'Xã khác', '2020-01-01', '2025-07-01'), term('vn.79.2', '2', '2025-07-01', null)];
  const reasons = (...ask: Parameters<typeof refusals>) => refusals(...ask).map(({ reason }) => reason);
  assert.deepEqual(reasons('2025-07-01', other), []);
  assert.deepEqual(reasons('2025-06-30', other), ['other-unit']);
  assert.deepEqual(reasons('2025-06-30', same), [], 'it has only moved to another province');
  assert.deepEqual(reasons('2019-12-31', same), ['other-unit'], 'nothing is on the roster of that day');
  assert.deepEqual(reasons('2025-06-30', other, 'week'), [], 'the week goes on after the change');
  assert.deepEqual(reasons('2025-06-30', other, 'once'), []);
  assert.match(refusals('2025-06-30', other)[0]?.say.vi ?? '', /Mã này là của 2 từ ngày 01\/07\/2025$/);
  assert.deepEqual(placeRows([row({ period: '2025-06-30' })], { ...ground, tree, indicators: daily }).errors, []);
});

test('FG168 a row of a closed unit is taken at its code for a period before it was closed, and refused for any other', () => {
  const terms = [term('vn.77.9', 'Xã Cũ', '2020-01-01', '2025-07-01')];
  const reasons = (period: string, more: Partial<IntakeGround> = {}, indicator: Partial<Indicator> = {}) => {
    const defined = new Map([['beds', { ...beds, every: 'day' as const, ...indicator }]]);
    const closed = new Map([['9', ['2', '3']]]);
    const all = { ...ground, closed, indicators: defined, terms: new Map([['9', terms]]), ...more };
    const { placed, errors } = placeRows([row({ unit: '9', period })], all);
    return placed[0]?.unit ?? errors[0]?.reason;
  };
  assert.equal(reasons('2025-06-30'), '9', 'all that took its place lie in the territory');
  assert.equal(reasons('2025-07-01'), 'closed-unit');
  assert.equal(reasons('2019-12-31'), 'other-unit');
  assert.equal(reasons('2025-06-30', { closed: new Map([['9', ['2', '1']]]) }), 'outside-territory');
  assert.equal(reasons('2025-06-30', { closed: new Map([['9', []]]), source: { ...source, root: 'vn' } }), '9');
  assert.equal(reasons('2025-06-30', {}, { reporters: ['2'] }), 'not-reporting');
  assert.equal(reasons('2025-06-30', {}, { reporters: ['77'] }), '9');
  assert.equal(reasons('2025-06-30', {}, { every: 'once' }), 'closed-unit');
  assert.equal(reasons('2025-06-30', { terms: new Map() }), 'closed-unit');
});

test('FG90 a row of a unit that is not listed as reporting is refused; a listed territory, and who took a place, report', () => {
  const reasons = (reporters: readonly string[], closed = ground.closed) => {
    const listed = new Map([['beds', { ...beds, reporters: [...reporters] }]]);
    const { errors } = placeRows([row(), row({ unit: '3' }, 2)], { ...ground, indicators: listed, closed });
    return errors.map(({ row: nr, reason }) => `${nr} ${reason}`);
  };
  assert.deepEqual(reasons(['2']), ['2 not-reporting']);
  assert.deepEqual(reasons(['79']), []);
  assert.deepEqual(reasons(['1']), ['1 not-reporting', '2 not-reporting']);
  assert.deepEqual(reasons(['9'], new Map([['9', ['3']]])), ['1 not-reporting']);
});

for (const [what, reason, column] of [
  [{ unit: '8' }, 'unknown-unit', 'unit'],
  [{ unit: '79' }, 'unknown-unit', 'unit'],
  [{ unit: '9' }, 'closed-unit', 'unit'],
  [{ unit: '1' }, 'outside-territory', 'unit'],
  [{ indicator: 'cases' }, 'unknown-indicator', 'indicator'],
  [{ indicator: 'rate' }, 'not-yours', 'indicator'],
  [{ indicator: 'drill' }, 'not-yours', 'indicator'],
  [{ value: 'NaN' }, 'bad-value', 'value'],
  [{ value: '1e999' }, 'bad-value', 'value'],
  [{ value: '1.25' }, 'bad-value', 'value'],
  [{ value: '10000.1' }, 'bad-value', 'value'],
  [{ value: '-0.1' }, 'bad-value', 'value'],
  [{ status: 'O' }, 'bad-value', 'status'],
  [{ status: 'A', value: null }, 'bad-value', 'status'],
  [{ period: '2026-02-30' }, 'bad-period', 'period'],
  [{ period: '0001-01-01' }, 'bad-period', 'period'],
  [{ seen: 'gestern' }, 'bad-period', 'period'],
  [{ seen: '0001-01-01T00:00:00+07:00' }, 'bad-period', 'period'],
  [{ period: '2026-09-02T09:00+07:00' }, 'future', 'period'],
] as const)
  test(`FG22 FG33 a row with ${JSON.stringify(what)} is refused: ${reason}`, () => {
    const { placed, errors } = place(row(), row({ ...what }, 2));
    assert.equal(placed.length, 1);
    assert.deepEqual(
      errors.map((error) => [error.row, error.column, error.reason]),
      [[2, column, reason]],
    );
  });

test('FG74 a value of a wide file is refused by the name of its column, and its unit by that of the column of units', () => {
  const wide = (more: Partial<FigureRow>, nr: number) => row({ header: 'giuong', ...more }, nr);
  const rows = [wide({ value: '1.25' }, 2), wide({ unit: '8' }, 3), wide({ indicator: 'cases' }, 4), wide({}, 5)];
  const { placed, errors } = place(...rows, wide({ value: '1' }, 6));
  assert.deepEqual(placed, []);
  assert.deepEqual(
    errors.map((error) => [error.row, error.column, error.header, error.reason]),
    [
      [2, 'value', 'giuong', 'bad-value'],
      [3, 'unit', undefined, 'unknown-unit'],
      [4, 'indicator', 'giuong', 'unknown-indicator'],
      [5, 'value', 'giuong', 'contradiction'],
      [6, 'value', 'giuong', 'contradiction'],
    ],
  );
});

test('FG2 FG43 of a value that is refused it is said what of it does not fit, and what would', () => {
  const said = (value: string, indicator = 'beds') => place(row({ value, indicator })).errors[0]?.say;
  assert.deepEqual(said('3 ca'), { vi: 'Không phải số', en: 'Not a number' });
  assert.deepEqual(said('1.25'), { vi: 'Nhiều nhất 1 chữ số thập phân', en: 'At most 1 decimal' });
  assert.equal(said('1.250', 'total')?.vi, 'Phải là số nguyên');
  assert.equal(said('10000.1')?.vi, 'Ngoài giới hạn: từ 0.0 đến 10000.0');
  assert.equal(said('9'.repeat(40))?.en, 'Outside the limits: from 0.0 to 10000.0');
  assert.equal(said('100000.1', 'total')?.en, 'It has to be a whole number');
  for (const whole of ['100001.0', '100001.00', '100001'])
    assert.equal(said(whole, 'total')?.en, 'Outside the limits: from 0 to 100000');
  assert.equal(said('100001.', 'total')?.en, 'Not a number');
});

test('FG37 a clock of a platform may go before by five minutes, and no more', () => {
  const at = (clock: string) =>
    placeRows([row({ period: '2026-09-02T09:00+07:00' })], { ...ground, now: Date.parse(clock) });
  assert.equal(at('2026-09-02T08:55+07:00').errors.length, 0);
  assert.equal(at('2026-09-02T08:54:59+07:00').errors.length, 1);
});

test('FG5 the same cell twice: equal is said once, different is refused wherever it stands', () => {
  const { placed, errors, doubles } = place(
    ...[row(), row({ value: '12.50' }, 2), row({ unit: '3', value: '1' }, 3), row({ unit: '3', value: '2' }, 4)],
  );
  assert.deepEqual([placed.length, doubles], [1, 1]);
  assert.deepEqual(
    errors.map((error) => [error.row, error.reason, error.value]),
    [
      [3, 'contradiction', '1.0'],
      [4, 'contradiction', '2.0'],
    ],
  );
});

const none = () => undefined;
const hourBefore = (hours: number, value: number) => ({ period: eight - hours * 3_600_000, value });
const nothing: StandingCells = {
  newest: none,
  former: none,
  usual: none,
  counted: none,
  firstWords: () => [],
  countsNow: none,
};
const partial = { mode: 'partial', dryRun: false, now: ground.now } as const;
const decide = (rows: FigureRow[], standing = nothing, mode: 'partial' | 'whole' = 'partial') =>
  decideBatch({ ...placeRows(rows, ground), total: rows.length }, { ...partial, mode }, indicators, standing);

test('FG5 over half of the rows are bad, or one where all must be good: nothing is recorded', () => {
  const good = [row(), row({ unit: '3' }, 2)];
  const bad = (nr: number) => row({ unit: '8' }, nr);
  const counts = ({ accepted, unchanged, held, refused, errors }: ReturnType<typeof decide>['answer']) =>
    [accepted, unchanged, held, refused, errors.length] as const;
  assert.deepEqual(counts(decide([...good, bad(3), bad(4)]).answer), [2, 0, 0, 2, 2]);
  const over = decide([...good, bad(3), bad(4), bad(5)]);
  assert.deepEqual([counts(over.answer), over.fresh], [[0, 0, 0, 5, 3], []]);
  assert.deepEqual(counts(decide([...good, bad(3)], nothing, 'whole').answer), [0, 0, 0, 3, 1]);
});

test('FG7 what the source said last is no row, another value or status is the next revision', () => {
  const newest = { revision: 4, value: 125, status: 'A' as const, held: false, isDecided: false };
  const standing: StandingCells = { ...nothing, newest: () => newest };
  const said = (more: Partial<FigureRow>) => decide([row(more)], standing);
  assert.deepEqual([said({}).fresh, said({}).answer.unchanged], [[], 1]);
  assert.equal(said({ value: '12.6' }).fresh[0]?.revision, 5);
  assert.equal(said({ status: 'P' }).fresh[0]?.revision, 5);
  assert.equal(said({ value: null }).fresh[0]?.value, null);
});

test('FG14 what is suspicious is accepted and held: by its band, by the record, by the same batch', () => {
  const held = (rows: FigureRow[], standing = nothing) => decide(rows, standing).fresh.map((each) => each.held);
  assert.deepEqual(held([row({ value: '1000.1' }), row({ unit: '3' }, 2)]), [true, false]);
  const cases = { indicator: 'total' };
  assert.deepEqual(held([row({ ...cases, value: '9' })], { ...nothing, former: () => hourBefore(1, 10) }), [true]);
  const earlier = row({ ...cases, value: '10', period: '2026-09-02T05:00+07:00' }, 2);
  assert.deepEqual(held([row({ ...cases, value: '9' }), earlier], { ...nothing, former: () => hourBefore(4, 1) }), [
    true,
    false,
  ]);
});

test('FG14 FG18 an old value that is corrected along with the newest one is not what that is compared with', () => {
  const total = { indicator: 'total' };
  const held = (hours: number, earlier: string, known = nothing) => {
    const period = new Date(eight - hours * 3_600_000).toISOString();
    const rows = [row({ ...total, value: '60' }), row({ ...total, value: earlier, period }, 2)];
    return decide(rows, known).fresh.map((each) => each.held)[0];
  };
  const former = () => hourBefore(1, 100);
  assert.equal(held(5, '50', { ...nothing, former }), true, 'it had reached 100 an hour before');
  assert.equal(held(1, '50', { ...nothing, former }), false, 'which is corrected to 50');
  assert.equal(held(7, '70'), true);
  assert.equal(held(8, '70'), false, 'eight periods before nothing is looked at');
});

test('FG15 a batch of which more than three of ten rows would be held is held whole', () => {
  const many = (bad: number) =>
    Array.from({ length: 20 }, (_, i) =>
      row({ period: `2026-08-${10 + i}T00:00Z`, value: i < bad ? '9999' : '1' }, i + 1),
    );
  assert.equal(decide(many(6)).answer.held, 6);
  assert.equal(decide(many(7)).answer.held, 20);
});

const asked = { ...partial, by: 'asked' } as const;
const decideAsked = (rows: FigureRow[], held: readonly string[] = [], standing = nothing) =>
  decideBatch(
    { ...placeRows(rows, ground), total: rows.length },
    { ...asked, held: new Set(held) },
    indicators,
    standing,
  );

test('FG31 FG60 of numbers that were asked for held is what was held when it was said, and nothing else', () => {
  const heldOf = (rows: FigureRow[], held: readonly string[] = []) =>
    decideAsked(rows, held).fresh.map(({ unit, held: is }) => [unit, is]);
  const beyond = [row({ value: '9999' }), row({ unit: '3', value: '9999' }, 2)];
  assert.deepEqual(heldOf(beyond, ['3']), [
    ['2', false],
    ['3', true],
  ]);
  const many = Array.from({ length: 20 }, (_, i) =>
    row({ unit: i < 10 ? '2' : '3', period: `2026-08-${10 + i}T00:00Z` }, i + 1),
  );
  assert.equal(decideAsked(many, ['2']).answer.held, 10);
});

test('FG31 FG60 who says a held number once more, and is not doubted any more, has said it', () => {
  const standing = (held: boolean): StandingCells => ({
    ...nothing,
    newest: () => ({ revision: 1, value: 125, status: 'A', held, isDecided: false }),
  });
  const again = (held: boolean, doubted: readonly string[] = []) =>
    decideAsked([row()], doubted, standing(held)).fresh.map(({ revision, held: is }) => [revision, is]);
  assert.deepEqual(again(true), [[2, false]]);
  assert.deepEqual([again(true, ['2']), again(false)], [[], []]);
  assert.deepEqual(decide([row()], standing(true)).fresh, [], 'a platform that repeats itself has looked at nothing');
});

test('FG60 of numbers that were asked for the good ones are taken, however many others are refused', () => {
  const { fresh, answer } = decideAsked([row(), ...[2, 3, 4].map((nr) => row({ unit: '8' }, nr))]);
  assert.deepEqual([fresh.length, answer.accepted, answer.refused], [1, 1, 3]);
});

test('FG150 a name that one unit of the territory has is that unit, and its row and one by the code are the same cell', () => {
  const { placed, doubles } = place(row({ unit: 'Xã An Phú' }), row({}, 2));
  assert.deepEqual([placed.map(({ unit }) => unit), doubles], [['2'], 1]);
  assert.equal(place(row({ unit: 'Thành phố' })).errors[0]?.reason, 'unknown-unit', 'units report below it');
  const none = new Map([['beds', { ...beds, up: 'none' as const }]]);
  assert.equal(placeRows([row({ unit: 'Thành phố' })], { ...ground, indicators: none }).placed[0]?.unit, '79');
});

test('FG150 a name that several units of the territory have is refused with the codes of all of them', () => {
  const [error] = place(row({ unit: 'xã Tân Lập' })).errors;
  assert.deepEqual([error?.reason, error?.column, error?.value], ['several-units', 'unit', 'xã Tân Lập']);
  assert.match(error?.say.vi ?? '', /hãy ghi mã đơn vị: 2 \(79\), 3 \(79\)$/);
  assert.match(error?.say.en ?? '', /write the code of the unit: 2 \(79\), 3 \(79\)$/);
});
