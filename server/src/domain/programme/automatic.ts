import { findCast, type OnStage, rankOnStage } from '../../protocol/scene.ts';
import { PAUSE_MS, SHOT_MS, SPEECH_MS } from './limits.ts';

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

/** PN8: who is shown large when nobody produces. Pure. */
export function automaticShot(
  shot: Shot,
  onStage: readonly OnStage[],
  voices: ReadonlyMap<string, Voice>,
  now: number,
): Cut {
  const people = rankOnStage(onStage);
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
