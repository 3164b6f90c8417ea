import type { NodeBoot, PipeAnswers, PipeLink, PipeState, PipeWish, PullAsk } from '../../cascade/PipeLink.ts';
import { Exports } from './Exports.ts';
import { Imports, type PullResult } from './Imports.ts';
import type { PipeNetwork } from './network.ts';

/** Unset where nobody waits for them. */
export interface PipeTimes {
  /** For how long a node that takes a track may be unheard. */
  readonly leaseMs?: number;
  /** After which a broken path is tried again. */
  readonly brokenForMs?: number;
}

/** Media between this node and others: what it sends them, and what it takes from them. */
export class Pipes implements PipeAnswers {
  readonly exports: Exports;
  readonly imports: Imports;
  /** Where other nodes send to. */
  readonly address: string;
  #link: PipeLink | undefined;

  /** @param result told of each pull, and of what went wrong with one */
  constructor(
    network: PipeNetwork,
    result: (result: PullResult, sid: string, error?: unknown) => void,
    times: PipeTimes,
  ) {
    const link = () => this.#link;
    this.address = network.address;
    this.exports = new Exports({ network, link, ...times });
    this.imports = new Imports({ network, link, result, ...times });
  }

  /** From now on other nodes can be asked. */
  join(link: PipeLink): void {
    this.#link = link;
  }

  pull(by: NodeBoot, ask: PullAsk) {
    return this.exports.pull(by, ask);
  }

  renew(by: NodeBoot, wishes: readonly PipeWish[]) {
    return this.exports.renew(by, wishes);
  }

  drop(by: NodeBoot, pipes: readonly string[]): void {
    this.exports.drop(by, pipes);
  }

  told(by: NodeBoot, state: PipeState): void {
    this.imports.told(by, state);
  }

  close(): void {
    this.imports.close();
    this.exports.close();
  }
}
