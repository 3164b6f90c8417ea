import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy } from 'pdfjs-dist';
import * as worker from 'pdfjs-dist/build/pdf.worker.mjs';
import { NARROW_PIXELS, WIDE_PIXELS } from '../pagePlan.ts';

/** The page's policy permits workers to nobody; the library finds its other half here and works beside the page. */
Object.assign(globalThis, { pdfjsWorker: worker });
GlobalWorkerOptions.workerSrc = 'none';

/** Of a picture, in parts of its width: a page that stands upright is made no larger than a stage shows it. */
const TALLEST = 3 / 4;
/** A page of text is smaller without loss; a photograph is not. */
const WORTH_LOSSLESS = 1.4;
const LOSSY = 0.86;

export interface DrawnPage {
  readonly wide: Blob;
  readonly narrow: Blob;
  readonly width: number;
  readonly height: number;
  readonly text: string;
}

/** A PDF that was opened in this browser: nothing of it goes anywhere but pictures and text of its pages. */
export class Pdf {
  readonly size: number;
  readonly #document: PDFDocumentProxy;

  /** @throws Error with the name `PasswordException`, `InvalidPDFException`, … */
  static async open(bytes: ArrayBuffer): Promise<Pdf> {
    const task = getDocument({
      data: new Uint8Array(bytes),
      // Nothing that a file brings is compiled, and nothing is fetched for it.
      useWasm: false,
      wasmUrl: '/assets/pdf/',
      enableXfa: false,
      stopAtErrors: false,
    });
    return new Pdf(await task.promise);
  }

  private constructor(document: PDFDocumentProxy) {
    this.#document = document;
    this.size = document.numPages;
  }

  async draw(nr: number): Promise<DrawnPage> {
    const page = await this.#document.getPage(nr);
    const { width, height } = page.getViewport({ scale: 1 });
    const scaleTo = (pixels: number) => Math.min(pixels / width, (pixels * TALLEST) / height);
    const picture = async (pixels: number) => {
      const viewport = page.getViewport({ scale: scaleTo(pixels) });
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.round(viewport.width));
      canvas.height = Math.max(1, Math.round(viewport.height));
      await page.render({ canvas, viewport, background: '#ffffff' }).promise;
      const { width: w, height: h } = canvas;
      return { blob: await smallest(canvas), width: w, height: h };
    };
    const wide = await picture(WIDE_PIXELS);
    const narrow = await picture(NARROW_PIXELS);
    const text = textOf((await page.getTextContent()).items);
    page.cleanup();
    return { wide: wide.blob, narrow: narrow.blob, width: wide.width, height: wide.height, text };
  }

  close(): void {
    void this.#document.loadingTask.destroy();
  }
}

/** A browser that writes no WebP answers PNG, whatever it is asked for. */
async function smallest(canvas: HTMLCanvasElement): Promise<Blob> {
  const lossless = await encode(canvas, 1);
  const lossy = await encode(canvas, LOSSY);
  return lossless.size <= lossy.size * WORTH_LOSSLESS ? lossless : lossy;
}

const encode = (canvas: HTMLCanvasElement, quality: number): Promise<Blob> =>
  new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the page could not be drawn'))),
      'image/webp',
      quality,
    ),
  );

const MOST_TEXT = 4_000;

/** Line by line, as it stands on the page. */
export function textOf(items: readonly object[]): string {
  const text = items
    .map((item) => {
      const { str = '', hasEOL = false } = item as { str?: string; hasEOL?: boolean };
      return hasEOL ? `${str}\n` : str;
    })
    .join('')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n[\s]*/g, '\n')
    .trim();
  return text.slice(0, MOST_TEXT);
}
