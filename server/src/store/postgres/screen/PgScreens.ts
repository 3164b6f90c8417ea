import type { EndedSession, StoredAccount } from '../../../domain/organisation/ports.ts';
import type { NewScreen, PairedScreen, ScreenStore } from '../../../domain/screen/ports.ts';
import type { Screen, WallLayout } from '../../../protocol/screen.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { endAll } from '../organisation/accountParts.ts';
import { sealStates } from '../organisation/peopleStates.ts';

interface Row {
  id: string;
  name: string;
  by: string;
  pairedAt: Date;
  until: Date;
  account: string;
  layout: WallLayout;
}
const ROWS = `SELECT s.id, a.name, p.name AS by, s.paired_at AS "pairedAt", s.until, s.account,
  coalesce(s.layout, 'columns') AS layout
  FROM screens s JOIN accounts a ON a.id = s.account JOIN accounts p ON p.id = s.paired_by`;
const GOOD = 's.revoked_at IS NULL AND s.until > clock_timestamp()';

export class PgScreens implements ScreenStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  pair({ id, secretHash, name, unit, by, hours, layout }: NewScreen): Promise<Omit<Screen, 'here'>> {
    return this.#postgres.transaction(async (sql) => {
      await sql.query(
        `WITH made AS (INSERT INTO accounts (name, role, unit) VALUES ($3, 'screen', $4) RETURNING id)
         INSERT INTO screens (id, secret_hash, account, paired_by, until, layout)
         SELECT $1, $2, made.id, $5, clock_timestamp() + make_interval(hours => $6), $7 FROM made`,
        [id, secretHash, name, unit, by, hours, layout],
      );
      const [row] = await sql.query<Row>(`${ROWS} WHERE s.id = $1`, [id]);
      if (!row) throw new Error('the screen was not written');
      const { account, ...screen } = toScreen(row);
      await sealStates(sql, 'account', [account]);
      return screen;
    });
  }

  async find(id: string): Promise<PairedScreen | undefined> {
    const [row] = await this.#postgres.query<StoredAccount & { secretHash: Buffer; layout: WallLayout }>(
      `SELECT a.id, a.name, a.role, a.unit, s.secret_hash AS "secretHash", coalesce(s.layout, 'columns') AS layout FROM screens s
       JOIN accounts a ON a.id = s.account AND a.disabled_at IS NULL WHERE s.id = $1 AND ${GOOD}`,
      [id],
    );
    if (!row) return undefined;
    const { secretHash, layout, ...account } = row;
    return { id, secretHash, account, layout };
  }

  async ofUnit(unit: string) {
    const rows = await this.#postgres.query<Row>(`${ROWS} WHERE a.unit = $1 AND ${GOOD} ORDER BY s.paired_at DESC`, [
      unit,
    ]);
    return rows.map(toScreen);
  }

  async change(id: string, unit: string, layout: WallLayout): Promise<boolean> {
    const rows = await this.#postgres.query(
      `UPDATE screens s SET layout = $3 FROM accounts a WHERE s.id = $1 AND a.id = s.account AND a.unit = $2 AND ${GOOD} RETURNING s.id`,
      [id, unit, layout],
    );
    return rows.length > 0;
  }

  revoke(id: string, unit: string): Promise<readonly EndedSession[] | undefined> {
    return this.#postgres.transaction(async (sql) => {
      const [row] = await sql.query<{ account: string }>(
        `UPDATE screens s SET revoked_at = clock_timestamp() FROM accounts a
         WHERE s.id = $1 AND a.id = s.account AND a.unit = $2 AND s.revoked_at IS NULL RETURNING s.account`,
        [id, unit],
      );
      return row && disable(sql, row.account);
    });
  }

  sweep(): Promise<readonly EndedSession[]> {
    return this.#postgres.transaction(async (sql) => {
      const rows = await sql.query<{ account: string }>(
        `UPDATE screens SET revoked_at = clock_timestamp() WHERE revoked_at IS NULL AND until <= clock_timestamp()
         RETURNING account`,
      );
      const ended: EndedSession[] = [];
      for (const { account } of rows) ended.push(...(await disable(sql, account)));
      return ended;
    });
  }
}

async function disable(sql: Sql, account: string): Promise<readonly EndedSession[]> {
  await sql.query('UPDATE accounts SET disabled_at = clock_timestamp() WHERE id = $1', [account]);
  await sealStates(sql, 'account', [account]);
  return endAll(sql, account);
}

const toScreen = ({ pairedAt, until, ...row }: Row) => ({
  ...row,
  pairedAt: pairedAt.toISOString(),
  until: until.toISOString(),
});
