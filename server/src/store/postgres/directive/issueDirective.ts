import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Issuing } from '../../../domain/directive/issuing.ts';
import { REMINDED_HOURS_BEFORE } from '../../../domain/directive/limits.ts';
import type { Addressee, DirectiveStore, Draft } from '../../../domain/directive/ports.ts';
import { yearOf } from '../../../domain/directive/timing.ts';
import type { SeenIn } from '../../../domain/figure/stage/StageFrames.ts';
import { RowsHash } from '../../../domain/record/rowsHash.ts';
import type { Attachment } from '../../../protocol/directive.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { readClock } from '../base/readClock.ts';
import { noteSeen } from '../figure/noteSeen.ts';
import { type Batch, chainOfBriefing, chainOfOffice, RESTORES_OF_YEAR, sealed } from '../record/sealed.ts';

/** Rows hashed in one turn of the event loop. */
const HASHED_AT_ONCE = 1_000;

type Decide = Parameters<DirectiveStore['issue']>[1];

interface Issued {
  readonly id: string;
  readonly first: boolean;
}

/** A directive of this moment belongs on the chain of another year: the year, or the clock, turned before the chain was locked. */
class YearTurned extends Error {
  readonly at: string;
  constructor(at: string) {
    super('the year turned');
    this.at = at;
  }
}

/** @returns id of the first directive of this key, and whether it was recorded now */
export async function issueDirective(postgres: Postgres, draft: Draft, decide: Decide, seen: SeenIn): Promise<Issued> {
  const id = randomUUID();
  const hash = await hashOf(id, draft.addressees);
  for (let notBefore: string | undefined; ; ) {
    try {
      return await postgres.transaction((sql) => issue(sql, draft, decide, { id, hash, seen, notBefore }));
    } catch (error) {
      if (!(error instanceof YearTurned)) throw error;
      notBefore = error.at;
    }
  }
}

/** AU4: as the registry of official tables says. */
async function hashOf(directive: string, addressees: readonly Addressee[]): Promise<string> {
  const hash = new RowsHash();
  for (const [i, { unit, path, name, absentee }] of addressees.entries()) {
    hash.add({ directive, unit, path, name, absentee });
    if (i % HASHED_AT_ONCE === HASHED_AT_ONCE - 1) await nextTurn();
  }
  return hash.close();
}

interface Issue {
  readonly id: string;
  readonly hash: string;
  readonly seen: SeenIn;
  /** Of what its chain holds already; it is dated no earlier. */
  readonly notBefore: string | undefined;
}

async function issue(sql: Sql, draft: Draft, decide: Decide, { id, hash, seen, notBefore }: Issue): Promise<Issued> {
  const before = await firstOfKey(sql, draft.key);
  if (before) return standing(decide({ first: before }));
  const briefing = draft.briefing === null ? null : await holdBriefing(sql, draft.briefing);
  const now = await readClock(sql);
  const year = yearOf(new Date(later(now.toISOString(), notBefore)));
  const chain = draft.briefing === null ? chainOfOffice(draft.issuer.unit, year) : chainOfBriefing(draft.briefing);
  const older = draft.supersedes === null ? null : await chainOf(sql, draft.supersedes);

  const locked = async (own: Batch, old: Batch | null) => {
    const first = await firstOfKey(sql, draft.key);
    if (first) return standing(decide({ first }));
    // DR1: its number is of the year that it is dated in, also while a clock that was set back is behind the chain.
    const at = later(own.at, notBefore);
    if (yearOf(new Date(at)) !== year) throw new YearTurned(at);
    const files = await holdAttachments(sql, draft.attachments);
    const olderEnded = draft.supersedes !== null && (await hasEnded(sql, draft.supersedes));
    const issuing = decide({ first, now: own.now, briefing, files, olderEnded });
    if (issuing.kind === 'stands') return standing(issuing);
    await useAttachments(sql, files);
    const number = await nextNumber(sql, draft.issuer.unit, year);
    const { attachments, second } = issuing;
    await own.insert('directives', [rowOf(draft, { id, year, number, attachments, hash, second, at })]);
    if (draft.briefing !== null) {
      const of = { act: 'directive', subject: id, briefing: draft.briefing } as const;
      await noteSeen(sql, own, seen(draft.briefing), of);
    }
    await writeAddressees(sql, id, draft.addressees);
    await planReminders(sql, id);
    if (old && draft.supersedes !== null) await supersede(old, draft, draft.supersedes, id);
    return { id, first: true };
  };
  return lockBoth(sql, chain, older, locked);
}

const later = (at: string, other: string | undefined): string =>
  other !== undefined && Date.parse(other) > Date.parse(at) ? other : at;

function standing(issuing: Issuing): Issued {
  if (issuing.kind !== 'stands') throw new Error('a directive that stands was to be issued again');
  return { id: issuing.id, first: false };
}

/** Locks the chains in the order of their names, so that two who need the same two never wait for each other. */
async function lockBoth<T>(
  sql: Sql,
  own: string,
  older: string | null,
  work: (own: Batch, old: Batch | null) => Promise<T>,
): Promise<T> {
  if (older === null || older === own)
    return (await sealed(sql, own, (batch) => work(batch, older === null ? null : batch))).result;
  const [first, second] = own < older ? [own, older] : [older, own];
  const outer = await sealed(sql, first, (a) => sealed(sql, second, (b) => (first === own ? work(a, b) : work(b, a))));
  return outer.result.result;
}

async function firstOfKey(sql: Sql, key: string): Promise<{ id: string; account: string } | undefined> {
  const rows = await sql.query<{ id: string; account: string }>('SELECT id, account FROM directives WHERE key = $1', [
    key,
  ]);
  return rows[0];
}

/** The lock keeps it as it is until the directive is on record. */
async function holdBriefing(sql: Sql, briefing: string): Promise<{ state: string; liveAt: Date | null }> {
  const [row] = await sql.query<{ state: string; liveAt: Date | null }>(
    'SELECT state, live_at AS "liveAt" FROM briefings WHERE id = $1 FOR SHARE',
    [briefing],
  );
  if (!row) throw refuse('not-found', 'there is no such briefing');
  return row;
}

export async function chainOf(sql: Sql, directive: string): Promise<string> {
  const [row] = await sql.query<{ chain: string }>('SELECT chain FROM directives WHERE id = $1', [directive]);
  if (!row) throw refuse('not-found', 'there is no such directive');
  return row.chain;
}

interface KeptFile {
  readonly sha256: string;
  readonly type: string;
  readonly size: number;
  readonly used: boolean;
}

async function holdAttachments(sql: Sql, wanted: Draft['attachments']): Promise<ReadonlyMap<string, KeptFile>> {
  if (wanted.length === 0) return new Map();
  const rows = await sql.query<KeptFile & Record<string, unknown>>(
    'SELECT sha256, type, size, used FROM attachments WHERE sha256 = ANY($1) ORDER BY sha256 FOR NO KEY UPDATE',
    [wanted.map(({ sha256 }) => sha256)],
  );
  return new Map(rows.map((row) => [row.sha256, row]));
}

/** DR25: from here on they stay. */
async function useAttachments(sql: Sql, files: ReadonlyMap<string, KeptFile>): Promise<void> {
  const fresh = [...files.values()].filter(({ used }) => !used).map(({ sha256 }) => sha256);
  if (fresh.length > 0) await sql.query('UPDATE attachments SET used = true WHERE sha256 = ANY($1)', [fresh]);
}

async function hasEnded(sql: Sql, directive: string): Promise<boolean> {
  return (await sql.query('SELECT FROM directive_ends WHERE directive = $1', [directive])).length > 0;
}

/** DR1: held until COMMIT, and given back when the transaction fails. After a restore, beyond those given before (AU16). */
async function nextNumber(sql: Sql, issuer: string, year: number): Promise<number> {
  const [row] = await sql.query<{ last: number }>(
    `WITH passed AS (SELECT coalesce(sum(r.numbers), 0)::int AS over ${RESTORES_OF_YEAR}
       AND r.at > coalesce((SELECT max(issued_at) FROM directives WHERE issuer = $2 AND year = $1), '-infinity'))
     INSERT INTO directive_numbers AS n (issuer, year, last) SELECT $2, $1, 1 + over FROM passed
     ON CONFLICT (issuer, year) DO UPDATE SET last = n.last + excluded.last RETURNING last`,
    [year, issuer],
  );
  if (!row) throw new Error('no number was given');
  return row.last;
}

interface Facts {
  readonly id: string;
  readonly year: number;
  readonly number: number;
  readonly attachments: readonly Attachment[];
  readonly hash: string;
  readonly second: number | null;
  readonly at: string;
}

const rowOf = (draft: Draft, { id, year, number, attachments, hash, second, at }: Facts) => ({
  ...{ id, year, number, attachments, second },
  key: draft.key,
  issuer: draft.issuer.unit,
  issuer_path: draft.issuer.path,
  issuer_name: draft.issuer.name,
  account: draft.by.account,
  by_name: draft.by.name,
  title: draft.title,
  text: draft.text,
  addressing: draft.addressing,
  addressees: draft.addressees.length,
  addressees_hash: hash,
  deadline: draft.deadline,
  issued_at: at,
  briefing: draft.briefing,
  supersedes: draft.supersedes,
});

/** DR12: one statement for all of them. */
async function writeAddressees(sql: Sql, id: string, addressees: readonly Addressee[]): Promise<void> {
  await sql.query(
    `WITH told AS (
       INSERT INTO directive_addressees (directive, unit, path, name, absentee)
       SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::boolean[]) RETURNING directive, unit, path, absentee)
     INSERT INTO directive_follows (directive, unit, path, absentee) SELECT * FROM told`,
    [
      id,
      addressees.map((a) => a.unit),
      addressees.map((a) => a.path),
      addressees.map((a) => a.name),
      addressees.map((a) => a.absentee),
    ],
  );
}

/** DR27. */
async function planReminders(sql: Sql, id: string): Promise<void> {
  await sql.query(
    `INSERT INTO directive_moments (directive, moment, due_at)
     SELECT d.id, m.moment, d.deadline - m.before FROM directives d,
       unnest($2::text[], $3::interval[]) m(moment, before)
     WHERE d.id = $1 AND d.deadline - m.before > d.issued_at`,
    [id, Object.keys(REMINDED_HOURS_BEFORE), Object.values(REMINDED_HOURS_BEFORE).map((hours) => `${hours} h`)],
  );
}

/** DR18. */
async function supersede(old: Batch, { key, by }: Draft, older: string, successor: string): Promise<void> {
  await old.insert('directive_ends', [
    { directive: older, key, act: 'supersede', account: by.account, by_name: by.name, successor, at: old.at },
  ]);
}
