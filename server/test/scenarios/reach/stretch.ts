import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { until } from '../../support/until.ts';

/** Looks, a second apart, that are judged together. */
const LOOKS = 16;
/** Height of the lowest layer of every picture in these tests. */
const LOWEST = 180;

/** Totals of what a page receives, by kind, as Chromium counts them. */
export interface Received {
  readonly audio: { readonly samples: number; readonly concealed: number };
  readonly video: { readonly frames: number; readonly height: number };
}

/** Runs in a page that keeps its connections as `kept`. @returns Received */
const look = `(async () => {
  const seen = {};
  for (const connection of kept)
    for (const s of (await connection.getStats()).values()) if (s.type === 'inbound-rtp') seen[s.kind] = s;
  const { audio = {}, video = {} } = seen;
  return {
    audio: { samples: audio.totalSamplesReceived ?? 0, concealed: audio.concealedSamples ?? 0 },
    video: { frames: video.framesDecoded ?? 0, height: video.frameHeight ?? 0 },
  };
})()`;

export const receivedOf = (page: Page): Promise<Received> => page.evaluate<Received>(look);

interface Stretch {
  readonly looks: number;
  /** Share of the sound that the player made up, 0..1. */
  readonly concealed: number;
  /** Share of the looks at which the picture had moved since the one before, 0..1. */
  readonly moving: number;
  /** Share of the looks that saw the lowest layer, 0..1. */
  readonly lowest: number;
}

function over(looks: readonly Received[]): Stretch {
  const pairs = looks.slice(1).map((now, i) => [looks[i] as Received, now] as const);
  const share = (holds: (before: Received, now: Received) => boolean) =>
    pairs.filter(([before, now]) => holds(before, now)).length / Math.max(1, pairs.length);
  const grown = (of: (r: Received) => number) => of(looks.at(-1) as Received) - of(looks[0] as Received);
  return {
    looks: pairs.length,
    concealed:
      grown((r) => r.audio.concealed) /
      Math.max(
        1,
        grown((r) => r.audio.samples),
      ),
    moving: share((before, now) => now.video.frames > before.video.frames),
    lowest: share((_, now) => now.video.height === LOWEST),
  };
}

/** Without a controller a quarter of the sound is made up and there is no picture at all; a climb on trial costs a look or two. */
const isGood = ({ looks, concealed, moving, lowest }: Stretch): boolean =>
  looks >= LOOKS - 1 && concealed < 0.06 && moving >= 0.8 && lowest >= 0.8;

/** Until a whole stretch of time had continuous sound and a moving picture of the lowest layer. */
export async function goodStretch(t: TestContext, look: () => Promise<Received>): Promise<void> {
  const looks: Received[] = [];
  const isThere = async () => {
    await sleep(1_000);
    looks.push(await look());
    return isGood(over(looks.slice(-LOOKS)));
  };
  try {
    await until('a stretch of continuous sound and a moving picture of the lowest layer', isThere, 90_000);
  } finally {
    t.diagnostic(`after ${looks.length} looks: ${JSON.stringify(over(looks.slice(-LOOKS)))}`);
  }
}
