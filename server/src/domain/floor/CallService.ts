import { randomUUID } from 'node:crypto';
import { isRehearsal } from '../../protocol/briefing.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Call } from '../../protocol/floor.ts';
import { CALLS_SHOWN } from '../../protocol/limits.ts';
import type { Account } from '../../protocol/organisation.ts';
import type { BriefingActor } from '../shared/actor.ts';
import { at, demand } from '../shared/rights.ts';
import type { Act } from '../shared/rightsTable.ts';
import { sees, sightOf, viewerOf } from '../shared/whoSeesWhom.ts';
import type { Ring } from './calls.ts';
import * as calls from './calls.ts';
import type { FloorChange } from './FloorState.ts';
import type { LiveFloors } from './LiveFloors.ts';
import { seeCall } from './missedCalls.ts';
import type { Alarm, CallableUnits, ChosenUnits, FloorStore, Moment, RingableDevices } from './ports.ts';

/** The spot call. Each act resolves with the call as it stands after the commit, and may be repeated without harm. */
export class CallService {
  readonly #store: FloorStore;
  readonly #live: LiveFloors;
  readonly #devices: RingableDevices;
  readonly #units: CallableUnits;
  readonly #alarm: Alarm;
  readonly #chosen: ChosenUnits;

  constructor(parts: {
    store: FloorStore;
    live: LiveFloors;
    devices: RingableDevices;
    units: CallableUnits;
    alarm: Alarm;
    chosen: ChosenUnits;
  }) {
    this.#store = parts.store;
    this.#live = parts.live;
    this.#devices = parts.devices;
    this.#units = parts.units;
    this.#alarm = parts.alarm;
    this.#chosen = parts.chosen;
  }

  /**
   * Rings at a unit; `not-connected` at once when it has no device at any node.
   * @param seconds until the ring ends, 5 to 120
   * @param selection FG58: the one that it comes from
   * @throws DomainError `forbidden`, `outside-territory`, `not-found`, `busy`, `not-live`, `briefing-closed`,
   * `rehearsal` (of the selection), `store-unavailable` when it is not here and another node has not said whether it is there
   */
  async start(actor: BriefingActor, code: string, seconds: number, selection?: string): Promise<Call> {
    const unit = this.#unit(actor, 'call.start', code);
    if (selection) await this.#chosen.demandReached(actor.account, selection, code, actor.briefing);
    const ringable = await this.#isAnywhere(actor.briefing, code);
    return this.#ring(actor, 'call.start', {
      ...{ id: randomUUID(), unit, caller: actor.account, from: actor.seat, seconds, ringable, selection },
    });
  }

  /** SC2: others are asked only about a unit that is not here. */
  async #isAnywhere(briefing: string, code: string): Promise<boolean> {
    const devices = this.#devices;
    return devices.ringable(briefing, code) || (await devices.ringableElsewhere(briefing, code));
  }

  #unit(actor: BriefingActor, act: Act, code: string): Ring['unit'] {
    const unit = this.#units.find(code);
    if (!unit) throw refuse('not-found', `there is no unit ${code}`);
    demand(actor.account, act, at(unit.path));
    return unit;
  }

  async #ring(actor: BriefingActor, act: Act, ring: Ring): Promise<Call> {
    const record = { act, account: actor.account.id, unit: ring.unit.code, call: ring.id };
    let again: Call | undefined;
    const outcome = await this.#store.change(actor.briefing, record, (moment) => {
      again = calls.sameRing(moment, ring);
      return calls.startCall(moment, ring);
    });
    this.#live.commit(outcome);
    const call = again ?? outcome.calls.find((c) => c.id === ring.id);
    if (!call) throw new Error(`call ${ring.id} was started, but is not in the outcome`);
    if (call.state === 'ringing') this.#alarm.ringing(call);
    return call;
  }

  /**
   * SC15: says that they looked for a unit, where nobody is. @throws DomainError as `start`; `conflict`: a device is here
   * by now, so it can be called
   */
  async leave(actor: BriefingActor, code: string): Promise<Call> {
    const unit = this.#unit(actor, 'call.leave', code);
    if (await this.#isAnywhere(actor.briefing, code)) throw refuse('conflict', `${unit.name} is here by now; call it`);
    return this.#ring(actor, 'call.leave', {
      id: randomUUID(),
      unit,
      caller: actor.account,
      seconds: 1,
      ringable: false,
    });
  }

  /** Of the caller's territory, the newest first. @throws DomainError `forbidden` */
  async list(account: Account, briefing: string): Promise<Call[]> {
    demand(account, 'call.list');
    const sight = sightOf(viewerOf(account));
    const calls = await this.#store.calls(briefing);
    return calls
      .filter((call) => sees(sight, 'call', call))
      .reverse()
      .slice(0, CALLS_SHOWN);
  }

  /** SC16: of the own unit. Rehearsals are forgotten. */
  async missed(account: Account): Promise<readonly Call[]> {
    demand(account, 'call.missed', at(account.unit.path));
    return (await this.#store.missed(account.unit.code)).filter(({ briefing }) => !isRehearsal(briefing));
  }

  /** SC16: this device has shown it. Repeating is no error. @throws DomainError `not-found`, `outside-territory` */
  async see(account: Account, identity: string, id: string): Promise<void> {
    const known = await this.#store.call(id);
    if (!known) throw refuse('not-found', 'there is no such call');
    // A unit that stands elsewhere in the tree by now still has its own.
    demand(account, 'call.seen', at(this.#units.find(known.unit)?.path ?? known.path));
    const record = { act: 'call.seen', account: account.id, call: id, identity };
    const seen = (moment: Moment) => seeCall(moment, { identity, name: account.name });
    const outcome = await this.#store.change(known.briefing, record, seen, id);
    // Nobody follows the floor of a briefing that is over.
    if (this.#live.get(known.briefing)) this.#live.commit(outcome);
  }

  cancel(actor: BriefingActor, call: string): Promise<Call> {
    return this.#act(actor, 'call.cancel', call, calls.cancelCall);
  }

  /**
   * The device of the actor goes on stage.
   * @throws DomainError `conflict` when another was first, or the time is over
   */
  accept(actor: BriefingActor, call: string): Promise<Call> {
    const seat = this.#devices.seat(actor.briefing, actor.seat.identity) ?? actor.seat;
    return this.#act(actor, 'call.accept', call, (m) => calls.acceptCall(m, seat), seat.identity);
  }

  refuse(actor: BriefingActor, call: string, why: string): Promise<Call> {
    return this.#act(actor, 'call.refuse', call, (m) => calls.refuseCall(m, why), actor.seat.identity);
  }

  end(actor: BriefingActor, call: string): Promise<Call> {
    return this.#act(actor, 'call.end', call, calls.endCall);
  }

  /** SC7: wakes may come early, twice or late; only PostgreSQL's clock decides. */
  async timeOut(briefing: string, call: string): Promise<void> {
    this.#live.commit(
      await this.#store.change(briefing, { act: 'call.time-out', account: null, call }, calls.timeOutCall, call),
    );
  }

  async #act(
    actor: BriefingActor,
    act: Act,
    id: string,
    decide: (moment: Moment) => readonly FloorChange[],
    identity?: string,
  ): Promise<Call> {
    let before: Call | undefined;
    const record = { act, account: actor.account.id, call: id, identity };
    const outcome = await this.#store.change(
      actor.briefing,
      record,
      (moment) => {
        before = calls.requireCall(moment);
        demand(actor.account, act, calls.targetOf(before, actor));
        return decide(moment);
      },
      id,
    );
    this.#live.commit(outcome);
    const call = outcome.calls.find((c) => c.id === id) ?? before;
    if (!call) throw new Error(`call ${id} was decided on without being there`);
    return call;
  }
}
