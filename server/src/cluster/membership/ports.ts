import type { Sender } from '../bus/envelope.ts';

/** A node's sign of life in PostgreSQL; how long its number has not changed is for the reader to measure (CL66). */
export interface Beat extends Sender {
  readonly number: number;
}

/** CL69: until when a boot of the record of attendance was alive, with all that it saw written. ms by PostgreSQL's clock */
export interface AliveSign {
  readonly boot: string;
  readonly aliveAt: number;
}

export interface BeatStore {
  /**
   * Writes the beat of a node. @param number another one each time @param alive is written with it
   * @returns the beats of all nodes, dead ones among them @throws DomainError `store-unavailable`
   */
  beat(self: Sender, number: number, alive?: AliveSign): Promise<readonly Beat[]>;
  /** @throws DomainError `store-unavailable` */
  all(): Promise<readonly Beat[]>;
  /** The node ends: its beat is taken away. @throws DomainError `store-unavailable` */
  end(boot: string): Promise<void>;
}
