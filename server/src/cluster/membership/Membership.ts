import type { Clock } from '../../lib/clock.ts';
import { every } from '../../lib/every.ts';
import { sinceBoot } from '../../lib/sinceBoot.ts';
import { DomainError } from '../../protocol/errors.ts';
import { MESSAGE_VERSION, type Sender } from '../bus/envelope.ts';
import type { NodeAbout } from './about.ts';
import { Beats } from './Beats.ts';
import { LivingNodes } from './LivingNodes.ts';
import { LEASE_MS, type Lease, leaseKey, NODES_KEY, writeLease } from './lease.ts';
import { type Looking, look } from './look.ts';
import type { AliveSign, BeatStore } from './ports.ts';
import { Renewals } from './Renewals.ts';
import { requireKin } from './requireKin.ts';

export const LEASE_EVERY_MS = 1_000;
/** CL7: when somebody may ask again for what needs all nodes. */
export const RETRY_SECONDS = 3;

/** Which other nodes there are. */
export interface Others {
  /** As they are at this moment. @throws DomainError `store-unavailable` when that cannot be known */
  others(): Promise<readonly Sender[]>;
  /** CL67: those of them, by boot, that Redis does not show. */
  readonly cutOff?: ReadonlySet<string>;
}

/** A node that holds its database alone asks nobody. */
export const alone: Others = { others: async () => [] };

export interface MembershipOptions extends Looking {
  readonly beats: BeatStore;
  readonly self: Sender;
  /** The newest migration that this program knows. */
  readonly schema: string;
  /** PostgreSQL's, as far as it is known without asking. */
  readonly clock: Clock;
  /** CL8: a lease or a beat is sent; told when its store has taken it. */
  readonly renewing?: () => () => void;
  readonly patienceMs?: number;
  /** ms; goes on whatever stops this node, a machine that is suspended as well. */
  readonly elapsed?: () => number;
}

/**
 * CL4, CL66: the nodes of a cluster, each a signed lease in Redis that it renews itself. A list of their boots makes that
 * nobody searches the keys of Redis, among which those of the jobs are many. PostgreSQL is the second witness of who lives.
 */
export class Membership implements Others {
  readonly #options: MembershipOptions;
  readonly #elapsed: () => number;
  readonly #living = new LivingNodes();
  readonly #renewals = new Renewals();
  readonly #beats: Beats;
  readonly #timer: { close(): void };
  #about: (() => NodeAbout) | undefined;
  /** Of others, as the last look found them. */
  #leases: readonly Lease[] = [];
  /** CL67: what nodes said of themselves last, for as long as they are not dead. */
  readonly #said = new Map<string, Lease>();
  #joined = false;
  /** Whether Redis has taken this node's lease when that was sent last. */
  #isTaken = true;
  #closed = false;

  private constructor(options: MembershipOptions) {
    this.#options = options;
    this.#elapsed = options.elapsed ?? sinceBoot;
    const { beats: store, self, renewing = () => () => undefined } = options;
    this.#beats = Beats.create({ store, self, living: this.#living, elapsed: this.#elapsed, beating: renewing });
    this.#timer = every(
      LEASE_EVERY_MS,
      () => this.#tick(),
      // That Redis is away its connection says.
      () => undefined,
    );
  }

  /**
   * It looks from now on, so that it knows the others when it joins them. @throws StartRefusal when it may not join them
   */
  static async create(options: MembershipOptions): Promise<Membership> {
    await requireKin(options);
    const membership = new Membership(options);
    await Promise.all([membership.#look(), membership.#beats.look()]).catch(() => undefined);
    return membership;
  }

  /** From now on the others ask this node, too. @throws StartRefusal when one has joined that it may not be with */
  async join(): Promise<void> {
    await Promise.all([this.#renew(false), this.#beats.join()]);
    this.#joined = true;
    // Of two that join at the same time each sees the other now, if it did not before.
    await requireKin(this.#options);
  }

  /** PL1: what each renewal says of this node. */
  describe(about: () => NodeAbout): void {
    this.#about = about;
  }

  /** CL69: the record of attendance was alive; written with the next beat. */
  keepAlive(sign: AliveSign): void {
    this.#beats.keepAlive(sign);
  }

  /** PL1: says it now, since something has changed that others may not learn a second late. */
  async announce(): Promise<void> {
    if (this.#joined) await this.#renew(false).catch(() => undefined);
  }

  /** PL1: other nodes, as they were within the last second; none while Redis is away. */
  get nodes(): readonly Lease[] {
    return this.#leases;
  }

  /** CL67: other nodes that may live, as they said of themselves last. */
  get linked(): readonly Lease[] {
    return [...this.#said.values()];
  }

  get cutOff(): ReadonlySet<string> {
    return this.#living.cutOff(this.#elapsed());
  }

  /** Whether others were living when this node last looked. */
  get hasOthers(): boolean {
    return this.#living.isAny;
  }

  /** CL8: whether others may have been living. */
  get mayHaveOthers(): boolean {
    return this.#living.mayHaveAny(this.#elapsed());
  }

  async others(): Promise<readonly Sender[]> {
    const cause = await this.#look().then(
      () => undefined,
      (error: unknown) => error,
    );
    const living = this.#living.at(this.#elapsed());
    if (living) return living;
    throw new DomainError('store-unavailable', 'it is not known at this moment which other nodes there are', {
      ...(cause !== undefined && { cause }),
      retryAfterSeconds: RETRY_SECONDS,
    });
  }

  /** As of the last look, which was within the last second; undefined: that cannot be known. */
  get known(): readonly Sender[] | undefined {
    return this.#living.at(this.#elapsed());
  }

  /** Says goodbye, so that nobody waits for this node. May run twice. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#timer.close();
    await Promise.all([this.#beats.close(), this.#joined && this.#renew(true).catch(() => undefined)]);
  }

  async #tick(): Promise<void> {
    // A busy node waits for each answer: its lease is not to wait for two.
    const renewed = this.#joined ? this.#renew(false).catch(() => undefined) : undefined;
    await this.#look();
    await renewed;
  }

  async #renew(over: boolean): Promise<void> {
    // A renewal that began before the goodbye may not come after it: one connection keeps the order.
    if (this.#closed && !over) return;
    const { redis, keys, self, schema, clock } = this.#options;
    const at = Math.round(clock.now().getTime());
    const renewed = this.#options.renewing?.();
    const said = { ...self, bus: MESSAGE_VERSION, schema, accepts: [...keys.marks], at, over };
    const lease = writeLease(keys, { ...said, about: this.#about?.() });
    const writing = redis.pipeline().set(leaseKey(self.boot), lease, 'PX', LEASE_MS).zadd(NODES_KEY, at, self.boot);
    const done = await writing.exec().catch((error: Error) => [[error] as const]);
    const refused = done?.find(([error]) => error)?.[0];
    this.#isTaken = !refused;
    if (refused) throw refused;
    renewed?.();
  }

  async #look(): Promise<void> {
    try {
      const { redis, clock } = this.#options;
      const { found, ended } = await look(this.#options);
      // One that answers and takes nothing, as without a replica, on a full disk or as a replica itself, takes no other lease either.
      if (!this.#isTaken) throw new Error('Redis takes no leases');
      const leases = found.flatMap(({ lease }) => (typeof lease === 'string' ? [] : [lease]));
      const now = this.#elapsed();
      const others = this.#renewals.living(
        leases.filter(({ boot }) => boot !== this.#boot),
        clock.now().getTime(),
        now,
      );
      this.#living.sawLeases(others, now);
      this.#leases = others.filter(({ over }) => !over);
      this.#keep(this.#leases);
      // No clock says whose time is over, since they may differ; whoever comes back writes itself down again.
      if (ended.length > 0) redis.zrem(NODES_KEY, ...ended).catch(() => undefined);
    } catch (error) {
      this.#living.missedLeases();
      this.#leases = [];
      throw error;
    }
  }

  #keep(leases: readonly Lease[]): void {
    for (const lease of leases) this.#said.set(lease.boot, lease);
    for (const boot of this.#said.keys()) if (!this.#living.has(boot)) this.#said.delete(boot);
  }

  get #boot(): string {
    return this.#options.self.boot;
  }
}
