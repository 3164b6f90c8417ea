import { randomUUID } from 'node:crypto';
import type { By, PeopleActStore } from '../../../domain/organisation/ports.ts';
import type { UnitCode } from '../../../protocol/organisation.ts';
import { type DoneAct, type PeopleAct, peopleActSchema } from '../../../protocol/people.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { sealed } from '../record/sealed.ts';

/** Of all acts on units and people. */
export const CHAIN = 'people';

interface Recorded {
  readonly what: PeopleAct;
  /** null: of none alone. */
  readonly unit: UnitCode | null;
  readonly about?: string;
}

/** PE1: inside the transaction of the act itself. Nobody did it: nothing is written. */
export async function recordPeopleAct(sql: Sql, by: By | undefined, { what, unit, about }: Recorded): Promise<void> {
  if (!by) return;
  const { act, ...detail } = what;
  await sealed(sql, CHAIN, (batch) =>
    batch.insert('people_acts', [
      {
        ...{ id: by.key ?? randomUUID(), at: batch.at, account: by.account, act },
        ...{ unit, about: about ?? null, detail },
      },
    ]),
  );
}

/** Whether the press with this key was done before. Two at once: the second fails with `conflict` when it is recorded. */
export async function doneBefore(sql: Sql, by: By | undefined): Promise<string | undefined> {
  if (by?.key === undefined) return undefined;
  const [row] = await sql.query<{ about: string | null }>('SELECT about FROM people_acts WHERE id = $1', [by.key]);
  return row && (row.about ?? '');
}

export interface DoneRow {
  readonly id: string;
  readonly at: Date;
  readonly account: string | null;
  readonly name: string | null;
  readonly act: string;
  readonly unit: UnitCode | null;
  readonly detail: object;
}

export class PgPeopleActs implements PeopleActStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async of(unit: UnitCode, most: number, before?: string): Promise<readonly DoneAct[]> {
    const rows = await this.#postgres.query<DoneRow>(
      `${DONE} WHERE p.unit = $1 AND p.at < coalesce($2::timestamptz, 'infinity') ORDER BY p.at DESC, p.leaf DESC LIMIT $3`,
      [unit, before ?? null, most],
    );
    return rows.map(toldAct);
  }

  async byKey(key: string): Promise<DoneAct | undefined> {
    return (await this.#postgres.query<DoneRow>(`${DONE} WHERE p.id = $1`, [key])).map(toldAct)[0];
  }
}

/** Acts with who did them; a condition follows. */
export const DONE = `SELECT p.id, p.at, p.account, a.name, p.act, p.unit, p.detail
  FROM people_acts p LEFT JOIN accounts a ON a.id = p.account`;

export const toldAct = ({ id, at, account, name, act, unit, detail }: DoneRow): DoneAct => ({
  ...{ id, at: at.toISOString(), unit },
  by: account === null ? null : { id: account, name: name ?? '' },
  what: peopleActSchema.parse({ act, ...detail }),
});
