import type { CheckedScope } from '../../protocol/briefing.ts';
import { MOST_SUBTREES } from '../../protocol/limits.ts';
import type { Unit, UnitCode, UnitPath } from '../../protocol/organisation.ts';
import type { UnitIndex } from '../organisation/UnitIndex.ts';
import { outermost } from '../shared/territory.ts';

type Problem = CheckedScope['problems'][number];

/** Spreadsheets take codes for numbers and drop the zeros before them; each tier of the country has its length. */
const LENGTHS = [2, 3, 5];

/**
 * BR10: units named by codes in a file, and what was not understood. Pure.
 * @param reaches whether whoever asks may schedule for it
 */
export function readScope(
  index: UnitIndex,
  cells: readonly string[],
  reaches: (path: UnitPath) => boolean,
): { readonly scope: readonly UnitPath[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const named = new Set<UnitPath>();
  for (const [i, cell] of cells.entries()) {
    const text = cell.trim();
    if (text === '') continue;
    const unit = unitOf(index, text);
    const problem = !unit ? 'unknown' : !reaches(unit.path) ? 'outside' : named.has(unit.path) ? 'repeated' : undefined;
    if (problem) problems.push({ row: i + 1, text, problem });
    else if (unit) named.add(unit.path);
  }
  return { scope: gathered(index, outermost(named)), problems };
}

function unitOf(index: UnitIndex, text: string): Unit | undefined {
  const code = text.toLowerCase();
  const known = index.find(code);
  if (known || !/^\d+$/.test(code)) return known;
  const read = LENGTHS.filter((length) => length > code.length).flatMap(
    (length) => index.find(code.padStart(length, '0')) ?? [],
  );
  return read.length === 1 ? read[0] : undefined;
}

/** Whole subtrees in the place of all that lies below them, from the ground up. */
function gathered(index: UnitIndex, paths: readonly UnitPath[]): readonly UnitPath[] {
  const taken = new Set(paths);
  for (let grown = true; grown; ) {
    grown = false;
    const above = new Map<UnitCode, number>();
    for (const path of taken) {
      const parent = index.findPath(path)?.parent;
      if (parent != null) above.set(parent, (above.get(parent) ?? 0) + 1);
    }
    for (const [code, some] of above) {
      const [parent, children] = [index.find(code), index.children(code)];
      if (!parent || some < children.length) continue;
      for (const child of children) taken.delete(child.path);
      taken.add(parent.path);
      grown = true;
    }
  }
  return [...taken].sort();
}

/** As the answer has it. */
export const scopeAnswer = (index: UnitIndex, read: ReturnType<typeof readScope>): CheckedScope => ({
  scope:
    read.scope.length > MOST_SUBTREES ? 'too-many' : read.scope.flatMap((path) => index.findPath(path)?.code ?? []),
  expected: index.countBase(read.scope),
  problems: [...read.problems],
});
