import { KEPT_OF_UNIT } from '../../../domain/contradiction/limits.ts';
import type { ContradictionStore, PlaceOfUnit } from '../../../domain/contradiction/ports.ts';
import { type RecordRow, recordHash, type Seal, sealHash } from '../../../domain/record/seal.ts';
import type { Contradiction, FoundSeal } from '../../../protocol/contradiction.ts';
import type { Receipt } from '../../../protocol/record.ts';
import type { Postgres } from '../base/Postgres.ts';
import { SYSTEM } from '../record/sealed.ts';

interface SealRow extends Omit<Seal, 'nr'> {
  nr: string;
}
interface LostRow {
  i: number;
  id: string;
  at: Date;
  backup_at: Date;
}

/** What pages compare, and what they found, in PostgreSQL. */
export class PgContradictions implements ContradictionStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  /** Rows, seals, and restores where a row is not there: three statements and one for each further table, however many ask. */
  async found(places: readonly PlaceOfUnit[]): Promise<readonly FoundSeal[]> {
    const [seals, rows] = await Promise.all([this.#seals(places), this.#rowHashes(places)]);
    const found = places.map((place): FoundSeal => {
      const row = rows.get(keyOf(place.table, { ...place }));
      // Nobody learns of seals under which nothing of theirs stands.
      return row === undefined ? { seal: null, row: null } : { seal: seals.get(sealKey(place)) ?? null, row };
    });
    return this.#withRestores(places, found);
  }

  async keep(...[{ by, receipt, found, proven }]: Parameters<ContradictionStore['keep']>): Promise<void> {
    const most = proven ? KEPT_OF_UNIT.proven : KEPT_OF_UNIT.unproven;
    await this.#postgres.query(
      `INSERT INTO contradictions AS kept (unit, path, chain, seal, place, proven, receipt, found, account, account_name, identity, address, first_at, at, times)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, 1
       WHERE EXISTS (SELECT FROM contradictions WHERE unit = $1 AND chain = $3 AND seal = $4 AND place = $5)
         OR (SELECT count(*) FROM contradictions WHERE unit = $1 AND proven = $6) < ${most}
       ON CONFLICT (unit, chain, seal, place) DO UPDATE SET times = kept.times + 1, at = EXCLUDED.at, found = EXCLUDED.found,
         receipt = CASE WHEN kept.proven THEN kept.receipt ELSE EXCLUDED.receipt END, proven = kept.proven OR EXCLUDED.proven`,
      [
        ...[by.unit, by.path, receipt.chain, receipt.seal, receipt.leaf, proven],
        ...[JSON.stringify(receipt), JSON.stringify(found)],
        ...[by.account, by.name, by.identity, by.address, by.received],
      ],
    );
  }

  async list(...[territory, limit]: Parameters<ContradictionStore['list']>) {
    const rows = await this.#postgres.query<{
      unit: string;
      path: string;
      proven: boolean;
      receipt: Receipt;
      found: FoundSeal;
      account_name: string;
      identity: string;
      address: string;
      first_at: Date;
      at: Date;
    }>(
      `SELECT unit, path, proven, receipt, found, account_name, identity, address, first_at, at FROM contradictions
       WHERE path = $1 OR starts_with(path, $1 || '.') ORDER BY at DESC LIMIT $2`,
      [territory, limit],
    );
    return rows.map(
      ({ account_name: by, first_at, at, ...row }): Omit<Contradiction, 'unitName'> => ({
        ...row,
        by,
        firstAt: first_at.toISOString(),
        at: at.toISOString(),
      }),
    );
  }

  /** By `sealKey`, the hash computed anew. */
  async #seals(places: readonly PlaceOfUnit[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#postgres.query<SealRow & Record<string, unknown>>(
      `SELECT chain, nr, encode(previous, 'hex') AS previous, encode(root, 'hex') AS root, leaves, to_jsonb(at) #>> '{}' AS at
       FROM (SELECT DISTINCT * FROM unnest($1::text[], $2::bigint[]) w (chain, nr)) w JOIN seals USING (chain, nr)`,
      [places.map(({ chain }) => chain), places.map(({ seal }) => seal)],
    );
    return new Map(
      rows.map(({ chain, nr, previous, root, leaves, at }) => [
        `${chain} ${nr}`,
        sealHash({ chain, nr: Number(nr), previous, root, leaves, at }),
      ]),
    );
  }

  /** By `keyOf`. One table after the other, so that pages that compare take two connections at most from those who act. */
  async #rowHashes(places: readonly PlaceOfUnit[]): Promise<ReadonlyMap<string, string>> {
    const hashes = new Map<string, string>();
    for (const table of new Set(places.map((place) => place.table)))
      for (const row of await this.#rows(table, places)) hashes.set(keyOf(table, row), recordHash(table, row));
    return hashes;
  }

  /** Of the unit whose receipt it is. @param table one of `comparedTableSchema` */
  async #rows(table: string, places: readonly PlaceOfUnit[]): Promise<readonly RecordRow[]> {
    const here = places.filter((place) => place.table === table);
    const rows = await this.#postgres.query<{ row: RecordRow }>(
      `SELECT to_jsonb(t) AS row FROM unnest($1::text[], $2::bigint[], $3::int[], $4::text[]) w (chain, seal, leaf, unit)
       JOIN ${table} t ON (t.chain, t.seal, t.leaf, t.unit) = (w.chain, w.seal, w.leaf, w.unit)`,
      [here.map((p) => p.chain), here.map((p) => p.seal), here.map((p) => p.leaf), here.map((p) => p.unit)],
    );
    return rows.map(({ row }) => row);
  }

  /** AU16, AU25: the restore that passed over a seal, or lost its whole chain. */
  async #withRestores(places: readonly PlaceOfUnit[], found: readonly FoundSeal[]): Promise<readonly FoundSeal[]> {
    const absent = places.flatMap(({ chain, seal, at }, i) =>
      found[i]?.row === null ? [{ i, chain, nr: seal, at }] : [],
    );
    if (absent.length === 0) return found;
    const rows = await this.#postgres.query<LostRow & Record<string, unknown>>(
      `SELECT DISTINCT ON (o.i) o.i, r.id, r.at, r.backup_at FROM jsonb_to_recordset($1::jsonb) o (i int, chain text, nr bigint, at timestamptz)
       JOIN restores r ON r.chain = o.chain AND o.nr < r.seal AND o.nr >= r.seal - r.seals AND NOT EXISTS (SELECT FROM seals s WHERE (s.chain, s.nr) = (o.chain, o.nr))
         OR r.chain = '${SYSTEM}' AND o.at BETWEEN r.backup_at AND r.at AND NOT EXISTS (SELECT FROM chains c WHERE c.id = o.chain)
       ORDER BY o.i, r.at`,
      [JSON.stringify(absent)],
    );
    const lost = new Map(rows.map((row) => [row.i, row]));
    return found.map((one, i) => {
      const row = lost.get(i);
      if (!row) return one;
      return { ...one, restore: { id: row.id, at: row.at.toISOString(), backupAt: row.backup_at.toISOString() } };
    });
  }
}

const sealKey = ({ chain, seal }: PlaceOfUnit): string => `${chain} ${seal}`;
const keyOf = (table: string, { unit, chain, seal, leaf }: RecordRow): string =>
  `${table} ${unit} ${chain} ${seal} ${leaf}`;
