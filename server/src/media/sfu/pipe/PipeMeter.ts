import type { NodeBoot } from '../../cascade/PipeLink.ts';

/** What has come by one pipe since it was made. */
export interface PipeCount {
  readonly pipe: string;
  readonly from: NodeBoot;
  /** It comes from its publisher's node. */
  readonly straight: boolean;
  readonly packets: number;
  readonly lost: number;
}

/** All that comes from one other node, over the time between two looks. */
export interface Inflow {
  /** A boot. */
  readonly from: string;
  readonly tracks: number;
  /** Of these, such as come by way of a third node. */
  readonly relayed: number;
  /** A second. */
  readonly packets: number;
  /** Share that did not come; null: nothing was on its way. */
  readonly lost: number | null;
}

/** Looks now and then at what has come from other nodes; what is between two looks is what comes. */
export class PipeMeter {
  readonly #now: () => number;
  #last: ReadonlyMap<string, PipeCount> = new Map();
  #lastAt = 0;
  #inflows: readonly Inflow[] = [];

  /** @param now ms of a clock that only goes forward */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  get inflows(): readonly Inflow[] {
    return this.#inflows;
  }

  take(counts: readonly PipeCount[]): void {
    const at = this.#now();
    const seconds = (at - this.#lastAt) / 1000;
    const froms = Map.groupBy(counts, ({ from }) => from.boot);
    this.#inflows = [...froms].map(([from, pipes]) => {
      // A pipe that was not there at the last look begins with this one; repairs may make up for what was lost before.
      const packets = sum(pipes, ({ pipe, packets }) =>
        Math.max(0, packets - (this.#last.get(pipe)?.packets ?? packets)),
      );
      const lost = sum(pipes, ({ pipe, lost }) => Math.max(0, lost - (this.#last.get(pipe)?.lost ?? lost)));
      return {
        from,
        tracks: pipes.length,
        relayed: pipes.filter(({ straight }) => !straight).length,
        packets: packets / seconds,
        lost: packets + lost > 0 ? lost / (packets + lost) : null,
      };
    });
    this.#last = new Map(counts.map((count) => [count.pipe, count]));
    this.#lastAt = at;
  }
}

const sum = <T>(all: readonly T[], of: (one: T) => number): number => all.reduce((n, one) => n + of(one), 0);
