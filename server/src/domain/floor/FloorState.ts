import { assertNever } from '../../lib/assertNever.ts';
import type { Call, Hand, OpenStage, Seat, Speaker } from '../../protocol/floor.ts';
import type { UnitPath } from '../../protocol/organisation.ts';
import type { StageMap } from '../shared/stages.ts';
import { isBelow } from '../shared/territory.ts';

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
  /** Of them those who were muted together with all others on their stage, and come back by their own press. (FL36) */
  readonly silenced: readonly string[];
  /** Identities that were put out of the briefing. */
  readonly removed: readonly string[];
  /** TR1: open stages of units, the oldest first. */
  readonly stages: readonly OpenStage[];
  /** TR2: what the subtrees of units are shown, where one of them has chosen. */
  readonly mains: readonly Main[];
  /** TR5: officials who have entered another stage. */
  readonly entered: readonly EnteredStage[];
  /** TR11, TR12: what units have said to all stages below them. */
  readonly gathers: readonly Gather[];
}

/** `eyes`: everybody below is shown what the unit is shown. `backAt`: the stages below end then; null: they go on. */
export interface Gather {
  readonly path: UnitPath;
  readonly eyes: boolean;
  readonly backAt: string | null;
}

/** From `path` down, the stage of the unit `stage` is shown. */
export interface Main {
  readonly path: UnitPath;
  readonly stage: UnitPath;
}

export interface EnteredStage {
  readonly identity: string;
  readonly stage: UnitPath;
}

/** What an act changes; a store writes exactly these rows. */
export type FloorChange =
  | { readonly kind: 'speaker'; readonly speaker: Speaker }
  | { readonly kind: 'speaker-off'; readonly identity: string }
  | { readonly kind: 'hand'; readonly hand: Hand }
  | { readonly kind: 'hand-down'; readonly identity: string }
  | { readonly kind: 'call'; readonly call: Call }
  /** `all`: with all others on their stage (FL36). */
  | { readonly kind: 'mute'; readonly identity: string; readonly muted: boolean; readonly all?: true }
  | { readonly kind: 'removal'; readonly identity: string; readonly why: string | null }
  | { readonly kind: 'stage'; readonly stage: OpenStage }
  | { readonly kind: 'stage-off'; readonly path: UnitPath }
  /** null: what the units above show. */
  | { readonly kind: 'main'; readonly path: UnitPath; readonly stage: UnitPath | null }
  /** null: what their unit is shown. */
  /** With neither it is no longer there. */
  | { readonly kind: 'gather'; readonly gather: Gather }
  | { readonly kind: 'entered'; readonly identity: string; readonly stage: UnitPath | null };

export const emptyFloor = (briefing: string): FloorState => ({
  briefing,
  seq: 0,
  speakers: [],
  hands: [],
  calls: [],
  muted: [],
  silenced: [],
  removed: [],
  stages: [],
  mains: [],
  entered: [],
  gathers: [],
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
      const silenced = floor.silenced.filter((i) => i !== change.identity);
      return {
        ...floor,
        muted: change.muted ? [...muted, change.identity] : muted,
        silenced: change.muted && change.all ? [...silenced, change.identity] : silenced,
      };
    }
    case 'removal':
      return {
        ...floor,
        removed: [...new Set([...floor.removed, change.identity])],
        silenced: floor.silenced.filter((i) => i !== change.identity),
      };
    case 'stage':
      return { ...floor, stages: put(floor.stages, change.stage, (s) => s.path) };
    case 'stage-off':
      return { ...floor, stages: floor.stages.filter((s) => s.path !== change.path) };
    case 'main': {
      const { path, stage } = change;
      const mains = floor.mains.filter((m) => m.path !== path);
      return { ...floor, mains: stage === null ? mains : [...mains, { path, stage }].sort(byPath) };
    }
    case 'gather': {
      const { gather } = change;
      const gathers = floor.gathers.filter((g) => g.path !== gather.path);
      return { ...floor, gathers: isGathering(gather) ? [...gathers, gather].sort(byPath) : gathers };
    }
    case 'entered': {
      const { identity, stage } = change;
      const entered = floor.entered.filter((e) => e.identity !== identity);
      return { ...floor, entered: stage === null ? entered : [...entered, { identity, stage }].sort(byIdentity) };
    }
    default:
      return assertNever(change);
  }
}

/** An order that a store reads back whatever the order of acts was. */
const byPath = (a: { path: UnitPath }, b: { path: UnitPath }): number => (a.path < b.path ? -1 : 1);
const byIdentity = (a: EnteredStage, b: EnteredStage): number => (a.identity < b.identity ? -1 : 1);

/** Replaces in place, or appends: so queue and stage keep their order. */
function put<T>(list: readonly T[], item: T, key: (item: T) => string): readonly T[] {
  const at = list.findIndex((other) => key(other) === key(item));
  return at < 0 ? [...list, item] : list.with(at, item);
}

export const isGathering = ({ eyes, backAt }: Gather): boolean => eyes || backAt !== null;

/** TR2: as far as it matters who is shown which stage. Made once for each floor. */
export function stagesOf(floor: FloorState, root: UnitPath): StageMap {
  const known = maps.get(floor);
  if (known?.root === root) return known;
  const placed = floor.speakers.filter((s) => s.place !== 'green');
  const eyes = new Set(floor.gathers.flatMap((g) => (g.eyes ? [g.path] : [])));
  // TR11: also whoever stands on a stage below.
  const called = (stage: UnitPath) => [...eyes].some((path) => isBelow(stage, path));
  const map: StageMap = {
    root,
    mains: new Map(floor.mains.map((m) => [m.path, m.stage])),
    eyes,
    occupied: new Set(placed.flatMap(({ stage }) => stage ?? [])),
    chosen: new Map([
      ...(floor.stages.length > 0 ? placed : []).flatMap(({ seat, stage = root }) =>
        called(stage) ? [] : [[seat.identity, stage] as const],
      ),
      // Last: whoever stands on a stage may look at another.
      ...floor.entered.map((e) => [e.identity, e.stage] as const),
    ]),
  };
  maps.set(floor, map);
  return map;
}
const maps = new WeakMap<FloorState, StageMap>();

export const isCallRunning = (call: Call): boolean => call.state === 'ringing' || call.state === 'accepted';

export const speakerOf = (floor: FloorState, identity: string): Speaker | undefined =>
  floor.speakers.find((s) => s.seat.identity === identity);

/** The seat of a device that is on the floor or in the queue. */
export const seatOnFloor = (floor: FloorState, identity: string): Seat | undefined =>
  speakerOf(floor, identity)?.seat ?? floor.hands.find((h) => h.seat.identity === identity)?.seat;
