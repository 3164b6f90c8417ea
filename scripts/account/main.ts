/** Makes accounts, personal links and passwords, beside the pages. usage: npm run dh -- account create|link|password|disable|enable|seats */
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { Accounts, linkUrl } from '../../server/src/domain/organisation/Accounts.ts';
import { hashSecret, newSecret } from '../../server/src/domain/organisation/secrets.ts';
import { Units } from '../../server/src/domain/organisation/Units.ts';
import { demandIndicators, demandSense } from '../../server/src/domain/shared/rights.ts';
import { argon2Hasher } from '../../server/src/lib/argon2Hasher.ts';
import { createLogger } from '../../server/src/observability/logger.ts';
import { listedIndicatorsSchema } from '../../server/src/protocol/figure.ts';
import { LONGEST_NAME } from '../../server/src/protocol/limits.ts';
import { name as nameOf } from '../../server/src/protocol/name.ts';
import { roleSchema } from '../../server/src/protocol/organisation.ts';
import { PgAccountDesk } from '../../server/src/store/postgres/organisation/PgAccountDesk.ts';
import { PgAccounts } from '../../server/src/store/postgres/organisation/PgAccounts.ts';
import { PgUnits } from '../../server/src/store/postgres/organisation/PgUnits.ts';
import { installation } from '../support/installation.ts';
import { runCommand, withDatabase } from '../support/openDatabase.ts';

const usage = `usage: npm run dh -- account create --role principal|moderator|seat|operator --unit CODE --name NAME
       npm run dh -- account create --role steward --indicators CODE,CODE --unit CODE --name NAME
                                                  answers for these figures in that territory, and for nothing else
       npm run dh -- account link ID              withdraws the account's links and prints a new one
       npm run dh -- account password ID LOGIN    reads the password from standard input; all devices sign in again
       npm run dh -- account disable ID           nobody signs in as it; its links and sessions end, on all devices
       npm run dh -- account enable ID            the contrary; it needs a new link
       npm run dh -- account seats --unit CODE    a seat and a link for each unit without units below it that has none, as CSV

Links are told once: the database has only their hash.`;

/** On record as an act of the command line. */
const BY = { account: null };
const { publicUrl } = await installation();

runCommand(usage, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      role: { type: 'string' },
      unit: { type: 'string' },
      name: { type: 'string' },
      indicators: { type: 'string' },
    },
  });
  const [act, id, login] = positionals;
  await withDatabase(async (postgres) => {
    const store = new PgAccounts(postgres);
    const units = await Units.create(new PgUnits(postgres));
    if (act === 'create') await create(store, units, values);
    else if (act === 'link' && id) console.log(await newLink(store, id));
    else if (act === 'password' && id && login) {
      // Running servers find by themselves what ended here.
      const ended = { tell: () => undefined };
      const news = { tell: async () => undefined };
      const parts = { store, units, hasher: argon2Hasher, ended, news, publicUrl, logger: createLogger('error') };
      await new Accounts(parts).setPassword(id, login, await readPassword());
    } else if ((act === 'disable' || act === 'enable') && id) {
      if (!(await store.findAny(id))) throw new Error(`there is no account ${id}`);
      await store[act](id, BY);
    } else if (act === 'seats' && values.unit) await seats(new PgAccountDesk(postgres), units, values.unit);
    else throw new Error(usage);
  });
});

type Wanted = Readonly<Partial<Record<'role' | 'unit' | 'name' | 'indicators', string | undefined>>>;

async function create(store: PgAccounts, units: Units, { role, unit, name, indicators }: Wanted): Promise<void> {
  if (!role || !unit || !name) throw new Error(usage);
  const { code, path } = units.get(unit);
  const listed = listedIndicatorsSchema.parse(indicators?.split(',').map((one) => one.trim()));
  const wanted = {
    name: nameOf(LONGEST_NAME).parse(name),
    role: roleSchema.parse(role),
    unit: code,
    indicators: listed,
  };
  units.demandOwnTitles([wanted.name], code);
  demandSense(wanted.role, { path, hasUnitsBelow: units.index.children(code).length > 0 });
  demandIndicators(wanted.role, listed);
  const account = await store.create(wanted, BY);
  console.log(`${account.id} ${await newLink(store, account.id)}`);
}

async function newLink(store: PgAccounts, account: string): Promise<string> {
  if (!(await store.find(account))) throw new Error(`there is no account ${account}`);
  const secret = newSecret();
  await store.replaceLink(account, hashSecret(secret), null, BY);
  return linkUrl(publicUrl, secret);
}

/** Those who have a link keep it, so this may be run again after an import. */
async function seats(desk: PgAccountDesk, units: Units, unit: string): Promise<void> {
  const { code: root, path } = units.get(unit);
  const wanted = units.index.baseUnits([path]).map(({ code, name }) => ({ unit: code, name, secret: newSecret() }));
  const hashed = wanted.map(({ secret, ...seat }) => ({ ...seat, secretHash: hashSecret(secret) }));
  const linked = new Set((await desk.makeSeats(hashed, root, BY)).linked);
  console.log('unit,name,link');
  for (const { unit: code, name, secret } of wanted)
    if (linked.has(code)) console.log(`${code},"${name.replaceAll('"', '""')}",${linkUrl(publicUrl, secret)}`);
}

async function readPassword(): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stdin.isTTY ? process.stdout : undefined });
  const password = await lines.question(process.stdin.isTTY ? 'password: ' : '');
  lines.close();
  return password;
}
