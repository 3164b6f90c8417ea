import type { CompletePeriod, CompletePeriods } from '../../../domain/figure/complete/CompletePeriods.ts';
import { MOST_WAITING_EVENTS } from '../../../domain/hook/limits.ts';
import type { HookFact, HookGatherer, HookMessage, HookReader, TellHook } from '../../../domain/hook/ports.ts';
import type { Role, UnitPath } from '../../../protocol/organisation.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { fileCompletions } from './fileCompletions.ts';
import { countWithin, readActs, readOverdue, type SealRange } from './readFacts.ts';

const LOCK = `hashtext('hooks')`;
/** Of one chain that one transaction reads; the next goes on. */
const SEALS = 500;
const CHAINS = 50;
/** RH1: what is done in a rehearsal binds nobody, and its chain says so. */
const OF_ACTS = `(id LIKE 'office:%' OR id LIKE 'briefing:%')`;
/** Reminders of this mark are looked at again for so long, ms: those that began earlier may be committed later. */
const OVERLAP_MS = 600_000;
const OVERDUE = 'overdue';

type HookRow = Omit<HookReader, 'maker'> & {
  readonly account: string;
  readonly role: Role;
  readonly unit: string;
  readonly disabled: boolean;
};

/** WH1, WH15: what is to be told follows from seals of the record and from figures; marks and facts are written with what they queue. */
export class PgHookGatherer implements HookGatherer {
  readonly #postgres: Postgres;
  /** undefined: the unit is not in the tree of today. */
  readonly #pathOf: (unit: string) => UnitPath | undefined;
  readonly #complete: Pick<CompletePeriods, 'find' | 'settle'>;

  constructor(
    postgres: Postgres,
    pathOf: (unit: string) => UnitPath | undefined,
    complete: Pick<CompletePeriods, 'find' | 'settle'>,
  ) {
    this.#postgres = postgres;
    this.#pathOf = pathOf;
    this.#complete = complete;
  }

  async gather(tell: TellHook, mayStay: (hook: HookReader) => boolean): Promise<boolean> {
    let complete: readonly CompletePeriod[] = [];
    const isMore = await this.#postgres.transaction(async (sql) => {
      const [lock] = await sql.query<{ mine: boolean }>(`SELECT pg_try_advisory_xact_lock(${LOCK}) AS mine`);
      if (!lock?.mine) return false;
      const hooks = await this.#hooks(sql, mayStay);
      if (hooks.length === 0) {
        await skip(sql);
        return false;
      }
      const ranges = await moved(sql);
      const facts: HookFact[] = [];
      for (const range of ranges) facts.push(...(await readActs(sql, range)));
      facts.push(...(await overdueSince(sql)));
      // It may be begun again.
      complete = this.#complete.find(territoriesOf(hooks));
      facts.push(...(await fileCompletions(sql, complete)));
      await queue(sql, await messagesOf(sql, facts, hooks, tell));
      await mark(sql, ranges);
      return ranges.length === CHAINS || ranges.some(({ after, upTo }) => Number(upTo) - Number(after) === SEALS);
    });
    this.#complete.settle(complete);
    return isMore || complete.length > 0;
  }

  /** Hooks that are told; one whose maker may not have it is stopped. */
  async #hooks(sql: Sql, mayStay: (hook: HookReader) => boolean): Promise<readonly HookReader[]> {
    const rows = await sql.query<HookRow>(
      `SELECT h.id, h.path, h.events, h.made_at AS "madeAt", a.id AS account, a.role, a.unit, a.disabled_at IS NOT NULL AS disabled
       FROM hooks h JOIN accounts a ON a.id = h.made_by WHERE h.state <> 'stopped' ORDER BY h.id`,
    );
    const hooks = rows.map(({ account, role, unit, disabled, ...hook }): HookReader => {
      const path = disabled ? undefined : this.#pathOf(unit);
      return { ...hook, maker: path === undefined ? undefined : { id: account, role, unit: { path } } };
    });
    const over = hooks.filter((hook) => !mayStay(hook)).map(({ id }) => id);
    if (over.length > 0)
      await sql.query(`UPDATE hooks SET state = 'stopped', stopped = 'maker' WHERE id = ANY($1)`, [over]);
    return hooks.filter(({ id }) => !over.includes(id));
  }
}

/** Of hooks that wait for figures. */
const territoriesOf = (hooks: readonly HookReader[]): readonly UnitPath[] => [
  ...new Set(hooks.filter(({ events }) => events.includes('figure.complete')).map(({ path }) => path)),
];

/** Nobody is told of what is now. */
async function skip(sql: Sql): Promise<void> {
  await sql.query(
    `INSERT INTO hook_marks (chain, nr) SELECT c.id, c.nr FROM chains c LEFT JOIN hook_marks m ON m.chain = c.id
     WHERE ${OF_ACTS} AND c.nr > coalesce(m.nr, 0) ON CONFLICT (chain) DO UPDATE SET nr = excluded.nr`,
  );
}

const moved = (sql: Sql): Promise<readonly SealRange[]> =>
  sql.query<SealRange>(
    `SELECT c.id AS chain, coalesce(m.nr, 0) AS after, least(c.nr, coalesce(m.nr, 0) + ${SEALS}) AS "upTo"
     FROM chains c LEFT JOIN hook_marks m ON m.chain = c.id
     WHERE ${OF_ACTS} AND c.nr > coalesce(m.nr, 0) ORDER BY c.id LIMIT ${CHAINS}`,
  );

/** By a mark of its own, in milliseconds: that a deadline passed is no act. */
async function overdueSince(sql: Sql): Promise<readonly HookFact[]> {
  const [mark] = await sql.query<{ nr: string }>(
    `INSERT INTO hook_marks AS m (chain, nr) VALUES ($1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint)
     ON CONFLICT (chain) DO UPDATE SET nr = greatest(m.nr, excluded.nr - ${OVERLAP_MS}) RETURNING nr`,
    [OVERDUE],
  );
  return mark ? readOverdue(sql, mark.nr) : [];
}

async function messagesOf(
  sql: Sql,
  facts: readonly HookFact[],
  hooks: readonly HookReader[],
  tell: TellHook,
): Promise<readonly HookMessage[]> {
  const messages: HookMessage[] = [];
  for (const fact of facts)
    for (const hook of hooks) {
      if (!hook.events.includes(fact.kind)) continue;
      const message = tell(hook, fact, await countWithin(sql, fact, hook.path));
      if (message) messages.push(message);
    }
  return messages;
}

/** WH12: what comes on top of what may wait is failed at once, so that it is seen and can be sent again. */
async function queue(sql: Sql, messages: readonly HookMessage[]): Promise<void> {
  if (messages.length === 0) return;
  await sql.query(
    `WITH told AS (SELECT *, row_number() OVER (PARTITION BY hook ORDER BY at, event) AS nr
         FROM jsonb_to_recordset($1) m (hook uuid, event text, kind text, body text, at timestamptz)),
       waits AS (SELECT hook, count(*) AS waiting FROM hook_deliveries WHERE state = 'waiting' AND hook IN (SELECT hook FROM told) GROUP BY hook)
     INSERT INTO hook_deliveries (hook, event, kind, body, at, state, fault, last_at)
     SELECT t.hook, t.event, t.kind, t.body, t.at, CASE WHEN fits THEN 'waiting' ELSE 'failed' END, CASE WHEN fits THEN NULL ELSE 'full' END,
       CASE WHEN fits THEN NULL ELSE clock_timestamp() END
     FROM told t LEFT JOIN waits w USING (hook) CROSS JOIN LATERAL (SELECT coalesce(w.waiting, 0) + t.nr <= ${MOST_WAITING_EVENTS} AS fits) f
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(messages)],
  );
}

async function mark(sql: Sql, ranges: readonly SealRange[]): Promise<void> {
  if (ranges.length === 0) return;
  await sql.query(
    `INSERT INTO hook_marks (chain, nr) SELECT r.chain, r."upTo" FROM jsonb_to_recordset($1) r (chain text, "upTo" bigint)
     ON CONFLICT (chain) DO UPDATE SET nr = excluded.nr`,
    [JSON.stringify(ranges)],
  );
}
