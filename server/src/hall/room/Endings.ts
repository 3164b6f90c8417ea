import type { Sender } from '../../cluster/bus/envelope.ts';
import type { NodeRooms } from '../nodes/NodeRooms.ts';
import type { Room } from './Room.ts';

/** ND8: says once for all nodes that a room has ended, at the one where it ended last. */
export class Endings {
  readonly #nodes: NodeRooms | undefined;
  readonly #tell: (room: Room) => void;
  /** Ended here while others still had it. */
  readonly #open = new Map<string, Room>();

  constructor(nodes: NodeRooms | undefined, tell: (room: Room) => void) {
    this.#nodes = nodes;
    this.#tell = tell;
  }

  /** It is here again. */
  began(name: string): void {
    this.#open.delete(name);
  }

  /** It has ended here. */
  ended(room: Room): void {
    if (this.#isElsewhere(room.name)) this.#open.set(room.name, room);
    else this.#tell(room);
  }

  /**
   * It has ended at another node. @param last that node has said it for all; undefined: it died without a word
   */
  over(name: string, { boot }: Sender, last: boolean | undefined): void {
    const room = this.#open.get(name);
    if (!room) return;
    // Both ended in the same moment, each while the other still had it: all choose the same.
    const others = last === true || (last === false && boot < (this.#nodes?.self.boot ?? ''));
    if (others) this.#open.delete(name);
    else if (!this.#isElsewhere(name)) {
      this.#open.delete(name);
      this.#tell(room);
    }
  }

  #isElsewhere(name: string): boolean {
    return (this.#nodes?.elsewhere.nodes(name).length ?? 0) > 0;
  }
}
