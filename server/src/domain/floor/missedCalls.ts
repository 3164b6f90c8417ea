import { refuse } from '../../protocol/errors.ts';
import type { Call, CallState, Seat } from '../../protocol/floor.ts';
import { requireCall } from './calls.ts';
import type { FloorChange } from './FloorState.ts';
import type { Moment } from './ports.ts';

/** SC16: calls that came to nobody. Who refused one knows of it. */
export const missedStates = ['not-connected', 'timed-out', 'cancelled'] as const satisfies readonly CallState[];

export const isMissed = ({ state, seen }: Pick<Call, 'state' | 'seen'>): boolean =>
  seen === undefined && (missedStates as readonly CallState[]).includes(state);

/** SC16: the same caller has spoken with the unit since. @param calls of the unit */
export const isMadeGood = (call: Call, calls: readonly Call[]): boolean =>
  calls.some(
    (later) =>
      later.unit === call.unit &&
      later.caller.account === call.caller.account &&
      later.id !== call.id &&
      later.ringingAt >= call.ringingAt &&
      (later.state === 'accepted' || later.state === 'ended'),
  );

/** A device of the unit has shown it: once, whichever was first, also after the briefing. */
export function seeCall(moment: Moment, { identity, name }: Pick<Seat, 'identity' | 'name'>): FloorChange[] {
  const call = requireCall(moment);
  if (call.seen) return [];
  if (!isMissed(call)) throw refuse('conflict', 'this call was not missed');
  return [{ kind: 'call', call: { ...call, seen: { at: moment.now.toISOString(), identity, name } } }];
}
