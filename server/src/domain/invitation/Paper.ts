import PDFDocument from 'pdfkit';
import { create as qrCode } from 'qrcode';
import { type PdfTag, PdfTags } from '../../lib/paper/PdfTags.ts';
import { type FontCut, Typeface } from '../../lib/paper/Typeface.ts';

type Weight = 400 | 700;
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
  /** IV9: what has to be read whole: its letters are smaller where that many lines would not hold it. */
  readonly whole?: boolean;
  /** What it is, to those who have it read to them: a paragraph. */
  readonly tag?: PdfTag;
}

/** Height of a line, in sizes of its font. */
const LINE = 1.3;
const cuts: Readonly<Record<Weight, FontCut>> = { 400: '400-normal', 700: '700-normal' };
/** The font of the pages. */
const typeface = new Typeface('be-vietnam-pro', import.meta.resolve('@fontsource/be-vietnam-pro/package.json'), [
  '400-normal',
  '700-normal',
]);

/** Letters that are smaller are not read, points. */
const SMALLEST = 5;

/** Sheets of A4 with Vietnamese text, lines and QR codes. Lengths are points (1/72 inch), from the upper left corner. */
export class Paper {
  static readonly width = 595.28;
  static readonly height = 841.89;
  static readonly line = LINE;
  readonly #doc: PDFKit.PDFDocument;
  readonly #whole: Promise<Buffer>;
  readonly #tags: PdfTags;

  constructor(info: { readonly title: string; readonly language: string }) {
    this.#doc = new PDFDocument({
      ...{ size: 'A4', margin: 0, autoFirstPage: false, lang: info.language, info: { Title: info.title } },
      ...{ displayTitle: true, pdfVersion: '1.7', tagged: true },
    });
    for (const { name, bytes } of typeface.faces()) this.#doc.registerFont(name, bytes);
    this.#tags = new PdfTags(this.#doc);
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

  /** What is written within belongs together. */
  section(write: () => void): void {
    this.#tags.within('Sect', write);
  }

  /** Nothing can be written after it. */
  async end(): Promise<Buffer> {
    this.#doc.end();
    return this.#whole;
  }

  /** @returns where the next line stands */
  write(text: string, box: Box, style: Style): number {
    const { weight = 400, colour = '#111111', lines = 99, tag = 'P', whole = false } = style;
    const cut = cuts[weight];
    let { size } = style;
    while (whole && size > SMALLEST && typeface.broken(text, box.width, cut, size).length > lines) size *= 0.95;
    const broken = typeface.broken(text, box.width, cut, size);
    const shown = broken.slice(0, lines);
    if (broken.length > lines) shown[lines - 1] = shortened(shown[lines - 1] ?? '', box.width, cut, size);
    this.#doc.fillColor(colour).fontSize(size);
    const draw = (): void => {
      for (const [i, line] of shown.entries()) {
        let x = box.x;
        for (const { font, text: piece } of typeface.runs(line, cut)) {
          this.#doc.font(font).text(piece, x, box.y + i * size * LINE, { lineBreak: false });
          x += this.#doc.widthOfString(piece);
        }
      }
    };
    this.#tags.within(tag, () => this.#tags.piece(draw));
    return box.y + shown.length * size * LINE;
  }

  rule(y: number, dashed: boolean): void {
    this.#tags.ornament('Layout', () => {
      this.#doc.save().lineWidth(0.5).strokeColor('#8a8f98');
      if (dashed) this.#doc.dash(4, { space: 4 });
      this.#doc.moveTo(0, y).lineTo(Paper.width, y).stroke().restore();
    });
  }

  frame({ x, y, width, height }: Box & { readonly height: number }): void {
    this.#tags.ornament('Layout', () => {
      this.#doc.save().lineWidth(1).strokeColor('#8a8f98').roundedRect(x, y, width, height, 4).stroke().restore();
    });
  }

  /** A band across the sheet that says what it is. */
  band(text: string, y: number, height: number): void {
    this.#tags.ornament('Layout', () => {
      this.#doc.save().rect(0, y, Paper.width, height).fill('#ffd24d').restore();
    });
    this.write(text, { x: 42, y: y + (height - 10 * LINE) / 2, width: Paper.width - 84 }, { weight: 700, size: 10 });
  }

  /** Its modules as one path, so that it is sharp at any size. A quiet zone of four modules lies within `size`. */
  qr(text: string, x: number, y: number, size: number): void {
    this.#tags.within('Figure', () => this.#tags.piece(() => this.#drawCode(text, x, y, size)), { alt: `QR: ${text}` });
  }

  #drawCode(text: string, x: number, y: number, size: number): void {
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
}

function shortened(line: string, width: number, cut: FontCut, size: number): string {
  let short = line;
  while (short !== '' && typeface.width(`${short}…`, cut, size) > width) short = short.slice(0, -1);
  return `${short.trimEnd()}…`;
}
