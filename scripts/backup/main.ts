/** Saves everything that the database holds, while the server runs. usage: npm run dh -- backup FILE [--recipient KEY]… */
import { parseArgs } from 'node:util';
import { readConfig, recipientsIn } from '../../server/src/config.ts';
import { noteBackup } from '../../server/src/observability/lastBackup.ts';
import { saveBackup } from '../../server/src/store/postgres/backup/saveBackup.ts';
import { verifyDatabase } from '../../server/src/store/postgres/record/verifyDatabase.ts';
import { tellVerified } from '../audit/tellVerified.ts';
import { archiveFolder, lookAtArchives } from '../support/archiveFiles.ts';
import { runCommand, withSnapshot } from '../support/openDatabase.ts';

const usage = `usage: npm run dh -- backup FILE [--recipient KEY]… [--plain]

FILE gets all tables of the database as they are at one moment, attachments included, compressed and with a checksum, readable by its owner
alone. With a public key of age (age1…) it is encrypted, and only who has the private key, which need not be on this machine, can restore it; those of
BACKUP_RECIPIENTS count unless others are named, or --plain is. Then the record is verified at that same moment. Keys, certificates and links of DATA_DIR are not in it, nor the files of archived months of
figures, whose rows are.

Exit status: 0 saved and in order, 1 nothing was saved, 3 saved, but the record could not be verified or is broken.`;

runCommand(usage, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { recipient: { type: 'string', multiple: true, default: [] }, plain: { type: 'boolean', default: false } },
  });
  const [file] = positionals;
  if (!file || (values.plain && values.recipient.length > 0)) throw new Error(usage);
  await withSnapshot(async (snapshot) => {
    const config = readConfig(process.env);
    const named = values.recipient.length > 0 ? values.recipient : recipientsIn(config.BACKUP_RECIPIENTS);
    const recipients = values.plain ? [] : named;
    await saveBackup(snapshot, file, recipients);
    console.log(`saved to ${file}${recipients.length > 0 ? `, encrypted to ${recipients.join(', ')}` : ''}`);
    if (!(await noteBackup(config, new Date())))
      console.log(`that it was saved is not known to the metrics: ${config.DATA_DIR} cannot be written`);
    try {
      // First, since a database of before has no archives to look at.
      const verified = await verifyDatabase(snapshot);
      const archives = await lookAtArchives(snapshot, archiveFolder(config));
      if (!tellVerified('the record', verified, archives)) process.exitCode = 3;
      const { length } = archives.files;
      if (length > 0)
        console.log(`keep beside it, since it has their rows and not the files: ${archiveFolder(config)}`);
    } catch (error) {
      console.error(`the record was not verified: ${error instanceof Error ? error.message : error}`);
      process.exitCode = 3;
    }
  });
});
