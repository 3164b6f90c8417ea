import { assertNever } from '../../lib/assertNever.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Call, Seat } from '../../protocol/floor.ts';
import type { Account } from '../../protocol/organisation.ts';
import type { BriefingActor } from '../shared/actor.ts';
import type { Target } from '../shared/rights.ts';
import { liesIn } from '../shared/territory.ts';
import { type FloorChange, speakerOf } from './FloorState.ts';
import type { Moment } from './ports.ts';
import { offStage, placed, refuseRemoved, requireLive, stageFor } from './stageActs.ts';

export interface Ring {
  readonly id: string;
  readonly unit: { readonly code: string; readonly path: string; readonly name: string };
  readonly caller: Account;
  readonly seconds: number;
  /** TR4: with which device they call; they call to the stage that it is shown. */
  readonly from?: Pick<Seat, 'identity' | 'path'> | undefined;
  /** FG58: the selection that it comes from. */
  readonly selection?: string | undefined;
  /** Whether any device of the unit would ring. */
  readonly ringable: boolean;
}

/** The same caller's ring at this unit, which a repeated start answers with (SC4). */
export const sameRing = (moment: Moment, ring: Ring): Call | undefined =>
  moment.floor.calls.find(
    (c) => c.unit === ring.unit.code && c.state === 'ringing' && c.caller.account === ring.caller.id,
  );

export function startCall(moment: Moment, ring: Ring): FloorChange[] {
  requireLive(moment);
  const { floor, briefing, now } = moment;
  const { unit, caller } = ring;
  if (!liesIn(unit.path, new Set(briefing.scope))) {
    throw refuse('not-found', `${unit.name} does not belong to this briefing`);
  }
  if (sameRing(moment, ring)) return [];
  const onStage = floor.speakers.some((s) => s.seat.unit === unit.code && s.place !== 'green');
  if (onStage || floor.calls.some((c) => c.unit === unit.code)) {
    throw refuse('busy', `${unit.name} is being called, or is on stage already`);
  }
  const call: Call = {
    id: ring.id,
    briefing: briefing.id,
    unit: unit.code,
    unitName: unit.name,
    path: unit.path,
    state: ring.ringable ? 'ringing' : 'not-connected',
    caller: { account: caller.id, name: caller.name, role: caller.role },
    ringingAt: now.toISOString(),
    deadline: new Date(now.getTime() + ring.seconds * 1_000).toISOString(),
    answeredAt: null,
    endedAt: ring.ringable ? null : now.toISOString(),
    why: null,
    identity: null,
  };
  const stage = ring.from && stageFor(moment, ring.from, unit.path);
  const { selection } = ring;
  return [{ kind: 'call', call: { ...call, ...(stage !== undefined && { stage }), ...(selection && { selection }) } }];
}

/** The first device wins and is on stage in the same act. */
export function acceptCall(moment: Moment, seat: Seat): FloorChange[] {
  const call = requireCall(moment);
  if (call.state === 'accepted' && call.identity === seat.identity) return [];
  requireLive(moment);
  requireRinging(moment, call);
  refuseRemoved(moment, seat.identity);
  const answeredAt = moment.now.toISOString();
  return [
    { kind: 'call', call: { ...call, state: 'accepted', answeredAt, identity: seat.identity } },
    ...placed(moment, seat, 'stage', call.id, call.stage),
  ];
}

export function refuseCall(moment: Moment, why: string): FloorChange[] {
  const call = requireCall(moment);
  if (call.state === 'refused') return [];
  requireRinging(moment, call);
  const at = moment.now.toISOString();
  return [{ kind: 'call', call: { ...call, state: 'refused', answeredAt: at, endedAt: at, why } }];
}

export function cancelCall(moment: Moment): FloorChange[] {
  const call = requireCall(moment);
  if (call.state === 'cancelled') return [];
  if (call.state !== 'ringing') throw over(call);
  return [{ kind: 'call', call: { ...call, state: 'cancelled', endedAt: moment.now.toISOString() } }];
}

/** Only when the deadline has passed by the store's clock; too early, it changes nothing. */
export function timeOutCall(moment: Moment): FloorChange[] {
  const { call, now } = moment;
  if (call?.state !== 'ringing' || now.getTime() < Date.parse(call.deadline)) return [];
  return [{ kind: 'call', call: { ...call, state: 'timed-out', endedAt: call.deadline } }];
}

export function endCall(moment: Moment): FloorChange[] {
  const call = requireCall(moment);
  if (call.state === 'ended') return [];
  if (call.state !== 'accepted') throw over(call);
  const speaker = call.identity === null ? undefined : speakerOf(moment.floor, call.identity);
  if (speaker?.call === call.id) return offStage(moment, speaker);
  return [{ kind: 'call', call: { ...call, state: 'ended', endedAt: moment.now.toISOString() } }];
}

/** SC17: where the unit lies, and whose call it is: the device that answered ends it as its own, else who called. */
export function targetOf({ path, caller, identity }: Call, { seat, account }: BriefingActor): Target {
  const isOwn = identity !== null && identity === seat.identity;
  return { paths: [path], account: isOwn ? account.id : caller.account, role: caller.role };
}

/** @throws DomainError `not-found` */
export function requireCall({ call }: Moment): Call {
  if (!call) throw refuse('not-found', 'there is no such call in this briefing');
  return call;
}

function requireRinging({ now }: Moment, call: Call): void {
  if (call.state !== 'ringing') throw over(call);
  if (now.getTime() >= Date.parse(call.deadline)) throw refuse('conflict', 'the time to answer is over');
}

function over(call: Call) {
  switch (call.state) {
    case 'ringing':
      return refuse('conflict', 'this call still rings; cancel it instead');
    case 'accepted':
      return refuse('conflict', 'another device has answered this call already');
    case 'refused':
      return refuse('conflict', 'this call was refused already');
    case 'timed-out':
      return refuse('conflict', 'the time to answer is over');
    case 'not-connected':
    case 'cancelled':
    case 'ended':
      return refuse('conflict', 'this call is over');
    default:
      return assertNever(call.state);
  }
}
