/**
 * Makes every kind of report of a whole country, and says what it costs. Its options:
 * usage: npm run dh -- bench report [--units N] [--json]
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { AttendanceBook } from '../../server/src/domain/attendance/AttendanceBook.ts';
import { AttendanceService } from '../../server/src/domain/attendance/AttendanceService.ts';
import { Units } from '../../server/src/domain/organisation/Units.ts';
import { ReportMaker } from '../../server/src/domain/report/ReportMaker.ts';
import { ReportTables } from '../../server/src/domain/report/ReportTables.ts';
import { SessionReports } from '../../server/src/domain/report/SessionReports.ts';
import { createLogger } from '../../server/src/observability/logger.ts';
import type { AskReport } from '../../server/src/protocol/report.ts';
import { PgAttendance } from '../../server/src/store/postgres/attendance/PgAttendance.ts';
import { Postgres } from '../../server/src/store/postgres/base/Postgres.ts';
import { PgDirectives } from '../../server/src/store/postgres/directive/PgDirectives.ts';
import { PgUnits } from '../../server/src/store/postgres/organisation/PgUnits.ts';
import { PgReportIndex } from '../../server/src/store/postgres/report/PgReportIndex.ts';
import { PgReports } from '../../server/src/store/postgres/report/PgReports.ts';
import { PgSessionRecords } from '../../server/src/store/postgres/report/PgSessionRecords.ts';
import { PgRoundAnswers } from '../../server/src/store/postgres/rollcall/PgRoundAnswers.ts';
import { PgRounds } from '../../server/src/store/postgres/rollcall/PgRounds.ts';
import { openStores } from '../../server/test/support/stores.ts';
import { until } from '../../server/test/support/until.ts';
import { runCommand } from '../support/openDatabase.ts';
import { collect, memoryInUse } from './memoryInUse.ts';
import { recordBriefing } from './reportRecord.ts';
import { foundCountry } from './rollcallCountry.ts';

const usage = `Makes every kind of report of a whole country, and says what it costs.

usage: npm run dh -- bench report [--units N] [--json]

  --units  communes, all of which were there, answered three rounds and took a directive on (default 11000)
  --json   print the result as JSON

PostgreSQL and Redis are started with a folder of their own. Memory is that of the process that makes the reports, heap and buffers, above what it has before
each. Goals: 11,000 rows within a minute and under 200 MB.`;

const { values } = parseArgs({
  options: {
    units: { type: 'string', default: '11000' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const MB = 1024 * 1024;
const GOAL = { seconds: 60, megabytes: 200 };
const PATIENCE_MS = 300_000;

interface Cost {
  readonly kind: string;
  readonly format: string;
  readonly rows: number;
  readonly fileMb: number;
  readonly seconds: number;
  readonly extraMb: number;
  /** The longest that the node did nothing else. */
  readonly blockedMs: number;
}

runCommand(usage, async () => {
  const stores = await openStores();
  const postgres = await Postgres.create(stores.databaseUrl, () => undefined, 4);
  try {
    await foundCountry(stores.databaseUrl, Number(values.units));
    const unitStore = new PgUnits(postgres);
    const units = await Units.create(unitStore);
    const [by] = await postgres.query<{ id: string; name: string }>(
      `SELECT id, name FROM accounts WHERE role = 'principal' LIMIT 1`,
    );
    if (!by) throw new Error('the country has no principal');
    console.error('putting a briefing on record …');
    const briefing = await recordBriefing(postgres, units.index.baseUnits(['vn']), by);
    const maker = makerOn(postgres, units);
    const costs: Cost[] = [];
    for (const kind of ['attendance', 'rounds', 'directives'] as const)
      for (const format of ['csv', 'xlsx'] as const)
        costs.push(await measure(postgres, maker, by.id, { about: { kind, briefing }, format, language: 'vi' }));
    await maker.close();
    print(costs);
  } finally {
    await postgres.close();
    await stores.close();
  }
});

function makerOn(postgres: Postgres, units: Units): ReportMaker {
  const names = {
    name: (code: string) => units.index.find(code)?.name,
    path: (code: string) => units.index.find(code)?.path,
  };
  const store = new PgAttendance(postgres);
  const rule = { percent: 80, lastRound: true };
  const book = new AttendanceBook({ store, answers: new PgRoundAnswers(postgres), names, rule, gapMs: 15_000 });
  const attendance = new AttendanceService({ book, store, paths: names });
  const sources = { rounds: new PgRounds(postgres), directives: new PgDirectives(postgres) };
  const readBriefing = () => Promise.reject(new Error('nobody asks for one'));
  const sessions = new SessionReports({ records: new PgSessionRecords(postgres, names), attendance, readBriefing });
  const tables = new ReportTables({ attendance, ...sources, index: new PgReportIndex(postgres), sessions, names });
  return new ReportMaker({ store: new PgReports(postgres), tables, log: createLogger('error') });
}

async function measure(postgres: Postgres, maker: ReportMaker, account: string, ask: AskReport): Promise<Cost> {
  const store = new PgReports(postgres);
  const { id } = await store.create({ ...ask, account, territory: 'vn', fileName: `x.${ask.format}` }, () => undefined);
  collect();
  const before = memoryInUse();
  let peak = before;
  const sampler = setInterval(() => {
    peak = Math.max(peak, memoryInUse());
  }, 10);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const begin = performance.now();
  maker.wake();
  const made = await until(
    'the report',
    async () => {
      const stored = await store.find(id);
      if (stored?.report.state === 'failed') throw new Error(stored.report.message ?? 'it failed');
      return stored?.report.state === 'ready' && stored;
    },
    PATIENCE_MS,
  );
  const seconds = (performance.now() - begin) / 1000;
  clearInterval(sampler);
  delay.disable();
  const { kind } = ask.about;
  const size = { rows: made.report.rows, fileMb: (made.size ?? 0) / MB };
  return { kind, format: ask.format, ...size, seconds, extraMb: (peak - before) / MB, blockedMs: delay.max / 1e6 };
}

function print(costs: readonly Cost[]): void {
  if (values.json) console.log(JSON.stringify(costs));
  else
    for (const { kind, format, rows, fileMb, seconds, extraMb, blockedMs } of costs)
      console.log(
        `${kind.padEnd(10)} ${format.padEnd(4)} ${String(rows).padStart(6)} rows ${seconds.toFixed(1).padStart(5)} s ` +
          `${fileMb.toFixed(1).padStart(5)} MB file ${extraMb.toFixed(0).padStart(4)} MB more memory, blocked ${blockedMs.toFixed(0)} ms at most`,
      );
  const missed = costs.filter(
    ({ rows, seconds, extraMb }) =>
      seconds > (GOAL.seconds * Math.max(rows, 11_000)) / 11_000 || extraMb > GOAL.megabytes,
  );
  if (missed.length > 0) {
    console.error(`missed: ${missed.map(({ kind, format }) => `${kind} ${format}`).join(', ')}`);
    process.exitCode = 1;
  }
}
