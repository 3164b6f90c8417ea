import { SURE_MS } from '../../../src/cluster/membership/Sightings.ts';
import type { Chance } from './Chance.ts';
import { isWell } from './observe.ts';
import type { SimNode, SimWorld } from './SimNode.ts';
import type { Process } from './VirtualTime.ts';
import { Witness } from './Witness.ts';

/** A node by its name, whichever process it is at the moment. */
export interface Place {
  readonly name: string;
  process: Process;
  node: SimNode | undefined;
  /** Since when its process ran and one of its lines to the stores carried, ms. */
  wellSince: number;
}

interface Plagued extends SimWorld {
  readonly places: readonly Place[];
  readonly witness: Witness;
  kill(place: Place): void;
  start(place: Place): void;
}

interface Stop {
  readonly ms: number;
  readonly what: 'process' | 'machine';
  readonly hadOthers: boolean;
}

/** By what a clock is set: by hand, by a time server that was away, by a machine with another zone. */
const CLOCK_STEPS = [10, 90, 300, 3_600, 7 * 3_600].flatMap((seconds) => [seconds * 1_000, -seconds * 1_000]);

/** Whatever still goes on when all is healed ends within this time. */
const ENDING_MS = 1_000;

/** What goes wrong: processes, machines, lines, stores and clocks, each for a while. */
export class Faults {
  readonly #world: Plagued;
  readonly #chance: Chance;
  #isOver = false;
  /** What ends the stops and deaths that go on. */
  readonly #ends = new Set<() => void>();

  constructor(world: Plagued, chance: Chance) {
    this.#world = world;
    this.#chance = chance;
  }

  /** One fault after another, until all is healed. */
  plague(): void {
    this.#world.time.after(this.#chance.between(200, 3_000), () => {
      if (this.#isOver) return;
      this.#fault();
      this.plague();
    });
  }

  #fault(): void {
    const { redis, postgres, places } = this.#world;
    const chance = this.#chance;
    const place = chance.one(places);
    const forAWhile = (begin: () => void, end: () => void) => {
      begin();
      this.#world.time.after(chance.between(100, 6_000), end);
    };
    const fault = chance.one([
      () => this.#stop(place, chance.between(50, 12_000), 'process'),
      () => this.#stop(place, chance.between(50, 12_000), 'machine'),
      () => this.#cut(place, { redis: true }),
      () => this.#cut(place, { postgres: true }),
      () => this.#cut(place, { redis: true, postgres: true }),
      () =>
        forAWhile(
          () => redis.down(chance.is(0.7)),
          () => redis.up(),
        ),
      () =>
        forAWhile(
          () => postgres.down(),
          () => postgres.up(),
        ),
      () => postgres.set(chance.is(0.5) ? chance.between(-5_000, 5_000) : chance.one(CLOCK_STEPS)),
      () => {
        this.#world.kill(place);
        this.#endAfter(chance.between(100, 8_000), () => this.#world.start(place));
      },
      () => {
        for (let i = 0; i < 20 && redis.said.length > 0; i++) redis.repeat(chance.one(redis.said));
      },
    ]);
    fault();
  }

  #stop(place: Place, ms: number, what: 'process' | 'machine'): void {
    const { process } = place;
    if (process.state !== 'runs') return;
    process.state = 'stopped';
    const hadOthers =
      this.#isSettled(place) && this.#world.places.some((other) => other !== place && this.#isSettled(other));
    const since = this.#world.time.now;
    this.#endAfter(ms, () => {
      this.#resume(place, process, { ms: this.#world.time.now - since, what, hadOthers });
    });
  }

  /** It has been there for so long that all know it. */
  #isSettled({ node, process }: Place): boolean {
    return process.state !== 'dead' && node !== undefined && this.#world.time.now - node.joinedAt > Witness.SURE_OF_MS;
  }

  #endAfter(ms: number, end: () => void): void {
    const once = () => {
      if (this.#ends.delete(once)) end();
    };
    this.#ends.add(once);
    this.#world.time.after(ms, once);
  }

  #resume(place: Place, process: Process, { ms, what, hadOthers }: Stop): void {
    if (process.state !== 'stopped') return;
    if (what === 'machine') process.suspendedMs += ms;
    if (place.process === process) {
      place.wellSince = this.#world.time.now;
      if (place.node && hadOthers && ms > SURE_MS + 20) this.#world.witness.mustFence(place.node);
    }
    // What waited comes in any order: sockets may be read before timers run.
    this.#world.time.resume(process, (waiting) => this.#chance.shuffled(waiting));
  }

  #cut(place: Place, { redis = false, postgres = false }): void {
    const { node } = place;
    if (!node) return;
    node.redisLine.cut ||= redis;
    node.postgresLine.cut ||= postgres;
    this.#world.time.after(this.#chance.between(100, 9_000), () => {
      this.#rejoins(place);
      node.redisLine.cut &&= !redis;
      node.postgresLine.cut &&= !postgres;
    });
  }

  /** A line is mended: a node that had none was not well until now. */
  #rejoins(place: Place): void {
    if (place.node && !isWell(place)) place.wellSince = this.#world.time.now;
  }

  heal(): void {
    this.#isOver = true;
    for (const end of this.#ends) this.#world.time.after(this.#chance.between(0, ENDING_MS), end);
    this.#world.redis.heal();
    this.#world.postgres.up();
    for (const place of this.#world.places) {
      const { node } = place;
      this.#rejoins(place);
      if (node) node.redisLine.cut = node.postgresLine.cut = false;
    }
  }
}
