import { hashSecret, newSecret } from '../../src/domain/organisation/secrets.ts';
import { argon2Hasher } from '../../src/lib/argon2Hasher.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgAccounts } from '../../src/store/postgres/organisation/PgAccounts.ts';

/** A node, by its database. */
interface Home {
  readonly stores: { readonly databaseUrl: string };
}

const withAccounts = async <T>(node: Home, work: (accounts: PgAccounts) => Promise<T>): Promise<T> => {
  const postgres = await Postgres.create(node.stores.databaseUrl, () => undefined, 1);
  return work(new PgAccounts(postgres)).finally(() => postgres.close());
};

async function accountOf(accounts: PgAccounts, role: string, unit: string): Promise<string> {
  const found = (await accounts.ofUnit(unit)).find(({ account }) => account.role === role);
  if (!found) throw new Error(`no ${role} in ${unit}`);
  return found.account.id;
}

/** A fresh link for the account of that role in that unit, beside those that it has; written the way the demo does. */
export const issueLinkFor = async (node: Home, role: string, unit: string): Promise<string> => {
  const [secret = ''] = await issueLinksFor(node, role, [unit]);
  return secret;
};

/** The same for one account of each of these units. */
export const issueLinksFor = (node: Home, role: string, units: readonly string[]): Promise<string[]> =>
  withAccounts(node, async (accounts) => {
    const secrets: string[] = [];
    for (const unit of units) {
      const secret = newSecret();
      await accounts.addLink(await accountOf(accounts, role, unit), hashSecret(secret));
      secrets.push(secret);
    }
    return secrets;
  });

/** Gives the account a login and a password, as the command line does. */
export const setPassword = (node: Home, role: string, unit: string, login: string, password: string): Promise<void> =>
  withAccounts(node, async (accounts) => {
    const hash = await argon2Hasher.hash(password);
    await accounts.setPassword(await accountOf(accounts, role, unit), login.toLowerCase(), hash);
  });
