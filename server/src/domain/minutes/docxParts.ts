import { xmlText } from '../../lib/xmlText.ts';

/** Pieces of WordprocessingML. */
export const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
export const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
/** Between the margins of A4, in twentieths of a point. */
const WIDTH = 11_906 - 1_701 - 850;

/** @param inside runs */
export const paragraph = (style: string, inside: string, properties = ''): string =>
  `<w:p><w:pPr><w:pStyle w:val="${style}"/>${properties}</w:pPr>${inside}</w:p>`;

export const run = (text: string, properties = ''): string =>
  `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${xmlText(text)}</w:t></w:r>`;

/** @param cells each some paragraphs, at least one */
export const tableRow =
  (cells: readonly string[], properties = '') =>
  (widths: readonly number[]): string =>
    `<w:tr>${properties && `<w:trPr>${properties}</w:trPr>`}${cells
      .map((inside, i) => `<w:tc><w:tcPr><w:tcW w:w="${widths[i] ?? 0}" w:type="dxa"/></w:tcPr>${inside}</w:tc>`)
      .join('')}</w:tr>`;

/** As wide as the page; @param shares of the columns */
export function table(shares: readonly number[], rows: readonly ReturnType<typeof tableRow>[], ruled: boolean): string {
  const all = shares.reduce((sum, share) => sum + share, 0);
  const widths = shares.map((share) => Math.floor((share * WIDTH) / all));
  const edge = (name: string): string => `<w:${name} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`;
  const edges = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(edge).join('');
  return (
    `<w:tbl><w:tblPr><w:tblW w:w="${WIDTH}" w:type="dxa"/>${ruled ? `<w:tblBorders>${edges}</w:tblBorders>` : ''}` +
    '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>' +
    `</w:tblPr><w:tblGrid>${widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('')}</w:tblGrid>` +
    `${rows.map((row) => row(widths)).join('')}</w:tbl>`
  );
}
