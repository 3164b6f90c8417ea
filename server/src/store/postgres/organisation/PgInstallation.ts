import type { InstallationKind, InstallationStore } from '../../../domain/organisation/ports.ts';
import type { Postgres } from '../base/Postgres.ts';

export class PgInstallation implements InstallationStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async kind(): Promise<InstallationKind | undefined> {
    const [row] = await this.#postgres.query<{ kind: InstallationKind }>('SELECT kind FROM installation');
    return row?.kind;
  }

  async declare(kind: InstallationKind): Promise<InstallationKind | undefined> {
    // What somebody has begun by hand is no demo, although it was never said what it is.
    await this.#postgres.query(
      `INSERT INTO installation (kind) SELECT $1::text WHERE $1 = 'real'
         OR NOT EXISTS (SELECT FROM units) AND NOT EXISTS (SELECT FROM accounts) ON CONFLICT DO NOTHING`,
      [kind],
    );
    return this.kind();
  }

  async hasAccounts(): Promise<boolean> {
    const [row] = await this.#postgres.query<{ any: boolean }>('SELECT EXISTS (SELECT FROM accounts) AS any');
    return row?.any ?? false;
  }
}
