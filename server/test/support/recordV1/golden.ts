import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from './Json.ts';
import type { Passed } from './SignalProxy.ts';

export const goldenFolder = join(import.meta.dirname, '../../../src/edge/livekit/v1/golden');
const suffix = '.golden.json';

/** A recording as it is kept: each section of the SDPs is written once, under a name, since offers repeat them all. */
export interface Golden {
  readonly sections: Record<string, readonly string[]>;
  readonly passed: readonly Json[];
}

export const goldenNames = (): readonly string[] =>
  readdirSync(goldenFolder)
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length));

export const goldenPath = (name: string, folder = goldenFolder): string => join(folder, name + suffix);

export function readGolden(name: string): Passed[] {
  const { sections, passed } = JSON.parse(readFileSync(goldenPath(name), 'utf8')) as Golden;
  const join = (names: readonly string[]) => names.flatMap((n) => sections[n] ?? []).map((line) => `${line}\r\n`);
  return mapSdp(passed, (names) => join(names as string[]).join('')) as unknown as Passed[];
}

export function pack(passed: readonly Json[]): Golden {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  const nameOf = (section: string): string => {
    const kind = /^m=(\w+)/.exec(section)?.[1] ?? 'session';
    const known = names.get(section);
    if (known !== undefined) return known;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    const name = `${kind} ${count}`;
    names.set(section, name);
    return name;
  };
  const packed = mapSdp(passed as Json, (sdp) => (sdp as string).split(/^(?=m=)/m).map(nameOf));
  const sections = [...names].map(([section, name]) => [name, section.split('\r\n').filter((line) => line !== '')]);
  return { sections: Object.fromEntries(sections), passed: packed as Json[] };
}

/** Every value of the name `sdp`, however deep. */
function mapSdp(value: unknown, map: (sdp: Json) => Json): Json {
  if (Array.isArray(value)) return value.map((item) => mapSdp(item, map));
  if (typeof value !== 'object' || value === null) return value as Json;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === 'sdp' ? map(item) : mapSdp(item, map)]),
  );
}
