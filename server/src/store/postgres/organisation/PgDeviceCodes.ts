import type { CodeStore, NewCode } from '../../../domain/organisation/codePorts.ts';
import type { StoredAccount } from '../../../domain/organisation/ports.ts';
import type { Postgres } from '../base/Postgres.ts';
import { recordPeopleAct } from './peopleActs.ts';

export class PgDeviceCodes implements CodeStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async issue(
    codes: readonly NewCode[],
    { briefing, title, unit }: Parameters<CodeStore['issue']>[1],
    by: { readonly account: string },
  ): Promise<void> {
    if (codes.length === 0) return;
    await this.#postgres.transaction(async (sql) => {
      const given = codes.map(({ account, hash }) => ({ account, hash: hash.toString('hex') }));
      await sql.query(
        `INSERT INTO device_codes (account, briefing, code_hash, issued_by)
         SELECT g.account, $2, decode(g.hash, 'hex'), $3 FROM json_to_recordset($1) AS g (account uuid, hash text)`,
        [JSON.stringify(given), briefing, by.account],
      );
      const what = { act: 'codes.issued', briefing, title, codes: codes.length } as const;
      await recordPeopleAct(sql, by, { what, unit });
    });
  }

  async find(unit: string, hashes: readonly Buffer[]): Promise<{ id: string; account: StoredAccount } | undefined> {
    const [row] = await this.#postgres.query<StoredAccount & { code: string }>(
      `SELECT d.id AS code, a.id, a.name, a.role, a.unit, a.indicators FROM device_codes d
       JOIN accounts a ON a.id = d.account AND a.disabled_at IS NULL
       WHERE d.code_hash = ANY (SELECT decode(json_array_elements_text($2), 'hex')) AND a.unit = $1`,
      [unit, JSON.stringify(hashes.map((hash) => hash.toString('hex')))],
    );
    if (!row) return undefined;
    const { code, ...account } = row;
    return { id: code, account };
  }
}
