import type { Equipment } from '../../protocol/equipment.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Seat } from '../../protocol/floor.ts';
import type { BriefingActor } from '../shared/actor.ts';
import { at, demand, demandTiming, type Target } from '../shared/rights.ts';
import type { Act } from '../shared/rightsTable.ts';
import { shownTo } from '../shared/stages.ts';
import { targetOf } from './calls.ts';
import { type FloorChange, seatOnFloor, speakerOf } from './FloorState.ts';
import type { LiveFloors } from './LiveFloors.ts';
import type { BriefingStarter, FloorStore, Moment, PresentDevices } from './ports.ts';
import { giveTime } from './speechTimer.ts';
import * as stage from './stageActs.ts';

/** The acts on hands, green room and stage. Each resolves after the commit, and may be repeated without harm. */
export class FloorService {
  readonly #store: FloorStore;
  readonly #live: LiveFloors;
  readonly #devices: PresentDevices;
  readonly #briefings: BriefingStarter;

  constructor(parts: { store: FloorStore; live: LiveFloors; devices: PresentDevices; briefings: BriefingStarter }) {
    this.#store = parts.store;
    this.#live = parts.live;
    this.#devices = parts.devices;
    this.#briefings = parts.briefings;
  }

  /** FL12. @throws DomainError `forbidden`, `outside-territory`, `briefing-closed` */
  async goLive(actor: BriefingActor): Promise<void> {
    const check = (m: Moment) => demand(actor.account, 'stage.goLive', at(m.briefing.stage));
    const { briefing } = actor;
    // Rights first, so that nobody makes a briefing live whose stage is not theirs.
    await this.#change(actor, 'stage.goLive', actor.seat.identity, (m) => {
      check(m);
      stage.refuseRemoved(m, actor.seat.identity);
      return [];
    });
    await this.#briefings.goLive(actor.account, briefing);
    await this.#change(actor, 'stage.goLive', actor.seat.identity, (m) => {
      check(m);
      return stage.promote(m, this.#seatNow(actor));
    });
  }

  async leaveStage(actor: BriefingActor): Promise<void> {
    demand(actor.account, 'stage.leave', own(actor));
    const { identity } = actor.seat;
    await this.#change(actor, 'stage.leave', identity, (m) => stage.demote(m, identity, 'audience'));
  }

  async raiseHand(actor: BriefingActor): Promise<void> {
    demand(actor.account, 'hand.raise', own(actor));
    this.#demandPlace(actor);
    await this.#change(actor, 'hand.raise', actor.seat.identity, (m) => stage.raiseHand(m, this.#seatNow(actor)));
  }

  /** PR9, FL18: presence knows at once; the floor only when the device stands on it. */
  async tellEquipment(actor: BriefingActor, equipment: Equipment): Promise<void> {
    demand(actor.account, 'equipment.tell', own(actor));
    this.#devices.equip(actor.briefing, actor.seat.identity, equipment);
    await this.followEquipment(actor.briefing, { ...actor.seat, equipment });
  }

  /** FL18: also when the device connects anew with other equipment. No store is asked while it is not on the floor. */
  async followEquipment(briefing: string, { identity, account, equipment }: Seat): Promise<void> {
    const floor = this.#live.get(briefing);
    const known = floor && seatOnFloor(floor, identity);
    if (!equipment || !known || stage.isSameEquipment(known.equipment, equipment)) return;
    const record = { act: 'equipment.tell', account, identity };
    this.#live.commit(await this.#store.change(briefing, record, (m) => stage.equip(m, identity, equipment)));
  }

  /** Their own, or that of another device of the territory. */
  async lowerHand(actor: BriefingActor, identity: string = actor.seat.identity): Promise<void> {
    if (identity === actor.seat.identity) {
      await this.#change(actor, 'hand.lower', identity, (m) => stage.lowerHand(m, identity));
    } else {
      await this.#on(actor, 'hand.lower', identity, (m) => stage.lowerHand(m, identity));
    }
  }

  async admit(actor: BriefingActor, identity: string): Promise<void> {
    await this.#on(actor, 'green.admit', identity, (m, seat) => {
      this.#demandReachable(m, identity);
      return stage.admit(m, seat, stage.stageFor(m, actor.seat, seat.path));
    });
  }

  async setChecked(actor: BriefingActor, identity: string, checked: boolean): Promise<void> {
    await this.#on(actor, 'green.checked', identity, (m) => stage.setChecked(m, identity, checked));
  }

  /** FL8: whoever brings themselves on stage has said so. */
  async promote(actor: BriefingActor, identity: string): Promise<void> {
    const isOwn = identity === actor.seat.identity;
    await this.#on(actor, 'stage.promote', identity, (m, seat) => {
      const to = stage.stageFor(m, actor.seat, seat.path);
      if (isOwn) return stage.promote(m, seat, to);
      this.#demandReachable(m, identity);
      return stage.invite(m, seat, actor.account.name, to);
    });
  }

  /** FL21. @throws DomainError `conflict` */
  async takePlace(actor: BriefingActor): Promise<void> {
    demand(actor.account, 'stage.take', own(actor));
    await this.#change(actor, 'stage.take', actor.seat.identity, (m) => stage.takePlace(m, this.#seatNow(actor)));
  }

  async decline(actor: BriefingActor): Promise<void> {
    demand(actor.account, 'stage.decline', own(actor));
    const { identity } = actor.seat;
    await this.#change(actor, 'stage.decline', identity, (m) => stage.decline(m, identity));
  }

  async demote(actor: BriefingActor, identity: string, to: 'green' | 'audience'): Promise<void> {
    await this.#on(actor, 'stage.demote', identity, (m) => stage.demote(m, identity, to));
  }

  async mute(actor: BriefingActor, identity: string, muted: boolean): Promise<void> {
    await this.#on(actor, 'seat.mute', identity, (m) => stage.mute(m, identity, muted));
  }

  /** FL36: on the stage that the official is shown. @throws DomainError `forbidden`, `outside-territory` */
  async muteAll(actor: BriefingActor): Promise<void> {
    await this.#change(actor, 'stage.muteAll', actor.seat.identity, (m) => {
      const shown = stage.stageShownTo(m, actor.seat);
      demand(actor.account, 'stage.muteAll', at(shown ?? m.briefing.stage));
      return stage.muteAll(m, { identity: actor.seat.identity, role: actor.account.role }, shown);
    });
  }

  /** FL36. @throws DomainError `conflict` */
  async unmuteSelf(actor: BriefingActor): Promise<void> {
    demand(actor.account, 'seat.unmute', own(actor));
    const { identity } = actor.seat;
    await this.#change(actor, 'seat.unmute', identity, (m) => stage.unmuteSelf(m, identity));
  }

  /**
   * FL38: on the stage that the official is shown. @param minutes null: no time any more
   * @throws DomainError `forbidden`, `outside-territory`, `not-connected`
   */
  async giveTime(actor: BriefingActor, identity: string, minutes: number | null): Promise<void> {
    await this.#change(actor, 'seat.timer', identity, (m) => {
      const shown = stage.stageShownTo(m, actor.seat);
      demandTiming(actor.account, m.briefing, shown);
      return giveTime(
        m,
        { identity: actor.seat.identity, role: actor.account.role },
        { identity, minutes, stage: shown },
      );
    });
  }

  async remove(actor: BriefingActor, identity: string, why: string | null): Promise<void> {
    await this.#on(actor, 'seat.remove', identity, (m) => stage.remove(m, identity, why));
  }

  /** FL4: where thousands ask at once, those whom the queue has no place for keep nobody else from the floor's lock. */
  #demandPlace({ briefing, seat: { identity, path } }: BriefingActor): void {
    const floor = this.#live.get(briefing);
    if (!floor || seatOnFloor(floor, identity)) return;
    const map = this.#live.stages(floor);
    const shown = shownTo(map, identity, path);
    stage.demandPlaceInQueue(floor, identity, shown === map.root ? undefined : shown);
  }

  /** With what the device has told since it connected. */
  #seatNow({ briefing, seat }: BriefingActor): Seat {
    return this.#devices.seat(briefing, seat.identity) ?? seat;
  }

  /** An act on another's device: rights are decided by where that device belongs, under the floor's lock. */
  async #on(
    actor: BriefingActor,
    act: Act,
    identity: string,
    decide: (moment: Moment, seat: Seat) => readonly FloorChange[],
  ): Promise<void> {
    const present = await this.#find(actor, act, identity);
    await this.#change(actor, act, identity, (moment) => {
      const seat = seatOnFloor(moment.floor, identity) ?? present;
      // Their role was decided all the same: nobody learns by the answer who is there.
      if (!seat) throw refuse('not-connected', 'this device is not in the briefing');
      demand(actor.account, act, { ...at(seat.path), account: seat.account, role: seat.role });
      this.#demandCall(actor, act, moment, identity);
      return decide(moment, seat);
    });
  }

  /** FL59: of a raised hand; a device that is away for less than four seconds reads the invitation when it is back. */
  #demandReachable({ floor }: Moment, identity: string): void {
    const isUp = floor.hands.some(({ seat }) => seat.identity === identity);
    if (isUp && this.#live.handsAway.of(floor.briefing).has(identity))
      throw refuse('hand-away', 'the device of this hand is not connected; it keeps its place in the queue');
  }

  /** SC17: taking a called device off stage ends the call. */
  #demandCall(actor: BriefingActor, act: Act, moment: Moment, identity: string): void {
    if ((act !== 'stage.demote' && act !== 'seat.remove') || identity === actor.seat.identity) return;
    const speaker = speakerOf(moment.floor, identity);
    const call = speaker && stage.callOf(moment, speaker);
    if (call) demand(actor.account, 'call.end', targetOf(call, actor));
  }

  /** FL6: others are asked only about a device of which nobody has told, and only for somebody who might act on it. */
  async #find(actor: BriefingActor, act: Act, identity: string): Promise<Seat | undefined> {
    const { briefing } = actor;
    const floor = this.#live.get(briefing);
    const known = (floor && seatOnFloor(floor, identity)) ?? this.#devices.seat(briefing, identity);
    if (known) return known;
    demand(actor.account, act);
    return this.#devices.seatElsewhere(briefing, identity);
  }

  async #change(
    actor: BriefingActor,
    act: Act,
    identity: string,
    decide: (moment: Moment) => readonly FloorChange[],
  ): Promise<void> {
    const record = { act, account: actor.account.id, identity };
    this.#live.commit(await this.#store.change(actor.briefing, record, decide));
  }
}

const own = (actor: BriefingActor): Target => ({ ...at(actor.seat.path), account: actor.account.id });
