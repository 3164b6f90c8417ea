/** Checks the record of official acts, and names the first broken link. usage: npm run dh -- audit verify [--export FILE] [--receipt FILE] */
import { parseArgs } from 'node:util';
import { readReceiptKeys, receiptKeysFile } from '../../server/src/compose/receiptKeys.ts';
import { VERIFIED_DAYS } from '../../server/src/domain/figure/limits.ts';
import type { Witness } from '../../server/src/domain/record/ports.ts';
import type { StampKey } from '../../server/src/domain/record/stamp.ts';
import type { Judged } from '../../server/src/domain/record/verdict.ts';
import { verifyRecord } from '../../server/src/domain/record/verifyRecord.ts';
import { migrationNames } from '../../server/src/store/postgres/base/migrationFiles.ts';
import { officialTables } from '../../server/src/store/postgres/record/officialTables.ts';
import { daysAgo, verifyDatabase } from '../../server/src/store/postgres/record/verifyDatabase.ts';
import { archiveFolder, lookAtArchives } from '../support/archiveFiles.ts';
import { installation } from '../support/installation.ts';
import { runCommand, withSnapshot } from '../support/openDatabase.ts';
import { readExport } from './exportFile.ts';
import { type ReceiptResult, tellReceipt } from './tellReceipt.ts';
import { tellVerified } from './tellVerified.ts';
import { type ReadReceipt, readHeads, readReceipts } from './witnesses.ts';

const usage = `usage: npm run dh -- audit verify                          the database of this installation; the server may run
       npm run dh -- audit verify --figures DAYS|all       the same, with rows of figures that were recorded so lately (${VERIFIED_DAYS}), or with all
       npm run dh -- audit verify --archive FOLDER         the same, with files of archived months of figures that lie elsewhere
       npm run dh -- audit verify --export FILE            an export (audit export), without a database
       npm run dh -- audit verify --receipt FILE           a receipt by itself, without a database
       npm run dh -- audit verify --keys FILE              the same, with the keys of receipts that lie elsewhere

With --export or --database, a receipt is also held against the record; --receipt may be given more than once, and each receipt is judged by
itself: it stands, was lost with a restore, is unproven, or broken. By the keys of receipts (receipt-keys.json in DATA_DIR, with --database) it is
known whether this installation gave it. --expect FILE holds a note of
last seals against it, as this command printed them earlier: only who has seen a seal can know that it is gone.
Rows of archived months are verified by what the database has of them, and their files, in FOLDER (figure-archive in DATA_DIR), by their hashes; files
that are not there are named: nobody looked at them. Rows of figures, packed months and files that went on record before DAYS ago are not
read, and counted; the official rows that vouch for them always are. An export, and a backup, are read whole.

Exit status: 1 a link or a receipt is broken, else 2 something could not be checked, else 3 a receipt is unproven: nothing is wrong with it
by itself, which anybody can make up, and no record or key at hand says that it was given; else 4 a receipt that this installation gave was
lost with a restore, else 0 nothing is wrong.`;

const STATUS = { broken: 1, unread: 2, unproven: 3, lost: 4, stands: 0 } as const;

runCommand(usage, main, STATUS.unread);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      export: { type: 'string' },
      archive: { type: 'string' },
      figures: { type: 'string' },
      keys: { type: 'string' },
      database: { type: 'boolean', default: false },
      receipt: { type: 'string', multiple: true, default: [] },
      expect: { type: 'string', multiple: true, default: [] },
    },
  });
  const days = daysOf(values.figures);
  if (values.export !== undefined && values.figures !== undefined)
    throw new Error('an export is read whole: leave --figures out');
  const heads = (await Promise.all(values.expect.map(readHeads))).flat();
  const { receipts, isUnread } = await readAll(values.receipt);
  const record = values.export !== undefined || values.database || values.receipt.length === 0 || heads.length > 0;
  const witnesses = [...receipts.filter(({ holds }) => holds).map(({ witness }) => witness), ...heads];
  const verified = record
    ? await verify(values.export, witnesses, { archive: values.archive, days })
    : { isFine: true, judged: [] };
  const keys = await keysAt(values.keys, record && values.export === undefined && receipts.length > 0);
  const results = receipts.map((read) => {
    const judged = verified.judged.find(({ witness }) => witness === read.witness);
    return tellReceipt(read, judged?.verdict, keys);
  });
  const all = new Set<ReceiptResult | 'unread'>([...results, ...tellHeads(heads, verified.judged)]);
  if (!verified.isFine) all.add('broken');
  if (isUnread) all.add('unread');
  const worst = (['broken', 'unread', 'unproven', 'lost'] as const).find((result) => all.has(result)) ?? 'stands';
  process.exitCode = STATUS[worst];
}

/** One file that is no receipt keeps none of the others from being judged. */
async function readAll(files: readonly string[]) {
  const read = await Promise.allSettled(files.map(readReceipts));
  const failed = read.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  for (const error of failed) console.error(error instanceof Error ? error.message : error);
  const receipts: readonly ReadReceipt[] = read.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  return { receipts, isUnread: failed.length > 0 };
}

/** Whoever verifies may be somebody whom the server's account does not let read its keys. */
async function keysAt(file: string | undefined, ofInstallation: boolean): Promise<readonly StampKey[]> {
  if (file !== undefined) return readReceiptKeys(file);
  if (!ofInstallation) return [];
  const own = receiptKeysFile(await installation());
  return readReceiptKeys(own).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EACCES') throw error;
    console.error(`${own} cannot be read by this account, so no receipt is known by its stamp`);
    return [];
  });
}

/** A note of last seals has no stamp: what a restore lost of it, nobody can prove. */
function tellHeads(heads: readonly Witness[], judged: readonly Judged[]): readonly ReceiptResult[] {
  return heads.flatMap((head) => {
    const verdict = judged.find(({ witness }) => witness === head)?.verdict;
    if (verdict?.kind !== 'lost') return [];
    const { at, backupAt } = verdict.restore;
    console.log(
      `unproven: ${head.source}: seal ${head.nr} of ${head.chain} was lost when a backup of ${backupAt} was put back at ${at}`,
    );
    return ['unproven'];
  });
}

interface Outcome {
  readonly isFine: boolean;
  readonly judged: readonly Judged[];
}

async function verify(
  file: string | undefined,
  witnesses: readonly Witness[],
  { archive, days }: { readonly archive: string | undefined; readonly days: number | undefined },
): Promise<Outcome> {
  if (file === undefined) {
    const folder = archive ?? archiveFolder(await installation());
    return withSnapshot(async (snapshot) => {
      const since = days === undefined ? undefined : await daysAgo(snapshot, days);
      const record = await verifyDatabase(snapshot, { witnesses, since });
      const isFine = tellVerified('the database', record, await lookAtArchives(snapshot, folder, since));
      return { isFine, judged: record.judged };
    });
  }
  const options = { tables: officialTables, migrations: await migrationNames(), witnesses };
  const record = await verifyRecord(readExport(file), options);
  return { isFine: tellVerified(file, record), judged: record.judged };
}

/** FG111. @returns undefined: all */
function daysOf(text = String(VERIFIED_DAYS)): number | undefined {
  if (text === 'all') return undefined;
  if (!/^[0-9]{1,5}$/.test(text)) throw new Error('--figures takes a number of days, or all');
  return Number(text);
}
