import { findCast, type OnStage, rankOnStage } from '../../protocol/scene.ts';
import { GIVES_WAY_MS, PAUSE_MS, SHOT_MS, SPEECH_MS } from './limits.ts';

/** Whom the automatic choice shows, and since when; times in ms of one clock. */
export interface Shot {
  readonly identity: string | null;
  readonly since: number;
}

/** Whether somebody speaks, and since when they do or do not. */
export interface Voice {
  readonly speaking: boolean;
  readonly since: number;
}

export interface Cut {
  readonly shot: Shot;
  /** Time may change the choice, though nothing happens: look again then. */
  readonly lookAt: number | undefined;
}

/**
 * The choice of who is shown large when nobody produces [PN8]. Pure.
 * @param lost since when the line of somebody on stage is lost, ms
 */
export function automaticShot(
  shot: Shot,
  onStage: readonly OnStage[],
  voices: ReadonlyMap<string, Voice>,
  now: number,
  lost: ReadonlyMap<string, number> = new Map(),
): Cut {
  const all = rankOnStage(onStage);
  const reachable = all.filter(({ identity }) => !lost.has(identity));
  const givesWayAt = (lost.get(shot.identity ?? '') ?? Number.POSITIVE_INFINITY) + GIVES_WAY_MS;
  if (reachable.length > 0 && now < givesWayAt && givesWayAt < Number.POSITIVE_INFINITY)
    return { shot, lookAt: givesWayAt };
  const people = reachable.length > 0 ? reachable : all;
  const speaking = people
    .flatMap(({ identity }) => {
      const voice = voices.get(identity);
      return voice?.speaking ? [{ identity, since: voice.since }] : [];
    })
    .toSorted((a, b) => a.since - b.since);
  const cut = (identity: string | null): Cut => ({ shot: { identity, since: now }, lookAt: undefined });

  if (!people.some((p) => p.identity === shot.identity)) {
    const first = findCast(people, { by: 'principal' }) ?? people.at(-1);
    const next = speaking[0]?.identity ?? first?.identity ?? null;
    return next === shot.identity ? { shot, lookAt: undefined } : cut(next);
  }
  const [challenger] = speaking.filter(({ identity }) => identity !== shot.identity);
  const own = shot.identity === null ? undefined : voices.get(shot.identity);
  if (!challenger || own?.speaking) return { shot, lookAt: undefined };
  // Who never spoke has no pause to keep.
  const pauseOver = own ? own.since + PAUSE_MS : shot.since;
  const from = Math.max(shot.since + SHOT_MS, pauseOver, challenger.since + SPEECH_MS);
  return now >= from ? cut(challenger.identity) : { shot, lookAt: from };
}
