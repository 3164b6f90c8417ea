import type { CallService } from '../../../domain/floor/CallService.ts';
import type { FloorService } from '../../../domain/floor/FloorService.ts';
import type { LiveFloors } from '../../../domain/floor/LiveFloors.ts';
import type { Presence } from '../../../domain/presence/Presence.ts';
import type { Entrant, EntryService, Recorded } from '../../../domain/rollcall/EntryService.ts';
import type { RoundReader } from '../../../domain/rollcall/RoundReader.ts';
import type { RoundService } from '../../../domain/rollcall/RoundService.ts';
import { JsonText } from '../../../lib/JsonText.ts';
import type { Briefing } from '../../../protocol/briefing.ts';
import type { ActAnswer, ActName, ActParsed } from '../../../protocol/channel.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { Account } from '../../../protocol/organisation.ts';
import type { Entered } from '../../../protocol/rollcall.ts';
import { cutFor } from '../floor/cutFloor.ts';

export interface ActParts {
  readonly floor: FloorService;
  readonly calls: CallService;
  readonly live: LiveFloors;
  readonly presence: Presence;
  readonly rounds: RoundService;
  readonly entries: EntryService;
  readonly roundReader: RoundReader;
  /** @throws DomainError `not-found`, `outside-territory` */
  readonly readBriefing: (account: Account, id: string) => Promise<Briefing>;
}

export type ActHandlers = {
  readonly [N in ActName]: (
    actor: Entrant,
    ask: ActParsed<N>,
  ) => Promise<ActAnswer<N> | JsonText<ActAnswer<N>>> | ActAnswer<N>;
};

/** Thousands of these leave in a second, and whoever gets one checks it by its schema. */
const written = ({ entry, receipt, first }: Recorded): JsonText<Entered> =>
  new JsonText(`{"entry":${JSON.stringify(entry)},"receipt":${receipt.text},"first":${first}}`);

/** One line for each act: what the wire calls it, and who does it. */
export function actHandlers(parts: ActParts): ActHandlers {
  const { floor, calls, live, presence, rounds, entries, roundReader, readBriefing } = parts;
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
    'round.open': (actor, ask) => rounds.open(actor, ask),
    'round.extend': (actor, { round, seconds }) => rounds.extend(actor, round, seconds),
    'round.close': (actor, { round }) => rounds.close(actor, round),
    'round.reopen': (actor, ask) => rounds.reopen(actor, ask),
    'round.answer': (actor, ask) => entries.answer(actor, ask).then(written),
    'round.enter': (actor, ask) => entries.enter(actor, ask).then(written),
    'round.entries': (actor, query) => roundReader.entries(actor, query),
    'round.wall': (actor, query) => roundReader.wall(actor, query),
    sync: async (actor) => {
      const briefing = await readBriefing(actor.account, actor.briefing);
      const state = live.get(actor.briefing);
      if (!state) throw refuse('not-live', 'the briefing is not open');
      return { briefing, floor: cutFor(state, actor.seat) };
    },
  };
}
