import type { CallService } from '../../domain/floor/CallService.ts';
import type { Actor, FloorService } from '../../domain/floor/FloorService.ts';
import type { LiveFloors } from '../../domain/floor/LiveFloors.ts';
import type { Presence } from '../../domain/presence/Presence.ts';
import type { Briefing } from '../../protocol/briefing.ts';
import type { ActAnswer, ActName, ActParsed } from '../../protocol/channel.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Account } from '../../protocol/organisation.ts';
import { cutFor } from './cutFloor.ts';

export interface ActParts {
  readonly floor: FloorService;
  readonly calls: CallService;
  readonly live: LiveFloors;
  readonly presence: Presence;
  /** @throws DomainError `not-found`, `outside-territory` */
  readonly readBriefing: (account: Account, id: string) => Promise<Briefing>;
}

export type ActHandlers = {
  readonly [N in ActName]: (actor: Actor, ask: ActParsed<N>) => Promise<ActAnswer<N>> | ActAnswer<N>;
};

/** One line for each act: what the wire calls it, and who does it. */
export function actHandlers({ floor, calls, live, presence, readBriefing }: ActParts): ActHandlers {
  const done = async (act: Promise<void>) => {
    await act;
    return {};
  };
  return {
    'stage.goLive': (actor) => done(floor.goLive(actor)),
    'stage.leave': (actor) => done(floor.leaveStage(actor)),
    'hand.raise': (actor) => done(floor.raiseHand(actor)),
    'hand.lower': (actor, { identity }) => done(floor.lowerHand(actor, identity)),
    'call.start': (actor, { unit, seconds }) => calls.start(actor, unit, seconds),
    'call.cancel': (actor, { call }) => calls.cancel(actor, call),
    'call.accept': (actor, { call }) => calls.accept(actor, call),
    'call.refuse': (actor, { call, why }) => calls.refuse(actor, call, why),
    'call.end': (actor, { call }) => calls.end(actor, call),
    'green.admit': (actor, { identity }) => done(floor.admit(actor, identity)),
    'green.checked': (actor, { identity, checked }) => done(floor.setChecked(actor, identity, checked)),
    'stage.promote': (actor, { identity }) => done(floor.promote(actor, identity)),
    'stage.demote': (actor, { identity, to }) => done(floor.demote(actor, identity, to)),
    'seat.mute': (actor, { identity, muted }) => done(floor.mute(actor, identity, muted)),
    'seat.remove': (actor, { identity, why }) => done(floor.remove(actor, identity, why ?? null)),
    'presence.list': (actor, query) => presence.list(actor.account, actor.briefing, query),
    'round.open': notYet,
    'round.extend': notYet,
    'round.close': notYet,
    'round.reopen': notYet,
    'round.answer': notYet,
    'round.enter': notYet,
    'round.entries': notYet,
    'round.wall': notYet,
    sync: async (actor) => {
      const briefing = await readBriefing(actor.account, actor.briefing);
      const state = live.get(actor.briefing);
      if (!state) throw refuse('not-live', 'the briefing is not open');
      return { briefing, floor: cutFor(state, actor.seat) };
    },
  };
}

const notYet = (): never => {
  throw refuse('not-found', 'there are no rounds yet');
};
