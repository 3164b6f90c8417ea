import type { Socket } from 'node:net';
import type { SplicePatience } from './messages.ts';
import { SpliceProcess } from './SpliceProcess.ts';
import { stopReading } from './stopReading.ts';

export interface SplicesOptions {
  /** How many processes there may be. */
  readonly processes: number;
  /** A process died; what it carried is cut, and the next connection starts another. */
  readonly died: (error: Error) => void;
  readonly patience?: SplicePatience | undefined;
}

const PATIENCE: SplicePatience = { silentMs: 60_000, stalledMs: 30_000 };

/** So many connections one process carries before another is started. */
const ENOUGH = 100;

/**
 * Connections of one transport. A browser tries each of our ports from each of its addresses at once, and what a line that
 * broke has left is cut after a minute; more is a device that holds connections for their own sake.
 */
const MOST_OF_UFRAG = 16;

/**
 * Media over TCP, in processes of its own. The first is started when somebody needs it, so an installation that is
 * reached by UDP has none.
 */
export class Splices {
  /** How many were cut, by why. */
  readonly counts = { silent: 0, stalled: 0, surplus: 0 };
  readonly #options: SplicesOptions;
  readonly #processes = new Set<SpliceProcess>();
  readonly #open = new Map<number, { readonly ufrag: string; readonly process: SpliceProcess }>();
  readonly #ofUfrag = new Map<string, Set<number>>();
  #lastId = 0;
  #closed = false;

  constructor(options: SplicesOptions) {
    this.#options = options;
  }

  get open(): number {
    return this.#open.size;
  }

  get pids(): readonly number[] {
    return [...this.#processes].flatMap(({ pid }) => pid ?? []);
  }

  /**
   * Carries this client's bytes, `seen` first, to and from a port of this machine until either side closes. From here on
   * the socket is not the caller's.
   */
  splice(socket: Socket, seen: Uint8Array, to: { readonly ufrag: string; readonly port: number }): void {
    if (this.#closed || !stopReading(socket)) {
      socket.destroy();
      return;
    }
    const id = ++this.#lastId;
    const process = this.#choose();
    this.#open.set(id, { ufrag: to.ufrag, process });
    const ids = this.#ofUfrag.get(to.ufrag) ?? new Set();
    this.#ofUfrag.set(to.ufrag, ids.add(id));
    if (ids.size > MOST_OF_UFRAG) this.#endOldest(ids);
    process.splice(id, socket, to.port, seen);
  }

  /** Whoever had this ICE ufrag is gone: what they had open is cut. */
  end(ufrag: string): void {
    for (const id of this.#ofUfrag.get(ufrag) ?? []) this.#open.get(id)?.process.end(id);
  }

  /** Whoever comes back over a new line gets in; what goes is what they left, or their own. */
  #endOldest(ids: Set<number>): void {
    const [oldest] = ids;
    if (oldest === undefined) return;
    ids.delete(oldest);
    this.counts.surplus++;
    this.#open.get(oldest)?.process.end(oldest);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#processes].map((process) => process.close()));
  }

  #choose(): SpliceProcess {
    const running = [...this.#processes].filter((process) => !process.isOver).sort((a, b) => a.load - b.load);
    const [least] = running;
    if (least && (least.load < ENOUGH || running.length >= this.#options.processes)) return least;
    const process = SpliceProcess.create(this.#options.patience ?? PATIENCE, {
      ended: (id, why) => {
        if (why !== 'closed') this.counts[why]++;
        this.#forget(id);
      },
      died: (error) => {
        this.#processes.delete(process);
        this.#options.died(error);
      },
    });
    this.#processes.add(process);
    return process;
  }

  #forget(id: number): void {
    const ufrag = this.#open.get(id)?.ufrag ?? '';
    this.#open.delete(id);
    const ids = this.#ofUfrag.get(ufrag);
    ids?.delete(id);
    if (ids?.size === 0) this.#ofUfrag.delete(ufrag);
  }
}
