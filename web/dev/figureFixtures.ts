import type {
  FigureActDone,
  FigureCard,
  FigureCoverage,
  FigureFrame,
  FigureRevisedList,
  FigureRevision,
  FigureState,
  FigureStops,
  Indicator,
  STATE_LETTERS,
} from '../src/api/contract.ts';
import type { BriefingTools } from '../src/session/BriefingContext.tsx';
import { baseOf, type Unit } from './country.ts';
import { figureDeskAnswers } from './figureDeskFixtures.ts';
import type { Answers } from './officeFixtures.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SCALES = { large: 400, small: 60, share: 1000 } as const;

interface Kind {
  readonly indicator: Indicator;
  readonly size: keyof typeof SCALES;
  readonly length: number;
}
const kind = (
  code: string,
  vi: string,
  en: string,
  unit: [string, string],
  more: Partial<Indicator>,
  size: Kind['size'],
): Kind => ({
  indicator: {
    ...{ code, name: { vi, en }, unit: { vi: unit[0], en: unit[1] }, scale: 0, kind: 'flow', every: 'day', up: 'sum' },
    ...{ dueSeconds: 3600, staleSeconds: 86_400, mayStage: true, simulated: true, version: 1, ...more },
  },
  size,
  length: more.every === 'hour' ? HOUR : DAY,
});
const kinds: readonly Kind[] = [
  kind('cases-new', 'Ca mắc mới', 'New cases', ['ca', 'cases'], {}, 'small'),
  kind(
    'icu-share',
    'Tỷ lệ giường hồi sức đang dùng',
    'Intensive care beds in use',
    ['%', '%'],
    {
      ...{ scale: 1, kind: 'stock', every: 'hour', up: 'ratio' },
      cuts: {
        at: [500, 700, 850, 950],
        words: [
          { vi: 'Bình thường', en: 'Normal' },
          { vi: 'Theo dõi', en: 'Watch' },
          { vi: 'Căng', en: 'Tight' },
          { vi: 'Rất căng', en: 'Very tight' },
          { vi: 'Quá tải', en: 'Overloaded' },
        ],
        worse: 'up',
      },
    },
    'share',
  ),
  kind(
    'beds-free',
    'Giường bệnh còn trống',
    'Free beds',
    ['giường', 'beds'],
    { kind: 'stock', every: 'hour' },
    'small',
  ),
  kind(
    'oxygen-tonnes',
    'Ô-xy y tế còn lại',
    'Oxygen left',
    ['tấn', 't'],
    { scale: 1, kind: 'stock', every: 'hour' },
    'small',
  ),
  kind('tests', 'Xét nghiệm trong ngày', 'Tests today', ['mẫu', 'samples'], {}, 'large'),
  kind('food-bags', 'Túi lương thực đã phát', 'Food bags given', ['túi', 'bags'], { kind: 'cumulative' }, 'large'),
  // FG175
  kind(
    'cases-rate',
    'Ca mắc mới theo số dân',
    'New cases by population',
    ['ca trên 100.000 dân', 'cases per 100,000 people'],
    { scale: 1, up: 'ratio', numerator: 'cases-new', denominator: 'population', per: 100_000 },
    'share',
  ),
];

/** FG146: followed, and nothing was ever said of it. */
const missing = kind('ventilators', 'Máy thở còn dùng được', 'Ventilators that work', ['máy', 'machines'], {}, 'small');

/** Those that are followed. */
export const listedIndicators: readonly Indicator[] = kinds.map(({ indicator }) => indicator);

const lotOf = (text: string): number => {
  let lot = 2_166_136_261;
  for (const letter of text) lot = Math.imul(lot ^ letter.charCodeAt(0), 16_777_619) >>> 0;
  return lot;
};
/** Southern provinces are hit harder. */
const hit = (path: string): number => (Number.parseInt(path.split('.')[1] ?? '0', 10) >= 70 ? 1 : 0.3);

function stepsOf({ indicator, size }: Kind, unit: Unit, ago: number): number {
  const lot = lotOf(`${indicator.code} ${unit.path}`) % 1000;
  const wave = 1 + 0.25 * Math.sin((ago + lot / 300) / 3);
  if (size === 'share') return Math.min(1000, Math.round(350 + (lot * 0.35 + hit(unit.path) * 320) * wave));
  return Math.round(SCALES[size] * hit(unit.path) * wave * (lot / 1000) ** 3);
}

function stateOf({ indicator }: Kind, unit: Unit): FigureState {
  const lot = lotOf(`${unit.path} ${indicator.code}`) % 1000;
  const province = lotOf(unit.path.split('.')[1] ?? '') % 9;
  if (province === 3 && lot < 700) return 'late';
  if (lot < 12) return 'none';
  if (lot < 30) return 'stale';
  if (lot < 60) return 'late';
  return lot < 66 ? 'held' : lot < 70 ? 'contested' : 'fresh';
}
const letters: Readonly<Record<FigureState, keyof typeof STATE_LETTERS>> = {
  ...{ fresh: 'f', late: 'l', stale: 's', none: 'n', held: 'h', contested: 'c' },
};
const counts = (state: FigureState): boolean => state !== 'stale' && state !== 'none';

const revisionOf = (revision: number, value: number, counted: boolean, reason: string | null): FigureRevision => ({
  ...{
    n: 400 + revision,
    at: new Date(Date.now() - HOUR / revision).toISOString(),
    acts: [],
    source: 'bo-y-te',
    revision,
    value,
  },
  ...{ status: 'A', held: false, counts: counted, reason },
});

const contest: FigureActDone = {
  ...{ n: 410, at: new Date(Date.now() - HOUR / 4).toISOString(), act: 'contest', by: 'Lê Thị B', unit: '26734' },
  reason: 'Xã chỉ có 12 giường',
};

const TICK_UNITS = 250;
/** A server's answer is not there before the page that waits for it. */
const ANSWER_MS = 40;

/** Whether ticks come: a bench turns them on and off. */
let isTicking = false;
addEventListener('dh-ticks', (event) => {
  isTicking = (event as CustomEvent<boolean>).detail;
});

/** The tools of a scene with figures, and what the server would answer; elsewhere nobody follows any. */
export async function withFigures(tools: BriefingTools, state: string): Promise<[BriefingTools, Answers]> {
  if (state.startsWith('figure-desk')) {
    const { code, path: root } = tools.session.account.unit;
    const { units } = await tools.api.roster(code);
    const base = baseOf(units.map(([own, path, tier, name]) => ({ code: own, path, tier, name })));
    const inside = base.filter(({ path }) => `${path}.`.startsWith(`${root}.`));
    const told = kinds.map(({ indicator }) => indicator);
    return [
      tools,
      [[/^\/api\/figures\/indicators/, () => ({ indicators: told })], ...figureDeskAnswers(told, inside, code)],
    ];
  }
  if (!state.startsWith('figures')) return [tools, [[/^\/api\/figures\/indicators/, () => ({ indicators: [] })]]];
  const { answers, act, tick } = await figuresOf(tools);
  const answer = async (name: string, ask: object): Promise<unknown> =>
    act(name, ask) ?? tools.channel.act(name as 'presence.list', ask as never);
  const on = ((name: string, listener: (told: unknown) => void) => {
    if (state !== 'figures-ticking' || name !== 'figures') return tools.channel.on(name as 'figures', listener);
    const timer = setInterval(() => isTicking && listener(tick()), 250);
    return () => clearInterval(timer);
  }) as BriefingTools['channel']['on'];
  const channel = { ...tools.channel, on, act: answer as BriefingTools['channel']['act'] };
  return [{ ...tools, channel }, answers];
}

async function figuresOf({ api, session }: Pick<BriefingTools, 'api' | 'session'>) {
  const { units: rows } = await api.roster(session.account.unit.code);
  const units: readonly Unit[] = rows.map(([code, path, tier, name]) => ({ code, path, tier, name }));
  const base = baseOf(units);
  const below = new Map<string, Unit[]>();
  for (const unit of base)
    for (let path = unit.path; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.'))))
      (below.get(path) ?? below.set(path, []).get(path))?.push(unit);
  const startOf = ({ length }: Kind): number =>
    Math.floor((Date.now() + 7 * HOUR) / length) * length - 7 * HOUR - length;
  const sumOf = (of: Kind, inside: readonly Unit[], ago = 0): number | null => {
    const there = inside.filter((unit) => counts(stateOf(of, unit))).map((unit) => stepsOf(of, unit, ago));
    if (there.length === 0) return null;
    const sum = there.reduce((a, b) => a + b, 0);
    return of.size === 'share' ? Math.round(sum / there.length) : sum;
  };
  const coverageOf = (of: Kind, inside: readonly Unit[]): FigureCoverage => {
    const found = { expected: inside.length, fresh: 0, late: 0, stale: 0, none: 0, held: 0, contested: 0 };
    // FG143: one of them is held whole.
    for (const unit of inside) found[of.indicator.code === 'beds-free' ? 'held' : stateOf(of, unit)]++;
    return found;
  };
  /** FG91, FG172: of the province in which most are late, nobody has told the denominators. */
  const weightOf = (of: Kind, inside: readonly Unit[]): Pick<FigureCard, 'share' | 'unweighed'> => {
    if (of.size !== 'share') return {};
    const known = inside.filter(({ path }) => lotOf(path.split('.')[1] ?? '') % 9 !== 3);
    const there = known.filter((unit) => counts(stateOf(of, unit)));
    const unweighed = inside.length - known.length;
    return {
      ...(known.length > 0 && { share: Math.floor((there.length * 10_000) / known.length) }),
      ...(unweighed > 0 && { unweighed }),
    };
  };
  /** FG141: an hour of which one unit has come. */
  const comingOf = (of: Kind): Pick<FigureCard, 'coming'> =>
    of.indicator.code === 'cases-new' && base.length > 0
      ? { coming: { period: new Date(startOf(of) + of.length).toISOString(), counted: 1, expected: base.length } }
      : {};
  /** Made up once: a page that asks again waits for nothing. */
  const known = new Map<string, readonly (number | null)[]>();
  const series = (of: Kind, inside: readonly Unit[]): (number | null)[] => {
    const key = `${of.indicator.code} ${inside[0]?.path} ${inside.length}`;
    const made = known.get(key) ?? Array.from({ length: 28 }, (_, i) => (i === 9 ? null : sumOf(of, inside, 27 - i)));
    known.set(key, made);
    return [...made];
  };
  /** FG142: over three of four. */
  const changeOf = (of: Kind): FigureCard['change'] => {
    const both = of.indicator.code === 'tests' ? base.slice(Math.floor(base.length / 4)) : base;
    const [now, before] = [sumOf(of, both), sumOf(of, both, 1)];
    return now === null || before === null ? null : { now, before, both: both.length };
  };
  const cardOf = (of: Kind): FigureCard => ({
    indicator: of.indicator.code,
    unit: session.account.unit.code,
    period: new Date(startOf(of)).toISOString(),
    n: 412,
    value: sumOf(of, base),
    former: sumOf(of, base, 1),
    ...comingOf(of),
    change: changeOf(of),
    series: series(of, base),
    coverage: coverageOf(of, base),
    ...weightOf(of, base),
    oldest: new Date(startOf(of) + of.length).toISOString(),
    state: of.indicator.code === 'oxygen-tonnes' ? 'late' : base.length === 0 ? 'none' : 'fresh',
  });
  /** Made up once as well: a server makes it elsewhere, and leaves the page no garbage to collect while it draws. */
  const frames = new Map<string, FigureFrame>();
  const frameOf = (code: string, against: string | null): FigureFrame => {
    const key = `${code} ${against}`;
    const made = frames.get(key) ?? madeFrame(code, against);
    frames.set(key, made);
    return { ...made, units: [...made.units], values: [...made.values] };
  };
  const madeFrame = (code: string, against: string | null): FigureFrame => {
    const of = kinds.find(({ indicator }) => indicator.code === code) as Kind;
    const own = new Set(base);
    const upper = units.filter((unit) => !own.has(unit));
    return {
      indicator: code,
      period: new Date(startOf(of)).toISOString(),
      n: 412,
      root: session.account.unit.code,
      units: base.map(({ path }) => path),
      values: base.map((unit) => (stateOf(of, unit) === 'none' ? null : stepsOf(of, unit, 0))),
      states: base.map((unit) => letters[stateOf(of, unit)]).join(''),
      upper: upper.map((unit) => {
        const inside = below.get(unit.path) ?? [];
        return { unit: unit.code, value: sumOf(of, inside), coverage: coverageOf(of, inside), ...weightOf(of, inside) };
      }),
      ...(against && { against: againstOf(of, upper, against) }),
    };
  };
  const againstOf = (of: Kind, upper: readonly Unit[], period: string): FigureFrame['against'] => {
    const ago = Math.round((startOf(of) - Date.parse(period)) / of.length);
    const isOwn = (unit: Unit): boolean => ['fresh', 'contested'].includes(stateOf(of, unit));
    return {
      period,
      values: base.map((unit) => (isOwn(unit) ? stepsOf(of, unit, ago) : null)),
      upper: upper.map(({ code: unit, path }) => {
        const inside = below.get(path) ?? [];
        const both = inside.filter(isOwn);
        const told = both.length * 2 >= inside.length;
        const [now, before] = told ? [sumOf(of, both), sumOf(of, both, ago)] : [null, null];
        return { unit, now, before, both: both.length };
      }),
    };
  };
  let ticks = 0;
  /** Of the second indicator, as many units as ride along with a notice. */
  const tick = () => {
    const of = kinds[1] as Kind;
    const first = (ticks++ * 251) % Math.max(1, base.length - TICK_UNITS);
    const moved = base.slice(first, first + TICK_UNITS);
    const values = moved.map((unit) => stepsOf(of, unit, ticks % 9));
    const change = { indicator: of.indicator.code, period: new Date(startOf(of)).toISOString() };
    return {
      n: 412 + ticks,
      cards: [],
      changed: [{ ...change, units: moved.map(({ code }) => code), values, states: 'f'.repeat(moved.length) }],
    };
  };
  return {
    tick,
    answers: [
      [/^\/api\/figures\/indicators/, () => ({ indicators: [...kinds, missing].map(({ indicator }) => indicator) })],
      [/^\/api\/figures\/past\/stops/, pastStops],
      [/^\/api\/figures\/past\/indicators\/[^/]+\/revised/, () => revisedOf(base)],
      [
        /^\/api\/figures\/past\/indicators\//,
        (path) => {
          const [code] = (path.split('/')[5] ?? '').split('?');
          const of = kinds.find(({ indicator }) => indicator.code === code) as Kind;
          return { n: 398, at: minutesAgo(61), card: { ...cardOf(of), former: null, series: [] } };
        },
      ],
      [
        /^\/api\/figures\/frames\//,
        async (path) => {
          const frame = frameOf(path.split('/')[4] ?? '', new URL(path, 'http://x').searchParams.get('against'));
          await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
          performance.mark('map-frame');
          return frame;
        },
      ],
    ] satisfies Answers,
    act: (name: string, ask: { indicator?: string; unit?: string }): unknown => {
      if (name === 'figures.watch') {
        const crossed = base.slice(0, 3).map(({ code }, i) => {
          const [indicator, at] = [(kinds[1] as Kind).indicator.code, minutesAgo(1 + i)];
          return { ...{ indicator, unit: code, from: 3, to: 4, value: 951 + i, n: 412 - i }, at };
        });
        return { cards: kinds.map(cardOf), n: 412, crossed };
      }
      if (name === 'figures.history')
        return {
          ...{ indicator: ask.indicator, unit: ask.unit, period: new Date(startOf(kinds[0] as Kind)).toISOString() },
          revisions: [
            revisionOf(1, 1200, false, null),
            { ...revisionOf(2, 120, true, 'Nhập nhầm một chữ số'), acts: [contest] },
            { ...revisionOf(3, 1320, false, null), held: true },
          ],
        };
      if (name !== 'figures.series') return undefined;
      const of = kinds.find(({ indicator }) => indicator.code === ask.indicator) as Kind;
      const root = units.find(({ code }) => code === ask.unit);
      const inside = below.get(root?.path ?? '') ?? [];
      const points = series(of, inside).map((value, i) => ({
        period: new Date(startOf(of) - (27 - i) * of.length).toISOString(),
        value,
      }));
      return {
        indicator: ask.indicator,
        unit: ask.unit,
        n: 412,
        points,
        breaks: [],
        revised: root && inside.length === 1 ? revisedOf28(points) : undefined,
      };
    },
  };
}

const revisedOf28 = (points: readonly { readonly period: string }[]): string[] =>
  points.flatMap(({ period }, i) => (i === 4 || i === 21 ? [period] : []));
const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

const pastStops = (): FigureStops => ({
  more: false,
  stops: [
    { at: minutesAgo(95), kind: 'opened', name: 'Họp trực tuyến phòng, chống dịch' },
    { at: minutesAgo(84), kind: 'batch', name: 'Bộ Y tế' },
    { at: minutesAgo(72), kind: 'call', name: 'Xã Phước Hòa' },
    { at: minutesAgo(60), kind: 'directive', name: 'Bổ sung giường hồi sức tích cực trong 24 giờ', number: 12 },
    { at: minutesAgo(24), kind: 'batch', name: 'Bộ Y tế' },
  ],
});

function revisedOf(base: readonly Unit[]): FigureRevisedList {
  const reasons = ['Nhập thừa một chữ số 0', 'Đơn vị báo lại', null];
  const revised = base.slice(0, 7).map(({ code }, i) => ({
    ...{ unit: code, before: 120 - i * 9, now: 12 + i * 5, at: minutesAgo(24), source: 'Bộ Y tế' },
    reason: reasons[i % reasons.length] ?? null,
  }));
  const whole = { before: 81_153, now: 80_691 };
  return { indicator: 'beds-free', period: minutesAgo(120), n: 398, now: 412, whole, units: revised.length, revised };
}
