import { countingOf } from './counting.ts';

/** What a source says of a cell in one of its revisions. */
export interface SheetWord {
  readonly source: string;
  readonly rank: number;
  readonly value: number | null;
  readonly held: boolean;
}

interface Said {
  readonly source: string;
  readonly rank: number;
  good: number | null | undefined;
  held: boolean;
}

/** Of each unit: nothing, a value that counts, or that there is none; and marks beside it. */
export const UNSAID = 0;
export const VALUE = 1;
export const NONE = 2;
export const HELD = 4;
export const CONTESTED = 8;

/** FG8: all that counts of one indicator in one period. Words are applied in the order in which they were recorded. */
export class FigureSheet {
  readonly values: Float64Array;
  /** UNSAID, VALUE or NONE, with HELD and CONTESTED. */
  readonly marks: Uint8Array;
  /** Who says what, where one word is not all: of several sources, or held. */
  readonly #several = new Map<number, Said[]>();
  readonly #sources: (Pick<SheetWord, 'source' | 'rank'> | undefined)[];

  constructor(size: number) {
    this.values = new Float64Array(size);
    this.marks = new Uint8Array(size);
    this.#sources = new Array(size);
  }

  apply(place: number, { source, rank, value, held }: SheetWord): void {
    const before = this.#sources[place];
    // Nearly every word: of the only source, and in order.
    if (!held && !this.#several.has(place) && (before === undefined || before.source === source)) {
      this.#sources[place] = before ?? { source, rank };
      this.values[place] = value ?? 0;
      this.marks[place] = value === null ? NONE : VALUE;
      return;
    }
    const said = this.#said(place);
    let one = said.find((each) => each.source === source);
    if (!one) {
      one = { source, rank, good: undefined, held: false };
      said.push(one);
    }
    one.held = held;
    if (!held) one.good = value;
    if (said.length === 1 && !held) this.#several.delete(place);
    else this.#several.set(place, said);
    const counts = countingOf(said);
    this.#sources[place] = said.find((each) => each.source === counts.source);
    this.values[place] = counts.value ?? 0;
    const base = counts.value === undefined ? UNSAID : counts.value === null ? NONE : VALUE;
    this.marks[place] = base | (counts.held ? HELD : 0) | (counts.contested ? CONTESTED : 0);
  }

  #said(place: number): Said[] {
    const known = this.#several.get(place);
    if (known) return known;
    const of = this.#sources[place];
    if (!of) return [];
    const good = (this.marks[place] ?? 0) & VALUE ? (this.values[place] ?? 0) : null;
    return [{ source: of.source, rank: of.rank, good, held: false }];
  }
}
