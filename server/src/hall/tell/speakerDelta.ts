import type { ActiveSpeaker } from './outlet.ts';

/** Levels are told in steps of this size, so that breathing is no news. */
const STEP = 0.1;

/** LiveKit's scale: 0..1, from dBov (-127..0). */
export const linearLevel = (dBov: number): number => 10 ** (dBov / 20);

/**
 * What changed between two rounds: who speaks now, who speaks louder or softer, who fell silent.
 * @param said levels that were told last, by participant sid
 * @param levels audible participants now, 0..1
 * @param fine whether changes of level are told too, or only on and off
 */
export function speakerDelta(
  said: ReadonlyMap<string, number>,
  levels: ReadonlyMap<string, number>,
  fine: boolean,
): ActiveSpeaker[] {
  const delta: ActiveSpeaker[] = [];
  for (const [sid, level] of levels) {
    const before = said.get(sid);
    if (before === undefined || (fine && Math.abs(before - level) >= STEP)) delta.push({ sid, level, active: true });
  }
  for (const sid of said.keys()) if (!levels.has(sid)) delta.push({ sid, level: 0, active: false });
  return delta;
}
