import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** How many pages there are, and the text of the first of them, as a reader would copy it, without spaces that only stand between lines. */
export async function pdfTexts(pdf: Buffer, most: number): Promise<{ pages: number; texts: string[] }> {
  const task = getDocument({ data: new Uint8Array(pdf), useSystemFonts: false, verbosity: 0 });
  const document = await task.promise;
  const texts: string[] = [];
  for (let nr = 1; nr <= Math.min(most, document.numPages); nr++) {
    const { items } = await (await document.getPage(nr)).getTextContent();
    texts.push(items.map((item) => ('str' in item ? item.str : '')).join(''));
  }
  const pages = document.numPages;
  await task.destroy();
  return { pages, texts };
}
