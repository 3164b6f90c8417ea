import { EventEmitter } from 'node:events';
import type { Logger } from '../../observability/logger.ts';
import type { Sender } from '../bus/envelope.ts';
import { type NodeTopic, nodeTopic } from '../bus/nodeTopic.ts';
import { carrierTopic } from '../topics/carrier.ts';
import { claimed, released, type Watched } from './decide.ts';
import type { Appointment, CarrierMoment, CarrierStore, Tenure, Watchable } from './ports.ts';
import { Watch } from './Watch.ts';

export const CARRIERS_EVERY_MS = 1_000;

/** The node that carries a briefing. */
export interface Carrier extends Sender {
  readonly epoch: number;
  /** Who would take over. */
  readonly standby: Sender | null;
}

export interface CarriersOptions {
  readonly store: CarrierStore;
  readonly self: Sender;
  /** Whether the doors of a briefing are open, as far as this node knows. */
  readonly isRunning: (briefing: string) => boolean;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
}

/**
 * Which node carries a briefing (CL30 to CL32, CL34). PostgreSQL decides: what this node believes is what it has read there, or
 * what another tells of what it has read. Whoever has claimed a briefing carries it or stands by, or follows those who do.
 */
export class Carriers extends EventEmitter<{
  /** This node carries it from now on. */
  carries: [briefing: string, Carrier];
  /** This node would take over from now on. */
  standby: [briefing: string, Carrier];
  /** This node does not carry it any more; under that epoch nobody does. */
  lost: [briefing: string, epoch: number];
  /** Anybody does, or nobody any more. */
  changed: [briefing: string, Carrier | undefined];
}> {
  readonly #options: CarriersOptions;
  readonly #known = new Map<string, Tenure>();
  /** Of this node, whoever carries them. */
  readonly #claims = new Set<string>();
  readonly #watch = new Watch();
  #publish: (tenure: Tenure) => void = () => undefined;

  constructor(options: CarriersOptions) {
    super();
    this.#options = options;
  }

  get nodeTopic(): NodeTopic {
    return nodeTopic(carrierTopic, {
      tell: (publish) => {
        this.#publish = publish;
      },
      hear: (tenure) => this.#apply(tenure),
    });
  }

  /** As this node knows it. */
  of(briefing: string): Carrier | undefined {
    return carrierOf(this.#known.get(briefing));
  }

  carriesItself(briefing: string): boolean {
    return this.of(briefing)?.boot === this.#options.self.boot;
  }

  hasClaimed(briefing: string): boolean {
    return this.#claims.has(briefing);
  }

  /**
   * CL31: this node has something for everybody in it: it carries the briefing if nobody does, and stands by if nobody
   * does that. It stays claimed until it is released or closed. @throws DomainError `store-unavailable`; it is tried
   * again with the next beat
   */
  async claim(briefing: string): Promise<Carrier | undefined> {
    if (!this.#options.isRunning(briefing)) return undefined;
    this.#claims.add(briefing);
    await this.#change(briefing, (moment) => claimed(moment, this.#options.self));
    return this.of(briefing);
  }

  /** CL34: this node has nothing for it any more. */
  async release(briefing: string): Promise<void> {
    this.#claims.delete(briefing);
    if (this.#isMine(briefing)) await this.#change(briefing, (moment) => released(moment, this.#options.self));
  }

  /** CL34: this node ends: it claims nothing any more. */
  async releaseAll(): Promise<void> {
    this.#claims.clear();
    await Promise.allSettled([...this.#known.keys()].map((briefing) => this.release(briefing)));
  }

  /** Its doors are closed. */
  end(briefing: string): void {
    this.#claims.delete(briefing);
    const before = this.#known.get(briefing);
    if (before) this.#tell(before, undefined);
    this.#known.delete(briefing);
    for (const what of watched(briefing)) this.#watch.forget(what);
  }

  /**
   * Once a second: reads who carries what, and takes what this node has claimed and nobody has any
   * more. @throws DomainError `store-unavailable`: all stays as it is
   */
  async sweep(): Promise<void> {
    const tenures = await this.#options.store.running();
    for (const tenure of tenures) {
      this.#saw(tenure);
      this.#apply(tenure);
    }
    for (const briefing of this.#claims) {
      const tenure = tenures.find((one) => one.briefing === briefing);
      if (claimed(this.#watched({ running: true, tenure }), this.#options.self)) await this.claim(briefing);
    }
  }

  async #change(briefing: string, decide: (moment: Watched) => Appointment | null): Promise<void> {
    const tenure = await this.#options.store.change(briefing, (moment) => decide(this.#watched(moment)));
    if (!tenure) return;
    const known = this.#known.get(briefing)?.seq ?? 0;
    this.#apply(tenure);
    if (tenure.seq > known) this.#publish(tellable(tenure));
  }

  #isMine(briefing: string): boolean {
    const { carrier, standby } = this.#known.get(briefing) ?? {};
    return [carrier, standby].some((node) => node?.boot === this.#options.self.boot);
  }

  #saw({ briefing, carrierBeat, standbyBeat }: Watchable): void {
    const [carrier, standby] = watched(briefing);
    this.#watch.saw(carrier, carrierBeat);
    this.#watch.saw(standby, standbyBeat);
  }

  #watched({ running, tenure }: CarrierMoment): Watched {
    if (!tenure) return { running, tenure, silentMs: 0, standbySilentMs: 0 };
    const [carrier, standby] = watched(tenure.briefing);
    const silentMs = this.#watch.silentMs(carrier, tenure.carrierBeat);
    return { running, tenure, silentMs, standbySilentMs: this.#watch.silentMs(standby, tenure.standbyBeat) };
  }

  /** Takes over what is newer, wherever it comes from. */
  #apply(tenure: Tenure): void {
    const { briefing, seq } = tenure;
    const before = this.#known.get(briefing);
    if ((before && seq <= before.seq) || !this.#options.isRunning(briefing)) return;
    this.#known.set(briefing, tellable(tenure));
    this.#tell(before, tenure);
  }

  #tell(before: Tenure | undefined, after: Tenure | undefined): void {
    const { self, logger } = this.#options;
    const briefing = (after ?? before)?.briefing;
    if (briefing === undefined) return;
    const [old, now] = [carrierOf(before), carrierOf(after)];
    const [had, has] = [old?.boot === self.boot, now?.boot === self.boot];
    const isNew = old?.epoch !== now?.epoch;
    if (old && had && (!has || isNew)) {
      logger.info({ briefing, epoch: old.epoch, node: now?.node }, 'this node does not carry the briefing any more');
      this.emit('lost', briefing, old.epoch);
    }
    if (now && has && (!had || isNew)) {
      logger.info({ briefing, epoch: now.epoch }, 'this node carries the briefing');
      this.emit('carries', briefing, now);
    }
    if (now?.standby?.boot === self.boot && old?.standby?.boot !== self.boot) this.emit('standby', briefing, now);
    this.emit('changed', briefing, now);
  }
}

const watched = (briefing: string) => [`${briefing} carrier`, `${briefing} standby`] as const;

function carrierOf(tenure: Tenure | undefined): Carrier | undefined {
  if (!tenure?.carrier) return undefined;
  const { carrier, epoch, standby } = tenure;
  return { ...carrier, epoch, standby };
}

const tellable = ({ briefing, seq, epoch, carrier, standby }: Tenure): Tenure => ({
  ...{ briefing, seq, epoch, carrier, standby },
});
