import type { AttendanceService } from '../domain/attendance/AttendanceService.ts';
import type { Briefings } from '../domain/briefing/Briefings.ts';
import { readable } from '../domain/directive/access.ts';
import type { Units } from '../domain/organisation/Units.ts';
import { ReportMaker } from '../domain/report/ReportMaker.ts';
import { Reports } from '../domain/report/Reports.ts';
import { ReportTables } from '../domain/report/ReportTables.ts';
import { Summaries } from '../domain/report/Summaries.ts';
import { reportRoutes } from '../edge/http/report/routes.ts';
import type { Route } from '../edge/http/route.ts';
import type { Jobs } from '../jobs/Jobs.ts';
import { handleReport, REPORT_SWEEP_MS } from '../jobs/report/report.handler.ts';
import { report } from '../jobs/report/report.ts';
import type { Closer } from '../lib/Closer.ts';
import { every } from '../lib/every.ts';
import type { Logger } from '../observability/logger.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgDirectives } from '../store/postgres/directive/PgDirectives.ts';
import { PgFloor } from '../store/postgres/floor/PgFloor.ts';
import { PgReportIndex } from '../store/postgres/report/PgReportIndex.ts';
import { PgReports } from '../store/postgres/report/PgReports.ts';
import { PgRounds } from '../store/postgres/rollcall/PgRounds.ts';

interface Needs {
  readonly postgres: Postgres;
  readonly units: Units;
  readonly briefings: Briefings;
  readonly attendance: AttendanceService;
  readonly jobs: Jobs;
}

/** Files and print pages, read from what the others have recorded. */
export function composeReports({ logger, closer }: { logger: Logger; closer: Closer }, needs: Needs): Route[] {
  const { postgres, units, briefings, attendance, jobs } = needs;
  const names = { name: (code: string) => units.index.find(code)?.name };
  const directives = new PgDirectives(postgres);
  const sources = { attendance, rounds: new PgRounds(postgres), directives, index: new PgReportIndex(postgres), names };
  const store = new PgReports(postgres);
  const maker = closer.own('reports', new ReportMaker({ store, tables: new ReportTables(sources), log: logger }));
  jobs.register(report, handleReport(maker));
  const failed = (err: unknown) => logger.warn({ err }, 'a sweep failed; the next one tries again');
  closer.own(
    'report sweep',
    every(REPORT_SWEEP_MS, () => maker.sweep(), failed),
  );
  const reports = new Reports({
    store,
    readBriefing: (account, id) => briefings.read(account, id),
    readDirective: (account, id) => readable(directives, account, id),
    ordered: (id) => jobs.wake(report, id, { report: id }, 0),
  });
  const summaries = new Summaries({
    ...sources,
    calls: new PgFloor(postgres),
    readBriefing: (account, id) => briefings.read(account, id),
  });
  return reportRoutes(reports, summaries);
}
