import { setTimeout as wait } from 'node:timers/promises';
import { hashOfKey, newSourceKey } from '../../server/src/domain/figure/SourceKeys.ts';
import { Postgres } from '../../server/src/store/postgres/base/Postgres.ts';
import { PgFigureDefinitions } from '../../server/src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgSourceKeys } from '../../server/src/store/postgres/figure/PgSourceKeys.ts';
import type { ChannelClient } from '../../server/test/support/ChannelClient.ts';
import { until } from '../../server/test/support/until.ts';
import { cpuOfProcess } from '../measure/processTree.ts';
import { BareSockets } from './BareSockets.ts';
import { briefCountry } from './briefedCountry.ts';
import { benchIndicator, benchSource } from './figureBench.ts';
import { sendRows } from './figureWatch.ts';
import { RollcallDevices } from './RollcallDevices.ts';

const TICK_MS = 1_000;
const SETTLE_MS = 3_000;
const PROCESSES = 2;
const CONNECTS_PER_SECOND = 400;
const PATIENCE_MS = 60_000;
/** One in each province. */
const CHANGED = 34;

export interface Staged {
  readonly devices: number;
  /** Notices to each device, and the bytes of one. */
  readonly ticks: number;
  readonly bytes: number;
  /** Seconds of the server's process for as many batches that nobody hears of. */
  readonly batches: number;
  /** Beyond that, with all devices there; and of socket.io alone, which tells as many the same. */
  readonly ours: number;
  readonly alone: number;
  readonly ratio: number;
}

/** Figures on the stage of a briefing, of which a batch a second changes a value in each province, told to so many devices. */
export async function tellStage(count: number, seconds: number): Promise<Staged> {
  const key = newSourceKey();
  const country = await briefCountry(count, async (url) => {
    const postgres = await Postgres.create(url, () => undefined, 1);
    const [definitions, by] = [new PgFigureDefinitions(postgres), { account: null, name: 'bench' }];
    await definitions.putIndicator(benchIndicator, by);
    await definitions.putSource(benchSource, by);
    await new PgSourceKeys(postgres).add(benchSource.code, hashOfKey(key));
    await postgres.close();
  });
  const { server, principal, seats } = country;
  const open: { close(): unknown }[] = [country];
  try {
    const moves: unknown[] = [];
    principal.socket.on('figures.stagedMove', (notice) => moves.push(notice));
    let value = 0;
    const send = (units: number) => sendRows(server.url, key, rowsOf(units, ++value));
    await send(count);
    await until('the figure is on the stage', () => staged(principal), PATIENCE_MS);
    /** @returns seconds of CPU of a process, while so many notices are told */
    const spent = async (pid: number, tell: () => unknown): Promise<number> => {
      await wait(SETTLE_MS);
      const before = cpuOfProcess(pid);
      for (let i = 0; i < seconds; i += 1) {
        await Promise.all([tell(), wait(TICK_MS)]);
      }
      return cpuOfProcess(pid) - before;
    };
    const batches = await spent(server.pid, () => send(CHANGED));
    const crowd = await RollcallDevices.connect(server.url, seats, PROCESSES, CONNECTS_PER_SECOND);
    open.push(crowd);
    moves.length = 0;
    const all = await spent(server.pid, () => send(CHANGED));
    const ticks = moves.length;
    const notice = moves.at(-1);
    if (ticks === 0 || !notice) throw new Error('nothing was told');
    const bare = await BareSockets.start();
    open.push(bare);
    const nobody = seats.map(({ identity }) => ({ identity, token: '', briefing: '' }));
    open.push(await RollcallDevices.connect(bare.url, nobody, PROCESSES, CONNECTS_PER_SECOND));
    // A device does nothing with a round that is closed.
    const prompt = { round: { id: '', state: 'closed' }, ...notice };
    let told = 0;
    const alone = await spent(bare.pid, () => told++ < ticks && bare.prompt(prompt));
    const [ours, hundredth] = [all - batches, (n: number) => Math.round(n * 100) / 100];
    const numbers = { batches: hundredth(batches), ours: hundredth(ours), alone: hundredth(alone) };
    return { devices: count, ticks, bytes: JSON.stringify(notice).length, ...numbers, ratio: hundredth(ours / alone) };
  } finally {
    for (const thing of open.toReversed()) await thing.close();
  }
}

/** The node hears of the indicator by itself, a moment after it was sent. */
const staged = (principal: ChannelClient): Promise<boolean> =>
  principal.act('figures.show', { indicator: benchIndicator.code, root: 'vn', depth: 'provinces', view: 'map' }).then(
    () => true,
    () => false,
  );

function rowsOf(units: number, value: number): string {
  const period = new Date().toISOString();
  return Array.from({ length: units }, (_, i) =>
    JSON.stringify({ indicator: benchIndicator.code, unit: `c${i}`, period, value: String(value) }),
  ).join('\n');
}
