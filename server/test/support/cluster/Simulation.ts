import { LEAVING_MS } from '../../../src/domain/presence/PresenceBoard.ts';
import type { RoundBoard } from '../../../src/domain/rollcall/RoundBoard.ts';
import { CATCH_UP_EVERY_MS } from '../../../src/domain/shared/CatchUp.ts';
import { agree } from './agree.ts';
import { Chance } from './Chance.ts';
import { Faults, type Place } from './Faults.ts';
import { Kept } from './Kept.ts';
import { briefingIds } from './land.ts';
import { demandKnown, observe } from './observe.ts';
import { People } from './People.ts';
import { SimJobs } from './SimJobs.ts';
import { SimKeys } from './SimKeys.ts';
import { type SimNode, startNode } from './SimNode.ts';
import { SimPostgres } from './SimPostgres.ts';
import { SimRedis } from './SimRedis.ts';
import { takeOver } from './takeOver.ts';
import { type Process, VirtualTime } from './VirtualTime.ts';
import { Witness } from './Witness.ts';
import { type Mood, Work } from './Work.ts';

const NAMES = ['one', 'two', 'three'];
const CHAOS_MS = 20_000;
/** PostgreSQL is found, carriers are watched for, and all nodes know each other again. */
const CALM_MS = 8_000;
const ENDS_MS = 3_000;
/** With them: who was at a node that is found dead only now, after both stores were away, counts for a while longer (PR11). */
const SWEPT_MS = CATCH_UP_EVERY_MS + LEAVING_MS + 2_000;
/** What was begun is done, and the sweeps have been there. */
const QUIET_MS = 4_000;

/**
 * What a dead node had said is news to one that began within the error of their clocks of that moment, and longer where
 * PostgreSQL's was set back. It shows people in rooms until it is looked who lives (ND3), and whoever has the name of one
 * of them leaves for it; so presence is compared after that alone.
 */
const GHOSTS_MS = 7_000;

/** One world by one seed: three nodes do their work, while everything that may go wrong goes wrong at random. */
export class Simulation {
  readonly #chance: Chance;
  readonly #names: Chance;
  readonly time = new VirtualTime();
  readonly redis: SimRedis;
  readonly postgres: SimPostgres;
  readonly places: readonly Place[];
  readonly witness = new Witness(() => this.time.now);
  /** The witness, for the midst of real code, which may catch what is thrown there. */
  readonly notes: Witness;
  readonly #faults: Faults;
  readonly #work: Work;
  readonly #people: People;
  readonly jobs: SimJobs;
  readonly keys = SimKeys.create();
  readonly #kept = new Kept(this);
  readonly #failures: unknown[] = [];
  #isHealed = false;

  constructor(seed: number) {
    this.#chance = new Chance(seed);
    this.#names = new Chance(~seed);
    this.redis = new SimRedis(this.time, this.#chance.random);
    this.postgres = new SimPostgres(this.time, this.#chance.random);
    this.places = NAMES.map((name) => ({ name, process: fresh(), node: undefined, wellSince: 0 }));
    this.notes = this.#caught();
    this.#faults = new Faults(this, this.#chance);
    this.#work = new Work(this, this.#chance);
    this.#people = new People(this, this.#chance);
    this.jobs = new SimJobs(this, this.#chance);
    // The other one is opened by somebody later.
    this.postgres.open(briefingIds[0] ?? '');
  }

  get devices(): People['devices'] {
    return this.#people.devices;
  }

  isBroken(): boolean {
    return !this.#isHealed && this.#chance.is(0.03);
  }

  failed(error: unknown): void {
    this.#failures.push(error);
  }

  /** @throws Error that names what must not be, and when it was */
  async run(): Promise<Witness['counts']> {
    const restore = takeOver(this.time, this.#names.random);
    try {
      for (const place of this.places) this.start(place);
      this.#people.start();
      await this.#pass(2_000);
      const upTo = (most: number) => this.#chance.between(0, most);
      this.redis.trouble = { lost: upTo(0.1), twice: upTo(0.3), late: upTo(0.1) };
      this.#faults.plague();
      await this.#pass(CHAOS_MS);
      this.#setMood('calm');
      this.#faults.heal();
      this.#isHealed = true;
      await this.#pass(CALM_MS / 2);
      this.#claimAll();
      await this.#pass(CALM_MS / 2);
      this.#setMood('quiet');
      await this.#pass(QUIET_MS);
      await this.#agree();
      await this.#repeatAll();
      return this.witness.counts;
    } finally {
      restore();
    }
  }

  #setMood(mood: Mood): void {
    this.#work.mood = this.#people.mood = mood;
  }

  async #pass(ms: number): Promise<void> {
    // In steps, so that the first failure ends it.
    for (let left = ms; left > 0; left -= 500) {
      await this.time.pass(Math.min(left, 500));
      demandKnown(this.places, this.time, this.witness);
      this.#kept.look();
      if (this.#failures.length > 0) throw this.#failures[0];
    }
  }

  start(place: Place): void {
    // Whichever was started before, there is one of this name.
    place.process.state = 'dead';
    const process = fresh();
    const name = place.name;
    Object.assign(place, { process, node: undefined, wellSince: this.time.now });
    this.time.within(process, () => {
      startNode(name, this, process, this.notes).then(
        (node) => {
          if (place.process !== process || process.state === 'dead') return;
          place.node = node;
          observe(node, this);
          this.#work.start(node);
        },
        // Its stores were away; its supervisor starts it again.
        () => {
          if (place.process !== process || process.state === 'dead') return;
          this.kill(place);
          this.time.after(500, () => this.start(place));
        },
      );
    });
  }

  kill(place: Place): void {
    place.process.state = 'dead';
    place.node = undefined;
  }

  #caught(): Witness {
    return new Proxy(this.witness, {
      get: (witness, name) => {
        const of = Reflect.get(witness, name, witness);
        if (typeof of !== 'function') return of;
        return (...args: unknown[]) => {
          try {
            return of.apply(witness, args);
          } catch (error) {
            this.failed(error);
          }
        };
      },
    });
  }

  #claimAll(): void {
    for (const { node } of this.places)
      for (const id of briefingIds)
        if (node) this.time.within(node.process, () => void node.carriers.claim(id).catch(() => undefined));
  }

  /**
   * By a clock that was set a round ends in just that moment, and a node has come back so late that it has claimed nothing: then it is looked
   * again after a sweep.
   */
  async #agree(): Promise<void> {
    try {
      await agree(this);
    } catch {
      this.#claimAll();
      await this.#pass(SWEPT_MS);
      await agree(this);
    }
  }

  /** All that was ever said is said again, in another order. */
  async #repeatAll(): Promise<void> {
    const { now } = this.postgres;
    const before = this.#state(now);
    for (const told of this.#chance.shuffled(this.redis.said).slice(0, 300)) this.redis.repeat(told);
    await this.time.pass(30);
    if (this.#failures.length > 0) throw this.#failures[0];
    if (this.#state(now) !== before) this.witness.fail('CL2 what was said again has changed what nodes know');
    await this.#pass(GHOSTS_MS);
    await this.#agree();
  }

  /** @param now of a round that ends about then the time says what it is */
  #state(now: Date): string {
    const of = (node: SimNode | undefined) =>
      briefingIds.map((id) => [
        ...[node?.carriers.of(id), node?.briefings.get(id), node?.stages.get(id), node?.figures.n],
        ...[node?.floors.get(id), this.#roundsOf(node, id, now)],
      ]);
    return JSON.stringify(this.places.map(({ node }) => of(node)));
  }

  /** A hint may bring back one of a briefing that is over, until the next sweep. */
  #roundsOf(node: SimNode | undefined, briefing: string, now: Date) {
    if (this.postgres.briefings.get(briefing)?.state === 'closed') return undefined;
    const ends = ({ round }: RoundBoard) =>
      [round.deadline, round.lateUntil].some((at) => Math.abs(at.getTime() - now.getTime()) < ENDS_MS);
    return node?.rounds
      .of(briefing)
      .map((board) => [board.round.id, ends(board) || [board.round.version, board.state], board.seq]);
  }
}

const fresh = (): Process => ({ state: 'runs', suspendedMs: 0, waiting: [] });
