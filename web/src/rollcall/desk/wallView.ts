import type { Phase } from '../../api/channel/rounds.ts';
import type { EntryState, Wall } from '../../api/contract.ts';

/** Every asked unit of the territory with its state, in path order. */
export interface WallView {
  readonly seq: number;
  readonly codes: readonly string[];
  /** As the server told them; `stateIn` says what they are by now. */
  readonly states: readonly EntryState[];
  readonly index: ReadonlyMap<string, number>;
}

/** @param wall the whole of it when `before` is undefined, else what has changed since */
export function takeWall(before: WallView | undefined, wall: Wall): WallView {
  if (!before) {
    const codes = wall.entries.map(([code]) => code);
    const states = wall.entries.map(([, state, away]): EntryState => away ?? state);
    return { seq: wall.seq, codes, states, index: new Map(codes.map((code, i) => [code, i])) };
  }
  if (wall.entries.length === 0) return wall.seq === before.seq ? before : { ...before, seq: wall.seq };
  const states = [...before.states];
  for (const [code, state, away] of wall.entries) {
    const at = before.index.get(code);
    if (at !== undefined) states[at] = away ?? state;
  }
  return { ...before, seq: wall.seq, states };
}

/**
 * Who has not answered is absent from the deadline on, and called again when it is moved: no entry says so, the round
 * does.
 */
export function stateIn(state: EntryState, phase: Phase): EntryState {
  if (state !== 'called' && state !== 'absent') return state;
  return phase === 'open' ? 'called' : 'absent';
}
