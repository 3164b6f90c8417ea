/** Checks the record of official acts, and names the first broken link. usage: npm run dh -- audit verify [--export FILE] [--receipt FILE] */
import { parseArgs } from 'node:util';
import { VERIFIED_DAYS } from '../../server/src/domain/figure/limits.ts';
import type { Witness } from '../../server/src/domain/record/ports.ts';
import { verifyRecord } from '../../server/src/domain/record/verifyRecord.ts';
import { migrationNames } from '../../server/src/store/postgres/base/migrationFiles.ts';
import { officialTables } from '../../server/src/store/postgres/record/officialTables.ts';
import { daysAgo, verifyDatabase } from '../../server/src/store/postgres/record/verifyDatabase.ts';
import { archiveFolder, lookAtArchives } from '../support/archiveFiles.ts';
import { installation } from '../support/installation.ts';
import { runCommand, withSnapshot } from '../support/openDatabase.ts';
import { readExport } from './exportFile.ts';
import { tellVerified } from './tellVerified.ts';
import { type ReadReceipt, readHeads, readReceipts } from './witnesses.ts';

const usage = `usage: npm run dh -- audit verify                          the database of this installation; the server may run
       npm run dh -- audit verify --figures DAYS|all       the same, with rows of figures that were recorded so lately (${VERIFIED_DAYS}), or with all
       npm run dh -- audit verify --archive FOLDER         the same, with files of archived months of figures that lie elsewhere
       npm run dh -- audit verify --export FILE            an export (audit export), without a database
       npm run dh -- audit verify --receipt FILE           a receipt by itself, without a database

With --export or --database, a receipt is also held against the record; --receipt may be given more than once. --expect FILE holds a note of
last seals against it, as this command printed them earlier: only who has seen a seal can know that it is gone.
Rows of archived months are verified by what the database has of them, and their files, in FOLDER (figure-archive in DATA_DIR), by their hashes; files
that are not there are named: nobody looked at them. Rows of figures, packed months and files that went on record before DAYS ago are not
read, and counted; the official rows that vouch for them always are. An export, and a backup, are read whole.

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
      figures: { type: 'string' },
      database: { type: 'boolean', default: false },
      receipt: { type: 'string', multiple: true, default: [] },
      expect: { type: 'string', multiple: true, default: [] },
    },
  });
  const days = daysOf(values.figures);
  if (values.export !== undefined && values.figures !== undefined)
    throw new Error('an export is read whole: leave --figures out');
  const heads = (await Promise.all(values.expect.map(readHeads))).flat();
  const receipts = (await Promise.all(values.receipt.map(readReceipts))).flat();
  const record = values.export !== undefined || values.database || values.receipt.length === 0 || heads.length > 0;
  const fine = receipts.map((receipt) => tellReceipt(receipt, record)).every(Boolean);
  const witnesses = [...receipts.filter(({ holds }) => holds).map(({ witness }) => witness), ...heads];
  const whole = !record || (await verify(values.export, witnesses, { archive: values.archive, days }));
  if (!fine || !whole) process.exitCode = 1;
  else if (!record) process.exitCode = UNKNOWN;
}

async function verify(
  file: string | undefined,
  witnesses: readonly Witness[],
  { archive, days }: { readonly archive: string | undefined; readonly days: number | undefined },
): Promise<boolean> {
  if (file === undefined) {
    const folder = archive ?? archiveFolder(await installation());
    return withSnapshot(async (snapshot) => {
      const since = days === undefined ? undefined : await daysAgo(snapshot, days);
      const record = await verifyDatabase(snapshot, { witnesses, since });
      return tellVerified('the database', record, await lookAtArchives(snapshot, folder, since));
    });
  }
  const options = { tables: officialTables, migrations: await migrationNames(), witnesses };
  return tellVerified(file, await verifyRecord(readExport(file), options));
}

/** FG111. @returns undefined: all */
function daysOf(text = String(VERIFIED_DAYS)): number | undefined {
  if (text === 'all') return undefined;
  if (!/^[0-9]{1,5}$/.test(text)) throw new Error('--figures takes a number of days, or all');
  return Number(text);
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
