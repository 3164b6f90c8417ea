import type { Seat, Speaker } from '../../protocol/floor.ts';
import type { Speech } from '../../protocol/minutes.ts';
import type { UnitPath } from '../../protocol/organisation.ts';
import type { FloorChange } from '../floor/FloorState.ts';

/** What an act of the floor says of stages, and of who is on them. */
export interface StageAct {
  readonly at: string;
  readonly changes: readonly Extract<
    FloorChange,
    { readonly kind: 'speaker' | 'speaker-off' | 'stage' | 'stage-off' }
  >[];
}

interface Standing {
  seat: Seat;
  readonly from: string;
  /** Since when the line is up; undefined: it is down. */
  up: number | undefined;
  ms: number;
}

/**
 * MN4: who was on stage from when to when, in the order in which they came. Time without a line is no time on stage,
 * and coming back after it is no second time. Pure.
 * @param end of the briefing: nobody stays longer
 * @param on TR17: the stage of which unit; left out: the briefing's own (TR9)
 */
export function speechesOf(acts: readonly StageAct[], end: string, on?: UnitPath): Speech[] {
  const isThere = ({ place, stage }: Speaker): boolean => place !== 'green' && stage === on;
  const standing = new Map<string, Standing>();
  const speeches: Speech[] = [];
  const leave = (identity: string, at: string): void => {
    const one = standing.get(identity);
    if (!one) return;
    standing.delete(identity);
    const to = Date.parse(at) < Date.parse(end) ? at : end;
    pause(one, to);
    const { unit, path, name, role, person } = one.seat;
    speeches.push({ unit, path, name, role, person, from: one.from, to, seconds: Math.round(one.ms / 1000) });
  };
  for (const { at, changes } of acts)
    for (const change of changes) {
      if (change.kind === 'speaker-off') leave(change.identity, at);
      if (change.kind !== 'speaker') continue;
      if (!isThere(change.speaker)) leave(change.speaker.seat.identity, at);
      else stand(standing, change.speaker, at);
    }
  for (const identity of [...standing.keys()]) leave(identity, end);
  return speeches.sort((a, b) => Date.parse(a.from) - Date.parse(b.from));
}

function stand(standing: Map<string, Standing>, { seat, place }: Speaker, at: string): void {
  const up = place === 'stage' ? Date.parse(at) : undefined;
  const one = standing.get(seat.identity);
  if (!one) {
    standing.set(seat.identity, { seat, from: at, up, ms: 0 });
    return;
  }
  one.seat = seat.person ? seat : { ...seat, person: one.seat.person };
  if (up === undefined) pause(one, at);
  else one.up ??= up;
}

function pause(one: Standing, at: string): void {
  if (one.up !== undefined) one.ms += Math.max(0, Date.parse(at) - one.up);
  one.up = undefined;
}
