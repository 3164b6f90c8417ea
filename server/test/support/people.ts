import { hashSecret, newSecret } from '../../src/domain/organisation/secrets.ts';
import { PgAccounts } from '../../src/store/postgres/PgAccounts.ts';
import { Postgres } from '../../src/store/postgres/Postgres.ts';
import type { TestNode } from './TestNode.ts';

/** A fresh link for the account of that role in that unit, beside those that it has; written the way the demo does. */
export async function issueLinkFor(node: TestNode, role: string, unit: string): Promise<string> {
  const postgres = await Postgres.create(node.stores.databaseUrl, () => undefined, 1);
  try {
    const accounts = new PgAccounts(postgres);
    const found = (await accounts.ofUnit(unit)).find(({ account }) => account.role === role);
    if (!found) throw new Error(`no ${role} in ${unit}`);
    const secret = newSecret();
    await accounts.addLink(found.account.id, hashSecret(secret));
    return secret;
  } finally {
    await postgres.close();
  }
}
