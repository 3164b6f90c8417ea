import type { RecordRow } from '../../../domain/record/seal.ts';
import type { RoundActStore } from '../../../domain/rollcall/ports.ts';
import type { Receipt } from '../../../protocol/record.ts';
import type { RoundActs } from '../../../protocol/rollcallRecords.ts';
import type { Postgres } from '../base/Postgres.ts';
import { receiptsOf } from '../record/receipts.ts';

type Act = RoundActs['acts'][number];

/** The opening of a round is a row of its own table; what follows are its acts. */
export class PgRoundRecord implements RoundActStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async actsOf(round: string): ReturnType<RoundActStore['actsOf']> {
    const [opened, followed] = await Promise.all([
      this.#rows('SELECT to_jsonb(r) AS row FROM rounds r WHERE id = $1', round),
      this.#rows('SELECT to_jsonb(a) AS row FROM round_acts a WHERE round = $1 ORDER BY version', round),
    ]);
    const [first] = opened;
    if (!first) return undefined;
    const receipts = [
      ...(await receiptsOf(this.#postgres, 'rounds', opened)),
      ...(await receiptsOf(this.#postgres, 'round_acts', followed)),
    ];
    const acts = [first, ...followed].map(
      (row, i): Act => ({
        act: i === 0 ? 'open' : (row.act as Act['act']),
        at: new Date(row.at as string).toISOString(),
        by: row.account_name as string | null,
        receipt: receipts[i] as Receipt,
      }),
    );
    return { scope: first.scope as string[], acts };
  }

  async #rows(sql: string, round: string): Promise<readonly RecordRow[]> {
    return (await this.#postgres.query<{ row: RecordRow }>(sql, [round])).map(({ row }) => row);
  }
}
