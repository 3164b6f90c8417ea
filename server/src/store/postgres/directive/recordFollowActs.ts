import { after, type FollowActName, type FollowStatus, step } from '../../../domain/directive/follow.ts';
import type { FollowAsk } from '../../../domain/directive/ports.ts';
import type { Outcome } from '../../../lib/GroupCommit.ts';
import type { Followed } from '../../../protocol/directive.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { Receipt } from '../../../protocol/record.ts';
import type { Sql } from '../base/Postgres.ts';
import { type Place, pastReceipts } from '../record/pastReceipts.ts';
import { type Batch, sealed } from '../record/sealed.ts';
import {
  FOLLOW_COLUMNS,
  FOLLOW_TABLES,
  type FollowContext,
  type FollowRow,
  fromStatus,
  toFollow,
  toStatus,
} from './directiveRows.ts';

const TABLE = 'directive_acts';

/** One addressee while a group is decided. */
interface Subject {
  readonly row: FollowRow;
  readonly context: FollowContext;
  /** As it was before this group. */
  readonly before: FollowStatus;
  status: FollowStatus;
  /** What this group recorded for it. */
  readonly acts: { readonly act: FollowActName; readonly index: number }[];
}

/** What is answered: a row of this group, one of the past, or a refusal. */
type Decision =
  | { readonly kind: 'new' | 'again'; readonly index: number; readonly subject: Subject }
  | { readonly kind: 'past'; readonly place: Place; readonly subject: Subject }
  | { readonly kind: 'first'; readonly subject: Subject; readonly act: FollowActName }
  | { readonly kind: 'refused'; readonly error: unknown };

/** AK1, AK2, AK10: a group of acts on one chain. A handful of statements, however many acts. */
export async function recordFollowActs(
  sql: Sql,
  chain: string,
  asks: readonly FollowAsk[],
): Promise<Outcome<Followed>[]> {
  const { result, sealed: done } = await sealed(sql, chain, async (batch) => {
    const group = new Group(batch.at, await loadKnown(sql, asks), await loadSubjects(sql, asks));
    const decisions = asks.map((ask) => group.decide(ask));
    const leaves = await batch.insert(TABLE, group.rows);
    await writeSubjects(sql, group.changed());
    return { decisions, leaves, past: await receiptsOf(sql, batch, decisions) };
  });
  return result.decisions.map((decision, i): Outcome<Followed> => {
    if (decision.kind === 'refused') return { error: decision.error };
    const { subject } = decision;
    const old = result.past.get(i);
    const receipt = old ?? done?.receipt(result.leaves[indexOf(decision)] as number);
    if (!receipt) throw new Error('an act was recorded without a receipt');
    const follow = toFollow(fromStatus(subject.row, subject.status), subject.context);
    return { ok: { follow, receipt, first: decision.kind === 'new' } };
  });
}

const indexOf = (decision: Decision): number => {
  if (decision.kind === 'new' || decision.kind === 'again') return decision.index;
  if (decision.kind !== 'first') return -1;
  const { subject, act } = decision;
  return (
    subject.acts.find((own) => own.act !== 'reply' && (act === 'delivered' || own.act !== 'delivered'))?.index ?? -1
  );
};

interface Known extends Place {
  readonly directive: string;
  readonly unit: string;
  readonly act: string;
}

class Group {
  readonly rows: Record<string, unknown>[] = [];
  readonly #at: string;
  readonly #known: ReadonlyMap<string, Known>;
  readonly #subjects: ReadonlyMap<string, Subject>;
  readonly #keys = new Map<string, { ask: FollowAsk; index: number }>();

  constructor(at: string, known: ReadonlyMap<string, Known>, subjects: ReadonlyMap<string, Subject>) {
    this.#at = at;
    this.#known = known;
    this.#subjects = subjects;
  }

  decide(ask: FollowAsk): Decision {
    const subject = this.#subjects.get(pairOf(ask));
    if (!subject) return refused('outside-territory', 'this directive is addressed to others');
    const known = this.#known.get(ask.key);
    if (known) return isSame(known, ask) ? { kind: 'past', place: known, subject } : refused('conflict', USED);
    const twin = this.#keys.get(ask.key);
    if (twin) return isSame(twin.ask, ask) ? { kind: 'again', index: twin.index, subject } : refused('conflict', USED);
    const next = step(subject.status, ask.act, subject.context.end === 'supersede');
    if (next.kind === 'refused') return refused('conflict', next.why);
    if (next.kind === 'repeat') return { kind: 'first', subject, act: ask.act };
    const { act, name, words, promised } = ask;
    const index = this.rows.length;
    this.rows.push({
      ...{ key: ask.key, directive: ask.directive, unit: ask.unit, act, name, words, promised },
      account: ask.by.account,
      by_name: ask.by.name,
      at: this.#at,
    });
    this.#keys.set(ask.key, { ask, index });
    subject.acts.push({ act, index });
    subject.status = after(subject.status, next.state, { act, at: this.#at, name, words, promised });
    return { kind: 'new', index, subject };
  }

  changed(): Subject[] {
    return [...this.#subjects.values()].filter((subject) => subject.acts.length > 0);
  }
}

const USED = 'this key was used for something else';
const refused = (reason: 'conflict' | 'outside-territory', message: string): Decision => {
  return { kind: 'refused', error: refuse(reason, message) };
};
const pairOf = ({ directive, unit }: Pick<FollowAsk, 'directive' | 'unit'>) => `${directive} ${unit}`;
const isSame = (a: Pick<Known, 'directive' | 'unit' | 'act'>, b: FollowAsk) =>
  a.directive === b.directive && a.unit === b.unit && a.act === b.act;

async function loadKnown(sql: Sql, asks: readonly FollowAsk[]): Promise<Map<string, Known>> {
  const rows = await sql.query<Omit<Known, 'seal'> & { key: string; seal: string }>(
    `SELECT key, directive, unit, act, chain, seal, leaf FROM ${TABLE} WHERE key = ANY($1)`,
    [asks.map(({ key }) => key)],
  );
  return new Map(rows.map(({ key, ...row }) => [key, { ...row, table: TABLE, seal: Number(row.seal) }]));
}

async function loadSubjects(sql: Sql, asks: readonly FollowAsk[]): Promise<Map<string, Subject>> {
  const pairs = [...new Map(asks.map((ask) => [pairOf(ask), ask])).values()];
  const rows = await sql.query<FollowContext & { follow: FollowRow }>(
    `SELECT ${FOLLOW_COLUMNS} FROM unnest($1::uuid[], $2::text[]) ask(directive, unit)
     JOIN (${FOLLOW_TABLES}) ON f.directive = ask.directive AND f.unit = ask.unit`,
    [pairs.map((p) => p.directive), pairs.map((p) => p.unit)],
  );
  return new Map(
    rows.map(({ follow: row, ...context }) => {
      const status = toStatus(row);
      return [pairOf(row), { row, context, before: status, status, acts: [] }];
    }),
  );
}

async function writeSubjects(sql: Sql, subjects: readonly Subject[]): Promise<void> {
  if (subjects.length === 0) return;
  await sql.query(
    `UPDATE directive_follows f SET (state, delivered_at, read_at, answered_at, done_at, name, words, promised, report, question, reply)
       = (n.state, n.delivered_at, n.read_at, n.answered_at, n.done_at, n.name, n.words, n.promised, n.report, n.question, n.reply)
     FROM jsonb_populate_recordset(NULL::directive_follows, $1) n WHERE f.directive = n.directive AND f.unit = n.unit`,
    [JSON.stringify(subjects.map(({ row, status }) => fromStatus(row, status)))],
  );
}

/** Receipts of the past, by the place of the ask in its group. */
async function receiptsOf(sql: Sql, batch: Batch, decisions: readonly Decision[]): Promise<Map<number, Receipt>> {
  const wanted: { at: number; place: Place }[] = [];
  const firsts: { at: number; subject: Subject; opened: boolean }[] = [];
  for (const [at, decision] of decisions.entries()) {
    if (decision.kind === 'past') wanted.push({ at, place: decision.place });
    if (decision.kind !== 'first') continue;
    const { subject, act } = decision;
    const old = act === 'delivered' ? subject.before.deliveredAt : subject.before.readAt;
    if (old !== null) firsts.push({ at, subject, opened: act === 'read' });
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
  firsts: readonly { at: number; subject: Subject; opened: boolean }[],
): Promise<{ at: number; place: Place }[]> {
  const rows = await sql.query<{ at: number; seal: string; leaf: number }>(
    `SELECT q.at, a.seal, a.leaf FROM unnest($1::int[], $2::uuid[], $3::text[], $4::boolean[]) q(at, directive, unit, opened)
     CROSS JOIN LATERAL (SELECT seal, leaf FROM ${TABLE} a WHERE a.directive = q.directive AND a.unit = q.unit
       AND a.act <> 'reply' AND (NOT q.opened OR a.act <> 'delivered') ORDER BY seal, leaf LIMIT 1) a`,
    [
      firsts.map(({ at }) => at),
      firsts.map(({ subject }) => subject.row.directive),
      firsts.map(({ subject }) => subject.row.unit),
      firsts.map(({ opened }) => opened),
    ],
  );
  return rows.map(({ at, seal, leaf }) => ({ at, place: { table: TABLE, chain, seal: Number(seal), leaf } }));
}
