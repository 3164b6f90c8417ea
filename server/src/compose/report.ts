import type { AttendanceService } from '../domain/attendance/AttendanceService.ts';
import type { Briefings } from '../domain/briefing/Briefings.ts';
import { readable } from '../domain/directive/access.ts';
import type { QuestionReader } from '../domain/question/ports.ts';
import { ReportMaker } from '../domain/report/ReportMaker.ts';
import { Reports } from '../domain/report/Reports.ts';
import { ReportTables } from '../domain/report/ReportTables.ts';
import { SessionReports } from '../domain/report/SessionReports.ts';
import { Summaries } from '../domain/report/Summaries.ts';
import { reportRoutes } from '../edge/http/report/routes.ts';
import { type Jobs, job } from '../jobs/Jobs.ts';
import { handleReport, REPORT_SWEEP_MS } from '../jobs/report/report.handler.ts';
import { report } from '../jobs/report/report.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgDirectives } from '../store/postgres/directive/PgDirectives.ts';
import { PgFloor } from '../store/postgres/floor/PgFloor.ts';
import { PgReportIndex } from '../store/postgres/report/PgReportIndex.ts';
import { PgReports } from '../store/postgres/report/PgReports.ts';
import { PgSessionRecords } from '../store/postgres/report/PgSessionRecords.ts';
import { PgRounds } from '../store/postgres/rollcall/PgRounds.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

interface Needs {
  readonly postgres: Postgres;
  readonly names: { name(code: string): string | undefined; path(code: string): string | undefined };
  readonly briefings: Briefings;
  readonly attendance: AttendanceService;
  readonly questions: QuestionReader;
  readonly jobs: Jobs;
}

/** Files and print pages, read from what the others have recorded. */
export function composeReport({ logger }: Base, needs: Needs) {
  const { postgres, names, briefings, attendance, questions, jobs } = needs;
  const directives = new PgDirectives(postgres);
  const readBriefing: Briefings['read'] = (account, id) => briefings.read(account, id);
  const sessions = new SessionReports({ records: new PgSessionRecords(postgres, names), attendance, readBriefing });
  const sources = { attendance, rounds: new PgRounds(postgres), directives, index: new PgReportIndex(postgres), names };
  const store = new PgReports(postgres);
  const maker = new ReportMaker({ store, tables: new ReportTables({ ...sources, sessions }), log: logger });
  const reports = new Reports({
    ...{ store, readBriefing, sessions },
    readDirective: (account, id) => readable(directives, account, id),
    ordered: (id) => jobs.wake(report, id, { report: id }, 0),
  });
  const summaries = new Summaries({
    ...sources,
    questions,
    calls: new PgFloor(postgres),
    readBriefing,
  });
  const part = {
    name: 'report',
    routes: reportRoutes(reports, summaries, sessions),
    jobs: [job(report, handleReport(maker))],
    sweeps: [{ name: 'reports', everyMs: REPORT_SWEEP_MS, run: () => maker.sweep() }],
    close: () => maker.close(),
  } satisfies Part;
  return { part };
}
