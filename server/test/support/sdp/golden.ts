import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recorded } from '../recordSdp/recordingProxy.ts';

const folder = join(import.meta.dirname, '../../../src/media/sdp/golden');
const suffix = '.golden.json';

export const goldenNames: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith(suffix))
  .map((file) => file.slice(0, -suffix.length));

export const readGolden = (name: string): readonly Recorded[] =>
  JSON.parse(readFileSync(join(folder, name + suffix), 'utf8'));

/** Every description that the clients sent, of both connections. */
export const clientDescriptions = (): readonly string[] =>
  goldenNames.flatMap((name) =>
    readGolden(name).flatMap((r) => ('connection' in r && r.from === 'client' ? [r.sdp] : [])),
  );
