/** Checks the record of official acts, and names the first broken link. usage: npm run dh -- audit verify [--export FILE] [--receipt FILE] */
import { parseArgs } from 'node:util';
import type { Witness } from '../../server/src/domain/record/ports.ts';
import { verifyRecord } from '../../server/src/domain/record/verifyRecord.ts';
import { migrationNames } from '../../server/src/store/postgres/base/migrationFiles.ts';
import { officialTables } from '../../server/src/store/postgres/record/officialTables.ts';
import { verifyDatabase } from '../../server/src/store/postgres/record/verifyDatabase.ts';
import { archiveFolder, lookAtArchives } from '../support/archiveFiles.ts';
import { installation } from '../support/installation.ts';
import { runCommand, withSnapshot } from '../support/openDatabase.ts';
import { readExport } from './exportFile.ts';
import { tellVerified } from './tellVerified.ts';
import { type ReadReceipt, readHeads, readReceipts } from './witnesses.ts';

const usage = `usage: npm run dh -- audit verify                          the database of this installation; the server may run
       npm run dh -- audit verify --archive FOLDER         the same, with files of archived months of figures that lie elsewhere
       npm run dh -- audit verify --export FILE            an export (audit export), without a database
       npm run dh -- audit verify --receipt FILE           a receipt by itself, without a database

With --export or --database, a receipt is also held against the record; --receipt may be given more than once. --expect FILE holds a note of
last seals against it, as this command printed them earlier: only who has seen a seal can know that it is gone.
Rows of archived months are verified by what the database has of them, and their files, in FOLDER (figure-archive in DATA_DIR), by their hashes; files
that are not there are named: nobody looked at them.

Exit status: 0 nothing is wrong, 1 a link is broken, 2 it could not be checked, 3 nothing is wrong with the receipts by themselves, which
anybody can make up: only the record can say whether they are of it.`;

/** Receipts without a record. */
const UNKNOWN = 3;

runCommand(usage, main, 2);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      export: { type: 'string' },
      archive: { type: 'string' },
      database: { type: 'boolean', default: false },
      receipt: { type: 'string', multiple: true, default: [] },
      expect: { type: 'string', multiple: true, default: [] },
    },
  });
  const heads = (await Promise.all(values.expect.map(readHeads))).flat();
  const receipts = (await Promise.all(values.receipt.map(readReceipts))).flat();
  const record = values.export !== undefined || values.database || values.receipt.length === 0 || heads.length > 0;
  const fine = receipts.map((receipt) => tellReceipt(receipt, record)).every(Boolean);
  const witnesses = [...receipts.filter(({ holds }) => holds).map(({ witness }) => witness), ...heads];
  const whole = !record || (await verify(values.export, witnesses, values.archive));
  if (!fine || !whole) process.exitCode = 1;
  else if (!record) process.exitCode = UNKNOWN;
}

async function verify(
  file: string | undefined,
  witnesses: readonly Witness[],
  archive: string | undefined,
): Promise<boolean> {
  if (file === undefined) {
    const folder = archive ?? archiveFolder(await installation());
    return withSnapshot(async (snapshot) =>
      tellVerified('the database', await verifyDatabase(snapshot, witnesses), await lookAtArchives(snapshot, folder)),
    );
  }
  const options = { tables: officialTables, migrations: await migrationNames(), witnesses };
  return tellVerified(file, await verifyRecord(readExport(file), options));
}

function tellReceipt({ source, receipt, holds }: ReadReceipt, record: boolean): boolean {
  const { chain, seal, leaf, leaves, table, at, hash } = receipt;
  if (!holds) {
    console.log(`broken: ${source}: row, path and seal do not lead to its hash: it was altered`);
    return false;
  }
  console.log(
    `${source} agrees with itself: ${table}, place ${leaf} of ${leaves} under seal ${seal} of ${chain}, sealed at ${at}`,
  );
  console.log(JSON.stringify(receipt.record, null, 2));
  if (!record)
    console.log(
      `That proves nothing yet, since anybody can make up one that does. Whether seal ${seal} with the hash ${hash} stands in the record, only the record can say: add --database or --export FILE.`,
    );
  return true;
}
