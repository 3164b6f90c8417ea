/** Makes a real installation: its first operator and its principal, each by a link for one use. usage: npm run dh -- init --principal NAME --operator NAME */
import { parseArgs } from 'node:util';
import { linkUrl } from '../../server/src/domain/organisation/Accounts.ts';
import { FIRST_LINK_SECONDS } from '../../server/src/domain/organisation/limits.ts';
import type { StoredAccount } from '../../server/src/domain/organisation/ports.ts';
import { hashSecret, newSecret } from '../../server/src/domain/organisation/secrets.ts';
import { LONGEST_NAME } from '../../server/src/protocol/limits.ts';
import { name as nameOf } from '../../server/src/protocol/name.ts';
import type { Postgres } from '../../server/src/store/postgres/base/Postgres.ts';
import { PgAccounts } from '../../server/src/store/postgres/organisation/PgAccounts.ts';
import { PgInstallation } from '../../server/src/store/postgres/organisation/PgInstallation.ts';
import { PgUnits } from '../../server/src/store/postgres/organisation/PgUnits.ts';
import { importRoster } from '../support/importRoster.ts';
import { installation } from '../support/installation.ts';
import { runCommand, withDatabase } from '../support/openDatabase.ts';

const usage = `usage: npm run dh -- init --principal NAME --operator NAME [--roster FILE --tiers TIERS.csv] [--unit CODE]

Once, for data that are to be real, beside the running server or without it. Prints a link for the principal and one for the
operator: each ends with its first use, or after a day. --roster and --tiers as for \`roster import\`, which may also be run before.
--unit: theirs; without it the one that stands above all. Everybody else: \`account seats\`, \`account create\`, or on the pages.`;

type Wanted = Partial<Record<'principal' | 'operator' | 'roster' | 'tiers' | 'unit', string>>;

runCommand(usage, async () => {
  const text = { type: 'string' } as const;
  const options = { principal: text, operator: text, roster: text, tiers: text, unit: text };
  const { values } = parseArgs({ options });
  await withDatabase((postgres) => init(postgres, values));
});

async function init(postgres: Postgres, { principal, operator, roster, tiers, unit }: Wanted): Promise<void> {
  if (!principal || !operator) throw new Error(usage);
  const installation = new PgInstallation(postgres);
  if ((await installation.kind()) === 'demo')
    throw new Error('these data were made as a demo and stay one: set another DATA_DIR for a real installation');
  if (roster) console.log(`roster: ${await importRoster(postgres, { roster, tiers })}`);
  const code = unit ?? (await rootOf(postgres));
  const accounts = new PgAccounts(postgres);
  const there = await firstTwo(accounts, code);
  if (there.length > 0)
    throw new Error(
      `this installation is made already; a new link: ${there.map(({ id, role }) => `npm run dh -- account link ${id} (${role})`).join(', ')}`,
    );
  await installation.declare('real');
  await accounts.createMissing([
    { name: nameOf(LONGEST_NAME).parse(principal), role: 'principal', unit: code },
    { name: nameOf(LONGEST_NAME).parse(operator), role: 'operator', unit: code },
  ]);
  for (const account of await firstTwo(accounts, code))
    console.log(`${account.role} ${account.name} (account ${account.id}): ${await firstLink(accounts, account)}`);
}

const firstTwo = async (accounts: PgAccounts, unit: string): Promise<StoredAccount[]> =>
  (await accounts.ofUnit(unit))
    .map(({ account }) => account)
    .filter(({ role }) => role === 'principal' || role === 'operator');

/** The unit above all others. */
async function rootOf(postgres: Postgres): Promise<string> {
  const roots = (await new PgUnits(postgres).load()).units.filter(({ parent }) => parent === null);
  const [root] = roots;
  if (!root) throw new Error('there is no unit yet: give --roster FILE and --tiers TIERS.csv');
  if (roots.length > 1) throw new Error(`--unit CODE: one of ${roots.map(({ code }) => code).join(', ')}`);
  return root.code;
}

async function firstLink(accounts: PgAccounts, account: StoredAccount): Promise<string> {
  const secret = newSecret();
  await accounts.addLink(account.id, hashSecret(secret), { seconds: FIRST_LINK_SECONDS });
  return linkUrl((await installation()).publicUrl, secret);
}
