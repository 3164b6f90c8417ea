import { ofLife } from '../../../domain/nodes/isNews.ts';
import type { LastSeen, NodeEventStore, NodeHappening } from '../../../domain/nodes/ports.ts';
import type { NodeEvent } from '../../../protocol/nodes.ts';
import type { Postgres } from '../base/Postgres.ts';

interface Row extends Pick<NodeEvent, 'kind' | 'node' | 'detail'> {
  at: Date;
  title: string | null;
  epoch: number | null;
}

/** PL14: a table that every node appends to. */
export class PgNodeEvents implements NodeEventStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async note(
    event: NodeHappening,
    isNews: (last: LastSeen | undefined, event: NodeHappening) => boolean,
  ): Promise<void> {
    const { at, kind, node, boot, detail = null, briefing = null, epoch = null } = event;
    await this.#postgres.transaction(async (sql) => {
      // Of all nodes that see the same, one after another.
      await sql.query(`SELECT pg_advisory_xact_lock(hashtext('node_events'), hashtext($1))`, [boot]);
      const [last] = await sql.query<LastSeen>(
        'SELECT at, kind FROM node_events WHERE boot = $1 AND kind = ANY ($2) ORDER BY at DESC, nr DESC LIMIT 1',
        [boot, [...ofLife]],
      );
      if (!isNews(last, event)) return;
      await sql.query(
        'INSERT INTO node_events (at, kind, node, boot, detail, briefing, epoch) VALUES ($1, $2, $3, $4, $5, $6, $7)',
        [at, kind, node, boot, detail, briefing, epoch],
      );
    });
  }

  async last(most: number): Promise<readonly NodeEvent[]> {
    const rows = await this.#postgres.query<Row>(
      `SELECT e.at, e.kind, e.node, e.detail, e.epoch, b.title FROM node_events e LEFT JOIN briefings b ON b.id = e.briefing
       ORDER BY e.at DESC, e.nr DESC LIMIT $1`,
      [most],
    );
    return rows.map(({ at, kind, node, detail, title, epoch }) => ({
      ...{ at: at.toISOString(), kind, node, detail },
      carried: title !== null && epoch !== null ? { title, epoch } : null,
    }));
  }

  async forget(keep: number): Promise<void> {
    await this.#postgres.query(
      'DELETE FROM node_events WHERE nr <= (SELECT nr FROM node_events ORDER BY nr DESC OFFSET $1 LIMIT 1)',
      [keep],
    );
  }
}
