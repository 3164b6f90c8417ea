import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Units } from '../../server/src/domain/organisation/Units.ts';
import { Postgres } from '../../server/src/store/postgres/base/Postgres.ts';
import { PgFigureDefinitions } from '../../server/src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../server/src/store/postgres/figure/PgFigureIntake.ts';
import { PgFillPace } from '../../server/src/store/postgres/figure/PgFillPace.ts';
import { PgUnits } from '../../server/src/store/postgres/organisation/PgUnits.ts';
import { percentile } from '../load/summary.ts';
import { briefCountry } from './briefedCountry.ts';
import { FigureBench } from './figureBench.ts';
import { RollcallDevices } from './RollcallDevices.ts';

/** Of what is filled in: both files are held whole, and a roll-call has told what it can after some dozen rounds. */
const MOST_ROWS = 2_000_000;
/** Before the back-fill; so many more may be open while it lasts. */
const ROUNDS = 5;
const SPREAD_MS = 1_000;
const PATIENCE_MS = 120_000;
const PROCESSES = 2;
const CONNECTS_PER_SECOND = 400;
const SETTLE_MS = 3_000;

interface Receipts {
  readonly rounds: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}
export interface Beside {
  readonly devices: number;
  readonly rows: number;
  readonly seconds: number;
  /** From an answer to its receipt, ms: before the back-fill, and of rounds that it lasted through. */
  readonly alone: Receipts;
  readonly beside: Receipts;
  /** The same with as many rows more, of a back-fill that makes no way (FG54). */
  readonly unpaced: { readonly seconds: number; readonly beside: Receipts };
}

/**
 * A whole server, whose devices answer one roll-call after the other, all within a second, while so many rows are filled in
 * beside it as `dh figures import` does: by another process, on the same database. @param wanted rows; two million at most
 */
export async function fillBesideRounds(devices: number, wanted: number): Promise<Beside> {
  const rows = Math.min(wanted, MOST_ROWS);
  const country = await briefCountry(devices);
  const { server, principal, seats } = country;
  const open: { close(): unknown }[] = [country];
  try {
    const crowd = await RollcallDevices.connect(server.url, seats, PROCESSES, CONNECTS_PER_SECOND);
    open.push(crowd);
    const postgres = await Postgres.create(server.stores.databaseUrl, () => undefined, 2);
    open.push(postgres);
    const units = await Units.create(new PgUnits(postgres));
    const [definitions, intake] = [new PgFigureDefinitions(postgres), new PgFigureIntake(postgres)];
    const bench = await FigureBench.create({ postgres, definitions, intake, units });
    await wait(SETTLE_MS);
    const round = async (): Promise<number[]> => {
      await crowd.expect(SPREAD_MS);
      const of = { question: 'Có mặt chưa?', scope: ['vn'], seconds: 3_600, repromptSeconds: null };
      await principal.act('round.open', { key: randomUUID(), ...of });
      await wait(SPREAD_MS);
      await crowd.acknowledged(devices, PATIENCE_MS);
      return (await crowd.results()).map(
        ({ acknowledgedAt, sentAt }) => (acknowledgedAt ?? Number.NaN) - (sentAt ?? 0),
      );
    };
    const alone: number[][] = [];
    while (alone.length < ROUNDS) alone.push(await round());
    const fill = async (pace: (tookMs: number) => Promise<void>) => {
      const beside: number[][] = [];
      let isFilling = true;
      const filled = bench.fill(rows, pace).finally(() => {
        isFilling = false;
      });
      while (isFilling) {
        const times = await round();
        if (isFilling) beside.push(times);
      }
      return { seconds: await filled, beside: receiptsOf(beside) };
    };
    const pace = new PgFillPace(postgres);
    const paced = await fill(async (tookMs) => void (await pace.rest(tookMs)));
    const unpaced = await fill(async () => undefined);
    return { devices, rows, ...paced, alone: receiptsOf(alone), unpaced };
  } finally {
    for (const thing of open.toReversed()) await thing.close();
  }
}

function receiptsOf(rounds: readonly (readonly number[])[]): Receipts {
  const all = rounds.flat();
  const at = (share: number) => Math.round(percentile(all, share));
  return { rounds: rounds.length, p50: at(50), p95: at(95), p99: at(99) };
}
