import { mergeArcs } from 'topojson-client';
import type { Polygon, Topology } from 'topojson-specification';
import type { Borders } from '../../../protocol/figureBorders.ts';

type Rings = Borders['units'][number]['rings'];

/** Joins areas of the same map: what remains are the lines that no two of them share. */
export function joiner({ arcs }: Pick<Borders, 'arcs'>): (areas: readonly Rings[]) => Rings {
  const lines: Topology = {
    ...{ type: 'Topology', objects: {}, arcs: arcs.map(pairsOf) },
    transform: { scale: [1, 1], translate: [0, 0] },
  };
  return (areas) => (areas.length > 1 ? mergeArcs(lines, areas.map(polygonOf)).arcs.flat() : areas.flat());
}

const polygonOf = (rings: Rings): Polygon => ({ type: 'Polygon', arcs: rings });

const pairsOf = (line: readonly number[]): [number, number][] =>
  Array.from({ length: line.length / 2 }, (_, i) => [line[2 * i] ?? 0, line[2 * i + 1] ?? 0]);
