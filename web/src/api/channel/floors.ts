import type { Call, Floor } from '../contract.ts';

interface Seen {
  readonly floor: Floor;
  /** The call that rings on this device. */
  readonly ring: Call | undefined;
}

/**
 * FN1: each notice is whole, and one that was overtaken by a newer is dropped. The floor is the truth about calls: a
 * ring whose end was missed while the line was down stops here.
 */
export function takeFloor(before: Seen, floor: Floor): Seen {
  if (floor.seq < before.floor.seq) return before;
  const { ring } = before;
  const rings = ring && floor.calls.some(({ id, state }) => id === ring.id && state === 'ringing');
  return { floor, ring: rings || floor.seq === before.floor.seq ? ring : undefined };
}
