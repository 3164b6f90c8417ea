import { join } from 'node:path';
import { clientDescriptions } from '../../server/test/support/sdp/golden.ts';
import { signalSeeds } from '../../server/test/support/signals/seeds.ts';

export interface FuzzTarget {
  /** Module that exports `fuzz(data: Buffer)`. */
  readonly file: string;
  /** Parts of paths whose coverage guides the fuzzer. */
  readonly instrument: readonly string[];
  readonly sync: boolean;
  readonly maxLength: number;
  /** Words that mean something to the code. */
  readonly words: readonly string[];
  seeds(): Iterable<string | Uint8Array> | Promise<Iterable<string | Uint8Array>>;
}

/** Attribute names, kinds and numbers of real descriptions: whatever stands before a colon or between spaces, if short. */
function sdpWords(): string[] {
  const words = new Set(['\r\n', 'a=', 'm=']);
  for (const text of clientDescriptions()) {
    for (const word of text.split(/[\r\n :;,]+/)) {
      if (word.length > 1 && word.length < 40 && /^[ -~]+$/.test(word) && !/^[0-9A-F]{2}$/.test(word)) words.add(word);
    }
  }
  return [...words].slice(0, 2000);
}

export const targets: Readonly<Record<string, FuzzTarget>> = {
  sdp: {
    file: join(import.meta.dirname, 'sdp.target.ts'),
    instrument: ['server/src/media/sdp'],
    sync: true,
    maxLength: 32_768,
    words: sdpWords(),
    seeds: clientDescriptions,
  },
  signals: {
    file: join(import.meta.dirname, 'signals.target.ts'),
    instrument: ['server/src/edge/livekit', 'server/src/hall', 'server/src/media/sdp'],
    sync: false,
    maxLength: 65_536,
    words: sdpWords(),
    seeds: signalSeeds,
  },
};
