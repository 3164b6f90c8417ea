import type { Equipment } from '../../protocol/equipment.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Call, Hand, Place, Seat, Speaker } from '../../protocol/floor.ts';
import { MOST_HANDS } from '../../protocol/limits.ts';
import type { UnitPath } from '../../protocol/organisation.ts';
import { demandRunning } from '../shared/running.ts';
import { mayStandOn, shownTo } from '../shared/stages.ts';
import { isInChair } from '../shared/whoSeesWhom.ts';
import { type FloorChange, type FloorState, speakerOf, stagesOf } from './FloorState.ts';
import type { Moment } from './ports.ts';

/** FL3: queue, green room and mute need an open or live briefing. @throws DomainError `not-live`, `briefing-closed` */
export function requireOpen({ briefing }: Moment): void {
  demandRunning(briefing.state);
}

/** FL3: stage and calls need a live one. @throws DomainError `not-live`, `briefing-closed` */
export function requireLive(moment: Moment): void {
  requireOpen(moment);
  if (moment.briefing.state !== 'live') throw refuse('not-live', 'the briefing is not live yet');
}

export function raiseHand(moment: Moment, seat: Seat): FloorChange[] {
  requireOpen(moment);
  refuseRemoved(moment, seat.identity);
  const { floor, now } = moment;
  const stage = stageShownTo(moment, seat);
  const known = floor.hands.find((h) => h.seat.identity === seat.identity);
  if (speakerOf(floor, seat.identity) || (known && known.stage === stage)) return [];
  demandPlaceInQueue(floor, seat.identity, stage);
  const hand: Hand = { seat, raisedAt: now.toISOString(), ...on(stage) };
  return [...handDown(moment, seat.identity), { kind: 'hand', hand }];
}

/** FL4. @throws DomainError `busy` */
export function demandPlaceInQueue({ hands }: Pick<FloorState, 'hands'>, identity: string, stage: Where): void {
  const others = hands.filter(({ seat }) => seat.identity !== identity);
  const there = others.filter((hand) => hand.stage === stage).length;
  if (others.length >= MOST_HANDS.inAll || there >= MOST_HANDS.onStage)
    throw refuse('busy', 'as many ask to speak as the queue holds: try again when some are down');
}

/** TR4: where a device asks to speak, and where an official brings others: the stage that they are shown. */
export function stageShownTo({ floor, briefing }: Moment, { identity, path }: Pick<Seat, 'identity' | 'path'>): Where {
  const shown = shownTo(stagesOf(floor, briefing.stage), identity, path);
  return shown === briefing.stage ? undefined : shown;
}

/**
 * TR4: the stage on which an official puts a device: the one that they are shown, if it is the unit's or above it.
 * @throws DomainError `conflict`
 */
export function stageFor(moment: Moment, actor: Pick<Seat, 'identity' | 'path'>, path: UnitPath): Where {
  const stage = stageShownTo(moment, actor);
  if (stage !== undefined && !mayStandOn(path, stage))
    throw refuse('conflict', 'you are shown a stage that is not above this unit; go back to your own first');
  return stage;
}

/** A stage below; undefined: the briefing's own. */
export type Where = UnitPath | undefined;
const on = (stage: Where): { stage?: UnitPath } => (stage === undefined ? {} : { stage });

/** FL18: the device says anew what it can send, while it is on the floor or asks to speak. */
export function equip({ floor }: Moment, identity: string, equipment: Equipment): FloorChange[] {
  const speaker = speakerOf(floor, identity);
  const hand = floor.hands.find((h) => h.seat.identity === identity);
  const seat = (speaker ?? hand)?.seat;
  if (!seat || isSameEquipment(seat.equipment, equipment)) return [];
  const told: Seat = { ...seat, equipment };
  if (speaker) return [{ kind: 'speaker', speaker: { ...speaker, seat: told } }];
  return hand ? [{ kind: 'hand', hand: { ...hand, seat: told } }] : [];
}

export function lowerHand(moment: Moment, identity: string): FloorChange[] {
  requireOpen(moment);
  return handDown(moment, identity);
}

export function admit(moment: Moment, seat: Seat, stage: Where = undefined): FloorChange[] {
  requireOpen(moment);
  refuseRemoved(moment, seat.identity);
  const speaker = speakerOf(moment.floor, seat.identity);
  if (speaker && speaker.place !== 'green') throw refuse('conflict', 'this device is on stage; demote it instead');
  return speaker && speaker.stage === stage ? [] : placed(moment, seat, 'green', null, stage);
}

export function setChecked(moment: Moment, identity: string, checked: boolean): FloorChange[] {
  requireOpen(moment);
  const speaker = speakerOf(moment.floor, identity);
  if (!speaker) throw refuse('not-found', 'this device is not in the green room');
  return speaker.checked === checked ? [] : [{ kind: 'speaker', speaker: { ...speaker, checked } }];
}

/** On stage, from the green room or straight from the audience. */
export function promote(moment: Moment, seat: Seat, stage: Where = undefined): FloorChange[] {
  requireLive(moment);
  refuseRemoved(moment, seat.identity);
  const speaker = speakerOf(moment.floor, seat.identity);
  if (!speaker || speaker.place === 'green')
    return [...devicesLeftBehind(moment, seat, stage), ...placed(moment, seat, 'stage', null, stage)];
  if (speaker.stage !== stage) throw refuse('conflict', 'this device is on another stage, and leaves that first');
  return [];
}

/** FL61: a principal who comes back with another device leaves no lost one of theirs on the stage. */
function devicesLeftBehind(moment: Moment, { role, account }: Seat, stage: Where): FloorChange[] {
  if (!isInChair({ role })) return [];
  const left = moment.floor.speakers.filter(
    (s) => s.seat.account === account && s.place === 'holding' && s.stage === stage && s.call === null,
  );
  return left.flatMap((speaker) => leaveStage(moment, speaker));
}

/**
 * FL21: a device is asked to come on stage. It waits in the green room until it says so itself, since nobody is put on air
 * unasked.
 * @param by name of who invites
 */
export function invite(moment: Moment, seat: Seat, by: string, stage: Where = undefined): FloorChange[] {
  const speaker = speakerOf(moment.floor, seat.identity);
  if (speaker && speaker.place !== 'green') return promote(moment, seat, stage);
  requireLive(moment);
  refuseRemoved(moment, seat.identity);
  const invited = { by, at: moment.now.toISOString(), declined: false };
  if (!speaker || speaker.stage !== stage) return inviting(placed(moment, seat, 'green', null, stage), invited);
  return speaker.invited?.declined === false ? [] : inviting([{ kind: 'speaker', speaker }], invited);
}

const inviting = (changes: FloorChange[], invited: NonNullable<Speaker['invited']>): FloorChange[] =>
  changes.map((change) =>
    change.kind === 'speaker' ? { kind: 'speaker', speaker: { ...change.speaker, invited } } : change,
  );

/** FL21. @throws DomainError `conflict` when nobody invites this device any more */
export function takePlace(moment: Moment, seat: Seat): FloorChange[] {
  const speaker = speakerOf(moment.floor, seat.identity);
  if (speaker && speaker.place !== 'green') return [];
  if (speaker?.invited?.declined !== false) throw refuse('conflict', 'nobody invites this device on stage now');
  return promote(moment, seat, speaker.stage);
}

/** FL21. */
export function decline(moment: Moment, identity: string): FloorChange[] {
  requireOpen(moment);
  const speaker = speakerOf(moment.floor, identity);
  if (speaker?.invited?.declined !== false) return [];
  return inviting([{ kind: 'speaker', speaker }], { ...speaker.invited, declined: true });
}

export function demote(moment: Moment, identity: string, to: 'green' | 'audience'): FloorChange[] {
  requireOpen(moment);
  const speaker = speakerOf(moment.floor, identity);
  if (!speaker) return [];
  if (speaker.place === to) {
    const { invited, ...rest } = speaker;
    return invited ? [{ kind: 'speaker', speaker: rest }] : [];
  }
  if (to === 'audience') return leaveStage(moment, speaker);
  if (speaker.home !== undefined) return leaveStage(moment, speaker, { place: 'green' });
  return [...callOver(moment, speaker), ...placed(moment, speaker.seat, 'green', null, speaker.stage)];
}

/** FL10. @throws DomainError `conflict` for one who comes back by their own press alone (FL36) */
export function mute(moment: Moment, identity: string, muted: boolean): FloorChange[] {
  requireOpen(moment);
  const { floor } = moment;
  const isSilenced = floor.silenced.includes(identity);
  if (isSilenced && !muted) throw refuse('conflict', 'all were muted, and each turns their own microphone on');
  return floor.muted.includes(identity) === muted && !isSilenced
    ? []
    : muting(floor, { kind: 'mute', identity, muted });
}

/** FL36: everybody else on one stage in one act; a moderator mutes no principal. Who is muted already stays so. */
export function muteAll(moment: Moment, actor: Pick<Seat, 'identity' | 'role'>, stage: Where): FloorChange[] {
  requireOpen(moment);
  const { floor } = moment;
  return floor.speakers
    .filter(({ seat, place, stage: at }) => place !== 'green' && at === stage && seat.identity !== actor.identity)
    .filter(({ seat }) => isInChair(actor) || !isInChair(seat))
    .filter(({ seat }) => !floor.muted.includes(seat.identity))
    .flatMap(({ seat }) => muting(floor, { kind: 'mute', identity: seat.identity, muted: true, all: true }));
}

/** FL36: by their own press. @throws DomainError `conflict` when a moderator has muted them by name */
export function unmuteSelf(moment: Moment, identity: string): FloorChange[] {
  requireOpen(moment);
  const { floor } = moment;
  if (!floor.muted.includes(identity)) return [];
  if (!floor.silenced.includes(identity)) throw refuse('conflict', 'a moderator has muted this device, and lifts that');
  return muting(floor, { kind: 'mute', identity, muted: false });
}

/** Beside the device what stands on the floor of it. */
function muting(floor: FloorState, change: Extract<FloorChange, { readonly kind: 'mute' }>): FloorChange[] {
  const speaker = speakerOf(floor, change.identity);
  if (!speaker) return [change];
  const { silenced, ...rest } = speaker;
  return [
    change,
    { kind: 'speaker', speaker: { ...rest, muted: change.muted, ...(change.all && { silenced: true as const }) } },
  ];
}

export function remove(moment: Moment, identity: string, why: string | null): FloorChange[] {
  requireOpen(moment);
  const speaker = speakerOf(moment.floor, identity);
  return [
    ...handDown(moment, identity),
    ...(speaker ? offStage(moment, speaker) : []),
    ...backFrom(moment, identity),
    ...(moment.floor.removed.includes(identity) ? [] : [{ kind: 'removal' as const, identity, why }]),
  ];
}

/** FL16: the floor of a briefing that has closed. */
export function closeFloor(moment: Moment): FloorChange[] {
  const { floor, now } = moment;
  const at = now.toISOString();
  return [
    ...floor.hands.map((h): FloorChange => ({ kind: 'hand-down', identity: h.seat.identity })),
    ...floor.speakers.map((s): FloorChange => ({ kind: 'speaker-off', identity: s.seat.identity })),
    ...floor.calls.map((call): FloorChange => {
      const state = call.state === 'ringing' ? 'cancelled' : 'ended';
      return { kind: 'call', call: { ...call, state, endedAt: at } };
    }),
    ...floor.entered.map(({ identity }): FloorChange => ({ kind: 'entered', identity, stage: null })),
    ...floor.gathers.map(({ path }): FloorChange => {
      return { kind: 'gather', gather: { path, eyes: false, backAt: null } };
    }),
    ...floor.mains.map(({ path }): FloorChange => ({ kind: 'main', path, stage: null })),
    ...floor.stages.map(({ path }): FloorChange => ({ kind: 'stage-off', path })),
  ];
}

/** FL13: what the hall says about the line of a device that may be on stage. */
export function lineChanged({ floor, briefing }: Moment, identity: string, line: 'lost' | 'back'): FloorChange[] {
  const speaker = speakerOf(floor, identity);
  if (!speaker || speaker.place === 'green' || briefing.state === 'closed') return [];
  const place = line === 'lost' ? 'holding' : 'stage';
  return speaker.place === place ? [] : [{ kind: 'speaker', speaker: { ...speaker, place } }];
}

/** A device comes to the green room or on stage: unchecked there, muted as it was, its hand down. */
export function placed(
  moment: Moment,
  seat: Seat,
  place: Place,
  call: string | null,
  stage: Where = undefined,
): FloorChange[] {
  const { floor, now } = moment;
  const before = speakerOf(floor, seat.identity);
  const speaker: Speaker = {
    seat,
    place,
    since: now.toISOString(),
    muted: floor.muted.includes(seat.identity),
    ...(floor.silenced.includes(seat.identity) && { silenced: true as const }),
    checked: place === 'stage' && before?.checked === true,
    call,
    ...on(stage),
  };
  const back = place === 'green' ? [] : backFrom(moment, seat.identity);
  return [...handDown(moment, seat.identity), ...back, { kind: 'speaker', speaker }];
}

/** TR5: they look no longer at the stage that they had entered. */
const backFrom = ({ floor }: Moment, identity: string): FloorChange[] =>
  floor.entered.some((e) => e.identity === identity) ? [{ kind: 'entered', identity, stage: null }] : [];

/**
 * TR14: off the stage, and after a visit back to where they stood before it, unless that ends as well.
 * @param ending stages that end in the same act
 * @param place where they are back, if not as they stand now
 */
export function leaveStage(
  moment: Moment,
  speaker: Speaker,
  { ending = [], place = speaker.place }: { ending?: readonly UnitPath[]; place?: Place } = {},
): FloorChange[] {
  const { floor, briefing } = moment;
  const { seat, home } = speaker;
  if (home == null) return offStage(moment, speaker);
  if (home === briefing.stage) return placed(moment, seat, place, null);
  const isThere = floor.stages.some((s) => s.path === home) && !ending.includes(home);
  return isThere ? placed(moment, seat, place, null, home) : offStage(moment, speaker);
}

/** To the audience, where it may publish no more. */
export function offStage(moment: Moment, speaker: Speaker): FloorChange[] {
  return [...callOver(moment, speaker), { kind: 'speaker-off', identity: speaker.seat.identity }];
}

export function refuseRemoved({ floor }: Moment, identity: string): void {
  if (floor.removed.includes(identity)) throw refuse('forbidden', 'this device was put out of the briefing');
}

export const isSameEquipment = (a: Equipment | undefined, b: Equipment): boolean =>
  a?.camera === b.camera && a.microphone === b.microphone;

/** The accepted call that brought them where they stand. */
export const callOf = ({ floor }: Moment, speaker: Speaker): Call | undefined =>
  floor.calls.find((c) => c.id === speaker.call && c.state === 'accepted');

function callOver(moment: Moment, speaker: Speaker): FloorChange[] {
  const { now } = moment;
  const call = callOf(moment, speaker);
  return call ? [{ kind: 'call', call: { ...call, state: 'ended', endedAt: now.toISOString() } }] : [];
}

const handDown = ({ floor }: Moment, identity: string): FloorChange[] =>
  floor.hands.some((h) => h.seat.identity === identity) ? [{ kind: 'hand-down', identity }] : [];
