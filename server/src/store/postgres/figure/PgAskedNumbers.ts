import type { AskedStore, WaitingRound } from '../../../domain/figure/asked/AskedRecorder.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';

/** RH1: nothing of a rehearsal becomes a figure. */
const WAITING = `SELECT s.round, s.seq, coalesce(t.seq, 0) AS taken,
    coalesce(t.shared, false) AS shared, n.label, n.unit, n.scale, n.indicator FROM round_numbers n JOIN round_states s ON s.round = n.round
  LEFT JOIN round_numbers_taken t ON t.round = n.round
  WHERE s.closed_at IS NOT NULL AND s.seq > coalesce(t.seq, 0) AND n.chain NOT LIKE 'rehearsal:%' ORDER BY s.closed_at`;

/** FG60: how far the numbers of rounds are with the figures. */
export class PgAskedNumbers implements AskedStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  waiting(): ReturnType<AskedStore['waiting']> {
    return this.#postgres.query<WaitingRound & Record<string, unknown>>(WAITING);
  }

  taken(round: string, seq: number): Promise<void> {
    return take(this.#postgres, round, seq);
  }

  inTurn(...[indicator, { round, seq }, work]: Parameters<AskedStore['inTurn']>): ReturnType<AskedStore['inTurn']> {
    return this.#postgres.transaction(async (sql) => {
      await sql.query(`SELECT pg_advisory_xact_lock(hashtextextended('asked-numbers ' || $1, 0))`, [indicator]);
      // By itself, so that it sees what the node has committed that was waited for.
      const [row] = await sql.query<{ seq: number }>('SELECT seq FROM round_numbers_taken WHERE round = $1', [round]);
      const taken = row?.seq ?? 0;
      if (taken >= seq) return;
      await work(taken);
      await take(sql, round, seq);
    });
  }
}

async function take(sql: Sql, round: string, seq: number): Promise<void> {
  await sql.query(
    `INSERT INTO round_numbers_taken AS t (round, seq, shared) VALUES ($1, $2, false)
     ON CONFLICT (round) DO UPDATE SET seq = greatest(t.seq, excluded.seq)`,
    [round, seq],
  );
}
