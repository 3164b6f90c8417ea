import type { MediaState } from '../livekit/types.ts';

/**
 * SH8: how a viewer has a shared screen. picture: as it moves. still: by stills. trial: by stills, while the picture is
 * tried beneath them. `since`: when that began; `wait`: how long a line has to be good before the next trial, ms.
 */
export type StillPlan =
  | { readonly kind: 'picture'; readonly since: number; readonly wait: number; readonly seen: boolean }
  | { readonly kind: 'still'; readonly since: number; readonly wait: number; readonly goodSince: number | undefined }
  | { readonly kind: 'trial'; readonly since: number; readonly wait: number };

/** What a look finds, in milliseconds of one clock. */
export interface Look {
  readonly now: number;
  /** The last frame of the picture; undefined: none came. */
  readonly frameAt: number | undefined;
  readonly line: MediaState['line'];
  /** A still is there, or on its way: the picture is not sent any more. */
  readonly hasStill: boolean;
}

const QUIET_MS = 3_000;
const TRIAL_MS = 8_000;
const WAIT = { first: 15_000, most: 240_000 } as const;
/** A picture that held for so long is trusted again. */
const FORGET_MS = 60_000;

export const firstPlan = (now: number): StillPlan => ({ kind: 'picture', since: now, wait: WAIT.first, seen: false });

/** A page that nobody looked at was sent nothing, by its own wish: that tells nothing of its line. */
export const afterAbsence = (plan: StillPlan, now: number): StillPlan => ({ ...plan, since: now });

export function nextPlan(
  plan: StillPlan,
  { now, frameAt = Number.NEGATIVE_INFINITY, line, hasStill }: Look,
): StillPlan {
  const { since, wait } = plan;
  const isWeak = line !== 'good';
  const still: StillPlan = { kind: 'still', since: now, wait, goodSince: undefined };
  const later = Math.min(wait * 2, WAIT.most);
  switch (plan.kind) {
    case 'picture': {
      const seen = plan.seen || frameAt >= since;
      const isQuiet = now - Math.max(frameAt, since) >= QUIET_MS;
      // What stands may send few frames, also on a good line.
      if (seen ? isWeak && isQuiet : isWeak || isQuiet) return still;
      const isTrusted = seen && wait > WAIT.first && now - since >= FORGET_MS;
      return seen === plan.seen && !isTrusted ? plan : { ...plan, seen, wait: isTrusted ? WAIT.first : wait };
    }
    case 'still': {
      if (!hasStill && frameAt > since) return { kind: 'picture', since, wait, seen: true };
      if (isWeak) return plan.goodSince === undefined ? plan : { ...plan, goodSince: undefined };
      const goodSince = plan.goodSince ?? now;
      if (now - goodSince >= wait) return { kind: 'trial', since: now, wait };
      return plan.goodSince === goodSince ? plan : { ...plan, goodSince };
    }
    case 'trial':
      if (frameAt >= since) return { kind: 'picture', since, wait: later, seen: true };
      return isWeak || now - since >= TRIAL_MS ? { ...still, wait: later } : plan;
    default:
      return plan satisfies never;
  }
}
