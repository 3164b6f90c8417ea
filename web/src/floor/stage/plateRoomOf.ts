/** How much of a name a picture has room for: the name of the unit without what it is, the unit alone, one line, a line each, or as many as it takes. */
export type PlateRoom = 'bare' | 'unit' | 'one' | 'two' | 'all';

/** A picture that is less wide leaves out “phường” and the like, which would be all that is read of it, CSS pixels. */
const BARE = 150;
/** One that is less wide names the unit alone. */
const UNIT_ALONE = 190;
/** One that is less wide has a single line. */
const ONE_LINE = 380;
/** One that is less wide, or is one of several on however large a screen, has a line each. */
const LINE_EACH = 560;
/** Part of the stage's width. */
const ONE_OF_SEVERAL = 0.45;

/** PN25, PN37: a plate takes a sixth of a picture that is one of several. Pure. @param of width of the stage, CSS pixels */
export function plateRoomOf(width: number, of: number): PlateRoom {
  if (width < BARE) return 'bare';
  if (width < UNIT_ALONE) return 'unit';
  if (width < ONE_LINE) return 'one';
  return width < LINE_EACH || width < of * ONE_OF_SEVERAL ? 'two' : 'all';
}
