import { createHash } from 'node:crypto';
import { vietNamTime } from '../../../lib/vietNamTime.ts';
import type { FigureSource, Indicator } from '../../../protocol/figureDefinition.ts';
import { LONGEST_NAME, MOST_REPORTERS } from '../../../protocol/limits.ts';
import { codeOf, type UnitCode, type UnitPath } from '../../../protocol/organisation.ts';
import type { AskedNumber } from '../../../protocol/rollcallNumber.ts';
import { upFrom } from '../../shared/territory.ts';
import { ASKED } from '../limits.ts';

/** What of a number tells which figure it becomes. */
export type AskedFor = Pick<AskedNumber, 'indicator' | 'label' | 'unit' | 'scale'>;

/** A round that is over, as far as its number becomes a figure. */
export interface NumberRound {
  readonly id: string;
  readonly openedAt: Date;
  /** Territories that it asks, and codes of its units where it asks some of them alone (FG67). */
  readonly scope: readonly UnitPath[];
  readonly units?: readonly UnitCode[] | undefined;
  /** Its numbers came in by versions before FG147, under a code that rounds of the same words share. */
  readonly shared?: boolean;
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, ASKED.hashDigits);

/** Code of the indicator that the numbers of a round are values of: its own, unless the round asks for another. (FG147) */
export function askedCode(
  { indicator, label, unit, scale }: AskedFor,
  { id, shared }: Pick<NumberRound, 'id' | 'shared'>,
): string {
  if (indicator !== null) return indicator;
  return `${ASKED.prefix}${hashOf(shared ? JSON.stringify([label, unit, scale]) : id)}`;
}

/**
 * FG60, FG147: of a number that is no period of another one. Its round is its only period, which is what it is for good: who has
 * not answered is missing in it, and nothing is carried over.
 */
export function askedIndicator(number: AskedFor, round: NumberRound): Omit<Indicator, 'version'> {
  const { unit, scale } = number;
  const name = nameOf(number, round);
  return {
    ...{ code: askedCode(number, round), name: { vi: name, en: name }, unit: { vi: unit, en: unit }, scale },
    ...{ kind: 'flow', every: '5min', up: 'sum', dueSeconds: ASKED.keptSeconds, staleSeconds: ASKED.keptSeconds },
    ...{ mayStage: true, simulated: false },
    ...(!round.shared && { reporters: reportersOf(round) }),
  };
}

/** By when it was asked two rounds of the same words are told apart. */
function nameOf({ label }: AskedFor, { openedAt, shared }: NumberRound): string {
  if (shared) return label;
  const [date = '', time = ''] = vietNamTime(openedAt.toISOString()).split(' ');
  const when = ` (${time.slice(0, 5)} ${date.split('-').reverse().join('/')})`;
  return label.slice(0, LONGEST_NAME - when.length) + when;
}

/** FG147: the units that were asked; of a selection of more than a definition names, its territories. */
function reportersOf({ scope, units }: NumberRound): UnitCode[] {
  return units && units.length <= MOST_REPORTERS ? [...units] : scope.map(codeOf);
}

/** Whether it is of a number that was asked for by its words. */
export const isAsked = ({ code }: Pick<Indicator, 'code'>): boolean => code.startsWith(ASKED.prefix);

/** FG60: who speaks for what was asked in a territory. */
export function askedSource(number: AskedFor, round: NumberRound): FigureSource {
  const root = codeOf(commonAbove(round.scope));
  const indicators = [askedCode(number, round)];
  return {
    ...{ code: `${ASKED.prefix}${root}`, name: ASKED.name, rank: ASKED.rank, root, indicators },
    ...{ kind: 'asked', simulated: false },
  };
}

/** The lowest unit in whose territory all of them lie. */
function commonAbove(paths: readonly UnitPath[]): UnitPath {
  const [first = '', ...others] = paths;
  for (const at of upFrom(first)) if (others.every((path) => path === at || path.startsWith(`${at}.`))) return at;
  return first;
}
