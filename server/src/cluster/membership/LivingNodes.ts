import type { Sender } from '../bus/envelope.ts';
import { NEWS_MS } from '../bus/Freshness.ts';
import type { Lease } from './lease.ts';
import { Sightings } from './Sightings.ts';

/** What is read of a node that has said goodbye is not older. */
const GOODBYE_MS = 2 * NEWS_MS;
/** A boot that was dead for so long is taken for gone: a partition from both stores seldom lasts longer. */
const BACK_MS = 60_000;

/**
 * The nodes that live, by two witnesses: leases in Redis and beats in PostgreSQL. A node is dead when both are silent, to
 * a node that can read both (CL66).
 */
export class LivingNodes {
  readonly #leases = new Sightings();
  readonly #beats = new Sightings();
  /** Seen by either witness, and not known to be dead. */
  readonly #members = new Map<string, Sender>();
  /** Boots that said goodbye, and when. */
  readonly #left = new Map<string, number>();
  /** Boots that were dead, and since when: one that was cut off from both stores may come back by either of them. */
  readonly #dead = new Map<string, number>();
  /**
   * Whether every living node is a member. A node shows itself to both witnesses before it serves anybody, so it is
   * seen as long as one of them was read all the time.
   */
  #isComplete = false;

  sawLeases(leases: readonly Pick<Lease, 'node' | 'boot' | 'over'>[], now: number): void {
    for (const { boot, over } of leases) if (over) this.#left.set(boot, this.#left.get(boot) ?? now);
    this.#take(
      this.#leases,
      leases.filter(({ over }) => !over),
      now,
    );
  }

  missedLeases(): void {
    this.#leases.missed();
  }

  /** @param beats of nodes whose number has changed since the last look */
  sawBeats(beats: readonly Sender[], now: number): void {
    this.#take(this.#beats, beats, now);
  }

  missedBeats(): void {
    this.#beats.missed();
  }

  /** Whether there is anybody. */
  get isAny(): boolean {
    return this.#members.size > 0;
  }

  /** Whether there may be anybody: whoever has read neither store for a while does not know that it is alone. */
  mayHaveAny(now: number): boolean {
    this.#settle(now);
    return this.isAny || !this.#isComplete;
  }

  has(boot: string): boolean {
    return this.#members.has(boot);
  }

  /**
   * All that may live; undefined: this node cannot know, since it does not read Redis, or did not read both long enough, or
   * does not read PostgreSQL while one that was dead may be back there alone.
   */
  at(now: number): readonly Sender[] | undefined {
    this.#settle(now);
    if (!this.#isComplete || !this.#leases.isSure(now) || this.#mayBeBack(now)) return undefined;
    return [...this.#members.values()];
  }

  /** CL67: of those that may live, the boots that Redis does not show, while this node reads it. */
  cutOff(now: number): ReadonlySet<string> {
    const hidden = (boot: string) => this.#leases.isSure(now) && !this.#leases.has(boot, now);
    return new Set([...this.#members.keys()].filter(hidden));
  }

  #take(witness: Sightings, present: readonly Sender[], now: number): void {
    witness.saw(present, now);
    for (const { node, boot } of present) {
      this.#dead.delete(boot);
      if (!this.#left.has(boot)) this.#members.set(boot, { node, boot });
    }
    for (const [boot, at] of this.#left) {
      this.#members.delete(boot);
      if (now - at > GOODBYE_MS) this.#left.delete(boot);
    }
    this.#settle(now);
  }

  #settle(now: number): void {
    const [leases, beats] = [this.#leases.isSure(now), this.#beats.isSure(now)];
    if (leases !== beats) return;
    this.#isComplete = leases;
    if (!leases) return;
    for (const boot of this.#members.keys())
      if (!this.#leases.has(boot, now) && !this.#beats.has(boot, now)) {
        this.#members.delete(boot);
        this.#dead.set(boot, now);
      }
    for (const [boot, at] of this.#dead) if (now - at > BACK_MS) this.#dead.delete(boot);
  }

  #mayBeBack(now: number): boolean {
    return this.#dead.size > 0 && !this.#beats.isSure(now);
  }
}
