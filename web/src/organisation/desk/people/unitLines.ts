import { fold, matcherOf } from '../../nameSearch.ts';
import type { RosterUnit, RosterView } from '../../rosterView.ts';

export interface UnitLine {
  readonly unit: RosterUnit;
  /** 0 for the root of the territory. */
  readonly depth: number;
  readonly parent: boolean;
}

/** The whole territory once, with what a search looks at. */
export interface Territory {
  readonly lines: readonly UnitLine[];
  readonly texts: readonly string[];
}

export function territoryOf(roster: RosterView): Territory {
  const units = [...roster.byCode.values()];
  const top = units[0]?.path.split('.').length ?? 1;
  const lines = units.map((unit, i) => ({
    unit,
    depth: unit.path.split('.').length - top,
    parent: units[i + 1]?.path.startsWith(`${unit.path}.`) ?? false,
  }));
  return { lines, texts: units.map(({ code, name, path }) => fold(`${name}, ${roster.within(path)} ${code}`)) };
}

/** What is on the screen: all hits of a search, or what lies below units that are open. */
export function linesOf(
  { lines, texts }: Territory,
  query: string,
  isOpen: (code: string) => boolean,
): readonly UnitLine[] {
  if (query.trim() !== '') {
    const fits = matcherOf(query);
    // The name itself before what lies in a unit of that name.
    const hits = lines.filter((_, i) => fits(texts[i] ?? ''));
    const own = hits.filter(({ unit }) => fits(fold(unit.name)));
    return [...own, ...hits.filter((hit) => !own.includes(hit))].slice(0, 500);
  }
  const shown: UnitLine[] = [];
  let below: string | undefined;
  for (const line of lines) {
    if (below !== undefined && line.unit.path.startsWith(below)) continue;
    below = undefined;
    shown.push(line);
    if (line.parent && !isOpen(line.unit.code)) below = `${line.unit.path}.`;
  }
  return shown;
}
