import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type IvfFile, readIvf } from '../load/ivf.ts';

/** As recordPeople.ts makes them: of each person one file for each size and one for sound. */
const RECORDINGS = join(import.meta.dirname, 'recordings');
/** In each recording somebody speaks for so long, and then listens for so long, seconds: whole frames of picture and sound. */
export const HALF_SECONDS = 3.6;
export const FPS = 10;
/** Length of a frame of sound. */
export const AUDIO_MS = 60;
/** Lowest first; bit/s. */
export const SIZES = [
  { rid: 'q', width: 320, height: 180, bitrate: 36_000 },
  { rid: 'h', width: 640, height: 360, bitrate: 136_000 },
] as const;

export interface Recording {
  /** As SIZES. */
  readonly pictures: readonly IvfFile[];
  readonly sound: IvfFile;
}

/** @param person from 0 @param kind of the file: the rid of a size, or `opus` */
export const recordingFile = (person: number, kind: string): string =>
  join(RECORDINGS, `${String(person).padStart(2, '0')}.${kind}.ivf`);

const read = async (person: number, kind: string): Promise<IvfFile> =>
  readIvf(await readFile(recordingFile(person, kind)));

/** @param person from 0 */
export async function recordingOf(person: number): Promise<Recording> {
  const pictures = await Promise.all(SIZES.map(({ rid }) => read(person, rid)));
  return { pictures, sound: await read(person, 'opus') };
}
