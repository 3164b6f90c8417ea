import type { NodesFit } from '../../server/src/domain/nodes/capacity/fitNodes.ts';
import { names } from './text.ts';

/** In sentences, the last of which says whether it fits. */
export function fitLines({ nodes, carries, withoutLargest, missing, missingWithoutLargest }: NodesFit): string[] {
  const each = nodes.map(({ node, carries, limit, setting: { machine } }) => {
    const { cores, gbit } = machine;
    if (limit === undefined) return `${node.padEnd(13)} drains, and carries nobody`;
    return `${node.padEnd(13)} of ${cores - 1} cores for media and ${gbit} Gbit/s carries ${carries}; ${names[limit]} end first`;
  });
  const sum = `registered    ${nodes.length} nodes carry ${carries}, and ${withoutLargest} when the largest dies`;
  if (missing > 0) {
    const ends = [...new Set(nodes.flatMap(({ limit }) => (limit === undefined ? [] : names[limit])))];
    const why = ends.length === 0 ? 'none takes viewers' : `short of ${ends.join(' and ')}`;
    return [...each, sum, `DOES NOT FIT  ${missing} viewers find no room at the nodes that are registered: ${why}`];
  }
  if (missingWithoutLargest > 0)
    return [...each, sum, `NO SPARE      when the largest dies, ${missingWithoutLargest} viewers find no room`];
  return [...each, sum, 'fits          also when any one of them dies'];
}
