/** Height of the part that two columns both show, of the page's height: no line of text is cut in both. */
export const OVERLAP = 0.04;
/** More columns only where letters become so much larger. */
const WORTH = 1.15;
const MOST = 3;
/** Between columns, CSS pixels. */
export const COLUMN_GAP = 12;

export interface Columns {
  readonly count: number;
  /** CSS pixels, of the whole page. */
  readonly width: number;
  /** Of the part that one column shows. */
  readonly height: number;
}

/**
 * SL24: an upright page on a wide screen, cut across into columns that stand side by side, in the order in which it is
 * read; whole where that does not make its letters larger. Pure. @param ratio width by height of the page
 */
export function columnsOf(ratio: number, width: number, height: number, inColumns: boolean): Columns {
  const whole: Columns = columnsAt(1, ratio, width, height);
  if (!inColumns) return whole;
  const others = Array.from({ length: MOST - 1 }, (_, i) => columnsAt(i + 2, ratio, width, height));
  return others.reduce((best, one) => (one.width > best.width * WORTH ? one : best), whole);
}

function columnsAt(count: number, ratio: number, width: number, height: number): Columns {
  const share = count === 1 ? 1 : 1 / count + OVERLAP;
  const wide = Math.max(0, Math.min((width - COLUMN_GAP * (count - 1)) / count, (height * ratio) / share));
  return { count, width: wide, height: (wide / ratio) * share };
}

/** Of the page's height, above what a column shows; the first begins at its top, the last ends at its foot. Pure. */
export const columnTop = (column: number, count: number): number =>
  count === 1 ? 0 : (column * (1 - 1 / count - OVERLAP)) / (count - 1);
