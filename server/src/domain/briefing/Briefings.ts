import { EventEmitter } from 'node:events';
import { GroupCommit } from '../../lib/GroupCommit.ts';
import type {
  Briefing,
  BriefingFit,
  ChangeBriefing,
  CheckedScope,
  CreateBriefing,
  JoinAnswer,
  Producers,
} from '../../protocol/briefing.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Account, UnitPath } from '../../protocol/organisation.ts';
import { demandFit, type Overload, reasonThatHolds } from '../nodes/capacity/briefingFit.ts';
import type { JoinTurns } from '../nodes/JoinTurns.ts';
import type { Lists } from '../organisation/Lists.ts';
import type { AccountStore } from '../organisation/ports.ts';
import type { Caller } from '../organisation/Sessions.ts';
import type { Units } from '../organisation/Units.ts';
import type { Actor } from '../shared/actor.ts';
import { demand, demandProducer, may } from '../shared/rights.ts';
import type { Act } from '../shared/rightsTable.ts';
import { liesIn, outermost } from '../shared/territory.ts';
import { isOfficial, isScreen } from '../shared/whoSeesWhom.ts';
import { identityOf } from './identity.ts';
import { isBriefingRunning, transition } from './lifecycle.ts';
import { demandCancellable, type PlannedScope, planChange } from './planChange.ts';
import type { BriefingAct, BriefingStage, BriefingStore, JoinTokens, RemovedDevices } from './ports.ts';
import { readScope, scopeAnswer } from './readScope.ts';

/** Who asks for a place; `not`: addresses where they reached nobody. */
export interface PlacedDevice {
  readonly room: string;
  readonly identity: string;
  readonly account: Pick<Account, 'id' | 'role'>;
  readonly not: readonly string[];
}

export interface BriefingsOptions {
  readonly store: BriefingStore;
  readonly units: Units;
  readonly lists: Lists;
  readonly accounts: Pick<AccountStore, 'find'>;
  readonly stage: BriefingStage;
  /** AT15: finds what PostgreSQL's clock was set to, before a state begins by it. */
  readonly clock: { look(): Promise<void> };
  readonly tokens: JoinTokens;
  readonly removed: RemovedDevices;
  /**
   * `ws(s)://…` of the node that carries a device's media. @throws DomainError `draining` or `node-full`, with a time to
   * ask again
   */
  readonly placeOf: (device: PlacedDevice) => string;
  /** PL29: how so many devices fit the nodes that are registered now. */
  readonly fitOf: (devices: number) => BriefingFit;
  /** PL16 */
  readonly turns: Pick<JoinTurns, 'enter'>;
  /**
   * Told when the room could not follow an act that is on record already; whoever keeps floor and hall together repeats
   * it.
   */
  readonly failed: (error: unknown, briefing: Briefing) => void;
  /** What every device is told of media beside its token. */
  readonly media: Pick<JoinAnswer, 'iceServers' | 'camera' | 'screen'>;
}

interface BriefingEvents {
  /** After the commit of each official act of this node, and after the room followed. */
  changed: [Briefing];
}

/** Pages ask for few; older ones are found in reports. */
const LISTED = 100;

/** Schedules, opens, takes live and closes briefings, and lets devices in. */
export class Briefings extends EventEmitter<BriefingEvents> {
  readonly #o: BriefingsOptions;
  /** Thousands who come back at the same moment ask for the same briefing; each gets it as it was after they asked. */
  readonly #lookups = new GroupCommit<string, Briefing | undefined>(async (id, asks) => {
    const ok = await this.#o.store.find(id);
    return asks.map(() => ({ ok }));
  });

  constructor(options: BriefingsOptions) {
    super();
    this.#o = options;
  }

  /** Rooms of running briefings are made again after a restart. @returns how many */
  async reopen(): Promise<number> {
    const running = await this.#o.store.running();
    for (const briefing of running) await this.#o.stage.open(briefing);
    return running.length;
  }

  /** What the actor may see, newest first. */
  async list(actor: Actor): Promise<Briefing[]> {
    const newest = await this.#o.store.newest(LISTED * 5);
    return newest.filter((b) => may(actor, 'briefing.read', { paths: b.scope }) === 'allowed').slice(0, LISTED);
  }

  /** @throws DomainError `not-found`, `forbidden` */
  async read(actor: Actor, id: string): Promise<Briefing> {
    return this.#find(actor, id, 'briefing.read');
  }

  /** @throws DomainError `not-found`, `bad-request`, `forbidden`, `outside-territory`, `does-not-fit` */
  async create(actor: Actor, wanted: CreateBriefing): Promise<Briefing> {
    const stage = this.#o.units.get(wanted.stage).path;
    const place = await this.#placeOf(stage, wanted.scope);
    demand(actor, 'briefing.create', { paths: [stage, ...place.scope] });
    const { title, scheduledAt, agenda = [], producers = [], language = 'vi', rehearsal = false } = wanted;
    await this.#checkProducers(producers, place.scope);
    const plan = { title, scheduledAt, stage, ...place, agenda, producers, language };
    const overload = this.#demandFit(place.expected, wanted.capacityReason);
    const briefing = await this.#o.store.create({ ...plan, rehearsal, overload, createdBy: actor.id });
    this.emit('changed', briefing);
    return briefing;
  }

  /** BR10: what a file names. @throws DomainError `forbidden` */
  checkScope(actor: Actor, cells: readonly string[]): CheckedScope {
    demand(actor, 'briefing.create');
    const { index } = this.#o.units;
    return scopeAnswer(
      index,
      readScope(index, cells, (path) => may(actor, 'briefing.create', { paths: [path] }) === 'allowed'),
    );
  }

  /** PL29: of what is about to be scheduled. @throws DomainError `not-found`, `bad-request`, `forbidden`, `outside-territory` */
  async fitScope(actor: Actor, wanted: CreateBriefing['scope']): Promise<BriefingFit> {
    demand(actor, 'briefing.create');
    const scope = outermost(await this.#pathsOf(wanted));
    demand(actor, 'briefing.create', { paths: scope });
    return this.#o.fitOf(this.#o.units.index.countBase(scope));
  }

  /** PL29: of one whose doors are about to open. @throws DomainError `not-found`, `forbidden`, `outside-territory` */
  async fit(actor: Actor, id: string): Promise<BriefingFit> {
    const { stage, scope } = await this.#find(actor, id, 'briefing.open');
    demand(actor, 'briefing.open', { paths: [stage, ...scope] });
    const fit = this.#o.fitOf(this.#o.units.index.countBase(scope));
    const reason = await this.#reasonFor(fit, id);
    return reason === undefined ? fit : { ...fit, reason };
  }

  /** BR8: whom the plan names. @throws DomainError `not-found`, `forbidden`, `outside-territory` */
  async producers(actor: Actor, id: string): Promise<Producers> {
    const { stage, scope, producers } = await this.#find(actor, id, 'briefing.change');
    demand(actor, 'briefing.change', { paths: [stage, ...scope] });
    const found = await Promise.all(producers.map((producer) => this.#o.accounts.find(producer)));
    return found.flatMap((account) => {
      if (!account) return [];
      const { id, name, unit } = account;
      return { id, name, unit, unitName: this.#o.units.index.find(unit)?.name ?? unit };
    });
  }

  /**
   * BR7: what is planned becomes another, and every door says why.
   * @throws DomainError `not-found`, `bad-request`, `forbidden`, `outside-territory`, `conflict`, `briefing-closed`,
   * `does-not-fit`
   */
  async change(actor: Actor, id: string, wanted: ChangeBriefing): Promise<Briefing> {
    const now = await this.#find(actor, id, 'briefing.change');
    demand(actor, 'briefing.change', { paths: [now.stage, ...now.scope] });
    const place = wanted.scope && (await this.#placeOf(now.stage, wanted.scope));
    demand(actor, 'briefing.change', { paths: place?.scope ?? now.scope });
    const decided = planChange(now, wanted, place);
    if (decided === 'same') return now;
    await this.#checkProducers(decided.plan.producers ?? [], decided.plan.scope);
    // PL30: what stays was answered for when it was planned.
    const isWider = decided.plan.expected > now.expected;
    const overload = isWider ? this.#demandFit(decided.plan.expected, wanted.capacityReason) : undefined;
    return this.#told(await this.#o.store.change({ id, epoch: wanted.epoch, account: actor.id, ...decided, overload }));
  }

  /**
   * BR9: it will not be held, for a reason that every door says.
   * @throws DomainError `not-found`, `forbidden`, `outside-territory`, `conflict`, `briefing-closed`
   */
  async cancel(actor: Actor, id: string, { epoch, reason }: { epoch: number; reason: string }): Promise<Briefing> {
    const now = await this.#find(actor, id, 'briefing.cancel');
    demand(actor, 'briefing.cancel', { paths: [now.stage, ...now.scope] });
    demandCancellable(now, epoch);
    await this.#o.clock.look();
    const briefing = await this.#o.store.cancel({ id, epoch, account: actor.id, reason });
    if (!briefing) throw refuse('conflict', 'somebody else was quicker');
    await this.#follow(briefing);
    return briefing;
  }

  /**
   * One official act. Repeating it is harmless; with `epoch` it is refused when somebody acted since the caller looked.
   * @throws DomainError `not-found`, `forbidden`, `outside-territory`, `conflict`, `briefing-closed`,
   * `does-not-fit`, `store-unavailable`
   */
  async act(
    actor: Actor,
    id: string,
    act: BriefingAct,
    {
      epoch,
      capacityReason,
    }: { readonly epoch?: number | undefined; readonly capacityReason?: string | undefined } = {},
  ): Promise<Briefing> {
    const now = await this.#find(actor, id, `briefing.${act}`);
    demand(actor, `briefing.${act}`, { paths: [now.stage, ...now.scope] });
    if (epoch !== undefined && epoch !== now.epoch) throw refuse('conflict', 'the briefing changed in the meantime');
    const step = transition(now.state, act);
    if (step === 'refused') throw this.#cannot(now, act);
    if (step === 'repeat') return now;
    const expected =
      now.state === 'scheduled' && act !== 'close' ? this.#o.units.index.baseUnits(now.scope) : undefined;
    const overload = expected && (await this.#demandFitToOpen(id, expected.length, capacityReason));
    await this.#o.clock.look();
    const briefing = await this.#o.store.advance({
      id,
      epoch: now.epoch,
      act,
      account: actor.id,
      ...(expected && { expected, overload }),
    });
    if (!briefing) throw refuse('conflict', 'somebody else was quicker');
    await this.#follow(briefing);
    return briefing;
  }

  /** What is committed is answered as done, also when the room is late. */
  async #follow(briefing: Briefing): Promise<void> {
    try {
      if (briefing.state === 'closed') await this.#o.stage.close(briefing);
      else await this.#o.stage.open(briefing);
    } catch (error) {
      this.#o.failed(error, briefing);
    }
    this.emit('changed', briefing);
  }

  /** The principal's own way to `live`; nothing when it is live already. */
  async goLive(actor: Actor, id: string): Promise<void> {
    await this.act(actor, id, 'live');
  }

  /**
   * Lets one device in as a listener.
   * @throws DomainError `not-found`, `outside-territory`, `not-live` (doors still shut), `briefing-closed`, `forbidden`
   * (put out), `node-full` (not yet, or nowhere), `draining`
   */
  async join(
    caller: Caller,
    id: string,
    { not = [], kept }: { readonly not?: readonly string[] | undefined; readonly kept?: string | undefined } = {},
  ): Promise<JoinAnswer> {
    const briefing = await this.admit(caller, id);
    const identity = identityOf(caller);
    const { account } = caller;
    const atOnce = isOfficial(account.role) || isScreen(account.role);
    const place = await this.#o.turns.enter({
      ...{ briefing, identity, account: account.id, unit: account.unit, atOnce, kept },
    });
    const url = this.#o.placeOf({ room: briefing.id, identity, account, not });
    const token = await this.#o.tokens.issue(briefing.id, caller);
    return { url, token, ...this.#o.media, identity, briefing, place };
  }

  /** The checks of `join`, also for the order channel at each connection. */
  async admit(caller: Caller, id: string): Promise<Briefing> {
    const briefing = await this.#find(caller.account, id, 'briefing.join');
    demand(caller.account, 'briefing.join', { paths: briefing.scope });
    if (briefing.state === 'closed') throw refuse('briefing-closed', 'this briefing is over');
    if (!isBriefingRunning(briefing)) throw refuse('not-live', 'the doors are not open yet');
    if (await this.#o.removed.has(id, identityOf(caller)))
      throw refuse('forbidden', 'a moderator removed this device from the briefing');
    return briefing;
  }

  /**
   * CH15: one that the actor has no seat in is not there for them; what their role may not do to any is said first.
   * @throws DomainError `not-found`, `forbidden`
   */
  async #find(actor: Actor, id: string, act: Act): Promise<Briefing> {
    demand(actor, act);
    const briefing = await this.#lookups.add(id, id);
    if (!briefing || may(actor, 'briefing.read', { paths: briefing.scope }) !== 'allowed')
      throw refuse('not-found', 'there is no such briefing');
    return briefing;
  }

  /** PL30 @throws DomainError `does-not-fit` */
  #demandFit(devices: number, reason: string | undefined): Overload | undefined {
    return demandFit(this.#o.fitOf(devices), reason);
  }

  /** PL30 @throws DomainError `does-not-fit` */
  async #demandFitToOpen(id: string, devices: number, reason: string | undefined): Promise<Overload | undefined> {
    const fit = this.#o.fitOf(devices);
    return demandFit(fit, reason ?? (await this.#reasonFor(fit, id)));
  }

  /** The reason on record that covers what does not fit now [PL30]. */
  async #reasonFor(fit: BriefingFit, id: string): Promise<string | undefined> {
    return fit.verdict === 'does-not-fit' ? reasonThatHolds(fit, await this.#o.store.overload(id)) : undefined;
  }

  #told(briefing: Briefing | undefined): Briefing {
    if (!briefing) throw refuse('conflict', 'somebody else was quicker');
    this.emit('changed', briefing);
    return briefing;
  }

  /** BF2 */
  async #placeOf(stage: UnitPath, wanted: CreateBriefing['scope']): Promise<PlannedScope> {
    const scope = outermost(await this.#pathsOf(wanted));
    if (scope.length === 0) throw refuse('bad-request', 'the list has no unit that exists today');
    const audience = new Set([stage]);
    const astray = scope.find((path) => !liesIn(path, audience));
    if (astray) throw refuse('bad-request', `${astray} does not see the stage of ${stage}`);
    return { scope, expected: this.#o.units.index.countBase(scope) };
  }

  /** BR8 @throws DomainError `bad-request` */
  async #checkProducers(producers: readonly string[], scope: readonly UnitPath[]): Promise<void> {
    for (const id of new Set(producers)) {
      const account = await this.#o.accounts.find(id);
      const path = account && this.#o.units.index.find(account.unit)?.path;
      demandProducer(account && path !== undefined ? { ...account, unit: { path } } : undefined, scope);
    }
  }

  async #pathsOf(scope: CreateBriefing['scope']): Promise<UnitPath[]> {
    return Array.isArray(scope) ? scope.map((code) => this.#o.units.get(code).path) : this.#o.lists.pathsOf(scope.list);
  }

  #cannot(briefing: Briefing, act: BriefingAct): Error {
    if (briefing.state === 'closed') return refuse('briefing-closed', 'this briefing is over');
    return refuse(
      'conflict',
      `a briefing that is ${briefing.state} cannot be ${act === 'open' ? 'opened' : act} again`,
    );
  }
}
