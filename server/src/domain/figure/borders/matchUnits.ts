import type { UnitPath } from '../../../protocol/organisation.ts';
import { isBelow } from '../../shared/territory.ts';
import { ARCHIPELAGOS } from './archipelagos.ts';
import { BordersRefusal, named } from './BordersRefusal.ts';
import { type Area, type CodedShape, eachOf } from './readGeoJson.ts';

interface TreeUnit {
  readonly code: string;
  readonly path: UnitPath;
  readonly name: string;
}
/** A unit without units below it, and all areas that the file has for it. */
export interface UnitShape {
  readonly code: string;
  readonly areas: readonly Area[];
}

/**
 * Areas of a file to the units of the tree of today that have none below them: each has its own, and none is left over. A map
 * of the country has both archipelagos, where they lie (FG35). @throws BordersRefusal
 */
export function matchUnits(shapes: readonly CodedShape[], tree: readonly TreeUnit[]): UnitShape[] {
  const above = new Set(tree.map(({ path }) => path.slice(0, Math.max(0, path.lastIndexOf('.')))));
  const lowest = tree.filter(({ path }) => !above.has(path));
  const byCode = Map.groupBy(shapes, ({ code }) => code);
  demandArchipelagos(tree, byCode);
  const missing = lowest.filter(({ code }) => !byCode.has(code));
  if (missing.length > 0)
    throw new BordersRefusal(
      `the file has no area for ${missing.length} of ${lowest.length} units without units below: ` +
        named(missing.map(({ name, code }) => `${name} (${code})`)),
    );
  const known = new Set(lowest.map(({ code }) => code));
  const strange = [...byCode.keys()].filter((code) => !known.has(code));
  if (strange.length > 0)
    throw new BordersRefusal(
      `${strange.length} codes of the file are of no unit without units below, today: ${named(strange)}`,
    );
  return lowest.map(({ code }) => ({ code, areas: byCode.get(code)?.flatMap(({ areas }) => areas) ?? [] }));
}

function demandArchipelagos(tree: readonly TreeUnit[], byCode: ReadonlyMap<string, readonly CodedShape[]>): void {
  for (const { name, ...sea } of ARCHIPELAGOS) {
    const units = tree.filter((unit) => unit.name.endsWith(name));
    if (units.length === 0)
      throw new BordersRefusal(`the tree has no unit for ${name}: its map is that of tiles, which has the archipelago`);
    const codes = tree.filter(({ path }) => units.some((unit) => path === unit.path || isBelow(path, unit.path)));
    const areas = codes.flatMap(({ code }) => byCode.get(code)?.flatMap((shape) => shape.areas) ?? []);
    const isThere = areas.some(
      ([outer = new Float64Array()]) =>
        !eachOf(outer, (x, y) => x >= sea.west && x <= sea.east && y >= sea.south && y <= sea.north).includes(false),
    );
    if (!isThere)
      throw new BordersRefusal(
        `the file does not have the archipelago ${name} where it lies: a map of the country without it is not shown`,
      );
  }
}
