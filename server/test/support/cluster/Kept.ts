import type { Place } from './Faults.ts';
import { briefingIds } from './land.ts';
import { isWell } from './observe.ts';
import type { SimNode } from './SimNode.ts';
import type { VirtualTime } from './VirtualTime.ts';
import { Witness } from './Witness.ts';

/** What a lost message has taken away is asked for again within this time (ND2), also when a line is cut just then. */
const HEARD_MS = 12_000;

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
  /** When a node last knew what it was told. */
  #before = new Map<string, number>();

  constructor(world: Watched) {
    this.#world = world;
  }

  look(): void {
    const now = new Map<string, number>();
    for (const { node } of this.#world.places)
      for (const briefing of briefingIds) if (node?.floors.get(briefing)) this.#compare(node, briefing, now);
    this.#before = now;
  }

  #compare(node: SimNode, briefing: string, now: Map<string, number>): void {
    const known = new Map([...node.rooms.told(briefing), ...node.rooms.people(briefing)]);
    for (const other of this.#wellNodes(node))
      for (const [identity, join] of other.rooms.people(briefing)) {
        const fact = `${node.name} ${node.boot} ${briefing} ${identity} ${join}`;
        const knownJoin = known.get(identity) ?? 0;
        const knownAt = knownJoin === join ? this.#world.time.now : this.#before.get(fact);
        if (knownAt !== undefined) now.set(fact, knownAt);
        // Who came to a third node later is known as being there.
        if (knownJoin < join && knownAt !== undefined && this.#world.time.now - knownAt > HEARD_MS)
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
