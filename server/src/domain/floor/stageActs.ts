import type { Equipment } from '../../protocol/equipment.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Place, Seat, Speaker } from '../../protocol/floor.ts';
import { type FloorChange, speakerOf } from './FloorState.ts';
import type { Moment } from './ports.ts';

/** FL3: queue, green room and mute need an open or live briefing. @throws DomainError `not-live`, `briefing-closed` */
export function requireOpen({ briefing }: Moment): void {
  if (briefing.state === 'closed') throw refuse('briefing-closed', 'the briefing is over');
  if (briefing.state === 'scheduled') throw refuse('not-live', 'the briefing has not been opened yet');
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
  const known = speakerOf(floor, seat.identity) ?? floor.hands.find((h) => h.seat.identity === seat.identity);
  return known ? [] : [{ kind: 'hand', hand: { seat, raisedAt: now.toISOString() } }];
}

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

export function admit(moment: Moment, seat: Seat): FloorChange[] {
  requireOpen(moment);
  refuseRemoved(moment, seat.identity);
  const speaker = speakerOf(moment.floor, seat.identity);
  if (speaker && speaker.place !== 'green') throw refuse('conflict', 'this device is on stage; demote it instead');
  return speaker ? [] : placed(moment, seat, 'green', null);
}

export function setChecked(moment: Moment, identity: string, checked: boolean): FloorChange[] {
  requireOpen(moment);
  const speaker = speakerOf(moment.floor, identity);
  if (!speaker) throw refuse('not-found', 'this device is not in the green room');
  return speaker.checked === checked ? [] : [{ kind: 'speaker', speaker: { ...speaker, checked } }];
}

/** On stage, from the green room or straight from the audience. */
export function promote(moment: Moment, seat: Seat): FloorChange[] {
  requireLive(moment);
  refuseRemoved(moment, seat.identity);
  const speaker = speakerOf(moment.floor, seat.identity);
  return speaker && speaker.place !== 'green' ? [] : placed(moment, seat, 'stage', null);
}

export function demote(moment: Moment, identity: string, to: 'green' | 'audience'): FloorChange[] {
  requireOpen(moment);
  const speaker = speakerOf(moment.floor, identity);
  if (!speaker || speaker.place === to) return [];
  if (to === 'audience') return offStage(moment, speaker);
  return [...callOver(moment, speaker), ...placed(moment, speaker.seat, 'green', null)];
}

export function mute(moment: Moment, identity: string, muted: boolean): FloorChange[] {
  requireOpen(moment);
  if (moment.floor.muted.includes(identity) === muted) return [];
  const speaker = speakerOf(moment.floor, identity);
  return [
    { kind: 'mute', identity, muted },
    ...(speaker ? [{ kind: 'speaker' as const, speaker: { ...speaker, muted } }] : []),
  ];
}

export function remove(moment: Moment, identity: string, why: string | null): FloorChange[] {
  requireOpen(moment);
  const speaker = speakerOf(moment.floor, identity);
  return [
    ...handDown(moment, identity),
    ...(speaker ? offStage(moment, speaker) : []),
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
export function placed(moment: Moment, seat: Seat, place: Place, call: string | null): FloorChange[] {
  const { floor, now } = moment;
  const before = speakerOf(floor, seat.identity);
  const speaker: Speaker = {
    seat,
    place,
    since: now.toISOString(),
    muted: floor.muted.includes(seat.identity),
    checked: place === 'stage' && before?.checked === true,
    call,
  };
  return [...handDown(moment, seat.identity), { kind: 'speaker', speaker }];
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

function callOver({ floor, now }: Moment, speaker: Speaker): FloorChange[] {
  const call = floor.calls.find((c) => c.id === speaker.call && c.state === 'accepted');
  return call ? [{ kind: 'call', call: { ...call, state: 'ended', endedAt: now.toISOString() } }] : [];
}

const handDown = ({ floor }: Moment, identity: string): FloorChange[] =>
  floor.hands.some((h) => h.seat.identity === identity) ? [{ kind: 'hand-down', identity }] : [];
