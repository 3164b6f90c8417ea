import type { RoundAnswers } from '../../../domain/attendance/ports.ts';
import type { RoundAnswer } from '../../../domain/attendance/summarise.ts';
import type { Postgres } from '../base/Postgres.ts';

/** How units stand in the last round that asked each, by RC7: a good answer, an official's note, an excuse, or none of them. */
export class PgRoundAnswers implements RoundAnswers {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async ofLastRounds(briefing: string, units: readonly string[]): Promise<ReadonlyMap<string, RoundAnswer>> {
    const rows = await this.#postgres.query<{ unit: string; answer: RoundAnswer }>(
      `WITH last AS (
         SELECT DISTINCT ON (u.unit) u.unit, r.id, r.proof FROM rounds r JOIN round_asked u ON u.round = r.id
         WHERE r.briefing = $1 AND u.unit = ANY ($2::text[]) ORDER BY u.unit, r.nr DESC)
       SELECT last.unit, CASE
           WHEN bool_or(e.kind = 'official' OR (e.kind = 'answer' AND last.proof <> 'official')) THEN 'answered'
           WHEN bool_or(e.kind = 'answer') AND bool_or(e.kind = 'confirm') THEN 'answered'
           WHEN bool_or(e.kind = 'excused') THEN 'excused'
           WHEN s.closed_at IS NULL AND s.deadline > statement_timestamp() THEN 'open'
           ELSE 'missed' END AS answer
       FROM last JOIN round_states s ON s.round = last.id
         LEFT JOIN round_entries e ON e.round = last.id AND e.unit = last.unit
       GROUP BY last.unit, s.closed_at, s.deadline`,
      [briefing, units],
    );
    return new Map(rows.map(({ unit, answer }) => [unit, answer]));
  }
}
