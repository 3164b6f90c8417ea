import type { Sender } from '../../../cluster/bus/envelope.ts';
import type { Appointment, CarrierMoment, CarrierStore, Renewed, Tenure } from '../../../cluster/carrier/ports.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';

interface Row {
  briefing: string;
  seq: number;
  epoch: number;
  node: string | null;
  boot: string | null;
  standby_node: string | null;
  standby_boot: string | null;
  beat: string;
  standby_beat: string;
}

const COLUMNS =
  'c.briefing, c.seq, c.epoch, c.node, c.boot, c.standby_node, c.standby_boot, c.renewed_at::text AS beat, c.standby_at::text AS standby_beat';

/** Who carries what, in PostgreSQL, which alone gives epochs. */
export class PgCarriers implements CarrierStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  change(briefing: string, decide: (moment: CarrierMoment) => Appointment | null): Promise<Tenure | undefined> {
    return this.#postgres.transaction(async (sql) => {
      // Its doors are not closed meanwhile, and of two nodes that are the first one waits for the other.
      const [running] = await sql.query(
        `SELECT FROM briefings WHERE id = $1 AND state IN ('open', 'live') FOR NO KEY UPDATE`,
        [briefing],
      );
      const [row] = await sql.query<Row>(
        `SELECT ${COLUMNS} FROM briefing_carriers c WHERE c.briefing = $1 FOR UPDATE`,
        [briefing],
      );
      const tenure = row && renewedOf(row);
      const appointment = decide({ running: running !== undefined, tenure });
      return appointment ? write(sql, briefing, appointment) : tenure;
    });
  }

  async renew(boot: string): Promise<readonly Renewed[]> {
    await this.#postgres.query(
      `UPDATE briefing_carriers SET
         renewed_at = CASE WHEN boot = $1 THEN clock_timestamp() ELSE renewed_at END,
         standby_at = CASE WHEN standby_boot = $1 THEN clock_timestamp() ELSE standby_at END
       WHERE boot = $1 OR standby_boot = $1`,
      [boot],
    );
    const rows = await this.#postgres.query<Row>(
      `SELECT ${COLUMNS} FROM briefing_carriers c JOIN briefings b ON b.id = c.briefing
       WHERE b.state IN ('open', 'live') ORDER BY c.briefing`,
    );
    return rows.map(renewedOf);
  }
}

async function write(sql: Sql, briefing: string, { carrier, standby }: Appointment): Promise<Tenure> {
  const [row] = await sql.query<Row>(
    `INSERT INTO briefing_carriers AS c (briefing, seq, epoch, node, boot, renewed_at, standby_node, standby_boot, standby_at)
     VALUES ($1, 1, 1, $2, $3, clock_timestamp(), $4, $5, clock_timestamp())
     ON CONFLICT (briefing) DO UPDATE SET seq = c.seq + 1,
       epoch = c.epoch + (excluded.boot IS NOT NULL AND excluded.boot IS DISTINCT FROM c.boot)::int,
       node = excluded.node, boot = excluded.boot,
       renewed_at = CASE WHEN excluded.boot = c.boot THEN c.renewed_at ELSE excluded.renewed_at END,
       standby_node = excluded.standby_node, standby_boot = excluded.standby_boot,
       standby_at = CASE WHEN excluded.standby_boot = c.standby_boot THEN c.standby_at ELSE excluded.standby_at END
     RETURNING ${COLUMNS}`,
    [briefing, carrier?.node, carrier?.boot, standby?.node, standby?.boot],
  );
  if (!row) throw new Error('PostgreSQL wrote nothing');
  return renewedOf(row);
}

const senderOf = (node: string | null, boot: string | null): Sender | null => (node && boot ? { node, boot } : null);

function renewedOf({ briefing, seq, epoch, beat, standby_beat, ...row }: Row): Renewed {
  return {
    ...{ briefing, seq, epoch },
    carrier: senderOf(row.node, row.boot),
    standby: senderOf(row.standby_node, row.standby_boot),
    ...{ carrierBeat: beat, standbyBeat: standby_beat },
  };
}
