import type { QueryResultRow } from 'pg';
import type {
  Counted,
  CountGroup,
  DirectiveMark,
  DirectiveStore,
  FollowQuery,
  ListQuery,
  PastAct,
} from '../../../domain/directive/ports.ts';
import { openStates, overdueStates } from '../../../domain/directive/timing.ts';
import type { SeenIn } from '../../../domain/figure/stage/StageFrames.ts';
import { inPathOrder } from '../../../domain/organisation/pathOrder.ts';
import { upFrom } from '../../../domain/shared/territory.ts';
import type { Outcome } from '../../../lib/GroupCommit.ts';
import type { Directive, DirectiveItem, DirectiveStates, Follow, Followed } from '../../../protocol/directive.ts';
import type { Postgres } from '../base/Postgres.ts';
import { readClock } from '../base/readClock.ts';
import { inSubtreeByIndex } from '../base/subtree.ts';
import { nothingSeen } from '../figure/noteSeen.ts';
import { pastReceipts } from '../record/pastReceipts.ts';
import { selectDirectives, selectFollows } from './directiveRows.ts';
import { issueDirective } from './issueDirective.ts';
import { recallDirective } from './recallDirective.ts';
import { recordFollowActs, unwritableActs } from './recordFollowActs.ts';

/** DR21 as `timingOf` has it. @param overdue the list of states that can be overdue */
const timing = (overdue: string) => `CASE WHEN d.deadline IS NULL THEN 'none'
  WHEN f.done_at IS NOT NULL THEN CASE WHEN date_trunc('milliseconds', f.done_at) <= d.deadline THEN 'on-time' ELSE 'late' END
  WHEN e.act IS NOT DISTINCT FROM 'supersede' OR date_trunc('milliseconds', clock_timestamp()) <= d.deadline THEN 'none'
  WHEN f.state = ANY(${overdue}) THEN 'overdue' ELSE 'none' END`;

const FOLLOWS =
  '(directive_follows f JOIN directives d ON d.id = f.directive LEFT JOIN directive_ends e ON e.directive = f.directive)';
const sums = (overdue: string) => `f.state, ${timing(overdue)} AS timing, count(*)::int AS addressees,
  (count(*) FILTER (WHERE f.absentee))::int AS absentees`;
const OPEN = `e.act IS DISTINCT FROM 'supersede'`;

export class PgDirectives implements DirectiveStore {
  readonly #postgres: Postgres;
  readonly #seen: SeenIn;

  constructor(postgres: Postgres, seen = nothingSeen) {
    this.#postgres = postgres;
    this.#seen = seen;
  }

  async issue(...[draft, decide]: Parameters<DirectiveStore['issue']>): ReturnType<DirectiveStore['issue']> {
    const { id, first } = await issueDirective(this.#postgres, draft, decide, this.#seen);
    const directive = await this.find(id);
    if (!directive) throw new Error(`directive ${id} was recorded and is not there`);
    return { directive, first };
  }

  async find(id: string): Promise<Directive | undefined> {
    return (await selectDirectives(this.#postgres, 'WHERE d.id = $1', [id]))[0];
  }

  async recent(): Promise<readonly DirectiveMark[]> {
    return this.#postgres.query<DirectiveMark & QueryResultRow>(
      `SELECT id, 'issued' AS state FROM directives WHERE issued_at > clock_timestamp() - interval '1 minute'
       UNION ALL SELECT directive, CASE act WHEN 'recall' THEN 'recalled' ELSE 'superseded' END FROM directive_ends
         WHERE at > clock_timestamp() - interval '1 minute'`,
    );
  }

  async chainOf(id: string): Promise<string | undefined> {
    const [row] = await this.#postgres.query<{ chain: string }>('SELECT chain FROM directives WHERE id = $1', [id]);
    return row?.chain;
  }

  async inbox(unit: string, { open, briefing, limit }: ListQuery): Promise<DirectiveItem[]> {
    const follows = await selectFollows(
      this.#postgres,
      `WHERE f.unit = $1 AND ($2::text[] IS NULL OR (f.state = ANY($2) AND ${OPEN})) AND ($3::uuid IS NULL OR d.briefing = $3)
       ORDER BY d.issued_at DESC, d.id LIMIT $4`,
      [unit, open ? openStates : null, briefing ?? null, limit],
    );
    const ids = follows.map(({ directive }) => directive);
    const found = await selectDirectives(this.#postgres, 'WHERE d.id = ANY($1)', [ids]);
    const byId = new Map(found.map((directive) => [directive.id, directive]));
    return follows.flatMap((follow) => {
      const directive = byId.get(follow.directive);
      return directive ? [{ directive, follow }] : [];
    });
  }

  async issued(territory: string, { open, briefing, limit }: ListQuery): Promise<Directive[]> {
    return selectDirectives(
      this.#postgres,
      `WHERE ${inSubtreeByIndex('d.issuer_path', '$1')} AND ($2::uuid IS NULL OR d.briefing = $2) AND ($3::text[] IS NULL OR (${OPEN} AND EXISTS
         (SELECT FROM directive_follows f WHERE f.directive = d.id AND f.state = ANY($3))))
       ORDER BY d.issued_at DESC, d.id LIMIT $4`,
      [territory, briefing ?? null, open ? openStates : null, limit],
    );
  }

  async fromAbove(territory: string, { open, briefing, limit }: ListQuery): Promise<Directive[]> {
    const [, ...above] = upFrom(territory);
    return selectDirectives(
      this.#postgres,
      `WHERE d.issuer_path = ANY($1) AND ($3::uuid IS NULL OR d.briefing = $3) AND ($4::text[] IS NULL OR ${OPEN})
         AND EXISTS (SELECT FROM directive_follows f
           WHERE f.directive = d.id AND ${inSubtreeByIndex('f.path', '$2')} AND ($4::text[] IS NULL OR f.state = ANY($4)))
       ORDER BY d.issued_at DESC, d.id LIMIT $5`,
      [above, territory, briefing ?? null, open ? openStates : null, limit],
    );
  }

  async follow(directive: string, unit: string): Promise<Follow | undefined> {
    return (await this.follows([{ directive, unit }]))[0];
  }

  async follows(pairs: readonly { readonly directive: string; readonly unit: string }[]): Promise<Follow[]> {
    return selectFollows(
      this.#postgres,
      'JOIN unnest($1::uuid[], $2::text[]) w(directive, unit) ON f.directive = w.directive AND f.unit = w.unit',
      [pairs.map((p) => p.directive), pairs.map((p) => p.unit)],
    );
  }

  async reaches(directive: string, territory: string): Promise<boolean> {
    const rows = await this.#postgres.query(
      `SELECT unit FROM directive_follows f WHERE directive = $1 AND ${inSubtreeByIndex('path', '$2')} LIMIT 1`,
      [directive, territory],
    );
    return rows.length > 0;
  }

  async among(directive: string, units: readonly string[] | 'all'): Promise<string[]> {
    const rows = await this.#postgres.query<{ unit: string }>(
      'SELECT unit FROM directive_follows WHERE directive = $1 AND ($2::text[] IS NULL OR unit = ANY($2))',
      [directive, units === 'all' ? null : units],
    );
    return rows.map(({ unit }) => unit);
  }

  record(...[chain, asks, decide]: Parameters<DirectiveStore['record']>): Promise<readonly Outcome<Followed>[]> {
    return this.#postgres.transaction((sql) => recordFollowActs(sql, chain, asks, decide));
  }

  unwritable(asks: Parameters<DirectiveStore['unwritable']>[0]): Promise<readonly unknown[]> {
    return this.#postgres.transaction((sql) => unwritableActs(sql, asks));
  }

  async recall(...[ask, decide]: Parameters<DirectiveStore['recall']>): ReturnType<DirectiveStore['recall']> {
    const first = await this.#postgres.transaction((sql) => recallDirective(sql, ask, decide));
    const directive = await this.find(ask.directive);
    if (!directive) throw new Error(`directive ${ask.directive} was recalled and is not there`);
    return { directive, first };
  }

  parts(directive: string, root: string): Promise<Counted> {
    return this.#count(
      `SELECT $2::text || CASE WHEN f.path = $2 THEN '' ELSE '.' || split_part(substr(f.path, length($2) + 2), '.', 1) END AS path, ${sums('$3')}
       FROM ${FOLLOWS} WHERE f.directive = $1 AND ${inSubtreeByIndex('f.path', '$2')} GROUP BY 1, 2, 3`,
      [directive, root, overdueStates],
    );
  }

  counts(directive: string, territories: readonly string[]): Promise<Counted> {
    return this.#count(
      `SELECT t.path, ${sums('$3')} FROM unnest($2::text[]) t(path) JOIN ${FOLLOWS} ON f.directive = $1 AND ${inSubtreeByIndex('f.path', 't.path')}
       GROUP BY 1, 2, 3`,
      [directive, territories, overdueStates],
    );
  }

  async #count(text: string, values: readonly unknown[]): Promise<Counted> {
    const now = await readClock(this.#postgres);
    const groups = await this.#postgres.query<CountGroup & QueryResultRow>(text, values);
    return { at: now.toISOString(), groups };
  }

  async states(directive: string, root: string): Promise<DirectiveStates> {
    const now = await readClock(this.#postgres);
    const rows = await this.#postgres.query<{ path: string; state: Follow['state']; timing: Follow['timing'] }>(
      `SELECT f.path, f.state, ${timing('$3')} AS timing FROM ${FOLLOWS}
       WHERE f.directive = $1 AND ${inSubtreeByIndex('f.path', '$2')}`,
      [directive, root, overdueStates],
    );
    return { at: now.toISOString(), units: inPathOrder(rows).map(({ path, state, timing }) => [path, state, timing]) };
  }

  async page(
    directive: string,
    { root, state, timing: wanted, after, limit }: FollowQuery,
  ): Promise<{ follows: Follow[]; total: number; next: string | null }> {
    const where = `WHERE f.directive = $1 AND ${inSubtreeByIndex('f.path', '$2')} AND ($3::text IS NULL OR f.state = $3)
      AND ($4::text IS NULL OR ${timing('$5')} = $4)`;
    const values = [directive, root, state ?? null, wanted ?? null, overdueStates];
    const [count] = await this.#postgres.query<{ total: number }>(
      `SELECT count(*)::int AS total FROM ${FOLLOWS} ${where}`,
      values,
    );
    const follows = await selectFollows(
      this.#postgres,
      `${where} AND ($6::text IS NULL OR f.path > $6) ORDER BY f.path LIMIT $7`,
      [...values, after ?? null, limit + 1],
    );
    const more = follows.length > limit;
    const rows = follows.slice(0, limit);
    return { follows: rows, total: count?.total ?? 0, next: more ? (rows.at(-1)?.path ?? null) : null };
  }

  async history(directive: string, unit: string): Promise<PastAct[]> {
    const rows = await this.#postgres.query<HistoryRow>(
      `SELECT 'directives' AS table, 'issue' AS act, issued_at AS at, by_name AS by, NULL AS words, NULL::timestamptz AS again, chain, seal, leaf
         FROM directives WHERE id = $1
       UNION ALL SELECT 'directive_acts', a.act, a.at, a.by_name, a.words, s.at, a.chain, a.seal, a.leaf FROM directive_acts a
         LEFT JOIN resubmissions s ON s.about = a.directive AND s.unit = a.unit AND s.key = a.key AND s.fate = 'taken'
         WHERE a.directive = $1 AND a.unit = $2
       UNION ALL SELECT 'directive_ends', act, at, by_name, why, NULL, chain, seal, leaf FROM directive_ends WHERE directive = $1
       ORDER BY seal, leaf`,
      [directive, unit],
    );
    const receipts = await pastReceipts(
      this.#postgres,
      rows.map((row) => ({ ...row, seal: Number(row.seal) })),
    );
    return rows.flatMap(({ act, at, by, words, again }, i) => {
      const receipt = receipts[i];
      return receipt
        ? [{ act, at: at.toISOString(), by, words, ...(again && { resubmittedAt: again.toISOString() }), receipt }]
        : [];
    });
  }
}

interface HistoryRow {
  again: Date | null;
  table: string;
  act: string;
  at: Date;
  by: string;
  words: string | null;
  chain: string;
  seal: string;
  leaf: number;
}
