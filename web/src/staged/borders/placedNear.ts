import type { Box } from './shapes.ts';

/** What is written by now, and in which of its ways, by place. */
export type Taken = Map<string, { readonly box: Box; readonly way: number }>;

/** From one try to the next, in pixels, and how far away something may be written. */
const STEP_PX = 4;
const FARTHEST_PX = 120;
/** Around it. */
const DIRECTIONS = 16;

/** FG163: the same box, or one as near to it as there is room; undefined: there is none. */
export function placedNear(
  [x0, y0, x1, y1]: Box,
  room: { readonly width: number; readonly height: number },
  isFree: (box: Box) => boolean,
): Box | undefined {
  for (let far = 0; far <= FARTHEST_PX; far += STEP_PX)
    for (let i = 0; i < (far === 0 ? 1 : DIRECTIONS); i++) {
      const angle = (2 * Math.PI * i) / DIRECTIONS;
      const [x, y] = [far * Math.cos(angle), far * Math.sin(angle)];
      const box: Box = [x0 + x, y0 + y, x1 + x, y1 + y];
      const isThere = box[0] >= 0 && box[1] >= 0 && box[2] <= room.width && box[3] <= room.height;
      if (isThere && isFree(box)) return box;
    }
  return undefined;
}
