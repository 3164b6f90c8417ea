import { type ActedValue, acted, type Revision, recorded, wordOf } from './act/revisions.ts';
import { countingOf } from './counting.ts';

/** What a source says of a cell in one of its revisions. */
export interface SheetWord {
  readonly source: string;
  readonly rank: number;
  readonly revision: number;
  readonly value: number | null;
  readonly held: boolean;
}

/** What one source says of a cell. */
export interface SaidOfCell extends Pick<SheetWord, 'source'> {
  /** From the last one on that counted from the beginning: nothing brings back what was before it. */
  readonly revisions: readonly Revision[];
}

type Speaker = Pick<SheetWord, 'source' | 'rank'>;

interface Said extends SaidOfCell {
  readonly rank: number;
  revisions: readonly Revision[];
}

/** Of each unit: nothing, a value that counts, or that there is none; and marks beside it. */
export const UNSAID = 0;
export const VALUE = 1;
export const NONE = 2;
export const HELD = 4;
export const CONTESTED = 8;

/** FG8: all that counts of one indicator in one period. Words and acts are applied in the order in which they were recorded. */
export class FigureSheet {
  readonly values: Float64Array;
  /** UNSAID, VALUE or NONE, with HELD and CONTESTED. */
  readonly marks: Uint8Array;
  /** Which one of its source counts. */
  readonly #revisions: Uint32Array;
  /** Who says what, where one word is not all: of several sources, held, or acted on. */
  readonly #several = new Map<number, Said[]>();
  /** Whose value it is, a number of `#speakers` and one; 0: nobody's. An object for each unit would take more than all else. */
  readonly #by: Uint16Array;
  readonly #speakers: Speaker[] = [];
  readonly #tolerance: number;

  /** @param tolerance FG8, in steps */
  constructor(size: number, tolerance = 0) {
    this.#tolerance = tolerance;
    this.values = new Float64Array(size);
    this.marks = new Uint8Array(size);
    this.#revisions = new Uint32Array(size);
    this.#by = new Uint16Array(size);
  }

  apply(place: number, { source, rank, revision, value, held }: SheetWord): void {
    const before = this.#speakerAt(place);
    // Nearly every word: of the only source, and in order.
    if (!held && !this.#several.has(place) && (before === undefined || before.source === source)) {
      if (!before) this.#by[place] = this.#numberOf({ source, rank });
      this.#revisions[place] = revision;
      this.values[place] = value ?? 0;
      this.marks[place] = value === null ? NONE : VALUE;
      return;
    }
    const said = this.#said(place);
    let one = said.find((each) => each.source === source);
    if (!one) {
      one = { source, rank, revisions: [] };
      said.push(one);
    }
    const word = recorded(revision, value, held);
    one.revisions = held ? [...one.revisions, word] : [word];
    this.#settle(place, said);
  }

  /** What was done to a value; to one that cannot count any more it does nothing. */
  act(place: number, { source, revision, act }: Pick<ActedValue, 'source' | 'revision' | 'act'>): void {
    const said = this.#said(place);
    const one = said.find((each) => each.source === source);
    if (!one) return;
    one.revisions = one.revisions.map((word) => (word.revision === revision ? acted(word, act) : word));
    this.#settle(place, said);
  }

  /** All that a later word or act depends on. */
  said(place: number): readonly SaidOfCell[] {
    return this.#said(place);
  }

  /** Of a place of which nothing was said here: as it stood elsewhere. */
  restore(place: number, said: readonly (SaidOfCell & Pick<SheetWord, 'rank'>)[]): void {
    this.#settle(
      place,
      said.map((each) => ({ ...each })),
    );
  }

  #settle(place: number, said: Said[]): void {
    const [first] = said;
    const plain = said.length === 1 && first?.revisions.length === 1;
    if (plain && first.revisions[0]?.standing === 'good' && !first.revisions[0].contested) this.#several.delete(place);
    else this.#several.set(place, said);
    const words = said.map((each) => wordOf(each, each.revisions));
    const counts = countingOf(words, this.#tolerance);
    const speaker = said.find((each) => each.source === counts.source);
    this.#by[place] = speaker ? this.#numberOf(speaker) : 0;
    this.#revisions[place] = words.find(({ source }) => source === counts.source)?.revision ?? 0;
    this.values[place] = counts.value ?? 0;
    const base = counts.value === undefined ? UNSAID : counts.value === null ? NONE : VALUE;
    this.marks[place] = base | (counts.held ? HELD : 0) | (counts.contested ? CONTESTED : 0);
  }

  #said(place: number): Said[] {
    const known = this.#several.get(place);
    if (known) return known;
    const of = this.#speakerAt(place);
    if (!of) return [];
    const good = (this.marks[place] ?? 0) & VALUE ? (this.values[place] ?? 0) : null;
    return [{ source: of.source, rank: of.rank, revisions: [recorded(this.#revisions[place] ?? 0, good, false)] }];
  }

  #speakerAt(place: number): Speaker | undefined {
    return this.#speakers[(this.#by[place] ?? 0) - 1];
  }

  /** There are a few of them. */
  #numberOf({ source, rank }: Speaker): number {
    const known = this.#speakers.findIndex((one) => one.source === source && one.rank === rank);
    return known >= 0 ? known + 1 : this.#speakers.push({ source, rank });
  }
}
