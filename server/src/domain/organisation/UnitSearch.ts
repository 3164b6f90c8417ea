import type { Unit } from '../../protocol/organisation.ts';
import { bareName, fold, spellOut } from './fold.ts';

interface Entry {
  /** Folded name, and the same without the kind of unit. */
  readonly name: string;
  readonly bare: string;
  readonly words: readonly string[];
  /** The unit above, for queries like `hiep thanh quan 12`. */
  readonly above: Entry | undefined;
  readonly depth: number;
}

/** Lower is better. */
const EXACT = 0;
const PREFIX = 1;
const WORDS = 2;
const INSIDE = 3;
const ABOVE = 4;
/**
 * What goes before how well a name fits, the lowest first. @param isOwn the unit's own name has all of the query: no unit above
 * completes it
 */
export type ClassOf = (unit: Unit, isOwn: boolean) => number;

/** More than any rank. */
const CLASS = 1_000;

/**
 * Search by name or code. The order of hits: the code itself; the whole name (with or without its kind); names that
 * begin with the query; names in which each word of the query begins a word; names that contain the query; names whose
 * units above complete the query. Within a class upper tiers come first, then path order. Built once per tree; a query
 * is one pass over folded strings.
 */
export class UnitSearch {
  readonly #units: readonly Unit[];
  readonly #entries: readonly Entry[];

  /** @param units in path order */
  constructor(units: readonly Unit[]) {
    this.#units = units;
    const byPath = new Map<string, Entry>();
    this.#entries = units.map((unit) => {
      const name = fold(unit.name);
      const above = byPath.get(unit.path.slice(0, Math.max(0, unit.path.lastIndexOf('.'))));
      const entry = { name, bare: bareName(name), words: name.split(' '), above, depth: (above?.depth ?? 0) + 1 };
      byPath.set(unit.path, entry);
      return entry;
    });
  }

  /** @param from @param end the slice of the caller's territory */
  find(query: string, from: number, end: number, limit: number, classOf?: ClassOf): Unit[] {
    const wanted = spellOut(fold(query));
    if (wanted === '') return [];
    const words = wanted.split(' ');
    const code = query.trim().toLowerCase();
    const hits: { rank: number; at: number }[] = [];
    for (let at = from; at < end; at++) {
      const entry = this.#entries[at];
      const unit = this.#units[at];
      if (!entry || !unit) continue;
      const rank = unit.code === code ? EXACT - 1 : match(entry, wanted, words);
      if (rank === undefined) continue;
      hits.push({ rank: (classOf?.(unit, rank < ABOVE) ?? 0) * CLASS + rank * 16 + Math.min(entry.depth, 15), at });
    }
    hits.sort((a, b) => a.rank - b.rank || a.at - b.at);
    return hits.slice(0, limit).flatMap((hit) => this.#units[hit.at] ?? []);
  }
}

function match(entry: Entry, wanted: string, words: readonly string[]): number | undefined {
  if (entry.name === wanted || entry.bare === wanted) return EXACT;
  if (entry.name.startsWith(wanted) || entry.bare.startsWith(wanted)) return PREFIX;
  if (words.every((word) => begins(entry.words, word))) return WORDS;
  if (entry.name.includes(wanted)) return INSIDE;
  const others = words.filter((word) => !begins(entry.words, word));
  return others.length < words.length && others.every((word) => isAbove(entry, word)) ? ABOVE : undefined;
}

const begins = (words: readonly string[], start: string): boolean => words.some((word) => word.startsWith(start));

function isAbove(entry: Entry, word: string): boolean {
  for (let above = entry.above; above; above = above.above) if (begins(above.words, word)) return true;
  return false;
}
