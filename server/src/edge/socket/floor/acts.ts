import type { CallService } from '../../../domain/floor/CallService.ts';
import type { FloorService } from '../../../domain/floor/FloorService.ts';
import type { LiveFloors } from '../../../domain/floor/LiveFloors.ts';
import type { StageService } from '../../../domain/floor/StageService.ts';
import type { Briefing } from '../../../protocol/briefing.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { floorActSchemas as acts } from '../../../protocol/floor.ts';
import type { Account } from '../../../protocol/organisation.ts';
import type { ActHandlers } from '../channel/types.ts';
import type { NamesAbove } from './cutFloor.ts';
import { cutFor } from './cutFor.ts';

export interface FloorActParts {
  readonly floor: FloorService;
  readonly calls: CallService;
  readonly stages: StageService;
  readonly live: LiveFloors;
  readonly namesAbove: NamesAbove;
  /** @throws DomainError `not-found`, `outside-territory` */
  readonly readBriefing: (account: Account, id: string) => Promise<Briefing>;
}

/** One line for each act: what the wire calls it, and who does it. */
export function floorActs({
  floor,
  calls,
  stages,
  live,
  readBriefing,
  namesAbove,
}: FloorActParts): ActHandlers<keyof typeof acts> {
  const done = async (act: Promise<void>) => {
    await act;
    return {};
  };
  return {
    'stage.goLive': (actor) => done(floor.goLive(actor)),
    'stage.leave': (actor) => done(floor.leaveStage(actor)),
    'equipment.tell': (actor, equipment) => done(floor.tellEquipment(actor, equipment)),
    'hand.raise': (actor) => done(floor.raiseHand(actor)),
    'hand.lower': (actor, { identity }) => done(floor.lowerHand(actor, identity)),
    'call.start': (actor, { unit, seconds, selection }) => calls.start(actor, unit, seconds, selection),
    'call.leave': (actor, { unit }) => calls.leave(actor, unit),
    'call.cancel': (actor, { call }) => calls.cancel(actor, call),
    'call.accept': (actor, { call }) => calls.accept(actor, call),
    'call.refuse': (actor, { call, why }) => calls.refuse(actor, call, why),
    'call.end': (actor, { call }) => calls.end(actor, call),
    'green.admit': (actor, { identity }) => done(floor.admit(actor, identity)),
    'green.checked': (actor, { identity, checked }) => done(floor.setChecked(actor, identity, checked)),
    'stage.promote': (actor, { identity }) => done(floor.promote(actor, identity)),
    'stage.take': (actor) => done(floor.takePlace(actor)),
    'stage.decline': (actor) => done(floor.decline(actor)),
    'stage.demote': (actor, { identity, to }) => done(floor.demote(actor, identity, to)),
    'seat.mute': (actor, { identity, muted }) => done(floor.mute(actor, identity, muted)),
    'stage.muteAll': (actor) => done(floor.muteAll(actor)),
    'seat.timer': (actor, { identity, minutes }) => done(floor.giveTime(actor, identity, minutes)),
    'seat.unmute': (actor) => done(floor.unmuteSelf(actor)),
    'seat.remove': (actor, { identity, why }) => done(floor.remove(actor, identity, why ?? null)),
    'stage.open': (actor, { unit }) => done(stages.open(actor, unit)),
    'stage.close': (actor, { unit }) => done(stages.close(actor, unit)),
    'stage.breakOut': (actor, { unit }) => stages.breakOut(actor, unit),
    'stage.gather': (actor, { unit, eyes }) => done(stages.gather(actor, unit, eyes)),
    'stage.back': (actor, { unit, seconds }) => done(stages.back(actor, unit, seconds)),
    'stage.stay': (actor, { unit }) => done(stages.stay(actor, unit)),
    'stage.visit': (actor, { unit }) => done(stages.visit(actor, unit)),
    'stage.enter': (actor, { unit }) => done(stages.enter(actor, unit)),
    sync: async (actor) => {
      const briefing = await readBriefing(actor.account, actor.briefing);
      const state = live.get(actor.briefing);
      if (!state) throw refuse('not-live', 'the briefing is not open');
      return { briefing, floor: cutFor(live, state, actor.seat, namesAbove) };
    },
  };
}
