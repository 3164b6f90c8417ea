import { BordersRefusal } from '../../server/src/domain/figure/borders/BordersRefusal.ts';
import { makeBorders } from '../../server/src/domain/figure/borders/makeBorders.ts';
import { matchUnits } from '../../server/src/domain/figure/borders/matchUnits.ts';
import { readGeoJson } from '../../server/src/domain/figure/borders/readGeoJson.ts';
import { bordersSchema } from '../../server/src/protocol/figureBorders.ts';
import { gridTree } from '../../server/test/support/figure/gridGeoJson.ts';

/** A file of the country: refused in words, or drawn as pages take it. Nothing else comes of it. */
export function fuzz(data: Buffer): void {
  try {
    bordersSchema.parse(makeBorders(matchUnits(readGeoJson([data.toString()], 'code'), gridTree)).borders);
  } catch (error) {
    if (!(error instanceof BordersRefusal)) throw error;
  }
}
