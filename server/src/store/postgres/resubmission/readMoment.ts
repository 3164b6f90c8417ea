import { receiptHolds } from '../../../domain/record/receipt.ts';
import { aboutKey, type Fate, type LostMoment } from '../../../domain/resubmission/decide.ts';
import type { Offered } from '../../../domain/resubmission/offered.ts';
import type { Sql } from '../base/Postgres.ts';
import { FOLLOW_ACTS, type KnownAddressee, loadAddressees } from '../directive/recordFollowActs.ts';
import { SYSTEM } from '../record/sealed.ts';
import { readStanding } from '../rollcall/enterGroup.ts';

/** What the statements below ask of each offer, by its place. */
const ASKED = `jsonb_to_recordset($1::jsonb) o (i int, chain text, nr bigint, hash text, at timestamptz, about uuid, unit text, key uuid)`;

const asked = (offers: readonly Offered[]): string =>
  JSON.stringify(
    offers.map(({ receipt: { chain, seal, at, hash }, receipt, about, row: { unit, key } }, i) => {
      // A row that does not lead to its seal says nothing of that seal.
      return { i, chain, nr: seal, hash: receiptHolds(receipt) ? hash : null, at, about, unit, key };
    }),
  );

const STANDING = `SELECT DISTINCT ON (i) i, fate FROM (
    SELECT o.i, r.fate, 1 AS place FROM ${ASKED} JOIN resubmissions r USING (about, unit, key)
    UNION ALL SELECT o.i, 'stands', 2 FROM ${ASKED} JOIN seals s ON s.chain = o.chain AND s.nr = o.nr AND encode(s.hash, 'hex') = o.hash
    UNION ALL SELECT o.i, 'stands', 3 FROM ${ASKED} JOIN round_entries e ON e.round = o.about AND e.unit = o.unit AND e.key = o.key
    UNION ALL SELECT o.i, 'stands', 4 FROM ${ASKED} JOIN directive_acts a ON a.key = o.key AND a.directive = o.about AND a.unit = o.unit
  ) found ORDER BY i, place`;

/** RS2: of each, what became of it; undefined: it is not on record. */
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
    OR r.chain = '${SYSTEM}' AND r.backup_at <= o.at AND NOT EXISTS (SELECT FROM chains c WHERE c.id = o.chain)
  ORDER BY o.i, r.at DESC`;

/** All that is asked under the lock. */
export async function readMoment(
  sql: Sql,
  offers: readonly Offered[],
): Promise<LostMoment & { readonly full: ReadonlyMap<string, KnownAddressee> }> {
  const answers = offers.flatMap(({ kind, row }) => (kind === 'answer' ? [row] : []));
  const acts = offers.flatMap(({ kind, row }) => (kind === 'act' ? [row] : []));
  const [standing, lost, rounds, entries, full, latest] = await Promise.all([
    readStands(sql, offers),
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
  const lostBy = new Map(lost.map(({ i, id }) => [i, id]));
  const answered = new Map(latest.map(({ directive, unit, at }) => [keyOf(directive, unit), at]));
  return {
    standing,
    lostBy: offers.map((_, i) => lostBy.get(i)),
    rounds: new Map(rounds.map(({ round, seq, asks }) => [round, { seq, asks: new Set(asks) }])),
    entries: entries.map(({ record }) => record),
    addressees: new Map([...full].map(([key, one]) => [key, { ...one, latest: answered.get(key) ?? null }])),
    full,
  };
}

const keyOf = (about: string, unit: string): string => aboutKey({ about, row: { unit } as Offered['row'] });
