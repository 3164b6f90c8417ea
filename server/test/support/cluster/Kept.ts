import type { Place } from './Faults.ts';
import { briefingIds } from './land.ts';
import { isWell } from './observe.ts';
import type { SimNode } from './SimNode.ts';
import type { VirtualTime } from './VirtualTime.ts';
import { Witness } from './Witness.ts';

interface Watched {
  readonly time: VirtualTime;
  readonly places: readonly Place[];
  readonly witness: Witness;
}

/**
 * ND3: in the midst of it, a participant who was told to be at a node that is well all the time, and who still is there, is lost
 * by nobody.
 */
export class Kept {
  readonly #world: Watched;
  /** By the node that knows it, and what it knows. */
  #before = new Set<string>();

  constructor(world: Watched) {
    this.#world = world;
  }

  look(): void {
    const now = new Set<string>();
    for (const { node } of this.#world.places)
      for (const briefing of briefingIds) if (node?.floors.get(briefing)) this.#compare(node, briefing, now);
    this.#before = now;
  }

  #compare(node: SimNode, briefing: string, now: Set<string>): void {
    const known = new Map([...node.rooms.told(briefing), ...node.rooms.people(briefing)]);
    for (const other of this.#wellNodes(node))
      for (const [identity, join] of other.rooms.people(briefing)) {
        const fact = `${node.name} ${node.boot} ${briefing} ${identity} ${join}`;
        const knownJoin = known.get(identity) ?? 0;
        if (knownJoin === join) now.add(fact);
        // Who came to a third node later is known as being there.
        else if (knownJoin < join && this.#before.has(fact))
          this.#world.witness.fail(`ND3 ${fact} was known, is so, and is lost`);
      }
  }

  *#wellNodes(but: SimNode): Iterable<SimNode> {
    const { places, time } = this.#world;
    for (const place of places)
      if (place.node && place.node !== but && isWell(place) && time.now - place.wellSince > Witness.SURE_OF_MS)
        yield place.node;
  }
}
