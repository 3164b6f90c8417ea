import type { DeskFigure, FigureDeskTold, HeldValueTold, Indicator, UnitContacts } from '../src/api/contract.ts';
import type { Unit } from './country.ts';
import type { Answers } from './officeFixtures.ts';

const HOUR = 3_600_000;
const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();
const doubts = {
  jump: { vi: 'Tăng hoặc giảm nhiều lần so với kỳ trước', en: 'Many times the value before, or a small part of it' },
  unusual: {
    vi: 'Khác xa mức thường thấy của đơn vị trong 28 kỳ gần đây',
    en: 'Far from what its unit has had in the last 28 periods',
  },
  gone: {
    vi: 'Giữ cả lô: thiếu quá nửa số đơn vị thường có trong lô',
    en: 'Held with its batch: more than half of the units are missing that are usually in it',
  },
} as const;

/** What whoever answers for a territory reads of its figures. */
export function figureDeskAnswers(indicators: readonly Indicator[], base: readonly Unit[], root: string): Answers {
  const reported = indicators.filter(({ up }) => up === 'sum');
  const period = (hours: number): string => ago((new Date().getMinutes() + 60 * hours) * 60_000);
  const figureOf = ({ code, every }: Indicator, i: number): DeskFigure => {
    const expected = base.length;
    const share = [0.985, 0.92, 0, 0.78, 0.995][i] ?? 1;
    const fresh = Math.floor(expected * share);
    const [late, stale] = [Math.floor((expected - fresh) * 0.8), Math.floor((expected - fresh) * 0.1)];
    const held = expected > 100 && i === 1 ? 3 : 0;
    const coverage = {
      expected,
      fresh: fresh - held,
      late,
      stale,
      none: expected - fresh - late - stale,
      held,
      contested: 0,
    };
    return {
      ...{
        indicator: code,
        period: period(every === 'hour' ? 1 : 24),
        value: fresh + late === 0 ? null : 41_207 - i * 911,
        coverage,
      },
      ...{ oldest: period(3), state: i === 2 ? 'late' : 'fresh', due: ago((i === 2 ? 1 : -1) * HOUR) },
      silent: i === 2 ? late + stale : 0,
    };
  };
  const held = (i: number, reason: 'jump' | 'unusual', value: number, beside: number): HeldValueTold[] => {
    const [unit, indicator] = [base[i * 7], reported[1]];
    if (!unit || !indicator) return [];
    return [
      {
        ...{ indicator: indicator.code, unit: unit.code, path: unit.path, name: unit.name, period: period(1) },
        ...{ source: 'bo-y-te', sourceName: 'Bộ Y tế', revision: 1, value, reason, say: doubts[reason], beside },
        at: ago(22 * 60_000 + i * 61_000),
      },
    ];
  };
  const list = [...held(0, 'jump', 120, 12), ...held(1, 'jump', 1_400, 138), ...held(2, 'unusual', 96, 31)];
  const late = base.filter((_, i) => i % 9 === 4);
  const told: FigureDeskTold = {
    ...{ now: ago(0), root, indicators: [...indicators], figures: base.length === 0 ? [] : reported.map(figureOf) },
    behind: {
      units: late.length,
      list: late.slice(0, 200).map(({ code, path, name }, i) => ({
        ...{ unit: code, path, name, since: i % 5 === 3 ? null : period(2 + (i % 4)) },
        indicators: reported.slice(0, i < 3 ? 2 : 1).map((one) => one.code),
      })),
    },
    silent: [
      {
        ...{ source: 'so-cong-thuong', name: 'Bộ Công Thương', kind: 'push', root: 'Cả nước', since: ago(2 * HOUR) },
        indicators: reported.slice(2, 3).map(({ code }) => code),
        last: { indicator: reported[2]?.code ?? '', period: period(4), at: ago(3 * HOUR) },
      },
    ],
    held: {
      ...{ values: list.length, list },
      batches:
        base.length > 100
          ? [
              {
                ...{
                  batch: 398,
                  at: ago(40 * 60_000),
                  source: 'bo-y-te',
                  sourceName: 'Bộ Y tế',
                  reason: 'gone',
                  say: doubts.gone,
                },
                ...{ indicators: reported.slice(0, 1).map(({ code }) => code), values: 41 },
              },
            ]
          : [],
    },
  };
  const [jumped] = list;
  if (jumped)
    told.contested = [
      {
        ...{ ...jumped, value: 46, revision: 2, acts: ['answer'] },
        contest: { at: ago(11 * 60_000), by: jumped.name, unit: jumped.name, reason: null },
      },
    ];
  return [
    [/^\/api\/figures\/desk/, () => told],
    [
      /^\/api\/contacts\?/,
      (path) => ({ contacts: contactsOf(new URL(path, 'http://x').searchParams.get('units') ?? '') }),
    ],
  ];
}

const contactsOf = (units: string): UnitContacts[] =>
  units.split(',').flatMap((unit, i) => {
    const telephone = `0${(236 + i) % 90}3 382 ${String(4_400 + i * 37).slice(0, 4)}`;
    const people = [{ name: 'Nguyễn Văn Bình', title: 'Chủ tịch', telephone, deputy: false }];
    if (i % 6 === 5) return [];
    return [{ unit, telephone, people: i % 3 === 2 ? [] : people, version: 1, changedAt: ago(HOUR) }];
  });
