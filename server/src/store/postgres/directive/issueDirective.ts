import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileName } from '../../../domain/directive/fileName.ts';
import type { Addressee, Draft } from '../../../domain/directive/ports.ts';
import { yearOf } from '../../../domain/directive/timing.ts';
import { CoveredHash } from '../../../domain/record/covered.ts';
import type { Attachment } from '../../../protocol/directive.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { readClock } from '../base/readClock.ts';
import { type Batch, chainOfBriefing, chainOfOffice, sealed } from '../record/sealed.ts';

/** Rows hashed in one turn of the event loop. */
const HASHED_AT_ONCE = 1_000;
const DAY = '1 day';
const HOUR = '1 hour';

/** The year turned between the choice of the chain and its lock. */
class YearTurned extends Error {}

/** @returns id of the first directive of this key, and whether it was recorded now */
export async function issueDirective(postgres: Postgres, draft: Draft): Promise<{ id: string; first: boolean }> {
  const id = randomUUID();
  const hash = await hashOf(id, draft.addressees);
  for (;;) {
    try {
      return await postgres.transaction((sql) => issue(sql, draft, id, hash));
    } catch (error) {
      if (!(error instanceof YearTurned)) throw error;
    }
  }
}

/** AU4: as the registry of official tables says. */
async function hashOf(directive: string, addressees: readonly Addressee[]): Promise<string> {
  const hash = new CoveredHash();
  for (const [i, { unit, path, name, absentee }] of addressees.entries()) {
    hash.add({ directive, unit, path, name, absentee });
    if (i % HASHED_AT_ONCE === HASHED_AT_ONCE - 1) await nextTurn();
  }
  return hash.close();
}

async function issue(sql: Sql, draft: Draft, id: string, hash: string): Promise<{ id: string; first: boolean }> {
  const before = await earlier(sql, draft);
  if (before !== undefined) return { id: before, first: false };
  const liveAt = draft.briefing === null ? null : await liveSince(sql, draft.briefing);
  const year = yearOf(await readClock(sql));
  const chain = draft.briefing === null ? chainOfOffice(draft.issuer.unit, year) : chainOfBriefing(draft.briefing);
  const older = draft.supersedes === null ? null : await chainOf(sql, draft.supersedes);

  const locked = async (own: Batch, old: Batch | null) => {
    const again = await earlier(sql, draft);
    if (again !== undefined) return { id: again, first: false };
    if (yearOf(own.now) !== year) throw new YearTurned();
    if (draft.deadline !== null && Date.parse(draft.deadline) <= own.now.getTime())
      throw refuse('bad-request', 'the deadline has passed');
    const attachments = await useAttachments(sql, draft.attachments);
    const second = liveAt && Math.max(0, Math.floor((own.now.getTime() - liveAt.getTime()) / 1000));
    const number = await nextNumber(sql, draft.issuer.unit, year);
    await own.insert('directives', [rowOf(draft, { id, year, number, attachments, hash, second, at: own.at })]);
    await writeAddressees(sql, id, draft.addressees);
    await planReminders(sql, id);
    if (old && draft.supersedes !== null) await supersede(sql, old, draft, draft.supersedes, id);
    return { id, first: true };
  };
  return lockBoth(sql, chain, older, locked);
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

/** DR3. */
async function earlier(sql: Sql, { key, by }: Draft): Promise<string | undefined> {
  const [row] = await sql.query<{ id: string; account: string }>('SELECT id, account FROM directives WHERE key = $1', [
    key,
  ]);
  if (row && row.account !== by.account) throw refuse('conflict', 'this key was used by somebody else');
  return row?.id;
}

/** DR4. The lock keeps it live until the directive is on record. */
async function liveSince(sql: Sql, briefing: string): Promise<Date> {
  const [row] = await sql.query<{ state: string; live_at: Date | null }>(
    'SELECT state, live_at FROM briefings WHERE id = $1 FOR SHARE',
    [briefing],
  );
  if (!row) throw refuse('not-found', 'there is no such briefing');
  if (row.state === 'closed') throw refuse('briefing-closed', 'this briefing is over');
  if (row.state !== 'live' || !row.live_at) throw refuse('not-live', 'the briefing is not live');
  return row.live_at;
}

export async function chainOf(sql: Sql, directive: string): Promise<string> {
  const [row] = await sql.query<{ chain: string }>('SELECT chain FROM directives WHERE id = $1', [directive]);
  if (!row) throw refuse('not-found', 'there is no such directive');
  return row.chain;
}

/** DR23, DR25: from here on they stay. */
async function useAttachments(sql: Sql, wanted: Draft['attachments']): Promise<Attachment[]> {
  if (wanted.length === 0) return [];
  const rows = await sql.query<{ sha256: string; type: string; size: number; used: boolean }>(
    'SELECT sha256, type, size, used FROM attachments WHERE sha256 = ANY($1) ORDER BY sha256 FOR NO KEY UPDATE',
    [wanted.map(({ sha256 }) => sha256)],
  );
  const fresh = rows.filter(({ used }) => !used).map(({ sha256 }) => sha256);
  if (fresh.length > 0) await sql.query('UPDATE attachments SET used = true WHERE sha256 = ANY($1)', [fresh]);
  const kept = new Map(rows.map((row) => [row.sha256, row]));
  return wanted.map(({ sha256, name }) => {
    const file = kept.get(sha256);
    if (!file) throw refuse('bad-request', `no attachment ${sha256} was uploaded`);
    return { sha256, name: fileName(name, file.type), type: file.type, size: file.size };
  });
}

/** DR1: held until COMMIT, and given back when the transaction fails. */
async function nextNumber(sql: Sql, issuer: string, year: number): Promise<number> {
  const [row] = await sql.query<{ last: number }>(
    `INSERT INTO directive_numbers AS n (issuer, year, last) VALUES ($1, $2, 1)
     ON CONFLICT (issuer, year) DO UPDATE SET last = n.last + 1 RETURNING last`,
    [issuer, year],
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
       (VALUES ('day', $2::interval), ('hour', $3::interval), ('deadline', '0')) m(moment, before)
     WHERE d.id = $1 AND d.deadline - m.before > d.issued_at`,
    [id, DAY, HOUR],
  );
}

/** DR18, DR19. */
async function supersede(sql: Sql, old: Batch, { key, by }: Draft, older: string, successor: string): Promise<void> {
  const ends = await sql.query('SELECT directive FROM directive_ends WHERE directive = $1', [older]);
  if (ends.length > 0) throw refuse('conflict', 'the older directive was recalled or superseded already');
  await old.insert('directive_ends', [
    { directive: older, key, act: 'supersede', account: by.account, by_name: by.name, successor, at: old.at },
  ]);
}
