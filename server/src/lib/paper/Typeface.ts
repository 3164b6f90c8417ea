import { readFileSync } from 'node:fs';
import { create as openFont } from 'fontkit';
import { type Face, fontRuns, type Run } from './fontRuns.ts';
import { woffToSfnt } from './woffToSfnt.ts';

/** Regular, bold and italic, as the files of a font are called. */
export type FontCut = '400-normal' | '700-normal' | '400-italic';

const SUBSETS = ['latin', 'vietnamese', 'latin-ext'] as const;

interface LoadedFace extends Face {
  readonly bytes: Buffer;
}
interface LoadedCut {
  readonly faces: readonly LoadedFace[];
  /** How far a letter takes the line, in parts of the size. Kerning is left out: it breaks no line. */
  readonly advances: ReadonlyMap<string, number>;
}

/** A font of the web, whose files hold one script each, for use on paper: read once, when it is first printed with. */
export class Typeface {
  readonly #files: URL;
  readonly #family: string;
  readonly #cuts: readonly FontCut[];
  #loaded: ReadonlyMap<FontCut, LoadedCut> | undefined;

  /** @param packageUrl where the package.json of the font is */
  constructor(family: string, packageUrl: string, cuts: readonly FontCut[]) {
    this.#family = family;
    this.#files = new URL('./files/', packageUrl);
    this.#cuts = cuts;
  }

  /** All files, under the names by which `runs` speaks of them. */
  faces(): readonly LoadedFace[] {
    return this.#cuts.flatMap((cut) => this.#of(cut).faces);
  }

  runs(text: string, cut: FontCut): Run[] {
    return fontRuns(text, this.#of(cut).faces);
  }

  width(text: string, cut: FontCut, size: number): number {
    const { advances } = this.#of(cut);
    let width = 0;
    for (const letter of text) width += advances.get(letter) ?? 0.6;
    return width * size;
  }

  /** At spaces; a word that is wider than a line (an address) is broken where the line ends. */
  broken(text: string, width: number, cut: FontCut, size: number): string[] {
    const lines: string[] = [];
    let line = '';
    for (const word of text.normalize('NFC').split(/\s+/)) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (this.width(longer, cut, size) <= width) {
        line = longer;
        continue;
      }
      if (line !== '') lines.push(line);
      line = '';
      if (this.width(word, cut, size) <= width) {
        line = word;
        continue;
      }
      for (const letter of word) {
        if (line !== '' && this.width(line + letter, cut, size) > width) {
          lines.push(line);
          line = '';
        }
        line += letter;
      }
    }
    return line === '' ? lines : [...lines, line];
  }

  #of(cut: FontCut): LoadedCut {
    this.#loaded ??= new Map(this.#cuts.map((each) => [each, this.#load(each)]));
    const loaded = this.#loaded.get(cut);
    if (!loaded) throw new Error(`${this.#family} is not used in ${cut}`);
    return loaded;
  }

  #load(cut: FontCut): LoadedCut {
    const advances = new Map<string, number>();
    const faces = SUBSETS.map((subset) => {
      const bytes = woffToSfnt(readFileSync(new URL(`${this.#family}-${subset}-${cut}.woff`, this.#files)));
      const font = openFont(bytes);
      if (!('hasGlyphForCodePoint' in font)) throw new Error(`${subset} is a collection of fonts`);
      for (const point of font.characterSet) {
        const letter = String.fromCodePoint(point);
        if (!advances.has(letter)) advances.set(letter, font.glyphForCodePoint(point).advanceWidth / font.unitsPerEm);
      }
      const known = new Set(font.characterSet);
      return { name: `${subset} ${cut}`, bytes, has: (point: number) => known.has(point) };
    });
    return { faces, advances };
  }
}
