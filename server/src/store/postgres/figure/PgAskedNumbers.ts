import type { AskedStore, WaitingRound } from '../../../domain/figure/asked/AskedRecorder.ts';
import type { Postgres } from '../base/Postgres.ts';

/** RH1: nothing of a rehearsal becomes a figure. */
const WAITING = `SELECT s.round, s.seq, coalesce(t.seq, 0) AS taken, n.label, n.unit, n.scale, n.indicator FROM round_numbers n JOIN round_states s ON s.round = n.round
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

  async taken(round: string, seq: number): Promise<void> {
    await this.#postgres.query(
      `INSERT INTO round_numbers_taken AS t (round, seq) VALUES ($1, $2)
       ON CONFLICT (round) DO UPDATE SET seq = greatest(t.seq, excluded.seq)`,
      [round, seq],
    );
  }
}
