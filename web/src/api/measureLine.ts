import type { Api } from './Api.ts';

/** What asks on behalf of the session. */
type Asker = Pick<Api, 'ask' | 'file'>;

export interface LineMeasure {
  readonly downKbps: number;
  readonly upKbps: number;
  readonly roundTripMs: number;
}
export type LineVerdict = 'good' | 'fair' | 'weak' | 'poor';

const PROBE = '/api/line';
/** Small first: on 300 kbit/s this takes about a second; a fast line is then measured with more. */
const FIRST_BYTES = 40_000;
const MORE_BYTES = 400_000;
/** A first probe quicker than this says little about a fast line. */
const QUICK_MS = 400;
const TIMEOUT_MS = 15_000;

/**
 * Round trip, down and up, each over an own request to this server.
 * @throws ApiError `rate-limited` or `busy` when it was measured too often; and when the server can't be reached in 15 s
 */
export async function measureLine(api: Asker, signal?: AbortSignal): Promise<LineMeasure> {
  const limit = AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), ...(signal ? [signal] : [])]);
  const trips: number[] = [];
  for (let i = 0; i < 3; i++) trips.push(await timed(() => download(api, 1, limit)));
  const roundTripMs = Math.min(...trips);
  return {
    downKbps: await rate((bytes) => download(api, bytes, limit), roundTripMs),
    upKbps: await rate((bytes) => upload(api, bytes, limit), roundTripMs),
    roundTripMs,
  };
}

/**
 * What the figures mean for a viewer who is also to speak: 150 kbit/s carry sound and the smallest picture, 1.5 Mbit/s
 * everything.
 */
export function verdictOf({ downKbps, upKbps }: Pick<LineMeasure, 'downKbps' | 'upKbps'>): LineVerdict {
  if (downKbps >= 2500 && upKbps >= 1500) return 'good';
  if (downKbps >= 900 && upKbps >= 500) return 'fair';
  if (downKbps >= 200 && upKbps >= 100) return 'weak';
  return 'poor';
}

async function rate(transfer: (bytes: number) => Promise<void>, roundTripMs: number): Promise<number> {
  let bytes = FIRST_BYTES;
  let took = await timed(() => transfer(bytes));
  if (took < QUICK_MS) {
    bytes = MORE_BYTES;
    took = await timed(() => transfer(bytes));
  }
  return (bytes * 8) / Math.max(1, took - roundTripMs);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

async function download(api: Asker, bytes: number, signal: AbortSignal): Promise<void> {
  await api.file(`${PROBE}?bytes=${bytes}`, { signal });
}

async function upload(api: Asker, bytes: number, signal: AbortSignal): Promise<void> {
  const noise = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(noise.subarray(at, Math.min(bytes, at + 65_536)));
  const body = new Blob([noise], { type: 'application/octet-stream' });
  await api.ask(PROBE, undefined, { method: 'POST', body, signal });
}
