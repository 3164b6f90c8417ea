import type { Every, FigureCoverage, Indicator, StagedBeside, StagedComing } from '../api/contract.ts';
import type { Formats } from '../i18n/formats.ts';
import { periodText } from './periodText.ts';
import type { StagedWords } from './words/staged.vi.ts';

const DOUBTS = ['held', 'withheld', 'contested', 'stale', 'late'] as const;
type Words = Pick<StagedWords, 'marks'>['marks'];

/** FG143: what is wrong with the values of a territory, a few words each, the gravest first; none: nothing is. Pure. */
export function marksText(
  { held, withheld = 0, contested, stale, late }: FigureCoverage,
  { marks }: { readonly marks: Words },
  { number }: Pick<Formats, 'number'>,
): string[] {
  const counts = { held, withheld, contested, stale, late };
  return DOUBTS.flatMap((name) => (counts[name] > 0 ? [marks[name](number(counts[name]))] : []));
}

/** Part of the expected units from which on a state is that of the whole. */
const MANY = 0.2;

/** FG143: how the whole of a territory stands, where that is how many of its units do, the gravest first; else undefined. Pure. */
export function mostlyOf({ expected, held, contested, stale, late }: FigureCoverage) {
  const counts = { held, contested, stale, late };
  return (['held', 'contested', 'stale', 'late'] as const).find(
    (state) => counts[state] >= MANY * Math.max(1, expected),
  );
}

/** FG141: the period that has come beside the one that is shown, or is coming in. Pure. */
export function comingText(
  coming: StagedComing | undefined,
  { every, up }: { readonly every: Every; readonly up?: Indicator['up'] | undefined },
  { come, period }: Pick<StagedWords, 'come' | 'period'>,
  formats: Formats,
): string | undefined {
  if (!coming) return undefined;
  const { counted, expected, ready } = coming;
  const of = periodText(every, coming.period, period, formats);
  if (up === 'none') return ready ? come.announced(of) : come.unannounced(of);
  return (ready ? come.there : come.coming)(of, formats.number(counted), formats.number(expected));
}

/** What a unit of measure counts per so many: the people of `ca trên 100.000 dân`, as each definition ends it. (FG174) */
const PER = /(?:trên|per) [\d.,]+ (.+)$/;

/** A coverage, with a word on of how many units no denominator or weight is known, since no share of it can be. (FG172) */
export function weighedText(
  covered: string,
  {
    up,
    unweighed = 0,
    coverage: { expected },
    unit = '',
  }: Pick<StagedBeside, 'unweighed'> & {
    readonly coverage: Pick<FigureCoverage, 'expected'>;
    readonly up?: Indicator['up'] | undefined;
    readonly unit?: string | undefined;
  },
  { unweighed: words }: Pick<StagedWords, 'unweighed'>,
  { number }: Pick<Formats, 'number'>,
): string {
  if (unweighed === 0 || (up !== 'ratio' && up !== 'weighted')) return covered;
  const [, people] = PER.exec(unit) ?? [];
  const what = people === undefined ? words[up] : words.people(people);
  return `${covered}, ${unweighed < expected ? words.of(what, number(unweighed)) : what}`;
}
