/** How large a map writes its names, in parts of the page's own letters, and the line that they stand in. */
export interface Written {
  readonly letters: number;
  readonly line: number;
}

/** As the style has it: where there is room, larger. @param width of the map, in pixels */
export const writtenOn = (width: number): Written =>
  width > 1150 ? { letters: 15 / 16, line: 20 / 16 } : { letters: 13 / 16, line: 17 / 16 };

/** Likewise of units without units below them, whose values stand in lines of their own, larger than their names. */
export const writtenOnLeaves = (width: number): Written =>
  width > 640 ? { letters: 15 / 16, line: 53 / 16 } : { letters: 13 / 16, line: 50 / 16 };
