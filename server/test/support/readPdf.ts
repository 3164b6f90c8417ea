import { inflateSync } from 'node:zlib';
import jsQR from 'jsqr';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** What a program knows that reads a PDF aloud: its title and language, and page by page what it is made of, in order. */
export async function pdfTags(
  pdf: Buffer,
  most: number,
): Promise<{ title: string; language: string; tags: string[][] }> {
  const task = getDocument({ data: new Uint8Array(pdf), useSystemFonts: false, verbosity: 0 });
  const document = await task.promise;
  const { info } = (await document.getMetadata()) as { info: { Title?: string; Language?: string } };
  const tags: string[][] = [];
  // Of an element on several pages each page has the whole of it, and its own pieces alone.
  const walk = ({ role = '', alt, type, children = [] }: TagNode): string[] => {
    if (type === 'content') return [''];
    const within = children.flatMap(walk);
    return within.length === 0 ? [] : [alt ? `${role} ${alt}` : role, ...within];
  };
  for (let nr = 1; nr <= Math.min(most, document.numPages); nr++) {
    const page = walk((await (await document.getPage(nr)).getStructTree()) as TagNode);
    tags.push(page.filter((role) => role !== '' && role !== 'Root'));
  }
  await task.destroy();
  return { title: info.Title ?? '', language: info.Language ?? '', tags };
}
interface TagNode {
  readonly role?: string;
  readonly alt?: string;
  /** `content`: a piece on the page. */
  readonly type?: string;
  readonly children?: readonly TagNode[];
}

/** What QR codes say that are drawn on the pages as rectangles, `places` to each of the first pages from above. */
export function pdfCodes(pdf: Buffer, places: number, most: number): string[] {
  const SCALE = 3;
  const [width, height] = [596 * SCALE, Math.ceil(842 / places) * SCALE];
  return contentsOf(pdf)
    .slice(0, most)
    .flatMap((content) => {
      const rectangles = [...content.matchAll(/([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re/g)].map((found) =>
        found.slice(1).map(Number),
      );
      return Array.from({ length: places }, (_, place) => {
        const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
        for (const [x = 0, y = 0, w = 0, h = 0] of rectangles) {
          // The band of a rehearsal is none of its modules.
          if (w > 300) continue;
          const top = y * SCALE - place * height;
          for (let row = Math.round(top); row < Math.round(top + h * SCALE); row++)
            for (let column = Math.round(x * SCALE); column < Math.round((x + w) * SCALE); column++)
              if (row >= 0 && row < height) pixels.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
        }
        return jsQR.default(pixels, width, height)?.data ?? '';
      });
    });
}

/** The pages' own drawing, uncompressed. */
function contentsOf(pdf: Buffer): string[] {
  const text = pdf.toString('latin1');
  return [...text.matchAll(/\/FlateDecode[^>]*>>\s*stream\r?\n/g)].flatMap((found) => {
    const from = found.index + found[0].length;
    const bytes = pdf.subarray(from, text.indexOf('endstream', from));
    const content = inflateSync(bytes).toString('latin1');
    return content.includes(' re\n') ? [content] : [];
  });
}
