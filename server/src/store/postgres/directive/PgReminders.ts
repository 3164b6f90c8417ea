import type { ReminderStore } from '../../../domain/directive/ports.ts';
import { overdueStates } from '../../../domain/directive/timing.ts';
import type { Reminder, ReminderMoment } from '../../../protocol/directive.ts';
import type { Postgres } from '../base/Postgres.ts';
import { selectDirectives } from './directiveRows.ts';

/** A sweep takes no more than this at once; the next one goes on. */
const SWEPT = 100;

export class PgReminders implements ReminderStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async due(): Promise<readonly { directive: string; moment: ReminderMoment }[]> {
    return this.#postgres.query(
      `SELECT directive, moment FROM directive_moments WHERE done_at IS NULL AND due_at <= clock_timestamp()
       ORDER BY due_at LIMIT ${SWEPT}`,
    );
  }

  async coming(directive: string): Promise<readonly { moment: ReminderMoment; inMs: number }[]> {
    return this.#postgres.query(
      `SELECT moment, ceil(extract(epoch FROM due_at - clock_timestamp()) * 1000)::float8 AS "inMs"
       FROM directive_moments WHERE directive = $1 AND done_at IS NULL ORDER BY due_at`,
      [directive],
    );
  }

  async remind(directive: string): Promise<{ reminder: Reminder; units: number } | undefined> {
    return this.#postgres.transaction(async (sql) => {
      const due = await sql.query<{ moment: ReminderMoment }>(
        `SELECT moment FROM directive_moments WHERE directive = $1 AND done_at IS NULL AND due_at <= clock_timestamp()
         ORDER BY due_at FOR UPDATE`,
        [directive],
      );
      const moment = due.at(-1)?.moment;
      if (!moment) return undefined;
      await sql.query(
        'UPDATE directive_moments SET done_at = clock_timestamp() WHERE directive = $1 AND moment = ANY($2)',
        [directive, due.map((each) => each.moment)],
      );
      const [found] = await selectDirectives(sql, 'WHERE d.id = $1', [directive]);
      if (found?.state !== 'issued' || found.deadline === null) return undefined;
      const [written] = await sql.query<{ units: number }>(
        `WITH reminded AS (
           INSERT INTO directive_reminders (directive, unit, moment, at)
           SELECT directive, unit, $2, clock_timestamp() FROM directive_follows WHERE directive = $1 AND state = ANY($3)
           ON CONFLICT DO NOTHING RETURNING unit)
         SELECT count(*)::int AS units FROM reminded`,
        [directive, moment, overdueStates],
      );
      const units = written?.units ?? 0;
      const { number, year, title, deadline } = found;
      return units === 0 ? undefined : { reminder: { directive, number, year, title, deadline, moment }, units };
    });
  }

  async reminded(directive: string, moment: ReminderMoment, units: readonly string[]): Promise<readonly string[]> {
    const rows = await this.#postgres.query<{ unit: string }>(
      'SELECT unit FROM directive_reminders WHERE directive = $1 AND moment = $2 AND unit = ANY($3)',
      [directive, moment, units],
    );
    return rows.map(({ unit }) => unit);
  }
}
