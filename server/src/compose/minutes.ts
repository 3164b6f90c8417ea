import type { AttendanceService } from '../domain/attendance/AttendanceService.ts';
import type { Briefings } from '../domain/briefing/Briefings.ts';
import { MinutesDesk } from '../domain/minutes/MinutesDesk.ts';
import type { QuestionReader } from '../domain/question/ports.ts';
import { minutesRoutes } from '../edge/http/minutes/routes.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgDirectives } from '../store/postgres/directive/PgDirectives.ts';
import { PgSelections } from '../store/postgres/figure/selection/PgSelections.ts';
import { PgFloor } from '../store/postgres/floor/PgFloor.ts';
import { PgMinutes } from '../store/postgres/minutes/PgMinutes.ts';
import { PgReportIndex } from '../store/postgres/report/PgReportIndex.ts';
import { PgRounds } from '../store/postgres/rollcall/PgRounds.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

interface Needs {
  readonly postgres: Postgres;
  readonly names: { name(code: string): string | undefined };
  readonly briefings: Briefings;
  readonly attendance: AttendanceService;
  readonly questions: QuestionReader;
}

/** Minutes, read from what the others have recorded. */
export function composeMinutes({ logger }: Base, { postgres, names, briefings, attendance, questions }: Needs) {
  const desk = new MinutesDesk({
    ...{ store: new PgMinutes(postgres), attendance, questions, rounds: new PgRounds(postgres), names, log: logger },
    ...{ directives: new PgDirectives(postgres), calls: new PgFloor(postgres), index: new PgReportIndex(postgres) },
    selections: new PgSelections(postgres),
    readBriefing: (account, id) => briefings.read(account, id),
  });
  return { part: { name: 'minutes', routes: minutesRoutes(desk), close: () => desk.close() } satisfies Part };
}
