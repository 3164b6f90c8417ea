import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, body, facts } from '../../../test/support/minutes.ts';
import type { Directive } from '../../protocol/directive.ts';
import type { FigureSelection } from '../../protocol/figureSelection.ts';
import { buildDocument } from './buildDocument.ts';
import type { MinutesFacts, SeenFact } from './ports.ts';

test('FG59 FG67 a directive, or a round, to units that a figure chose says which, with their values, and nothing is rounded', () => {
  const unit = { unit: '26734', path: 'vn.79.760.26734', name: 'Phường Tân Định', state: 'fresh' } as const;
  const selection = {
    ...{ indicator: { name: { vi: 'Công suất ICU', en: 'ICU' }, unit: { vi: '%', en: '%' }, scale: 1 } },
    ...{ n: 1234, units: 2, at: at(30) },
  } as unknown as FigureSelection;
  const directive = { number: 12, year: 2026, title: 'Mở giường', state: 'issued', deadline: null } as Directive;
  const issuer = { unit: 'vn', path: 'vn', name: 'Việt Nam' };
  const units = [
    { ...unit, value: 975, until: at(0) },
    { ...unit, value: null, until: null },
  ];
  const given = [{ directive: { ...directive, issuer, by: 'Thủ tướng' }, addressees: 2, basis: { selection, units } }];
  const text = body(buildDocument({ ...facts, directives: given }));
  assert.match(
    text,
    /Chỉ đạo số 12\/2026 giao tới 2 đơn vị được chọn theo số liệu "Công suất ICU" \(lần ghi N = 1\.234/,
  );
  assert.match(text, /Phường Tân Định.* \| 97,5% \| \d\d:\d\d/);
  assert.match(text, /Phường Tân Định.* \| – \| –/);
  const round = { nr: 3, question: 'Vì sao?', by: 'PM', openedAt: at(30) };
  const counts = {
    asked: 2,
    answered: 0,
    late: 0,
    official: 0,
    excused: 0,
    away: [],
    absent: 2,
    corrected: 0,
    resubmitted: 0,
  };
  const rounds = [{ round, ...counts, quorum: undefined, basis: { selection, units } }];
  const asked = body(buildDocument({ ...facts, rounds: rounds as unknown as MinutesFacts['rounds'] }));
  assert.match(asked, /Lượt điểm danh 3 hỏi 2 đơn vị được chọn theo số liệu "Công suất ICU" \(lần ghi N = 1\.234/);
});

test('FG33 FG59 minutes say of units that a simulated figure chose that it is one, in both languages', () => {
  const indicator = {
    name: { vi: 'Ca mới', en: 'New cases' },
    unit: { vi: 'ca', en: 'cases' },
    scale: 0,
    simulated: true,
  };
  const selection = { indicator, n: 7, units: 1, at: at(30) };
  const units = [{ unit: '1', path: 'vn.79.1', name: 'Phường 1', state: 'fresh', value: 3, until: at(0) }];
  const issuer = { unit: 'vn', path: 'vn', name: 'Việt Nam' };
  const directive = { number: 12, year: 2026, title: 'Xét nghiệm', state: 'issued', deadline: null, issuer, by: 'PM' };
  const directives = [
    { directive, addressees: 1, basis: { selection, units } },
  ] as unknown as MinutesFacts['directives'];
  for (const [language, mark] of [
    ['vi', 'theo số liệu "Ca mới" (SỐ LIỆU MÔ PHỎNG) (lần ghi'],
    ['en', 'by the figure "New cases" (SIMULATED FIGURES) (record'],
  ] as const)
    assert.ok(body(buildDocument({ ...facts, language, directives })).includes(mark), mark);
});

test('FG103 minutes say what figures all had before them when they were called, asked and ordered, the same ones once', () => {
  const coverage = { expected: 10_051, fresh: 8_900, late: 12, stale: 0, none: 1_139, held: 0, contested: 0 };
  const frame = (sha256: string, simulated: boolean) => ({
    sha256,
    picture: {
      indicator: {
        name: { vi: 'Giường trống', en: 'Free beds' },
        unit: { vi: 'giường', en: 'beds' },
        scale: 0,
        simulated,
      },
      ...{ rootName: 'Việt Nam', period: at(0), at: at(31), value: 41_207, coverage },
    },
  });
  const order = (id: string, number: number) => ({
    directive: { id, number, year: 2026, title: 'Mở giường', state: 'issued', deadline: null, by: 'Thủ tướng' },
    addressees: 2,
  });
  const issuer = { unit: 'vn', path: 'vn', name: 'Việt Nam' };
  const directives = [order('a', 12), order('b', 13), order('c', 14)].map(({ directive, addressees }) => ({
    ...{ directive: { ...directive, issuer }, addressees },
  }));
  const seen = new Map([
    ['a', frame('e'.repeat(64), false)],
    ['b', frame('e'.repeat(64), false)],
    ['c', frame('f'.repeat(64), true)],
  ]) as unknown as NonNullable<MinutesFacts['seen']>;
  const text = body(buildDocument({ ...facts, seen, directives: directives as unknown as MinutesFacts['directives'] }));
  assert.match(
    text,
    /Khi giao chỉ đạo số 12\/2026; giao chỉ đạo số 13\/2026, phòng họp đang xem: Giường trống, Việt Nam, kỳ từ [^:]+:\d\d [^:]+: 41\.207 giường, từ 8\.912\/10\.051 đơn vị, biết đến \d\d:\d\d:\d\d\. Bản lưu SHA-256: e{64}\./,
  );
  assert.match(text, /Khi giao chỉ đạo số 14\/2026, phòng họp đang xem \(SỐ LIỆU MÔ PHỎNG\): .* f{64}\./);
});

test('FG10 FG103 minutes say of a figure whose owner gives the value of each tier that it was announced, and of no units', () => {
  const coverage = { expected: 10_051, fresh: 0, late: 0, stale: 0, none: 10_051, held: 0, contested: 0 };
  const indicator = { name: { vi: 'Ca theo bản tin', en: 'Cases' }, unit: { vi: 'ca', en: 'cases' }, scale: 0 };
  const picture = { indicator, rootName: 'Việt Nam', period: at(0), at: at(31), value: 12_607, coverage };
  const directive = { id: 'a', number: 12, year: 2026, title: 'Xét nghiệm', state: 'issued', deadline: null, by: 'PM' };
  const issuer = { unit: 'vn', path: 'vn', name: 'Việt Nam' };
  const directives = [{ directive: { ...directive, issuer }, addressees: 2 }] as unknown as MinutesFacts['directives'];
  const saw = (told: object) =>
    new Map([['a', { sha256: 'e'.repeat(64), picture: { ...picture, ...told } }]]) as unknown as MinutesFacts['seen'];
  const textOf = (value: number | null, more = {}) =>
    body(buildDocument({ ...facts, directives, seen: saw({ value, ...more }) as never }));
  assert.match(textOf(12_607), /: 12\.607 ca, số công bố, biết đến /);
  assert.match(textOf(null), /: –, từ 0\/10\.051 đơn vị, biết đến /);
  // FG61: of a day before it began, a unit may have a value, and is not expected.
  const ofNobody = { coverage: { ...coverage, expected: 0, none: 0 } };
  assert.match(textOf(12, ofNobody), /: 12 ca, từ 0\/0 đơn vị, biết đến /);
});

test('FG128 minutes say of what was announced for which period before, or not yet, and never of what a unit has of a day before it began', () => {
  const coverage = { expected: 2, fresh: 0, late: 0, stale: 0, none: 2, held: 0, contested: 0 };
  const names = { name: { vi: 'Ca theo bản tin', en: 'Cases' }, unit: { vi: 'ca', en: 'cases' }, scale: 0 };
  const textOf = (told: object, up?: string, language: 'vi' | 'en' = 'vi') => {
    const indicator = { ...names, every: 'day', ...(up && { up }) };
    const picture = { indicator, rootName: 'Việt Nam', period: at(0), at: at(31), oldest: null, coverage, ...told };
    const seen = { sha256: 'e'.repeat(64), picture } as unknown as SeenFact;
    const acts = [{ at: at(4), second: null, act: 'show', mark: null, seen }] as const;
    return body(buildDocument({ ...facts, language, staged: { acts, more: 0 } }));
  };
  assert.match(textOf({ value: 9, oldest: at(1_440) }, 'none'), /: 9 ca, số công bố, biết đến /);
  assert.match(
    textOf({ value: 9, oldest: at(0) }, 'none'),
    /: 9 ca, số công bố của kỳ trước, đến 08:00 3\/2\/2026, biết đến /,
  );
  assert.match(textOf({ value: null }, 'none'), /: –, chưa công bố cho kỳ này, biết đến /);
  assert.match(textOf({ value: null }, 'none', 'en'), /: –, not announced for this period, as known at /);
  assert.match(textOf({ value: 9, oldest: at(0) }, 'sum'), /: 9 ca, từ 0\/2 đơn vị, biết đến /);
  assert.match(textOf({ value: 9 }), /: 9 ca, số công bố, biết đến /, 'as versions before have kept it');
});

test('FG116 minutes say when figures were shown, pointed at and cleared, by the clock and from the beginning of the briefing', () => {
  const coverage = { expected: 10_051, fresh: 8900, late: 12, stale: 0, none: 0, held: 0, contested: 0 };
  const indicator = { name: { vi: 'Giường trống', en: 'Free beds' }, unit: { vi: 'giường', en: 'beds' }, scale: 0 };
  const picture = { indicator, rootName: 'Việt Nam', period: at(0), at: at(31), value: 41_207, coverage };
  const seen = { sha256: 'e'.repeat(64), picture } as unknown as SeenFact;
  const acts = [
    { at: at(4), second: null, act: 'show', mark: null, seen },
    { at: at(17), second: 725, act: 'mark', mark: { kind: 'unit', unit: '79' }, seen: null },
    { at: at(18), second: 780, act: 'mark', mark: null, seen: null },
    { at: at(19), second: 840, act: 'clear', mark: null, seen: null },
  ] as const;
  const text = body(buildDocument({ ...facts, staged: { acts, more: 3 } }));
  assert.match(text, /Số liệu trên sân khấu/);
  assert.match(
    text,
    /^- 08:04:00: đưa lên: Giường trống, Việt Nam, kỳ từ .*: 41\.207 giường, từ 8\.912\/10\.051 đơn vị/m,
  );
  assert.match(text, /^- 08:17:00 \(sau 12 phút 05 giây kể từ khi bắt đầu\): chỉ vào Thành phố Hồ Chí Minh\.$/m);
  assert.doesNotMatch(text, /08:18:00/);
  assert.match(text, /^- 08:19:00 \(sau 14 phút 00 giây .*\): cất đi: không còn bản lưu\.$/m);
  assert.match(text, /Còn 3 lần nữa/);
  assert.doesNotMatch(body(buildDocument(facts)), /sân khấu/);
});
