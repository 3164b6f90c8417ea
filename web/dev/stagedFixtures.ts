import type { FigureCoverage, StagedContent, StagedFigures, StagedPicture, StagedPiece } from '../src/api/contract.ts';
import { shortName } from '../src/api/contract.ts';
import { Store } from '../src/lib/Store.ts';
import type { BriefingTools } from '../src/session/BriefingContext.tsx';
import { baseOf, country, type Unit } from './country.ts';
import type { Answers } from './officeFixtures.ts';

type Communes = NonNullable<StagedContent['communes']>;

const DAY = 86_400;
const content = 'c'.repeat(64);
const START = Date.parse('2026-11-24T17:00:00Z') / 1000;

const lotOf = (text: string): number => {
  let lot = 2_166_136_261;
  for (const letter of text) lot = Math.imul(lot ^ letter.charCodeAt(0), 16_777_619) >>> 0;
  return lot % 1000;
};
const casesOf = ({ path }: Unit): number => {
  const south = Number.parseInt(path.split('.')[1] ?? '0', 10) >= 70 ? 3 : 1;
  return Math.round(south * 9 * (lotOf(path) / 1000) ** 2);
};
const stateOf = ({ path }: Unit): string => {
  const lot = lotOf(`${path} state`);
  if (path.startsWith('vn.49') && lot < 700) return 'l';
  return lot < 15 ? 'n' : lot < 40 ? 'l' : lot < 50 ? 's' : 'f';
};

/**
 * New cases of the country, as every page of a briefing is told; of a district, whose units report themselves, with
 * `-lowest`; with three others beside it with `-beside`; as its owner announced it with `-announced`;
 * per 100,000 people, whose number is not known everywhere, with `-rate`; held, while another day comes in, with `-coming`; with a series that hardly moves (FG171) with `-broken`. `state`:
 * `staged-series`, `-table`, `-mark`, `-communes`, `-lowest`, `-lowest-table`.
 */
async function stagedOf(briefing: string, state: string): Promise<[StagedFigures, Communes]> {
  const units = await country(20_000);
  const base = baseOf(units);
  const inside = (path: string): readonly Unit[] => base.filter((unit) => unit.path.startsWith(`${path}.`));
  const coverageOf = (own: readonly Unit[]): FigureCoverage => {
    const count = (letter: string): number => own.filter((unit) => stateOf(unit) === letter).length;
    return {
      ...{ expected: own.length, fresh: count('f'), late: count('l'), stale: count('s'), none: count('n') },
      ...{ held: 0, contested: 0 },
    };
  };
  const counting = (own: readonly Unit[]): readonly Unit[] => own.filter((unit) => 'fl'.includes(stateOf(unit)));
  const sum = (own: readonly Unit[]): number => counting(own).reduce((all, unit) => all + casesOf(unit), 0);
  const provinces = units.filter(({ path }) => path.split('.').length === 2);
  const least = state.includes('broken') ? 0.92 : 0.55;
  const series = Array.from({ length: 28 }, (_, i) =>
    i === 9 ? null : Math.round(sum(base) * (least + (1 - least) * Math.sin(i / 7) ** 2)),
  );
  series[27] = sum(base);
  const picture: StagedPicture = {
    indicator: {
      ...{ code: 'cases-new', name: { vi: 'Ca mắc mới', en: 'New cases' }, unit: { vi: 'ca', en: 'cases' } },
      ...{ scale: 0, kind: 'flow', every: 'day', simulated: true },
    },
    ...{ root: 'vn', rootName: 'Việt Nam', period: new Date(START * 1000).toISOString(), n: 412 },
    ...{ at: '2026-11-26T02:40:00.000Z', value: sum(base), coverage: coverageOf(base), oldest: null },
    units: provinces.map(({ code, path }) => {
      const own = inside(path);
      return [code, sum(own), counting(own).length, own.length];
    }),
    names: provinces.map(({ name }) => shortName(name)),
    ...{ series, starts: Array.from({ length: 28 }, (_, i) => (i === 0 ? START - 27 * DAY : DAY)) },
    beside: state.includes('beside') ? besideOf(coverageOf(base)) : [],
  };
  const isLowest = state.includes('lowest');
  const district = isLowest ? units.find(({ path }) => /^vn\.79\.\d+$/.test(path)) : undefined;
  if (district) {
    const own = inside(district.path);
    Object.assign(picture, {
      ...{ root: district.path, rootName: shortName(district.name), value: sum(own), coverage: coverageOf(own) },
      ...{ units: [], names: [] },
    });
  }
  if (state.includes('coming')) Object.assign(picture, comingOf(picture));
  if (state.includes('rate')) Object.assign(picture, rateOf(picture));
  if (state.includes('announced')) Object.assign(picture, announcedOf(picture));
  const reporting = district ? inside(district.path) : base;
  const depth = isLowest || state.endsWith('communes') ? 'communes' : 'provinces';
  const view = state.endsWith('series') ? 'series' : state.endsWith('table') ? 'table' : 'map';
  const mark = state.endsWith('mark') ? ({ kind: 'unit', unit: '74' } as const) : null;
  const staged: StagedFigures = { briefing, version: 3, shown: { depth, view, mark, content, picture } };
  const communes = {
    units: reporting.map(({ path }) => path),
    names: reporting.map(({ name }) => name),
    values: reporting.map((unit) => (stateOf(unit) === 'n' ? null : casesOf(unit))),
    states: reporting.map(stateOf).join(''),
  };
  return [staged, communes];
}

/** FG141, FG143: all that is shown is held, and the day after has begun to come in. */
function comingOf({ coverage: { expected } }: StagedPicture): Partial<StagedPicture> {
  const coverage = { expected, fresh: 0, late: 0, stale: 0, none: 12, held: expected - 15, contested: 3, withheld: 12 };
  return { coverage, coming: { period: new Date((START + DAY) * 1000).toISOString(), counted: 1, expected } };
}

/** As many of them as are asked for, as a line carries them. */
function pieceOf({ units, names, values, states }: Communes, path: string): StagedPiece {
  const asked = new URLSearchParams(path.split('?')[1]);
  const from = Number(asked.get('from'));
  const to = from + Number(asked.get('most'));
  return {
    ...{ units: units.slice(from, to), names: names.slice(from, to), values: values.slice(from, to) },
    ...{ states: states.slice(from, to), of: units.length },
  };
}

/** FG175: invented people of each unit; of one province nobody has told them, of others not of all units. */
function rateOf({ indicator, units, coverage, series }: StagedPicture): Partial<StagedPicture> {
  const PEOPLE = 9_000;
  const rate = (cases: number, of: number): number => Math.round((cases * 1_000_000) / (of * PEOPLE));
  const unknownIn = (of: number, i: number): number => (i % 20 === 9 ? of : i % 6 === 2 ? Math.ceil(of / 20) : 0);
  const unweighedIn = units.flatMap(([code, , , of], i): [string, number][] =>
    unknownIn(of, i) > 0 ? [[code, unknownIn(of, i)]] : [],
  );
  const unweighed = unweighedIn.reduce((all, [, of]) => all + of, 0);
  const told = units.map(([code, value, counted, of], i): StagedPicture['units'][number] => {
    const known = Math.min(counted, of - unknownIn(of, i));
    return [code, known === 0 ? null : rate(value ?? 0, of), known, of];
  });
  const cases = units.reduce((all, [, value]) => all + (value ?? 0), 0);
  return {
    indicator: {
      ...{ ...indicator, code: 'cases-rate', scale: 1, up: 'ratio' },
      name: { vi: 'Ca mắc mới theo số dân', en: 'New cases by population' },
      unit: { vi: 'ca trên 100.000 dân', en: 'cases per 100,000 people' },
    },
    ...{ units: told, unweighed, unweighedIn, value: rate(cases, coverage.expected) },
    coverage: { ...coverage, fresh: coverage.fresh - unweighed, none: coverage.none + unweighed },
    series: series.map((value) => (value === null ? null : rate(value, coverage.expected))),
  };
}

/** FG128: as its owner gives it for each tier: in some provinces that of a day before, in some not yet. */
function announcedOf({ indicator, coverage, units }: StagedPicture): Partial<StagedPicture> {
  const { expected } = coverage;
  const told = units.map(([code, value, , of], i): StagedPicture['units'][number] => [
    code,
    i % 9 === 4 ? null : value,
    0,
    of,
  ]);
  return {
    indicator: { ...indicator, up: 'none', name: { vi: 'Ca mắc mới theo bản tin', en: 'New cases as announced' } },
    coverage: { expected, fresh: 0, late: 0, stale: 0, none: expected, held: 0, contested: 0 },
    units: told,
    before: told.flatMap(([code, value], i): [string, number][] =>
      value !== null && i % 7 === 2 ? [[code, START]] : [],
    ),
  };
}

/** Long names, large numbers and one that is missing, as they come. */
function besideOf(coverage: FigureCoverage): StagedPicture['beside'] {
  const of = (code: string, vi: string, en: string, unit: [string, string], scale: number, value: number | null) => ({
    indicator: {
      ...{ code, name: { vi, en }, unit: { vi: unit[0], en: unit[1] }, scale },
      ...({ every: 'day', simulated: true } as const),
    },
    ...{ period: new Date(START * 1000).toISOString(), value, coverage, oldest: null },
    series: Array.from({ length: 28 }, (_, i) => (value === null ? null : Math.round(value * (0.7 + i / 90)))),
    starts: Array.from({ length: 28 }, (_, i) => (i === 0 ? START - 27 * DAY : DAY)),
  });
  const icu = of('icu-share', 'Tỷ lệ giường hồi sức đang dùng', 'Intensive care beds in use', ['%', '%'], 1, 873);
  return [
    // FG172
    { ...icu, indicator: { ...icu.indicator, up: 'ratio' }, unweighed: 212 },
    of('oxygen-tonnes', 'Ô-xy y tế còn lại', 'Medical oxygen left', ['tấn', 't'], 1, 128_402),
    of('tests', 'Xét nghiệm trong ngày', 'Tests of the day', ['mẫu', 'samples'], 0, 1_204_331),
  ];
}

/** The tools of a scene with figures on its stage, and what the server would answer. */
export async function withStaged(tools: BriefingTools, state: string): Promise<[BriefingTools, Answers]> {
  if (!state.startsWith('staged')) return [tools, []];
  // The moment at which units by name are asked for.
  Math.random = () => 0;
  const told = tools.channel.state.get();
  const [staged, kept] = await stagedOf(told.briefing.id, state);
  const programme = { ...told.programme, content: { kind: 'figures' } as const };
  const channel = { ...tools.channel, state: new Store({ ...told, programme, staged }) };
  const [, layout = 'columns'] = /-layout-([a-z]+)/.exec(state) ?? [];
  const here = { state: 'paired', session: tools.session, layout };
  return [
    { ...tools, channel },
    [
      [/\/figures\/c{64}\/units\?/, (path) => pieceOf(kept, path)],
      [/^\/api\/screens\/here/, () => here],
    ],
  ];
}
