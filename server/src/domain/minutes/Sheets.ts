import PDFDocument from 'pdfkit';
import { type PdfTag, PdfTags } from '../../lib/paper/PdfTags.ts';
import { type FontCut, Typeface } from '../../lib/paper/Typeface.ts';
import type { PaperColumn } from './document.ts';

interface Style {
  readonly size: number;
  readonly cut?: FontCut;
  readonly align?: 'left' | 'center' | 'right' | 'justify';
  /** Of the first line. */
  readonly indent?: number;
  /** Of all lines. */
  readonly left?: number;
  /** In bold, before the text. */
  readonly label?: string;
  /** What it is, to those who have it read to them: a paragraph. */
  readonly tag?: PdfTag;
}

const MM = 72 / 25.4;
const [WIDTH, HEIGHT] = [595.28, 841.89];
/** Nghị định 30/2020: 20 mm above and below, 30 mm left, 15 mm right. */
const MARGIN = { top: 20 * MM, bottom: 20 * MM, left: 30 * MM, right: 15 * MM };
const LINE = 1.22;
const CELL_X = 3.5;
const CELL_Y = 2;
/** Lines of a cell stand closer. */
const CELL_LINE = 1.15;

/** Of the measures of Times, under a free licence, and with all that Vietnamese needs. */
const typeface = new Typeface('tinos', import.meta.resolve('@fontsource/tinos/package.json'), [
  '400-normal',
  '700-normal',
  '400-italic',
]);

/** Pages of running text, tables and columns. Lengths are points (1/72 inch). */
export class Sheets {
  readonly #doc: PDFKit.PDFDocument;
  readonly #whole: Promise<Buffer>;
  readonly #foot: string;
  readonly #tags: PdfTags;
  #x = MARGIN.left;
  #width = WIDTH - MARGIN.left - MARGIN.right;
  #y = 0;
  #pages = 0;

  constructor(info: { readonly title: string; readonly language: string; readonly at: Date; readonly foot: string }) {
    this.#foot = info.foot;
    this.#doc = new PDFDocument({
      ...{ size: 'A4', margin: 0, autoFirstPage: false, lang: info.language, displayTitle: true },
      ...{ pdfVersion: '1.7', tagged: true },
      info: { Title: info.title, CreationDate: info.at, ModDate: info.at },
    });
    for (const { name, bytes } of typeface.faces()) this.#doc.registerFont(name, bytes);
    this.#tags = new PdfTags(this.#doc);
    const pieces: Buffer[] = [];
    this.#whole = new Promise((done, failed) => {
      this.#doc.on('data', (piece: Buffer) => pieces.push(piece));
      this.#doc.on('end', () => done(Buffer.concat(pieces)));
      this.#doc.on('error', failed);
    });
    this.nextPage();
  }

  /** Nothing can be written after it. */
  async end(): Promise<Buffer> {
    this.#doc.end();
    return this.#whole;
  }

  /** Its number above and in the middle, but for the first; below, of which record it is made. */
  nextPage(): void {
    this.#doc.addPage();
    this.#pages++;
    const all = { x: MARGIN.left, width: WIDTH - MARGIN.left - MARGIN.right };
    this.#tags.ornament('Pagination', () => {
      if (this.#pages > 1) this.#line(String(this.#pages), { ...all, y: 10 * MM }, '400-normal', 13, 'center');
      this.#line(this.#foot, { ...all, y: HEIGHT - 12 * MM }, '400-normal', 8, 'center', '#555555');
    });
    this.#y = MARGIN.top;
  }

  /** @param room what has to have a place on the same page after it */
  gap(height: number, room: number): void {
    if (this.#y + height + room > HEIGHT - MARGIN.bottom) this.nextPage();
    else if (this.#y > MARGIN.top) this.#y += height;
  }

  /** A line in the middle, as wide as that share. */
  rule(share: number): void {
    const width = this.#width * share;
    const x = this.#x + (this.#width - width) / 2;
    this.#tags.ornament('Layout', () => {
      this.#doc
        .lineWidth(0.7)
        .moveTo(x, this.#y + 3)
        .lineTo(x + width, this.#y + 3)
        .stroke('#000000');
    });
    this.#y += 6;
  }

  text(said: string, { tag = 'P', ...style }: Style): void {
    this.#tags.within(tag, () => this.#text(said, style));
  }

  #text(said: string, { size, cut = '400-normal', align = 'left', indent = 0, left = 0, label }: Style): void {
    const text = said.normalize('NFC');
    const x = this.#x + left;
    const width = this.#width - left;
    let first = indent;
    const head = label === undefined ? undefined : `${label} `;
    const labelled = head === undefined ? 0 : typeface.width(head, '700-normal', size);
    // As wide as what stands before the first line, so that it breaks there.
    const lines = brokenAfter(text, width, first + labelled, cut, size);
    for (const [i, line] of lines.entries()) {
      this.#room(size * LINE);
      let from = x + first;
      this.#tags.piece(() => {
        if (i === 0 && head !== undefined) {
          this.#line(head, { x: from, width, y: this.#y }, '700-normal', size, 'left');
          from += labelled;
        }
        const last = i === lines.length - 1;
        this.#line(
          line,
          { x: from, width: x + width - from, y: this.#y },
          cut,
          size,
          last && align === 'justify' ? 'left' : align,
        );
      });
      this.#y += size * LINE;
      first = 0;
    }
  }

  /** Beside each other, from the same height. They fit on the page. */
  columns(share: number, [left, right]: readonly [() => void, () => void]): void {
    const [x, y, width] = [this.#x, this.#y, this.#width];
    this.#width = width * share;
    left();
    const below = this.#y;
    [this.#x, this.#y, this.#width] = [x + width * share, y, width * (1 - share)];
    right();
    [this.#x, this.#y, this.#width] = [x, Math.max(below, this.#y), width];
  }

  /** With its header again on each page; a row stays together where a page holds it. */
  table(columns: readonly PaperColumn[], rows: readonly (readonly string[])[], size: number): void {
    const all = columns.reduce((sum, { share }) => sum + share, 0);
    const widths = columns.map(({ share }) => (this.#width * share) / all);
    const titles = columns.map(({ title }) => title);
    const draw = (cells: readonly string[], cut: FontCut, again = false): void => {
      const lines = cells.map((cell, i) => typeface.broken(cell, (widths[i] ?? 0) - CELL_X * 2, cut, size));
      const most = Math.max(1, ...lines.map((each) => each.length));
      const height = most * size * CELL_LINE + CELL_Y * 2;
      if (this.#y + height > HEIGHT - MARGIN.bottom && cut === '400-normal') {
        this.nextPage();
        // It was read before.
        this.#tags.ornament('Pagination', () => draw(titles, '700-normal', true));
      }
      const write = (i: number, x: number, width: number): void => {
        const align = cut === '700-normal' ? 'center' : columns[i]?.right ? 'right' : 'left';
        for (const [row, line] of (lines[i] ?? []).entries()) {
          const y = this.#y + CELL_Y + row * size * CELL_LINE;
          this.#line(line, { x: x + CELL_X, width: width - CELL_X * 2, y }, cut, size, align);
        }
      };
      const drawRow = (cell: (i: number, x: number, width: number) => void): void => {
        let x = this.#x;
        for (const [i, width] of widths.entries()) {
          cell(i, x, width);
          x += width;
        }
      };
      const border = (_: number, x: number, width: number) =>
        this.#doc.lineWidth(0.5).rect(x, this.#y, width, height).stroke('#000000');
      if (again) {
        drawRow(border);
        drawRow(write);
      } else {
        this.#tags.ornament('Layout', () => drawRow(border));
        const [tag, options] = cut === '700-normal' ? (['TH', { scope: 'Column' }] as const) : (['TD', {}] as const);
        this.#tags.within('TR', () =>
          drawRow((...cell) => this.#tags.within(tag, () => this.#tags.piece(() => write(...cell)), options)),
        );
      }
      this.#y += height;
    };
    // The header and its first row.
    this.#room(size * LINE * 4);
    this.#tags.within('Table', () => {
      draw(titles, '700-normal');
      for (const row of rows) draw(row, '400-normal');
    });
  }

  #room(height: number): void {
    if (this.#y + height > HEIGHT - MARGIN.bottom) this.nextPage();
  }

  #line(
    line: string,
    { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
    cut: FontCut,
    size: number,
    align: NonNullable<Style['align']>,
    colour = '#000000',
  ): void {
    const spare = width - typeface.width(line, cut, size);
    const spaces = line.trimEnd().split(' ').length - 1;
    const wordSpacing = align === 'justify' && spaces > 0 ? Math.max(0, spare) / spaces : 0;
    let at = x + (align === 'center' ? spare / 2 : align === 'right' ? spare : 0);
    this.#doc.fillColor(colour).fontSize(size);
    for (const { font, text } of typeface.runs(line, cut)) {
      this.#doc.font(font).text(text, at, y, { lineBreak: false, wordSpacing });
      at += typeface.width(text, cut, size) + wordSpacing * (text.split(' ').length - 1);
    }
  }
}

/** Lines of which the first begins further right. */
function brokenAfter(text: string, width: number, taken: number, cut: FontCut, size: number): string[] {
  const [first = '', ...others] = typeface.broken(text, width - taken, cut, size);
  if (taken === 0 || others.length === 0) return first === '' && others.length === 0 ? [''] : [first, ...others];
  return [first, ...typeface.broken(text.slice(spanOf(text, first)).trimStart(), width, cut, size)];
}

/** Where in the text the first line ends: its words are the same, the spaces between them may not be. */
function spanOf(text: string, first: string): number {
  const letters = first.replaceAll(' ', '').length;
  let seen = 0;
  for (let i = 0; i < text.length; i++) {
    if (!/\s/.test(text[i] ?? '')) seen++;
    if (seen === letters) return i + 1;
  }
  return text.length;
}
