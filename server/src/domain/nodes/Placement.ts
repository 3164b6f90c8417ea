import { DomainError } from '../../protocol/errors.ts';
import { DRAINING_RETRY_SECONDS, FULL_RETRY_SECONDS } from './limits.ts';
import { type PlaceableNode, place, type ViewerNeed } from './place.ts';
import { Reservations } from './Reservations.ts';

export interface PlacementParts {
  /** This one and the others, as they were within the last second. */
  readonly nodes: () => readonly PlaceableNode[];
  /** What other nodes expect to come to a node. */
  readonly expectedByOthers: (boot: string) => number;
  readonly need: ViewerNeed;
  readonly region: string;
  readonly now?: () => number;
}

/** PL8, PL9: names the node that a viewer connects to. Nobody waits for anything. */
export class Placement {
  readonly #parts: PlacementParts;
  readonly reservations: Reservations;
  /** Counted once a turn, since hundreds may ask in one. */
  #counted: Map<string, number> | undefined;

  constructor(parts: PlacementParts) {
    this.#parts = parts;
    this.reservations = new Reservations(parts.now);
  }

  /** What one viewer takes. */
  get need(): ViewerNeed {
    return this.#parts.need;
  }

  /** Viewers on their way to a node, by all nodes. */
  expected(boot: string): number {
    return (this.#expected().get(boot) ?? 0) + this.#parts.expectedByOthers(boot);
  }

  /**
   * @param viewer the same for the same device, however often it asks
   * @param who `atOnce`: they are let in whatever room there is; `not`: addresses of nodes that they did not reach;
   *   `of`: the account whose device it is
   * @throws DomainError `draining` or `node-full`, with a time to come back
   */
  send(
    viewer: string,
    {
      of,
      ...who
    }: { readonly atOnce: boolean; readonly not?: readonly string[] | undefined; readonly of?: string | undefined },
  ): PlaceableNode {
    const { nodes, need, region } = this.#parts;
    const counted = this.#expected();
    // Whoever asks again does not stand in their own way.
    add(counted, this.reservations.cancel(viewer), -1);
    const given = place(nodes(), (boot) => this.expected(boot), need, { region, ...who });
    switch (given.kind) {
      case 'at':
        this.reservations.reserve(viewer, given.node.boot, of);
        add(counted, given.node.boot, 1);
        return given.node;
      case 'full':
        throw retry('node-full', 'no node has room for another viewer at this moment', FULL_RETRY_SECONDS);
      case 'draining':
        throw retry('draining', 'this node is about to end; ask again', DRAINING_RETRY_SECONDS);
    }
  }

  #expected(): Map<string, number> {
    if (!this.#counted) {
      this.#counted = this.reservations.expected();
      setImmediate(() => {
        this.#counted = undefined;
      });
    }
    return this.#counted;
  }
}

function add(counts: Map<string, number>, boot: string | undefined, by: number): void {
  if (boot !== undefined) counts.set(boot, (counts.get(boot) ?? 0) + by);
}

const retry = (reason: 'node-full' | 'draining', message: string, retryAfterSeconds: number): DomainError =>
  new DomainError(reason, message, { retryAfterSeconds });
