import type { SessionAct, SessionRecord, SessionRecords } from '../../../domain/report/ports.ts';
import type { Postgres } from '../base/Postgres.ts';

const KINDS = ['speaker', 'speaker-off', 'stage', 'stage-off', 'main', 'gather', 'entered'];
const OF_SESSIONS = `$[*] ? (${KINDS.map((kind) => `@.kind == "${kind}"`).join(' || ')})`;

interface ActRow {
  at: Date;
  changes: SessionAct['changes'];
  account: string | null;
  unit: string | null;
}

/** TR18: what reports of sessions read of the record of the floor. */
export class PgSessionRecords implements SessionRecords {
  readonly #postgres: Postgres;
  readonly #paths: { path(code: string): string | undefined };

  constructor(postgres: Postgres, paths: { path(code: string): string | undefined }) {
    this.#postgres = postgres;
    this.#paths = paths;
  }

  /** The acts first: what comes in between is none of it, and no act is later than the moment of reading. */
  async find(briefing: string): Promise<SessionRecord | undefined> {
    const acts = await this.#postgres.query<ActRow>(
      `SELECT f.at, f.changes, a.name AS account, a.unit FROM floor_acts f LEFT JOIN accounts a ON a.id = f.account
       WHERE f.briefing = $1 AND f.changes @? $2 ORDER BY f.seq`,
      [briefing, OF_SESSIONS],
    );
    const [row] = await this.#postgres.query<{ stage: string; scope: string[]; closed: Date | null; now: Date }>(
      'SELECT stage, scope, closed_at AS closed, clock_timestamp() AS now FROM briefings WHERE id = $1',
      [briefing],
    );
    return (
      row && {
        ...{
          root: row.stage,
          scope: row.scope,
          closedAt: row.closed?.toISOString() ?? null,
          now: row.now.toISOString(),
        },
        acts: acts.map(({ at, changes, account, unit }) => ({ at, changes, by: this.#byWhom(account, unit) })),
      }
    );
  }

  /** undefined also of a unit that is no more: nobody leads it. */
  #byWhom(account: string | null, unit: string | null): SessionAct['by'] {
    const path = unit === null ? undefined : this.#paths.path(unit);
    return account === null || unit === null || path === undefined ? undefined : { account, unit, path };
  }
}
