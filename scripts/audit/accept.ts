/** Seals the database as it is around the record, by whoever has looked at what differs. usage: npm run dh -- audit accept REASON */
import { parseArgs } from 'node:util';
import { acceptCatalog } from '../../server/src/store/postgres/record/catalog/acceptCatalog.ts';
import { runCommand, withDatabase } from '../support/openDatabase.ts';

const usage = `usage: npm run dh -- audit accept REASON

When audit verify, /readyz (record-catalog) or the log names something around the tables that differs from what was sealed, and you know who
did it and why: an index of your database administrator, a setting, a role with another name. It goes on record, with your reason, that the
database is as it is now, accounts and units with it; every verification from then on compares with that. Rows and seals that were changed
are never accepted.

Exit status: 0 it is sealed, or nothing differs; 1 it could not be.`;

runCommand(usage, async () => {
  const reason = parseArgs({ allowPositionals: true }).positionals.join(' ').trim();
  if (reason === '') throw new Error(usage);
  const accepted = await withDatabase((postgres) => acceptCatalog(postgres, reason));
  for (const words of accepted) console.log(`accepted: ${words}`);
  console.log(accepted.length === 0 ? 'nothing differs, so nothing was sealed' : `${accepted.length} accepted`);
});
