import { assertNever } from '../../lib/assertNever.ts';
import type { Call, Hand, Seat, Speaker } from '../../protocol/floor.ts';

/** The floor of one briefing as PostgreSQL holds it; what each receiver sees is cut from it. */
export interface FloorState {
  readonly briefing: string;
  readonly seq: number;
  readonly speakers: readonly Speaker[];
  /** In the order in which they were raised. */
  readonly hands: readonly Hand[];
  /** Ringing, or accepted and not ended. */
  readonly calls: readonly Call[];
  /** Identities under hard mute, on the floor or not. */
  readonly muted: readonly string[];
  /** Identities that were put out of the briefing. */
  readonly removed: readonly string[];
}

/** What an act changes; a store writes exactly these rows. */
export type FloorChange =
  | { readonly kind: 'speaker'; readonly speaker: Speaker }
  | { readonly kind: 'speaker-off'; readonly identity: string }
  | { readonly kind: 'hand'; readonly hand: Hand }
  | { readonly kind: 'hand-down'; readonly identity: string }
  | { readonly kind: 'call'; readonly call: Call }
  | { readonly kind: 'mute'; readonly identity: string; readonly muted: boolean }
  | { readonly kind: 'removal'; readonly identity: string; readonly why: string | null };

export const emptyFloor = (briefing: string): FloorState => ({
  briefing,
  seq: 0,
  speakers: [],
  hands: [],
  calls: [],
  muted: [],
  removed: [],
});

/** The floor after an act. Without changes it is the same floor. */
export function applyChanges(floor: FloorState, changes: readonly FloorChange[]): FloorState {
  if (changes.length === 0) return floor;
  return { ...changes.reduce(applyChange, floor), seq: floor.seq + 1 };
}

function applyChange(floor: FloorState, change: FloorChange): FloorState {
  switch (change.kind) {
    case 'speaker':
      return { ...floor, speakers: put(floor.speakers, change.speaker, (s) => s.seat.identity) };
    case 'speaker-off':
      return { ...floor, speakers: floor.speakers.filter((s) => s.seat.identity !== change.identity) };
    case 'hand':
      return { ...floor, hands: put(floor.hands, change.hand, (h) => h.seat.identity) };
    case 'hand-down':
      return { ...floor, hands: floor.hands.filter((h) => h.seat.identity !== change.identity) };
    case 'call':
      return { ...floor, calls: put(floor.calls, change.call, (c) => c.id).filter(isCallRunning) };
    case 'mute': {
      const muted = floor.muted.filter((i) => i !== change.identity);
      return { ...floor, muted: change.muted ? [...muted, change.identity] : muted };
    }
    case 'removal':
      return { ...floor, removed: [...new Set([...floor.removed, change.identity])] };
    default:
      return assertNever(change);
  }
}

/** Replaces in place, or appends: so queue and stage keep their order. */
function put<T>(list: readonly T[], item: T, key: (item: T) => string): readonly T[] {
  const at = list.findIndex((other) => key(other) === key(item));
  return at < 0 ? [...list, item] : list.with(at, item);
}

export const isCallRunning = (call: Call): boolean => call.state === 'ringing' || call.state === 'accepted';

export const speakerOf = (floor: FloorState, identity: string): Speaker | undefined =>
  floor.speakers.find((s) => s.seat.identity === identity);

/** The seat of a device that is on the floor or in the queue. */
export const seatOnFloor = (floor: FloorState, identity: string): Seat | undefined =>
  speakerOf(floor, identity)?.seat ?? floor.hands.find((h) => h.seat.identity === identity)?.seat;
