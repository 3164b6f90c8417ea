import { unwritten } from '../../../domain/organisation/contacts.ts';
import type { By, ContactStore } from '../../../domain/organisation/ports.ts';
import type { Contacts, UnitContacts } from '../../../protocol/contacts.ts';
import type { UnitCode } from '../../../protocol/organisation.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { isOfClosedUnit } from './closedUnits.ts';
import { recordPeopleAct } from './peopleActs.ts';

type Row = Omit<UnitContacts, 'changedAt'> & { readonly changedAt: Date };
const columns = 'unit, telephone, people, version, changed_at AS "changedAt"';
const told = ({ changedAt, ...row }: Row): UnitContacts => ({ ...row, changedAt: changedAt.toISOString() });

export class PgContacts implements ContactStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async of(units: readonly UnitCode[]): Promise<readonly UnitContacts[]> {
    const rows = await this.#postgres.query<Row>(
      `SELECT ${columns} FROM unit_contacts WHERE unit = ANY ($1) ORDER BY unit`,
      [units],
    );
    return rows.map(told);
  }

  async change(unit: UnitCode, by: By, decide: (now: UnitContacts) => Contacts | undefined): Promise<UnitContacts> {
    return this.#postgres.transaction(async (sql) => {
      // The unit's row is there before its contacts are: two first changes wait for each other too.
      await sql.query('SELECT 1 FROM units WHERE code = $1 FOR NO KEY UPDATE', [unit]);
      const [row] = await sql.query<Row>(`SELECT ${columns} FROM unit_contacts WHERE unit = $1`, [unit]);
      const now = row ? told(row) : unwritten(unit);
      const wanted = decide(now);
      if (!wanted) return now;
      await writeContacts(sql, [{ ...wanted, unit }], by.account);
      await recordPeopleAct(sql, by, { what: { act: 'contacts.changed', people: wanted.people.length }, unit });
      const [after] = await sql.query<Row>(`SELECT ${columns} FROM unit_contacts WHERE unit = $1`, [unit]);
      return after ? told(after) : now;
    });
  }

  async forgetClosed(): Promise<void> {
    await this.#postgres.query(`DELETE FROM unit_contacts c WHERE ${isOfClosedUnit('c.unit')}`);
  }

  async addFirst(contacts: readonly (Contacts & { readonly unit: UnitCode })[]): Promise<number> {
    const [known] = await this.#postgres.query('SELECT 1 FROM unit_contacts LIMIT 1');
    if (known) return 0;
    const rows = await this.#postgres.query(
      `INSERT INTO unit_contacts (unit, telephone, people) SELECT unit, telephone, people FROM ${given('$1')}
       ON CONFLICT DO NOTHING RETURNING 1`,
      [JSON.stringify(contacts)],
    );
    return rows.length;
  }
}

/** All that stands, for an import or an export. */
export async function allContacts(sql: Sql): Promise<ReadonlyMap<UnitCode, Contacts>> {
  const rows = await sql.query<Contacts & { unit: UnitCode }>('SELECT unit, telephone, people FROM unit_contacts');
  return new Map(rows.map(({ unit, ...contacts }) => [unit, contacts]));
}

/** In one statement, however many. @param by null: the command line */
export async function writeContacts(
  sql: Sql,
  contacts: readonly (Contacts & { readonly unit: UnitCode })[],
  by: string | null,
): Promise<void> {
  await sql.query(
    `INSERT INTO unit_contacts (unit, telephone, people, changed_by)
     SELECT unit, telephone, people, $2 FROM ${given('$1')}
     ON CONFLICT (unit) DO UPDATE SET telephone = excluded.telephone, people = excluded.people,
       version = unit_contacts.version + 1, changed_at = clock_timestamp(), changed_by = excluded.changed_by`,
    [JSON.stringify(contacts), by],
  );
}

const given = (parameter: string): string =>
  `jsonb_to_recordset(${parameter}::jsonb) AS given (unit text, telephone text, people jsonb)`;
