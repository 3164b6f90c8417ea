/**
 * Records figures of a whole country while many watch, then a million rows, beside PostgreSQL's COPY of the same. Its options:
 * usage: npm run dh -- bench figures [--units N] [--hours N] [--watchers N] [--maps N] [--rows N] [--minutes N]
 *   [--indicators N] [--periods N] [--again N] [--upkeep N] [--devices N] [--stage N] [--json]
 */
import { parseArgs } from 'node:util';
import { SERVER_FLAGS } from '../../server/test/support/ServerProcess.ts';
import { runCommand } from '../support/openDatabase.ts';
import type { FilledStep } from './figureBench.ts';
import { inCountry } from './figureCountry.ts';
import { fillBesideRounds } from './figureFill.ts';
import { goalsOf, isMet, type Measured, sayGoal } from './figureGoals.ts';
import { readFigures } from './figureReads.ts';
import { demandRoom, rowsIn } from './figureRoom.ts';
import { tellStage } from './figureStageCost.ts';
import { keepUp } from './figureUpkeep.ts';
import { watchHours } from './figureWatch.ts';
import { sayBeside, sayFilled, sayReads, sayStaged, sayUpkeep, sayWatched } from './figureWords.ts';

const usage = `Records figures of a whole country while many watch, then a million rows, beside PostgreSQL's COPY of the same.

usage: npm run dh -- bench figures [--units N] [--hours N] [--watchers N] [--maps N] [--rows N] [--minutes N]
                                   [--indicators N] [--periods N] [--again N] [--upkeep N] [--devices N] [--stage N] [--json]

  --units     communes, each of which reports (default 11000)
  --hours     batches of one figure of all of them, one after the other (default 20; 0: none, and nobody watches)
  --watchers  moderators of the country who watch this figure meanwhile (default 100)
  --maps      of the country that principals have open in Chromium meanwhile (default 3)
  --rows      that are recorded afterwards in batches of 50,000, as 20000000 or 20M (default 1M; 0: none, and nothing is read)
  --minutes   after which no more of them are begun (default 30): what is measured is what is there by then
  --indicators  figures that a node has at its start (default 60), and of all but the first, --periods, the last hours (default 1)
  --again     how often all units send a dozen hours again before these are looked at as they were known between (default 17; 0: never)
  --upkeep    rows that are backed up, verified and migrated (default 500000; 0: none)
  --devices   that answer roll-calls, all within a second, before and while as many rows, but two million at most, are filled in
              once more (default 1100; 0: none)
  --stage     devices that are told figures on the stage, beside socket.io alone (default as many; 0: none)
  --json      print the result as JSON

The hours come in over the push API of a whole server, whose watchers hear of them by the order channel; a map counts when its
picture is on the screen, and Chromium gives way to the server, beside which it stands on this machine alone. The many rows are
recorded in this process, which runs as a server does, without sockets in between; COPY puts the same rows from a file into a table
with the same indexes, batch by batch in turns. Then a node starts on them, and maps of the country are written, each another: of
the newest period, and of one before as it was known since; by rows alone, and once frames are kept. Stores are started with
folders of their own under TMPDIR. A row takes some 207 bytes of it; where the disk is too small it is said before anything is
done.

Each part is told when it is over, and every million rows on standard error. At the end each goal stands there as met or missed; the
exit status is 1 where one was missed.`;

const FRAMES = 60;
const STAGED_SECONDS = 20;
const MINUTE_MS = 60_000;
const options = {
  units: { type: 'string', default: '11000' },
  hours: { type: 'string', default: '20' },
  watchers: { type: 'string', default: '100' },
  maps: { type: 'string', default: '3' },
  rows: { type: 'string', default: '1M' },
  minutes: { type: 'string', default: '30' },
  indicators: { type: 'string', default: '60' },
  periods: { type: 'string', default: '1' },
  again: { type: 'string', default: '17' },
  upkeep: { type: 'string', default: '500000' },
  devices: { type: 'string', default: '1100' },
  stage: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  const [units, hours] = [Number(values.units), Number(values.hours)];
  const [rows, upkeep] = [rowsIn(values.rows), rowsIn(values.upkeep)];
  const devices = Number(values.devices);
  const viewers = Number(values.stage ?? devices);
  await demandRoom(rows);
  let measured: Measured = {};
  const add = (part: Measured, words: string) => {
    measured = { ...measured, ...part };
    if (!values.json) console.log(words);
  };
  if (hours > 0) {
    const watched = await watchHours(units, hours, Number(values.watchers), Number(values.maps));
    add({ watched }, sayWatched(units, watched));
  }
  if (rows > 0)
    await inCountry(units, async ({ bench, postgres, units: tree, url }) => {
      const until = performance.now() + Number(values.minutes) * MINUTE_MS;
      const filled = await bench.many(url, rows, { told: progress(rows), until });
      add({ filled }, sayFilled(rows, filled));
      await bench.others(Number(values.indicators), Number(values.periods));
      const reads = await readFigures(postgres, tree, bench, { tries: FRAMES, again: Number(values.again) });
      add({ reads }, sayReads(reads));
    });
  if (upkeep > 0) {
    const kept = await keepUp(units, upkeep);
    add({ upkeep: kept }, sayUpkeep(kept));
  }
  if (devices > 0 && rows > 0) {
    const beside = await fillBesideRounds(devices, rows);
    add({ beside }, sayBeside(beside));
  }
  if (viewers > 0) {
    const staged = await tellStage(viewers, STAGED_SECONDS);
    add({ staged }, sayStaged(staged));
  }
  const goals = goalsOf(measured);
  console.log(values.json ? JSON.stringify({ ...measured, goals }) : goals.map(sayGoal).join('\n'));
  if (!goals.every(isMet)) process.exitCode = 1;
}

/** Every million: what it took, and when the last will be there. */
function progress(of: number): (step: FilledStep) => void {
  const began = performance.now();
  return ({ rows, seconds, copySeconds, blockedMs }) => {
    const gone = (performance.now() - began) / MINUTE_MS;
    const left = (gone * (of - rows)) / rows;
    console.error(
      `${new Date().toISOString().slice(11, 19)} ${rows} rows: the last million ${seconds} s, by COPY ${copySeconds} s; ` +
        `blocked ${blockedMs} ms at most so far; ${gone.toFixed(1)} minutes gone, ${left.toFixed(1)} to come`,
    );
  };
}

// Stopped by hand it removes what it filled in, as by SIGTERM.
process.once('SIGINT', () => process.exit(130));
// A server is started with these.
if (!process.argv.includes('--help') && !SERVER_FLAGS.every((flag) => process.execArgv.includes(flag)))
  process.execve?.(process.execPath, [process.execPath, ...SERVER_FLAGS, ...process.argv.slice(1)], process.env);
runCommand(usage, main);
