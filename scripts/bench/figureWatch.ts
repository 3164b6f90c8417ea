import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { hashOfKey, newSourceKey } from '../../server/src/domain/figure/SourceKeys.ts';
import { batchAnswerSchema } from '../../server/src/protocol/figureBatch.ts';
import { Postgres } from '../../server/src/store/postgres/base/Postgres.ts';
import { PgFigureDefinitions } from '../../server/src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgSourceKeys } from '../../server/src/store/postgres/figure/PgSourceKeys.ts';
import { Browser } from '../../server/test/support/Browser.ts';
import { ChannelClient } from '../../server/test/support/ChannelClient.ts';
import { freePort } from '../../server/test/support/freePort.ts';
import { openNational } from '../../server/test/support/nationalBriefing.ts';
import { issueLinkFor } from '../../server/test/support/people.ts';
import { ServerProcess } from '../../server/test/support/ServerProcess.ts';
import { Program } from '../../server/test/support/TestNode.ts';
import { until } from '../../server/test/support/until.ts';
import { percentile } from '../load/summary.ts';
import { provideMediaWorker } from '../measure/mediaWorker.ts';
import { benchIndicator, benchSource } from './figureBench.ts';
import { readMeter } from './loopMeter.ts';
import { MapPage } from './MapPage.ts';
import { addModerators, foundCountry, type SignedIn } from './rollcallCountry.ts';

const HOUR_MS = 3_600_000;
/** The hour in which it begins: a long run goes on into the next. */
const NOW = Math.floor(Date.now() / HOUR_MS);
const PATIENCE_MS = 60_000;
const METERED = fileURLToPath(new URL('metered.server.process.ts', import.meta.url));
const CHROMIUM = fileURLToPath(new URL('yieldingChromium.sh', import.meta.url));

interface Spread {
  readonly p50: number;
  readonly p95: number;
}
export interface Watched {
  readonly watchers: number;
  /** From the request to its answer, which comes after the commit. */
  readonly recordMs: Spread;
  /** From the request to the tick, of every watcher. */
  readonly tickMs: Spread;
  /** The longest for which nobody had a turn at the server, from the first of these requests until the last map. */
  readonly pauseMs: number;
  /** The most of that time for which it had a core, in one such pause or another: what its own code took. */
  readonly workMs: number;
  readonly maps: number;
  /** From the request until the map of a page has painted it, of every page in Chromium. */
  readonly mapMs: Spread;
}

/**
 * A whole server: hour after hour one figure of all units is sent as a platform sends it, while so many moderators of
 * the country watch its card, and so many principals have its map open in Chromium, which gives way to the server.
 */
export async function watchHours(units: number, hours: number, watchers: number, maps: number): Promise<Watched> {
  await provideMediaWorker();
  const key = newSourceKey();
  let people: { readonly principal: SignedIn; readonly devices: readonly SignedIn[] } | undefined;
  const meter = await freePort();
  const prepare = async (url: string) => {
    const { principal } = await foundCountry(url, units);
    const postgres = await Postgres.create(url, () => undefined, 1);
    try {
      people = { principal, devices: await addModerators(postgres, watchers) };
      const [definitions, by] = [new PgFigureDefinitions(postgres), { account: null, name: 'bench' }];
      await definitions.putIndicator(benchIndicator, by);
      await definitions.putSource(benchSource, by);
      await new PgSourceKeys(postgres).add(benchSource.code, hashOfKey(key));
    } finally {
      await postgres.close();
    }
  };
  const server = await ServerProcess.create({ METER_PORT: String(meter) }, prepare, { main: METERED });
  const open: { close(): unknown }[] = [server];
  const own = <T extends { close(): unknown }>(thing: T): T => {
    open.unshift(thing);
    return thing;
  };
  try {
    if (!people) throw new Error('the country was not founded');
    const program = programOf(server.url, people.principal);
    const briefing = await openNational(program);
    const heard: number[][] = [];
    for (const device of people.devices) {
      const client = own(await ChannelClient.open(server, programOf(server.url, device), briefing));
      const times: number[] = [];
      heard.push(times);
      client.socket.on('figures', ({ n }) => {
        times[n] ??= performance.now();
      });
      await client.act('figures.watch', { indicators: [benchIndicator.code], root: 'vn' });
    }
    // A card, and a map, are there once there is a value.
    await sendRows(server.url, key, hourOf(units, hours));
    const pages: MapPage[] = [];
    const browser = maps > 0 ? own(await Browser.open({ executable: CHROMIUM })) : undefined;
    while (browser && pages.length < maps) {
      const page = own(
        await MapPage.open(browser, `${server.url}/#l=${await issueLinkFor(server, 'principal', 'vn')}`),
      );
      await page.openFigure();
      pages.push(page);
    }
    const record: number[] = [];
    const ticks: number[] = [];
    const painted: number[] = [];
    await readMeter(meter); // what was before
    for (let hour = hours - 1; hour >= 0; hour--) {
      const text = hourOf(units, hour);
      const begin = performance.now();
      const n = await sendRows(server.url, key, text);
      record.push(performance.now() - begin);
      const first = (times: readonly number[]) => times.find((time, at) => at >= n && time !== undefined);
      await until('every watcher hears of it', () => heard.every(first), PATIENCE_MS);
      ticks.push(...heard.map((times) => (first(times) ?? Number.NaN) - begin));
      for (const page of pages) painted.push((await paintedAt(page, n)) - performance.timeOrigin - begin);
    }
    const { lateMaxMs, workMaxMs } = await readMeter(meter);
    return {
      ...{ pauseMs: Math.round(lateMaxMs), workMs: Math.round(workMaxMs) },
      ...{ watchers, recordMs: spreadOf(record), tickMs: spreadOf(ticks) },
      ...{ maps, mapMs: spreadOf(painted) },
    };
  } finally {
    for (const thing of open) await thing.close();
  }
}

/** When a page had painted what is as of that N or a later one, milliseconds since 1970. */
const paintedAt = (page: MapPage, n: number): Promise<number> =>
  until(
    'a map has painted it',
    async () => (await page.painted()).find((painted) => painted.n >= n)?.paintedAt,
    PATIENCE_MS,
  );

const spreadOf = (times: readonly number[]): Spread => ({
  p50: Math.round(percentile(times, 50)),
  p95: Math.round(percentile(times, 95)),
});

function programOf(url: string, { token }: SignedIn): Program {
  const program = new Program(url);
  program.token = token;
  return program;
}

/** One figure of every unit. @param ago hours before now */
function hourOf(units: number, ago: number): string {
  const period = new Date((NOW - ago) * HOUR_MS).toISOString();
  return Array.from({ length: units }, (_, i) =>
    JSON.stringify({ indicator: benchIndicator.code, unit: `c${i}`, period, value: String((i * 7_919 + ago) % 500) }),
  ).join('\n');
}

/** As a platform sends it. @returns the N */
export async function sendRows(url: string, key: string, body: string): Promise<number> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' };
  const response = await fetch(`${url}/api/figures/batches?key=${randomUUID()}`, { method: 'POST', headers, body });
  if (!response.ok) throw new Error(`the batch was refused: ${await response.text()}`);
  const { n } = batchAnswerSchema.parse(await response.json());
  if (n === null) throw new Error('nothing was recorded');
  return n;
}
