import { casesOfLastDay } from './outbreakAnchors.ts';
import type { Reporter } from './scenario.ts';

/** Three units in each province that had cases, and in one that had none: enough for tests. */
export const smallCountry: readonly Reporter[] = [...Object.keys(casesOfLastDay), '02'].flatMap((province) =>
  ['1', '2', '3'].map((nr) => ({ code: `${province}0${nr}`, province })),
);
