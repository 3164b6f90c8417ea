import { mergeArcs } from 'topojson-client';
import type { Polygon, Topology } from 'topojson-specification';
import { type Slices, sliced } from '../../../lib/slices.ts';
import type { Borders } from '../../../protocol/figureBorders.ts';
import type { Ground } from '../../../protocol/figureGround.ts';
import type { StageDepth } from '../../../protocol/figureStage.ts';
import type { UnitCode, UnitPath } from '../../../protocol/organisation.ts';
import { liesIn } from '../../shared/territory.ts';
import { archipelagosIn } from './archipelagos.ts';

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
  { ratio, steps, arcs, units }: Borders,
  tree: readonly GroundUnit[],
  depth: StageDepth,
): Slices<Ground | undefined> {
  const [root] = tree;
  if (!root) return undefined;
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
  const lines: Topology = {
    ...{ type: 'Topology', objects: {}, arcs: arcs.map(pairsOf) },
    transform: { scale: [1, 1], translate: [0, 0] },
  };
  const kept = new Map<number, number>();
  const numbered = (nr: number): number => {
    const line = nr < 0 ? ~nr : nr;
    const own = kept.get(line) ?? kept.size;
    kept.set(line, own);
    return nr < 0 ? ~own : own;
  };
  const drawn: Ground['units'] = [];
  yield* sliced([...joined.values()], ({ place, rings }) => {
    const around = rings.length > 1 ? mergeArcs(lines, rings.map(polygonOf)).arcs.flat() : rings.flat();
    drawn.push({ ...place, rings: around.map((ring) => ring.map(numbered)) });
  });
  return { ratio, steps, arcs: [...kept.keys()].map((line) => arcs[line] ?? []), units: drawn };
}

const polygonOf = (rings: Rings): Polygon => ({ type: 'Polygon', arcs: rings });

const pairsOf = (line: readonly number[]): [number, number][] =>
  Array.from({ length: line.length / 2 }, (_, i) => [line[2 * i] ?? 0, line[2 * i + 1] ?? 0]);
