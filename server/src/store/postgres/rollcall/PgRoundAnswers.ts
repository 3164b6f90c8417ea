import type { RoundAnswers } from '../../../domain/attendance/ports.ts';
import type { RoundAnswer } from '../../../domain/attendance/summarise.ts';
import { type EntryKind, standingWith } from '../../../domain/rollcall/entryRules.ts';
import type { Proof } from '../../../protocol/rollcall.ts';
import type { Postgres } from '../base/Postgres.ts';

interface LastRound {
  unit: string;
  proof: Proof;
  /** What is recorded of the unit, in that order, with spaces between. */
  kinds: string | null;
  over: boolean;
}

/** How units stand in the last round that asked each. */
export class PgRoundAnswers implements RoundAnswers {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async ofLastRounds(briefing: string, units: readonly string[]): Promise<ReadonlyMap<string, RoundAnswer>> {
    const rows = await this.#postgres.query<LastRound & Record<string, unknown>>(
      `WITH last AS (
         SELECT DISTINCT ON (u.unit) u.unit, r.id, r.proof FROM rounds r JOIN round_asked u ON u.round = r.id
         WHERE r.briefing = $1 AND u.unit = ANY ($2::text[]) ORDER BY u.unit, r.nr DESC)
       SELECT last.unit, last.proof, string_agg(e.kind, ' ' ORDER BY e.seq) AS kinds,
         s.closed_at IS NOT NULL OR s.deadline <= statement_timestamp() OR d.at IS NOT NULL AS over
       FROM last JOIN round_states s ON s.round = last.id
         LEFT JOIN round_dues d ON (d.round, d.version) = (s.round, s.version)
         LEFT JOIN round_entries e ON e.round = last.id AND e.unit = last.unit
       GROUP BY last.unit, last.proof, s.closed_at, s.deadline, d.at`,
      [briefing, units],
    );
    return new Map(rows.map(({ unit, proof, kinds, over }) => [unit, standingWith(kindsOf(kinds), proof, over)]));
  }
}

const kindsOf = (kinds: string | null) => (kinds === null ? [] : (kinds.split(' ') as EntryKind[]));
