/** Brings the tables of the database to this version, and gives the role of the server its rights. usage: npm run dh -- migrate */
import { openDatabase } from '../../server/src/store/postgres/base/openDatabase.ts';
import { powersOverRecord } from '../../server/src/store/postgres/base/serverRights.ts';
import { runCommand, withDatabaseUrls } from '../support/openDatabase.ts';

const usage = `usage: npm run dh -- migrate

As the role of DATABASE_OWNER_URL, which owns the tables and which the server then need not know; DATABASE_URL is that of the server, which
gets the rights that it needs and no others. A start of the server does the same where it has both, or where its own role owns the tables.
A table that is in use is asked for again; each migration that is done stays done.

Exit status: 0 the database is of this version, 1 it is not.`;

runCommand(usage, () =>
  withDatabaseUrls(async (urls) => {
    const idleError = () => undefined;
    const options = { idleError, mayLose: true, tell: console.log, size: 1 };
    const { postgres, applied } = await openDatabase(urls, options);
    const powers = await powersOverRecord(postgres).finally(() => postgres.close());
    console.log(applied.length === 0 ? 'the database is of this version' : `${applied.length} migrations were applied`);
    if (powers.length > 0) console.log(`the role of DATABASE_URL could change what is on record: ${powers.join('; ')}`);
  }),
);
