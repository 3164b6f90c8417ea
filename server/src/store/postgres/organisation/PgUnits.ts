import type { By, StoredList, UnitStore } from '../../../domain/organisation/ports.ts';
import type { RosterChange, RosterNow, UnitVersion } from '../../../domain/organisation/roster.ts';
import type { Contacts } from '../../../protocol/contacts.ts';
import type { Tier, Unit, UnitCode } from '../../../protocol/organisation.ts';
import type { PeopleAct } from '../../../protocol/people.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { allContacts, writeContacts } from './PgContacts.ts';
import { recordPeopleAct } from './peopleActs.ts';
import { sealStates } from './peopleStates.ts';

const versionColumns = `code, parent, path, tier, name, valid_from::text AS "validFrom", valid_to::text AS "validTo"`;
/** Units change at midnight in Viet Nam, wherever the database stands. */
const today = `(now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date`;
const LISTS = `SELECT name, owner, coalesce(array_agg(unit ORDER BY unit) FILTER (WHERE unit IS NOT NULL), '{}') AS units
  FROM unit_lists LEFT JOIN unit_list_members ON list = name`;
const EACH = 'GROUP BY name, owner ORDER BY name';
const currentVersion = `SELECT version || '@' || ${today} AS version FROM roster_version`;

export class PgUnits implements UnitStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async version(): Promise<string> {
    return versionOf(this.#postgres);
  }

  /** One transaction, so that units and version belong together. */
  async load(): Promise<{ version: string; tiers: readonly Tier[]; units: readonly Unit[] }> {
    return this.#postgres.transaction(async (sql) => {
      await sql.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const units = await sql.query<Unit>(
        `SELECT ${versionColumns} FROM unit_versions
         WHERE valid_from <= ${today} AND (valid_to IS NULL OR valid_to > ${today})`,
      );
      return { version: await versionOf(sql), tiers: await tiersOf(sql), units };
    });
  }

  async change<T extends RosterChange>(
    plan: (now: RosterNow) => T | Promise<T>,
    by?: By & { readonly unit: UnitCode; act(change: T): PeopleAct },
  ): Promise<T> {
    return this.#postgres.transaction(async (sql) => {
      await sql.query('SELECT 1 FROM roster_version FOR UPDATE');
      const versions = await sql.query<UnitVersion>(
        `SELECT ${versionColumns} FROM unit_versions ORDER BY path, valid_from`,
      );
      const change = await plan({ tiers: await tiersOf(sql), versions, contacts: await allContacts(sql) });
      if (isEmpty(change)) return change;
      await writeTiers(sql, change.tiers);
      await endVersions(sql, change);
      await addVersions(sql, change.added);
      await closeUnits(sql, change);
      await writeContacts(sql, change.contacts, by?.account ?? null);
      await sql.query('UPDATE roster_version SET version = version + 1');
      if (by) await recordPeopleAct(sql, by, { what: by.act(change), unit: by.unit });
      const { added, ended, closed } = change;
      await sealStates(sql, 'unit', [...new Set([...added, ...ended, ...closed].map(({ code }) => code))]);
      return change;
    });
  }

  /** The version of each unit that nothing has ended yet, parents before children: what an export writes. */
  async current(): Promise<readonly UnitVersion[]> {
    return this.#postgres.query<UnitVersion>(
      `SELECT ${versionColumns} FROM unit_versions WHERE valid_to IS NULL ORDER BY string_to_array(path, '.')`,
    );
  }

  contacts(): Promise<ReadonlyMap<UnitCode, Contacts>> {
    return allContacts(this.#postgres);
  }

  async lists(): Promise<readonly StoredList[]> {
    return this.#postgres.query<StoredList & Record<string, unknown>>(`${LISTS} ${EACH}`);
  }

  async saveList(
    { name, owner: wanted, units }: StoredList,
    by?: By,
    allow: (now: StoredList | undefined) => void = () => undefined,
  ): Promise<StoredList> {
    return this.#postgres.transaction(async (sql) => {
      // Also of a name that there is not yet: of two who take it at once the second sees whose it is.
      await sql.query(`SELECT pg_advisory_xact_lock(hashtextextended('unit_lists ' || $1, 0))`, [name]);
      const [now] = await sql.query<StoredList & Record<string, unknown>>(`${LISTS} WHERE name = $1 ${EACH}`, [name]);
      allow(now);
      const owner = now?.owner ?? wanted;
      await sql.query(
        `INSERT INTO unit_lists (name, owner) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET updated_at = clock_timestamp()`,
        [name, owner],
      );
      await sql.query('DELETE FROM unit_list_members WHERE list = $1', [name]);
      await sql.query('INSERT INTO unit_list_members (list, unit) SELECT $1, unnest($2::text[])', [name, units]);
      await recordPeopleAct(sql, by, { what: { act: 'list.saved', name, units: units.length }, unit: owner });
      return { name, owner, units };
    });
  }

  async renameList({ name: before, owner }: StoredList, name: string, by: By): Promise<void> {
    await this.#postgres.transaction(async (sql) => {
      // Members hold on to the name, so the list comes anew under the other one.
      await sql.query(
        'INSERT INTO unit_lists (name, owner, created_at) SELECT $2, owner, created_at FROM unit_lists WHERE name = $1',
        [before, name],
      );
      await sql.query('UPDATE unit_list_members SET list = $2 WHERE list = $1', [before, name]);
      await sql.query('DELETE FROM unit_lists WHERE name = $1', [before]);
      await recordPeopleAct(sql, by, { what: { act: 'list.renamed', name, before }, unit: owner });
    });
  }

  async deleteList({ name, owner }: StoredList, by: By): Promise<void> {
    await this.#postgres.transaction(async (sql) => {
      await sql.query('DELETE FROM unit_lists WHERE name = $1', [name]);
      await recordPeopleAct(sql, by, { what: { act: 'list.deleted', name }, unit: owner });
    });
  }
}

const isEmpty = ({ tiers, added, ended, closed, contacts }: RosterChange): boolean =>
  tiers.length + added.length + ended.length + closed.length + contacts.length === 0;

async function versionOf(sql: Sql): Promise<string> {
  const [row] = await sql.query<{ version: string }>(currentVersion);
  return row?.version ?? '';
}

async function tiersOf(sql: Sql): Promise<Tier[]> {
  const rows = await sql.query<Tier & { titles: string[] | null }>(
    'SELECT id, rank, name, name_en AS "nameEn", titles FROM tiers ORDER BY rank',
  );
  return rows.map(({ titles, ...tier }) => ({ ...tier, ...(titles && { titles }) }));
}

async function writeTiers(sql: Sql, tiers: readonly Tier[]): Promise<void> {
  for (const { id, rank, name, nameEn, titles } of tiers) {
    await sql.query(
      `INSERT INTO tiers (id, rank, name, name_en, titles) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (id) DO UPDATE SET rank = $2, name = $3, name_en = $4, titles = $5`,
      [id, rank, name, nameEn, titles ?? null],
    );
  }
}

async function endVersions(sql: Sql, { ended }: RosterChange): Promise<void> {
  await sql.query(
    `UPDATE unit_versions SET valid_to = e.day
     FROM unnest($1::text[], $2::date[]) AS e (code, day)
     WHERE unit_versions.code = e.code AND valid_to IS NULL`,
    [ended.map((e) => e.code), ended.map((e) => e.validTo)],
  );
}

/** All rows in two statements: ten thousand take well under a second. */
async function addVersions(sql: Sql, added: readonly UnitVersion[]): Promise<void> {
  const column = <K extends keyof UnitVersion>(key: K) => added.map((version) => version[key]);
  await sql.query('INSERT INTO units (code) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [column('code')]);
  await sql.query(
    `INSERT INTO unit_versions (code, parent, path, tier, name, valid_from, valid_to)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::date[], $7::date[])`,
    [
      column('code'),
      column('parent'),
      column('path'),
      column('tier'),
      column('name'),
      column('validFrom'),
      column('validTo'),
    ],
  );
}

async function closeUnits(sql: Sql, { closed }: RosterChange): Promise<void> {
  await sql.query(
    `UPDATE units SET closed_on = e.day FROM unnest($1::text[], $2::date[]) AS e (code, day) WHERE units.code = e.code`,
    [closed.map((c) => c.code), closed.map((c) => c.closedOn)],
  );
}
