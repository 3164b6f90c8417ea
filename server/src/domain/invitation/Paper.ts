import { readFileSync } from 'node:fs';
import { create as openFont } from 'fontkit';
import PDFDocument from 'pdfkit';
import { create as qrCode } from 'qrcode';
import { type Face, fontRuns, type Run } from './fontRuns.ts';

export type Weight = 400 | 700;
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}
interface Style {
  readonly weight?: Weight;
  readonly size: number;
  readonly colour?: string;
  /** No more lines than that; the last one ends with an ellipsis. */
  readonly lines?: number;
}

const SUBSETS = ['latin', 'vietnamese', 'latin-ext'] as const;
const LINE = 1.3;

/** The font of the pages, by weight: read once, since a province is printed again and again. */
let faces: Readonly<Record<Weight, readonly (Face & { readonly bytes: Buffer })[]>> | undefined;
/** How far a letter takes the line, in parts of the size; by weight. Kerning is left out: it breaks no line. */
const advances: Readonly<Record<Weight, Map<string, number>>> = { 400: new Map(), 700: new Map() };
const files = new URL('./files/', import.meta.resolve('@fontsource/be-vietnam-pro/package.json'));

function loadFaces() {
  const of = (weight: Weight) =>
    SUBSETS.map((subset) => {
      const bytes = readFileSync(new URL(`be-vietnam-pro-${subset}-${weight}-normal.woff`, files));
      const font = openFont(bytes);
      if (!('hasGlyphForCodePoint' in font)) throw new Error(`${subset} is a collection of fonts`);
      for (const point of font.characterSet) {
        const letter = String.fromCodePoint(point);
        if (!advances[weight].has(letter))
          advances[weight].set(letter, font.glyphForCodePoint(point).advanceWidth / font.unitsPerEm);
      }
      const known = new Set(font.characterSet);
      return { name: `${subset} ${weight}`, bytes, has: (point: number) => known.has(point) };
    });
  faces ??= { 400: of(400), 700: of(700) };
  return faces;
}

/** Sheets of A4 with Vietnamese text, lines and QR codes. Lengths are points (1/72 inch), from the upper left corner. */
export class Paper {
  static readonly width = 595.28;
  static readonly height = 841.89;
  readonly #doc: PDFKit.PDFDocument;
  readonly #whole: Promise<Buffer>;
  readonly #faces = loadFaces();

  constructor(info: { readonly title: string; readonly language: string }) {
    this.#doc = new PDFDocument({
      ...{ size: 'A4', margin: 0, autoFirstPage: false, lang: info.language, info: { Title: info.title } },
    });
    for (const { name, bytes } of [...this.#faces[400], ...this.#faces[700]]) this.#doc.registerFont(name, bytes);
    const pieces: Buffer[] = [];
    this.#whole = new Promise((done, failed) => {
      this.#doc.on('data', (piece: Buffer) => pieces.push(piece));
      this.#doc.on('end', () => done(Buffer.concat(pieces)));
      this.#doc.on('error', failed);
    });
  }

  page(): void {
    this.#doc.addPage();
  }

  /** Nothing can be written after it. */
  async end(): Promise<Buffer> {
    this.#doc.end();
    return this.#whole;
  }

  /** @returns where the next line stands */
  write(text: string, box: Box, { weight = 400, size, colour = '#111111', lines = 99 }: Style): number {
    const broken = this.#broken(text, box.width, weight, size);
    const shown = broken.slice(0, lines);
    if (broken.length > lines) shown[lines - 1] = this.#shortened(shown[lines - 1] ?? '', box.width, weight, size);
    this.#doc.fillColor(colour).fontSize(size);
    for (const [i, line] of shown.entries()) {
      let x = box.x;
      for (const { font, text: piece } of this.#runs(line, weight)) {
        this.#doc.font(font).text(piece, x, box.y + i * size * LINE, { lineBreak: false });
        x += this.#doc.widthOfString(piece);
      }
    }
    return box.y + shown.length * size * LINE;
  }

  rule(y: number, dashed: boolean): void {
    this.#doc.save().lineWidth(0.5).strokeColor('#8a8f98');
    if (dashed) this.#doc.dash(4, { space: 4 });
    this.#doc.moveTo(0, y).lineTo(Paper.width, y).stroke().restore();
  }

  /** A band across the sheet that says what it is. */
  band(text: string, y: number, height: number): void {
    this.#doc.save().rect(0, y, Paper.width, height).fill('#ffd24d').restore();
    this.write(text, { x: 42, y: y + (height - 10 * LINE) / 2, width: Paper.width - 84 }, { weight: 700, size: 10 });
  }

  /** Its modules as one path, so that it is sharp at any size. A quiet zone of four modules lies within `size`. */
  qr(text: string, x: number, y: number, size: number): void {
    const { modules } = qrCode(text, { errorCorrectionLevel: 'M' });
    const step = size / (modules.size + 8);
    for (let row = 0; row < modules.size; row++)
      for (let column = 0; column < modules.size; column++) {
        let end = column;
        while (end < modules.size && modules.get(row, end)) end++;
        if (end === column) continue;
        this.#doc.rect(x + (column + 4) * step, y + (row + 4) * step, (end - column) * step, step);
        column = end;
      }
    this.#doc.fill('#000000');
  }

  #runs(text: string, weight: Weight): Run[] {
    return fontRuns(text, this.#faces[weight]);
  }

  #widthOf(text: string, weight: Weight, size: number): number {
    let width = 0;
    for (const letter of text) width += advances[weight].get(letter) ?? 0.6;
    return width * size;
  }

  /** At spaces; a word that is wider than a line (an address) is broken where the line ends. */
  #broken(text: string, width: number, weight: Weight, size: number): string[] {
    const lines: string[] = [];
    let line = '';
    for (const word of text.split(/\s+/)) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (this.#widthOf(longer, weight, size) <= width) {
        line = longer;
        continue;
      }
      if (line !== '') lines.push(line);
      line = '';
      if (this.#widthOf(word, weight, size) <= width) {
        line = word;
        continue;
      }
      for (const letter of word) {
        if (line !== '' && this.#widthOf(line + letter, weight, size) > width) {
          lines.push(line);
          line = '';
        }
        line += letter;
      }
    }
    return line === '' ? lines : [...lines, line];
  }

  #shortened(line: string, width: number, weight: Weight, size: number): string {
    let short = line;
    while (short !== '' && this.#widthOf(`${short}…`, weight, size) > width) short = short.slice(0, -1);
    return `${short.trimEnd()}…`;
  }
}
