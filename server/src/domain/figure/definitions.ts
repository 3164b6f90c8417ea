import { refuse } from '../../protocol/errors.ts';
import type { FigureSource, Indicator, SourceKind } from '../../protocol/figureDefinition.ts';
import type { FigureDefinitions } from './facts.ts';

/** FG1: what never changes, since values that are on record are read by it. */
const FOR_EVER = [
  ...(['unit', 'scale', 'kind', 'every', 'up', 'numerator', 'denominator', 'per', 'weight', 'simulated'] as const),
];

/**
 * FG1: the next version of an indicator. @returns undefined: it is as it was
 * @throws DomainError `bad-request` when it contradicts itself, `conflict` when it changes what never changes
 */
export function nextIndicator(
  wanted: Omit<Indicator, 'version'>,
  { indicators }: Pick<FigureDefinitions, 'indicators'>,
): Indicator | undefined {
  demandWhole(wanted, indicators);
  const now = indicators.get(wanted.code);
  if (!now) return { ...wanted, version: 1 };
  const changed = FOR_EVER.find((key) => !isEqual(now[key], wanted[key]));
  if (changed) throw refuse('conflict', `${changed} of ${wanted.code} never changes: define another indicator`);
  const { version, ...before } = now;
  return isEqual(before, wanted) ? undefined : { ...wanted, version: version + 1 };
}

/** FG70 */
export const kindOf = ({ kind }: Pick<FigureSource, 'kind'>): SourceKind => kind ?? 'push';

/** @returns undefined: it is as it was @throws DomainError `bad-request`, `conflict` */
export function nextSource(wanted: FigureSource, { indicators, sources }: FigureDefinitions): FigureSource | undefined {
  const unknown = wanted.indicators.find((code) => !indicators.has(code));
  if (unknown) throw refuse('bad-request', `there is no indicator ${unknown}`);
  const now = sources.get(wanted.code);
  if (now && kindOf(now) !== kindOf(wanted))
    throw refuse('conflict', `${wanted.code} brings figures by ${kindOf(now)}, for ever: define another source`);
  return now && isEqual(now, wanted) ? undefined : wanted;
}

/** Whether all that was defined is as it was, and has the same rank: what is new says nothing of what is on record. */
export const isAddition = (before: FigureDefinitions, now: FigureDefinitions): boolean =>
  [...before.indicators].every(([code, { version }]) => now.indicators.get(code)?.version === version) &&
  [...before.sources].every(([code, { rank }]) => now.sources.get(code)?.rank === rank);

function demandWhole(wanted: Omit<Indicator, 'version'>, indicators: ReadonlyMap<string, Indicator>): void {
  const no = (why: string) => refuse('bad-request', `${wanted.code}: ${why}`);
  const { up, numerator, denominator, weight, cuts, bounds, dueSeconds, staleSeconds, simulated } = wanted;
  const named = up === 'ratio' ? [numerator, denominator] : up === 'weighted' ? [weight] : [];
  for (const code of named) {
    const other = code === undefined ? undefined : indicators.get(code);
    if (!other) throw no(`it is computed from an indicator that is not there (${code ?? 'none is named'})`);
    if (other.simulated !== simulated) throw no(`${code} is ${other.simulated ? 'simulated' : 'real'}, and it is not`);
    if (other.up === 'ratio') throw no(`${code} is computed itself`);
  }
  if (wanted.reporters && (up === 'ratio' || up === 'none'))
    throw no(up === 'ratio' ? 'it is reported by whoever reports its numerator' : 'any unit may have a value of it');
  demandParts(wanted, indicators);
  demandPer(wanted, indicators);
  if (staleSeconds < dueSeconds) throw no('it would be stale before it is due');
  if (
    cuts &&
    (cuts.words.length !== cuts.at.length + 1 || cuts.at.some((at, i) => i > 0 && at <= (cuts.at[i - 1] ?? at)))
  )
    throw no('cuts ascend, and have words for each class');
  for (const [least, most] of bounds ? [bounds.hard, ...(bounds.soft ? [bounds.soft] : [])] : [])
    if (least > most) throw no('bounds ascend');
}

/** The unit of a rate names its base in both languages: “per 100,000”. [FG174] */
function demandPer(
  { code, up, per, unit, denominator }: Omit<Indicator, 'version'>,
  indicators: ReadonlyMap<string, Indicator>,
): void {
  if (per === undefined) return;
  const no = (why: string) => refuse('bad-request', `${code}: ${why}`);
  if (up !== 'ratio') throw no('only a ratio is per so many of something');
  if (per === 100) {
    if (unit.vi !== '%' || unit.en !== '%') throw no('the unit of what is per 100 is % in both languages');
    return;
  }
  const of = indicators.get(denominator ?? '')?.unit ?? { vi: '', en: '' };
  const [vi, en] = [`trên ${per.toLocaleString('vi')} ${of.vi}`, `per ${per.toLocaleString('en')} ${of.en}`];
  if (!unit.vi.endsWith(vi) || !unit.en.endsWith(en)) throw no(`its unit ends with "${vi}" and "${en}"`);
}

/** FG14: a part is compared with its whole cell by cell, and what is computed has no cells. */
function demandParts(
  { code, up, every, scale, simulated, checks }: Omit<Indicator, 'version'>,
  indicators: ReadonlyMap<string, Indicator>,
): void {
  const no = (why: string) => refuse('bad-request', `${code}: ${why}`);
  if (checks && up === 'ratio') throw no('it is computed, and what it is computed from is checked');
  if (checks?.partOf === undefined) return;
  const whole = indicators.get(checks.partOf);
  if (!whole || whole.code === code) throw no(`it is a part of an indicator that is not there (${checks.partOf})`);
  if (whole.up === 'ratio') throw no(`${whole.code} is computed, so it has no parts`);
  if (whole.every !== every || whole.scale !== scale || whole.simulated !== simulated)
    throw no(
      `${whole.code}, of which it is a part, has other periods, other decimals, or is ${whole.simulated ? 'simulated' : 'real'}`,
    );
}

/** Whether two definitions say the same; jsonb keeps no order of keys. */
function isEqual(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => isEqual(one[key as keyof typeof one], other[key as keyof typeof other]));
}
