import { receiptHolds } from '../../../domain/record/receipt.ts';
import { aboutKey, type Fate, type LostMoment } from '../../../domain/resubmission/decide.ts';
import type { Offered } from '../../../domain/resubmission/offered.ts';
import type { Sql } from '../base/Postgres.ts';
import { FOLLOW_ACTS, type KnownAddressee, loadAddressees } from '../directive/recordFollowActs.ts';
import { SYSTEM } from '../record/sealed.ts';
import { readStanding } from '../rollcall/enterGroup.ts';

/** What the statements below ask of each offer, by its place. */
const ASKED = `jsonb_to_recordset($1::jsonb) o (i int, chain text, nr bigint, leaf int, hash text, record jsonb, at timestamptz, about uuid, unit text, key uuid)`;

const asked = (offers: readonly Offered[]): string =>
  JSON.stringify(
    offers.map(({ receipt, about, row: { unit, key } }, i) => {
      const { chain, seal: nr, leaf, at, hash, record } = receipt;
      // A row that does not lead to its seal says nothing of that seal.
      const holds = receiptHolds(receipt);
      return { i, chain, nr, leaf, hash: holds ? hash : null, record: holds ? record : null, at, about, unit, key };
    }),
  );

/** RS6: the receipt itself, with all that it says; the key in it is not enough. */
const STANDING = `SELECT DISTINCT ON (i) i, fate FROM (
    SELECT o.i, r.fate, 1 AS place FROM ${ASKED} JOIN resubmissions r USING (about, unit, key)
      WHERE r.receipt->>'hash' = o.hash AND r.receipt->'record' = o.record
    UNION ALL SELECT o.i, 'stands', 2 FROM ${ASKED} JOIN seals s ON s.chain = o.chain AND s.nr = o.nr AND encode(s.hash, 'hex') = o.hash
      JOIN round_entries e ON (e.chain, e.seal, e.leaf) = (o.chain, o.nr, o.leaf) AND to_jsonb(e) = o.record
    UNION ALL SELECT o.i, 'stands', 2 FROM ${ASKED} JOIN seals s ON s.chain = o.chain AND s.nr = o.nr AND encode(s.hash, 'hex') = o.hash
      JOIN directive_acts a ON (a.chain, a.seal, a.leaf) = (o.chain, o.nr, o.leaf) AND to_jsonb(a) = o.record
  ) found ORDER BY i, place`;

/** RS7: offers under whose key something is on record; `again`: what was sent again under it before. */
const UNDER_KEY = `SELECT i, bool_or(again) AS again FROM (
    SELECT o.i, true AS again FROM ${ASKED} JOIN resubmissions r USING (about, unit, key)
    UNION ALL SELECT o.i, false FROM ${ASKED} JOIN round_entries e ON e.round = o.about AND e.unit = o.unit AND e.key = o.key
    UNION ALL SELECT o.i, false FROM ${ASKED} JOIN directive_acts a ON a.key = o.key AND a.directive = o.about AND a.unit = o.unit
  ) found GROUP BY i`;

/** RS2, RS6: of each, what became of it; undefined: it is not on record. */
export async function readStands(
  sql: Sql,
  offers: readonly Offered[],
): Promise<readonly (Fate | 'stands' | undefined)[]> {
  const rows = await sql.query<{ i: number; fate: Fate | 'stands' }>(STANDING, [asked(offers)]);
  const found = new Map(rows.map(({ i, fate }) => [i, fate]));
  return offers.map((_, i) => found.get(i));
}

/** AU16: a restore passed over the seals that it lost; a chain that is gone as a whole was lost with all of its seals. */
const LOST = `SELECT DISTINCT ON (o.i) o.i, r.id FROM ${ASKED} JOIN restores r ON
    r.chain = o.chain AND o.nr < r.seal AND o.nr >= r.seal - r.seals
    OR r.chain = '${SYSTEM}' AND o.at BETWEEN r.backup_at AND r.at AND NOT EXISTS (SELECT FROM chains c WHERE c.id = o.chain)
  ORDER BY o.i, r.at DESC`;

/** All that is asked under the lock. */
export async function readMoment(
  sql: Sql,
  offers: readonly Offered[],
): Promise<LostMoment & { readonly full: ReadonlyMap<string, KnownAddressee> }> {
  const answers = offers.flatMap(({ kind, row }) => (kind === 'answer' ? [row] : []));
  const acts = offers.flatMap(({ kind, row }) => (kind === 'act' ? [row] : []));
  const [standing, underKey, lost, rounds, entries, full, latest] = await Promise.all([
    readStands(sql, offers),
    sql.query<{ i: number; again: boolean }>(UNDER_KEY, [asked(offers)]),
    sql.query<{ i: number; id: string }>(LOST, [asked(offers)]),
    sql.query<{ round: string; seq: number; asks: string[] }>(
      `SELECT s.round, s.seq, array_agg(u.unit) AS asks FROM round_states s JOIN round_asked u ON u.round = s.round
       JOIN json_to_recordset($1) a (round uuid, unit text) ON a.round = u.round AND a.unit = u.unit GROUP BY 1, 2`,
      [JSON.stringify(answers)],
    ),
    answers.length > 0 ? readStanding(sql, answers) : [],
    acts.length > 0 ? loadAddressees(sql, acts) : new Map<string, KnownAddressee>(),
    sql.query<{ directive: string; unit: string; at: string }>(
      `SELECT a.directive, a.unit, to_jsonb(max(a.at)) #>> '{}' AS at FROM ${FOLLOW_ACTS} a
       JOIN (SELECT DISTINCT * FROM json_to_recordset($1) o (directive uuid, unit text)) o USING (directive, unit)
       WHERE a.act NOT IN ('delivered', 'read', 'reply') GROUP BY 1, 2`,
      [JSON.stringify(acts)],
    ),
  ]);
  const spoken = new Map(underKey.map(({ i, again }) => [i, again ? ('again' as const) : ('here' as const)]));
  const lostBy = new Map(lost.map(({ i, id }) => [i, id]));
  const answered = new Map(latest.map(({ directive, unit, at }) => [keyOf(directive, unit), at]));
  return {
    standing,
    underKey: offers.map((_, i) => spoken.get(i)),
    lostBy: offers.map((_, i) => lostBy.get(i)),
    rounds: new Map(rounds.map(({ round, seq, asks }) => [round, { seq, asks: new Set(asks) }])),
    entries: entries.map(({ record }) => record),
    addressees: new Map([...full].map(([key, one]) => [key, { ...one, latest: answered.get(key) ?? null }])),
    full,
  };
}

const keyOf = (about: string, unit: string): string => aboutKey({ about, row: { unit } as Offered['row'] });
