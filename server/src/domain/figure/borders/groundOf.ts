import { type Slices, sliced } from '../../../lib/slices.ts';
import type { Borders } from '../../../protocol/figureBorders.ts';
import type { Ground } from '../../../protocol/figureGround.ts';
import type { StageDepth } from '../../../protocol/figureStage.ts';
import type { UnitCode, UnitPath } from '../../../protocol/organisation.ts';
import { liesIn } from '../../shared/territory.ts';
import { archipelagosIn } from './archipelagos.ts';
import { joiner } from './joiner.ts';
import { withoutUnused } from './shippedCountry.ts';

interface GroundUnit {
  readonly code: UnitCode;
  readonly path: UnitPath;
  readonly name: string;
}
type Rings = Borders['units'][number]['rings'];
type Place = Omit<Ground['units'][number], 'rings'>;
interface Joined {
  readonly place: Place;
  readonly rings: Rings[];
}

/**
 * FG121: borders around the units right below a root, or around each unit in it without units below; in the country both
 * archipelagos have their own (FG35). undefined: a unit has none, so that all of it is tiles.
 * @param tree the root and what is below it, in path order
 */
export function* groundOf(
  borders: Borders,
  tree: readonly GroundUnit[],
  depth: StageDepth,
): Slices<Ground | undefined> {
  const [root] = tree;
  if (!root) return undefined;
  const { units } = borders;
  if (units.some(({ sea }) => sea !== undefined))
    return depth === 'communes' || root.path.includes('.') ? undefined : provincesOf(borders, tree);
  const byCode = new Map(units.map(({ code, rings }) => [code, rings]));
  const seas = root.path.includes('.') ? [] : archipelagosIn(tree);
  const level = root.path.split('.').length;
  const joined = new Map<string, Joined>();
  for (const [i, unit] of tree.entries()) {
    if (tree[i + 1]?.path.startsWith(`${unit.path}.`)) continue;
    const rings = byCode.get(unit.code);
    if (!rings) return undefined;
    const above = unit.path.split('.')[level] ?? unit.code;
    const sea = seas.find(({ path }) => liesIn(unit.path, new Set([path])));
    const code = depth === 'communes' ? unit.code : (sea?.code ?? above);
    const place = { code, ...(code !== above && { in: above }), ...(sea && { sea: sea.name }) };
    const known = joined.get(code) ?? { place, rings: [] };
    joined.set(code, known);
    known.rings.push(rings);
  }
  yield;
  const join = joiner(borders);
  const drawn: Ground['units'] = [];
  yield* sliced([...joined.values()], ({ place, rings }) => {
    drawn.push({ ...place, rings: join(rings) });
  });
  const { ratio, steps, arcs } = borders;
  return withoutUnused({ ratio, steps, arcs, units: drawn });
}

/** Outlines of provinces and archipelagos; each archipelago has the code of its own unit, or else of its province. (FG160, FG161) */
function provincesOf(borders: Borders, tree: readonly GroundUnit[]): Ground | undefined {
  const own = archipelagosIn(tree);
  const there = new Set(tree.map(({ code }) => code));
  const units = borders.units.map(({ code, sea, rings }) => {
    if (sea === undefined) return { code, rings };
    return { code: own.find(({ name }) => name === sea)?.code ?? code, in: code, sea, rings };
  });
  return units.every(({ code }) => there.has(code)) ? { ...borders, units } : undefined;
}
