import type { Sender } from '../../../cluster/bus/envelope.ts';
import type { Appointment, CarrierMoment, CarrierStore, Tenure, Watchable } from '../../../cluster/carrier/ports.ts';
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

const beatOf = (boot: string) => `coalesce((SELECT b.number::text FROM node_beats b WHERE b.boot = ${boot}), '')`;
const COLUMNS = `c.briefing, c.seq, c.epoch, c.node, c.boot, c.standby_node, c.standby_boot,
  ${beatOf('c.boot')} AS beat, ${beatOf('c.standby_boot')} AS standby_beat`;

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
      const tenure = row && watchableOf(row);
      const appointment = decide({ running: running !== undefined, tenure });
      return appointment ? write(sql, briefing, appointment) : tenure;
    });
  }

  async running(): Promise<readonly Watchable[]> {
    const rows = await this.#postgres.query<Row>(
      `SELECT ${COLUMNS} FROM briefing_carriers c JOIN briefings b ON b.id = c.briefing
       WHERE b.state IN ('open', 'live') ORDER BY c.briefing`,
    );
    return rows.map(watchableOf);
  }
}

async function write(sql: Sql, briefing: string, { carrier, standby }: Appointment): Promise<Tenure> {
  const [row] = await sql.query<Row>(
    `INSERT INTO briefing_carriers AS c (briefing, seq, epoch, node, boot, standby_node, standby_boot)
     VALUES ($1, 1, 1, $2, $3, $4, $5)
     ON CONFLICT (briefing) DO UPDATE SET seq = c.seq + 1,
       epoch = c.epoch + (excluded.boot IS NOT NULL AND excluded.boot IS DISTINCT FROM c.boot)::int,
       node = excluded.node, boot = excluded.boot,
       standby_node = excluded.standby_node, standby_boot = excluded.standby_boot
     RETURNING ${COLUMNS}`,
    [briefing, carrier?.node, carrier?.boot, standby?.node, standby?.boot],
  );
  if (!row) throw new Error('PostgreSQL wrote nothing');
  return watchableOf(row);
}

const senderOf = (node: string | null, boot: string | null): Sender | null => (node && boot ? { node, boot } : null);

function watchableOf({ briefing, seq, epoch, beat, standby_beat, ...row }: Row): Watchable {
  return {
    ...{ briefing, seq, epoch },
    carrier: senderOf(row.node, row.boot),
    standby: senderOf(row.standby_node, row.standby_boot),
    ...{ carrierBeat: beat, standbyBeat: standby_beat },
  };
}
