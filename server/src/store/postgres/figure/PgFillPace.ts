import { setTimeout as sleep } from 'node:timers/promises';
import { FILL } from '../../../domain/figure/limits.ts';
import type { Sql } from '../base/Postgres.ts';

/** FG54: while anything is recorded in a briefing that goes on, a back-fill leaves the machine to it for a part of the time. */
export class PgFillPace {
  readonly #postgres: Sql;

  constructor(postgres: Sql) {
    this.#postgres = postgres;
  }

  /** @param tookMs of the batch before. @returns how long it rested, ms */
  async rest(tookMs: number): Promise<number> {
    if (!(await this.isBusy())) return 0;
    const ms = tookMs * FILL.rest;
    await sleep(ms);
    return ms;
  }

  async isBusy(): Promise<boolean> {
    const [row] = await this.#postgres.query<{ busy: boolean }>(
      `SELECT EXISTS (SELECT FROM briefings b JOIN chains c ON c.id IN ('briefing:' || b.id, 'rehearsal:' || b.id)
         JOIN seals s ON s.chain = c.id AND s.nr = c.nr
         WHERE b.state IN ('open', 'live') AND s.at > clock_timestamp() - $1 * interval '1 ms') AS busy`,
      [FILL.quietMs],
    );
    return row?.busy === true;
  }
}
