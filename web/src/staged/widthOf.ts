let measure: CanvasRenderingContext2D | null | undefined;

/** Of a text as the style writes a name, in pixels; digits are all as wide as a nought. */
export function widthOf(text: string, px: number): number {
  measure ??= document.createElement('canvas').getContext('2d');
  if (!measure) return text.length * 8;
  measure.font = `700 ${px}px "Be Vietnam Pro"`;
  return Math.ceil(measure.measureText(text.replace(/\d/g, '0')).width);
}

/** Of the letters that all sizes are parts of, in pixels: a wall has larger ones. */
export const lettersOfPage = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
