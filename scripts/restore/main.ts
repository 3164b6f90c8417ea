/** Puts a backup into an empty database, and verifies the record in it. usage: npm run dh -- restore FILE [--identity KEYFILE] [--replace] [--numbers N] */
import { parseArgs } from 'node:util';
import { checkBackup } from '../../server/src/store/postgres/backup/check.ts';
import { readIdentities } from '../../server/src/store/postgres/backup/encryption.ts';
import { BrokenRecord, load } from '../../server/src/store/postgres/backup/load.ts';
import { Postgres } from '../../server/src/store/postgres/base/Postgres.ts';
import { tellVerified } from '../audit/tellVerified.ts';
import { readBackup } from '../support/backupFile.ts';
import { runCommand, withDatabaseUrls } from '../support/openDatabase.ts';

const usage = `usage: npm run dh -- restore FILE [--identity KEYFILE] [--replace] [--numbers N] [--even-broken]

Stop the server first. FILE is read to its end and checked before anything is touched; then everything happens in one transaction: tables, rows,
this program's version, an act of the restore on the record, its verification. Sessions, links and passwords of before end. --identity names a file of age's with the private key of an encrypted FILE. --replace deletes what the database holds.
--numbers says that no issuer has given more than N directives since the backup, and no briefing more than N rounds: so many numbers are passed
over, and what you say is on the record. Without it a number is passed over for each second since. Never fewer than the replaced database gave.
--even-broken restores a record that
was broken when it was saved.

Exit status: 0 restored and in order, 1 nothing was changed, 3 restored with a broken record.`;

/** As the record keeps it. */
const MOST_NUMBERS = 2_000_000_000;

const NEXT = `next: disable again who was disabled after the backup; then npm run dh -- account link ID for each official, and npm run dh -- account
seats --unit CODE for the units below one. What was recorded after the backup is proven by the receipts of those who have them alone.`;

runCommand(usage, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      identity: { type: 'string' },
      replace: { type: 'boolean', default: false },
      numbers: { type: 'string' },
      'even-broken': { type: 'boolean', default: false },
    },
  });
  const [file] = positionals;
  const numbers = values.numbers === undefined ? undefined : Number(values.numbers);
  if (!file || (numbers !== undefined && !(Number.isInteger(numbers) && numbers >= 0 && numbers <= MOST_NUMBERS)))
    throw new Error(usage);
  const identities = values.identity === undefined ? [] : await readIdentities(values.identity);
  const { at, postgres, sha256 } = await checkBackup(readBackup(file, identities));
  console.log(`${file} is whole: saved at ${at} from PostgreSQL ${postgres}`);
  const options = { sha256, replace: values.replace, numbers, evenBroken: values['even-broken'] };
  try {
    const { verified, ended } = await withDatabaseUrls(async ({ databaseUrl, ownerUrl }) => {
      const server = ownerUrl === undefined ? undefined : await roleOf(databaseUrl);
      return load(ownerUrl ?? databaseUrl, readBackup(file, identities), { ...options, server });
    });
    console.log('restored');
    console.log(
      `passed over, since they may have been given: ${ended.numbers} numbers of each issuer's directives and each briefing's rounds`,
    );
    console.log(
      `ended, since what was withdrawn after the backup would live again: ${ended.sessions} sessions, ${ended.links} links, ${ended.passwords} passwords`,
    );
    console.log(NEXT);
    for (const { id, role, name } of ended.officials) console.log(`  ${role} ${name} (account ${id})`);
    if (!tellVerified('the record', verified)) process.exitCode = 3;
  } catch (error) {
    if (error instanceof BrokenRecord) tellVerified('the record', error.verified);
    throw error;
  }
});

/** The role that the server works with. */
async function roleOf(url: string): Promise<string | undefined> {
  const postgres = await Postgres.create(url, () => undefined, 1);
  try {
    return (await postgres.query<{ role: string }>('SELECT current_user::text AS role'))[0]?.role;
  } finally {
    await postgres.close();
  }
}
