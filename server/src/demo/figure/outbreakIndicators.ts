import type { FigureSource, Indicator } from '../../protocol/figureDefinition.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const same = { mayStage: true, simulated: true, version: 1, scale: 0 } as const;
const daily = { ...same, every: 'day', dueSeconds: 2 * HOUR, staleSeconds: 7 * DAY } as const;
const hourly = { ...same, every: 'hour', dueSeconds: HOUR / 4, staleSeconds: DAY } as const;
const cases = { vi: 'ca', en: 'cases' };
const beds = { vi: 'giường', en: 'beds' };
const hard: [number, number] = [0, 10_000_000];

export const outbreakIndicators: readonly Indicator[] = [
  {
    ...daily,
    code: 'covid-announced',
    name: { vi: 'Ca mắc mới theo bản tin', en: 'New cases as announced' },
    ...{ unit: cases, kind: 'flow', up: 'none', bounds: { hard } },
  },
  {
    ...daily,
    code: 'covid-deaths',
    name: { vi: 'Tử vong luỹ kế theo bản tin', en: 'Deaths so far as announced' },
    ...{ unit: { vi: 'người', en: 'people' }, kind: 'cumulative', up: 'none', bounds: { hard } },
  },
  {
    ...daily,
    code: 'covid-new',
    name: { vi: 'Ca mắc mới', en: 'New cases' },
    ...{ unit: cases, kind: 'flow', up: 'sum', bounds: { hard } },
    cuts: {
      at: [1, 5, 20, 100],
      words: [
        { vi: 'không có ca', en: 'none' },
        { vi: 'ít ca', en: 'few' },
        { vi: 'có lây lan', en: 'spreading' },
        { vi: 'nhiều ca', en: 'many' },
        { vi: 'rất nhiều ca', en: 'very many' },
      ],
      worse: 'up',
    },
  },
  {
    ...daily,
    code: 'covid-total',
    name: { vi: 'Tổng số ca mắc', en: 'Cases so far' },
    ...{ unit: cases, kind: 'cumulative', up: 'sum', bounds: { hard } },
  },
  {
    ...daily,
    code: 'covid-tests',
    name: { vi: 'Mẫu xét nghiệm', en: 'Tests' },
    ...{ unit: { vi: 'mẫu', en: 'samples' }, kind: 'flow', up: 'sum', bounds: { hard } },
  },
  {
    ...daily,
    code: 'oxygen',
    name: { vi: 'Ô-xy y tế cần dùng', en: 'Oxygen needed' },
    scale: 1,
    ...{ unit: { vi: 'tấn', en: 'tonnes' }, kind: 'stock', up: 'sum', bounds: { hard } },
  },
  {
    ...hourly,
    code: 'beds-free',
    name: { vi: 'Giường bệnh còn trống', en: 'Beds free' },
    ...{ unit: beds, kind: 'stock', up: 'sum', bounds: { hard: [0, 5_000], soft: [0, 500] } },
  },
  {
    ...hourly,
    code: 'icu-beds',
    name: { vi: 'Giường hồi sức', en: 'Intensive care beds' },
    ...{ unit: beds, kind: 'stock', up: 'sum', bounds: { hard: [0, 5_000] } },
  },
  {
    ...hourly,
    code: 'icu-used',
    name: { vi: 'Giường hồi sức đang dùng', en: 'Intensive care beds in use' },
    ...{ unit: beds, kind: 'stock', up: 'sum', bounds: { hard: [0, 5_000] } },
  },
  {
    ...hourly,
    code: 'icu-occupancy',
    name: { vi: 'Mức dùng giường hồi sức', en: 'Occupancy of intensive care' },
    unit: { vi: '%', en: '%' },
    ...{ scale: 0, kind: 'stock', up: 'ratio', numerator: 'icu-used', denominator: 'icu-beds', per: 100 },
    cuts: {
      at: [60, 80, 90],
      words: [
        { vi: 'còn rộng', en: 'ample' },
        { vi: 'khá đầy', en: 'rather full' },
        { vi: 'gần đầy', en: 'nearly full' },
        { vi: 'quá tải', en: 'overfull' },
      ],
      worse: 'up',
    },
  },
  {
    ...{ ...same, code: 'population', kind: 'stock', every: 'once', up: 'sum', dueSeconds: 0, staleSeconds: 0 },
    name: { vi: 'Dân số', en: 'Population' },
    unit: { vi: 'dân', en: 'people' },
    bounds: { hard: [0, 10_000_000] },
  },
  {
    ...daily,
    code: 'covid-rate',
    name: { vi: 'Ca mắc mới theo số dân', en: 'New cases by population' },
    unit: { vi: 'ca trên 100.000 dân', en: 'cases per 100,000 people' },
    ...{ scale: 1, kind: 'flow', up: 'ratio', numerator: 'covid-new', denominator: 'population', per: 100_000 },
  },
];

const source = { root: 'vn', simulated: true } as const;
export const outbreakSources: readonly FigureSource[] = [
  {
    ...{ ...source, code: 'sim-bulletin', rank: 1, indicators: ['covid-announced', 'covid-deaths'] },
    name: 'Bản tin dịch (mô phỏng)',
  },
  { ...source, code: 'sim-press', rank: 2, indicators: ['covid-announced'], name: 'Báo chí (mô phỏng)' },
  {
    ...{ ...source, code: 'sim-cases', rank: 1, indicators: ['covid-new', 'covid-total', 'covid-tests'] },
    name: 'Nền tảng quản lý ca bệnh (mô phỏng)',
  },
  {
    ...{ ...source, code: 'sim-hospitals', rank: 1, indicators: ['beds-free', 'icu-beds', 'icu-used', 'oxygen'] },
    name: 'Mạng lưới giường bệnh (mô phỏng)',
  },
  { ...source, code: 'sim-statistics', rank: 1, indicators: ['population'], name: 'Thống kê dân số (mô phỏng)' },
];
