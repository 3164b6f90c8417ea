import { every } from '../../lib/every.ts';
import type { Sender } from '../bus/envelope.ts';
import type { LivingNodes } from './LivingNodes.ts';
import type { AliveSign, Beat, BeatStore } from './ports.ts';

const BEAT_EVERY_MS = 1_000;
/** Time limit of one beat: a hung connection to PostgreSQL would silence this node for as long as it hangs. (CL66) */
export const BEAT_WITHIN_MS = 1_000;

export interface BeatsOptions {
  readonly store: BeatStore;
  readonly self: Sender;
  readonly living: Pick<LivingNodes, 'sawBeats' | 'missedBeats'>;
  /** Monotonic, ms. */
  readonly elapsed: () => number;
  /** CL8: a beat is sent; told when PostgreSQL has taken it. */
  readonly beating: () => () => void;
}

/**
 * CL66: the beat of this node in PostgreSQL, and the beats of the others: which of them change, as this node sees it by
 * its own monotonic clock. It goes on whatever Redis does.
 */
export class Beats {
  readonly #options: BeatsOptions;
  readonly #timer: { close(): void };
  readonly #numbers = new Map<string, number>();
  #number = 0;
  /** CL69 */
  #alive: AliveSign | undefined;
  #joined = false;
  #closed = false;

  private constructor(options: BeatsOptions) {
    this.#options = options;
    this.#timer = every(
      BEAT_EVERY_MS,
      () => this.look(),
      // That PostgreSQL is away its other connections say.
      () => undefined,
    );
  }

  /** It reads those of the others from now on, and writes its own when it has joined them. */
  static create(options: BeatsOptions): Beats {
    return new Beats(options);
  }

  /** @throws DomainError `store-unavailable` */
  async join(): Promise<void> {
    this.#joined = true;
    await this.look();
  }

  /** CL69: goes with the next beat. */
  keepAlive(sign: AliveSign): void {
    this.#alive = sign;
  }

  /** @throws DomainError `store-unavailable` */
  async look(): Promise<void> {
    const { living, elapsed } = this.#options;
    try {
      const beats = this.#joined && !this.#closed ? await this.#beat() : await this.#options.store.all();
      living.sawBeats(this.#changed(beats), elapsed());
    } catch (error) {
      living.missedBeats();
      throw error;
    }
  }

  /** Takes its beat away, so that nobody waits for this node. May run twice. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#timer.close();
    if (this.#joined) await this.#options.store.end(this.#options.self.boot).catch(() => undefined);
  }

  async #beat(): Promise<readonly Beat[]> {
    const taken = this.#options.beating();
    this.#number += 1;
    const alive = this.#alive;
    const beats = await this.#options.store.beat(this.#options.self, this.#number, alive);
    if (this.#alive === alive) this.#alive = undefined;
    taken();
    return beats;
  }

  /** Those of other nodes that were not so before. */
  #changed(beats: readonly Beat[]): readonly Beat[] {
    const others = beats.filter(({ boot }) => boot !== this.#options.self.boot);
    const changed = others.filter(({ boot, number }) => this.#numbers.get(boot) !== number);
    this.#numbers.clear();
    for (const { boot, number } of others) this.#numbers.set(boot, number);
    return changed;
  }
}
