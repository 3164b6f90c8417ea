import type { FollowStatus } from '../../../domain/directive/follow.ts';
import { addresseeKey, type FollowDecision } from '../../../domain/directive/followGroup.ts';
import type { DirectiveStore, FollowAsk } from '../../../domain/directive/ports.ts';
import type { Outcome } from '../../../lib/GroupCommit.ts';
import type { Followed } from '../../../protocol/directive.ts';
import type { Receipt } from '../../../protocol/record.ts';
import type { Sql } from '../base/Postgres.ts';
import { pastReceipts, type RecordPlace } from '../record/pastReceipts.ts';
import { type Batch, sealed } from '../record/sealed.ts';
import { tryRows } from '../record/tryRows.ts';
import {
  FOLLOW_COLUMNS,
  FOLLOW_TABLES,
  type FollowContext,
  type FollowRow,
  fromStatus,
  toFollow,
  toStatus,
} from './directiveRows.ts';

export const FOLLOW_ACTS = 'directive_acts';

/** One addressee of a group. */
export interface KnownAddressee {
  readonly row: FollowRow;
  readonly context: FollowContext;
  /** As it was before this group. */
  readonly status: FollowStatus;
  readonly superseded: boolean;
}

interface Known extends RecordPlace {
  readonly directive: string;
  readonly unit: string;
  readonly act: string;
}

/** A group of acts on one chain, as it is decided under the lock. A handful of statements, however many acts. */
export async function recordFollowActs(
  sql: Sql,
  ...[chain, asks, decide]: Parameters<DirectiveStore['record']>
): Promise<Outcome<Followed>[]> {
  const { result, sealed: done } = await sealed(sql, chain, async (batch) => {
    const known = await loadKnown(sql, asks);
    const addressees = await loadAddressees(sql, asks);
    const decided = decide({ at: batch.at, known, addressees });
    const leaves = await batch.insert(
      FOLLOW_ACTS,
      decided.acts.map((act) => toRow(act, batch.at)),
    );
    await writeFollows(sql, addressees, decided.moved);
    return { decided, addressees, leaves, past: await receiptsOf(sql, batch, asks, decided.decisions, known) };
  });
  const { decided, addressees, leaves, past } = result;
  return asks.map((ask, i): Outcome<Followed> => {
    const decision = decided.decisions[i] as FollowDecision;
    if (decision.kind === 'refused') return { error: decision.error };
    const key = addresseeKey(ask);
    const addressee = addressees.get(key) as KnownAddressee;
    const { row, context } = addressee;
    const receipt = 'index' in decision ? done?.receipt(leaves[decision.index] as number) : past.get(i);
    if (!receipt) throw new Error('an act was recorded without a receipt');
    const follow = toFollow(fromStatus(row, (decided.moved.get(key) ?? addressee).status), context);
    return { ok: { follow, receipt, first: decision.kind === 'new' } };
  });
}

/** DL7: why each of them cannot be a row, in a transaction that leaves nothing. */
export const unwritableActs = (sql: Sql, asks: readonly FollowAsk[]): Promise<readonly unknown[]> =>
  tryRows(
    sql,
    FOLLOW_ACTS,
    asks.map((ask) => toRow(ask, ANY_TIME)),
  );
const ANY_TIME = '2000-01-01T00:00:00+00:00';

const toRow = ({ key, directive, unit, act, by, name, words, promised }: FollowAsk, at: string) => ({
  ...{ key, directive, unit, act, name, words, promised },
  ...{ account: by.account, by_name: by.name, at },
});

async function loadKnown(sql: Sql, asks: readonly FollowAsk[]): Promise<Map<string, Known>> {
  const rows = await sql.query<Omit<Known, 'seal'> & { key: string; seal: string }>(
    `SELECT key, directive, unit, act, chain, seal, leaf FROM ${FOLLOW_ACTS} WHERE key = ANY($1)`,
    [asks.map(({ key }) => key)],
  );
  return new Map(rows.map(({ key, ...row }) => [key, { ...row, table: FOLLOW_ACTS, seal: Number(row.seal) }]));
}

export async function loadAddressees(
  sql: Sql,
  asks: readonly Pick<FollowAsk, 'directive' | 'unit'>[],
): Promise<Map<string, KnownAddressee>> {
  const pairs = [...new Map(asks.map((ask) => [addresseeKey(ask), ask])).values()];
  const rows = await sql.query<FollowContext & { follow: FollowRow }>(
    `SELECT ${FOLLOW_COLUMNS} FROM unnest($1::uuid[], $2::text[]) ask(directive, unit)
     JOIN (${FOLLOW_TABLES}) ON f.directive = ask.directive AND f.unit = ask.unit`,
    [pairs.map((p) => p.directive), pairs.map((p) => p.unit)],
  );
  return new Map(
    rows.map(({ follow: row, ...context }) => {
      return [addresseeKey(row), { row, context, status: toStatus(row), superseded: context.end === 'supersede' }];
    }),
  );
}

export async function writeFollows(
  sql: Sql,
  addressees: ReadonlyMap<string, KnownAddressee>,
  moved: ReadonlyMap<string, { readonly status: FollowStatus }>,
): Promise<void> {
  if (moved.size === 0) return;
  const rows = [...moved].map(([key, { status }]) => fromStatus((addressees.get(key) as KnownAddressee).row, status));
  await sql.query(
    `UPDATE directive_follows f SET (state, delivered_at, read_at, answered_at, done_at, name, words, promised, report, question, reply)
       = (n.state, n.delivered_at, n.read_at, n.answered_at, n.done_at, n.name, n.words, n.promised, n.report, n.question, n.reply)
     FROM jsonb_populate_recordset(NULL::directive_follows, $1) n WHERE f.directive = n.directive AND f.unit = n.unit`,
    [JSON.stringify(rows)],
  );
}

/** Receipts of the past, by the place of the ask in its group. */
async function receiptsOf(
  sql: Sql,
  batch: Batch,
  asks: readonly FollowAsk[],
  decisions: readonly FollowDecision[],
  known: ReadonlyMap<string, Known>,
): Promise<Map<number, Receipt>> {
  const wanted: { at: number; place: RecordPlace }[] = [];
  const firsts: { at: number; ask: FollowAsk; opened: boolean }[] = [];
  for (const [at, ask] of asks.entries()) {
    const decision = decisions[at];
    if (decision?.kind === 'known') wanted.push({ at, place: known.get(ask.key) as Known });
    if (decision?.kind === 'first') firsts.push({ at, ask, opened: decision.opened });
  }
  if (firsts.length > 0) wanted.push(...(await firstActs(sql, batch.chain, firsts)));
  const receipts = await pastReceipts(
    sql,
    wanted.map(({ place }) => place),
  );
  return new Map(receipts.map((receipt, i) => [(wanted[i] as { at: number }).at, receipt]));
}

/** AK4: the act by which the unit had it, or had opened it. */
async function firstActs(
  sql: Sql,
  chain: string,
  firsts: readonly { at: number; ask: FollowAsk; opened: boolean }[],
): Promise<{ at: number; place: RecordPlace }[]> {
  const rows = await sql.query<{ at: number; seal: string; leaf: number }>(
    `SELECT q.at, a.seal, a.leaf FROM unnest($1::int[], $2::uuid[], $3::text[], $4::boolean[]) q(at, directive, unit, opened)
     CROSS JOIN LATERAL (SELECT seal, leaf FROM ${FOLLOW_ACTS} a WHERE a.directive = q.directive AND a.unit = q.unit
       AND a.act <> 'reply' AND (NOT q.opened OR a.act <> 'delivered') ORDER BY seal, leaf LIMIT 1) a`,
    [
      firsts.map(({ at }) => at),
      firsts.map(({ ask }) => ask.directive),
      firsts.map(({ ask }) => ask.unit),
      firsts.map(({ opened }) => opened),
    ],
  );
  return rows.map(({ at, seal, leaf }) => ({ at, place: { table: FOLLOW_ACTS, chain, seal: Number(seal), leaf } }));
}
