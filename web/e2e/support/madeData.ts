import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Which figures are late is told by the clock: those of an hour before are not taken, but made anew. */
export const figuresNow = (): string => `figures-${new Date().toISOString().slice(0, 13)}`;

/** @returns the data of a demo that were made for stories to begin with a copy, in `E2E_DATA`; undefined: there are none */
export function madeData(withFigures: boolean): string | undefined {
  const place = process.env.E2E_DATA;
  if (!place) return undefined;
  return [...(withFigures ? [figuresNow()] : []), 'plain'].map((name) => join(place, name)).find(existsSync);
}
