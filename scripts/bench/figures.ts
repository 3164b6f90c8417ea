/**
 * Records figures of a whole country while many watch, then a million rows, beside PostgreSQL's COPY of the same. Its options:
 * usage: npm run dh -- bench figures [--units N] [--hours N] [--watchers N] [--maps N] [--rows N] [--indicators N] [--periods N]
 *   [--devices N] [--stage N] [--json]
 */
import { parseArgs } from 'node:util';
import { Units } from '../../server/src/domain/organisation/Units.ts';
import { Postgres } from '../../server/src/store/postgres/base/Postgres.ts';
import { PgFigureDefinitions } from '../../server/src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../server/src/store/postgres/figure/PgFigureIntake.ts';
import { PgUnits } from '../../server/src/store/postgres/organisation/PgUnits.ts';
import { openStores } from '../../server/test/support/stores.ts';
import { runCommand } from '../support/openDatabase.ts';
import { FigureBench, type Filled } from './figureBench.ts';
import { type Beside, fillBesideRounds } from './figureFill.ts';
import { type Reads, readFigures } from './figureReads.ts';
import { type Staged, tellStage } from './figureStageCost.ts';
import { lookAfterRows, type Upkeep } from './figureUpkeep.ts';
import { type Watched, watchHours } from './figureWatch.ts';
import { foundCountry } from './rollcallCountry.ts';

const usage = `Records figures of a whole country while many watch, then a million rows, beside PostgreSQL's COPY of the same.

usage: npm run dh -- bench figures [--units N] [--hours N] [--watchers N] [--maps N] [--rows N] [--indicators N]
                                   [--periods N] [--devices N] [--stage N] [--json]

  --units     communes, each of which reports (default 11000)
  --hours     batches of one figure of all of them, one after the other (default 20)
  --watchers  moderators of the country who watch this figure meanwhile (default 100)
  --maps      of the country that principals have open in Chromium meanwhile (default 3)
  --rows      that are recorded afterwards in batches of 50,000 (default 1000000)
  --indicators  figures that a node has at its start (default 60), and of all but the first, --periods, the last hours (default 1)
  --devices   that answer roll-calls, all within a second, before and while as many rows are filled in once more (default 1100; 0: none)
  --stage     devices that are told figures on the stage, beside socket.io alone (default as many; 0: none)
  --json      print the result as JSON

The hours come in over the push API of a whole server, whose watchers hear of them by the order channel; a map counts when its picture is on the screen. The many rows are recorded in this
process, without sockets in between; COPY puts the same rows from a file into a table with the same indexes, batch by batch in turns. Then
a node starts on them, and maps of the country are written, each another: of the newest period, and of one before as it was known since;
by rows alone, and once frames are kept. And what a backup, a verification and migrations take for a million of these rows.
Stores are started with a folder of their own. Goals: a million rows while receipts of a roll-call stay at p99
500 ms; figures on the stage told for at most 2 times the CPU of socket.io alone; an hour of 11,000 rows on record within p95 0.8 s, at the watchers and on the maps within 2 s; a
million rows within 60 s, and at most 2.5 times COPY; a start within 3 s; a map within p95 50 ms, one of the past within 100 ms.`;

const GOAL = {
  ...{ recordMs: 800, tickMs: 2_000, ratio: 2.5, rowsPerSecond: 1_000_000 / 60 },
  ...{ receiptMs: 500, stageRatio: 2, startMs: 3_000, mapMs: 50, pastMs: 100 },
};
const FRAMES = 60;
const STAGED_SECONDS = 20;

runCommand(usage, async () => {
  const { values } = parseArgs({
    options: {
      units: { type: 'string', default: '11000' },
      hours: { type: 'string', default: '20' },
      watchers: { type: 'string', default: '100' },
      rows: { type: 'string', default: '1000000' },
      indicators: { type: 'string', default: '60' },
      periods: { type: 'string', default: '1' },
      devices: { type: 'string', default: '1100' },
      maps: { type: 'string', default: '3' },
      stage: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const units = Number(values.units);
  const watched = await watchHours(units, Number(values.hours), Number(values.watchers), Number(values.maps));
  const { filled, reads, upkeep } = await fill(units, Number(values.rows), {
    ...{ indicators: Number(values.indicators), periods: Number(values.periods) },
  });
  const devices = Number(values.devices);
  const beside = devices > 0 ? await fillBesideRounds(devices, Number(values.rows)) : undefined;
  const viewers = Number(values.stage ?? values.devices);
  const staged = viewers > 0 ? await tellStage(viewers, STAGED_SECONDS) : undefined;
  if (values.json) console.log(JSON.stringify({ watched, filled, reads, upkeep, beside, staged }));
  else print(units, { watched, filled, reads, upkeep, beside, staged });
  const late = watched.recordMs.p95 > GOAL.recordMs || Math.max(watched.tickMs.p95, watched.mapMs.p95) > GOAL.tickMs;
  const slow = reads.startMs > GOAL.startMs || reads.mapMs.p95 > GOAL.mapMs || reads.pastMs.p95 > GOAL.pastMs;
  const heldUp = beside !== undefined && beside.beside.p99 > GOAL.receiptMs;
  const dear = staged !== undefined && staged.ratio > GOAL.stageRatio;
  if (late || slow || heldUp || dear || filled.ratio > GOAL.ratio || filled.rows / filled.seconds < GOAL.rowsPerSecond)
    process.exitCode = 1;
});

interface Measured {
  readonly watched: Watched;
  readonly filled: Filled;
  readonly reads: Reads;
  readonly upkeep: Upkeep;
  readonly beside: Beside | undefined;
  readonly staged: Staged | undefined;
}

async function fill(
  communes: number,
  rows: number,
  { indicators, periods }: { readonly indicators: number; readonly periods: number },
): Promise<Pick<Measured, 'filled' | 'reads' | 'upkeep'>> {
  const stores = await openStores({ own: true });
  const postgres = await Postgres.create(stores.databaseUrl, () => undefined, 4);
  try {
    await foundCountry(stores.databaseUrl, communes);
    const units = await Units.create(new PgUnits(postgres));
    const [definitions, intake] = [new PgFigureDefinitions(postgres), new PgFigureIntake(postgres)];
    const bench = await FigureBench.create({ postgres, definitions, intake, units });
    const filled = await bench.many(stores.databaseUrl, rows, ({ rows: done, seconds, copySeconds }) =>
      console.error(`${done} rows: the last million ${seconds} s, by COPY ${copySeconds} s`),
    );
    await bench.others(indicators, periods);
    const reads = await readFigures(postgres, units, FRAMES);
    return { filled, reads, upkeep: await lookAfterRows(stores.databaseUrl) };
  } finally {
    await postgres.close();
    await stores.close();
  }
}

function print(units: number, { watched, filled, reads, upkeep, beside, staged }: Measured): void {
  const { recordMs, tickMs, watchers, maps } = watched;
  console.log(`an hour of ${units} rows: on record p50 ${recordMs.p50} ms, p95 ${recordMs.p95} ms`);
  console.log(`  at ${watchers} watchers p50 ${tickMs.p50} ms, p95 ${tickMs.p95} ms`);
  if (maps > 0) console.log(`  on ${maps} maps in Chromium p50 ${watched.mapMs.p50} ms, p95 ${watched.mapMs.p95} ms`);
  const { rows, seconds, copySeconds, ratio, blockedMs } = filled;
  console.log(`${rows} rows: ${seconds} s, COPY ${copySeconds} s, ratio ${ratio}; blocked ${blockedMs} ms at most`);
  const { mapMs, pastMs, coldPastMs, frames, frameMs, frameBytes } = reads;
  console.log(
    `start with ${reads.indicators} figures ${Math.round(reads.startMs)} ms, by rows ${Math.round(reads.coldStartMs)} ms`,
  );
  console.log(
    `  which hold ${Math.round((reads.periods * reads.periodBytes) / 1e6)} MB: ${reads.periods} periods of ${Math.round(reads.periodBytes / 1_000)} kB`,
  );
  console.log(`${frames} frames of ${Math.round(frameBytes / 1_000)} kB, each made in ${frameMs} ms`);
  console.log(`map p50 ${mapMs.p50} ms, p95 ${mapMs.p95} ms`);
  console.log(
    `of the past p50 ${pastMs.p50} ms, p95 ${pastMs.p95} ms; by rows p50 ${coldPastMs.p50} ms, p95 ${coldPastMs.p95} ms`,
  );
  const { column, constraint, index, copied } = upkeep;
  console.log(
    `a million rows take ${upkeep.rowBytes} MB, and ${upkeep.savedBytes} MB in a backup; backup ${upkeep.backup} s, verification ${upkeep.verification} s`,
  );
  console.log(
    `  migrations: a column ${column} s, a constraint ${constraint} s, an index ${index} s, all anew ${copied} s`,
  );
  if (beside) {
    const receipts = ({ rounds, p50, p95, p99 }: Beside['alone']) =>
      `p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms (${rounds} rounds)`;
    console.log(`receipts of ${beside.devices} devices within a second: ${receipts(beside.alone)}`);
    console.log(`  while ${beside.rows} rows are filled in, in ${beside.seconds} s: ${receipts(beside.beside)}`);
    const { seconds, beside: behind } = beside.unpaced;
    console.log(`  as many by a back-fill that makes no way, in ${seconds} s: ${receipts(behind)}`);
  }
  if (staged) {
    const { devices, ticks, bytes, ours, alone, ratio } = staged;
    console.log(
      `a stage of figures told to ${devices} devices, ${ticks} times ${bytes} bytes: CPU ${ours} s, socket.io alone`,
    );
    console.log(`  ${alone} s, ratio ${ratio}; the batches themselves ${staged.batches} s`);
  }
}
