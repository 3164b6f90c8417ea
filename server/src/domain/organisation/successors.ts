import type { UnitCode } from '../../protocol/organisation.ts';
import type { UnitVersion } from './roster.ts';

/** One line of a file of successors: a closed unit left so many of its shares to another. */
export interface SuccessorRow {
  readonly line: number;
  readonly unit: UnitCode;
  readonly successor: UnitCode;
  readonly share: number;
}

/** FG61: what is wrong with such a file, a sentence a line. Pure. @param versions every version of every unit */
export function successorFaults(versions: readonly UnitVersion[], rows: readonly SuccessorRow[]): string[] {
  const known = Map.groupBy(versions, ({ code }) => code);
  const closing = (code: UnitCode): string | null => known.get(code)?.reduce(later).validTo ?? null;
  const above = new Set(versions.flatMap(({ parent, validTo }) => (validTo === null ? (parent ?? []) : [])));
  const seen = new Set<string>();
  const faultOf = ({ unit, successor }: SuccessorRow): string | undefined => {
    if (seen.has(`${unit} ${successor}`)) return `${unit} and ${successor} stand on a line already`;
    seen.add(`${unit} ${successor}`);
    const missing = [unit, successor].find((code) => !known.has(code));
    if (missing !== undefined) return `there is no unit ${missing}`;
    const [closed, after] = [closing(unit), closing(successor)];
    if (closed === null) return `${unit} is not closed`;
    // So nobody takes the place of somebody who took theirs.
    if (after !== null && after <= closed) return `${successor} was closed on ${after}, before ${unit} or with it`;
    return above.has(successor) ? `${successor} has units below it, and does not report itself` : undefined;
  };
  return rows.flatMap((row) => {
    const fault = faultOf(row);
    return fault === undefined ? [] : [`line ${row.line}: ${fault}`];
  });
}

const later = (a: UnitVersion, b: UnitVersion): UnitVersion => (a.validFrom > b.validFrom ? a : b);
