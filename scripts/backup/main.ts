/** Saves everything that the database holds, while the server runs. usage: npm run dh -- backup FILE */
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';
import { readConfig } from '../../server/src/config.ts';
import { noteBackup } from '../../server/src/observability/lastBackup.ts';
import { dump } from '../../server/src/store/postgres/backup/dump.ts';
import { verifyDatabase } from '../../server/src/store/postgres/record/verifyDatabase.ts';
import { tellVerified } from '../audit/tellVerified.ts';
import { archiveFolder, lookAtArchives } from '../support/archiveFiles.ts';
import { runCommand, withSnapshot } from '../support/openDatabase.ts';
import { writeWhole } from '../support/writeWhole.ts';

const usage = `usage: npm run dh -- backup FILE

FILE gets all tables of the database as they are at one moment, attachments included, compressed and with a checksum, readable by its owner
alone. Then the record is verified at that same moment. Keys, certificates and links of DATA_DIR are not in it, nor the files of archived months of
figures, whose rows are.

Exit status: 0 saved and in order, 1 nothing was saved, 3 saved, but the record could not be verified or is broken.`;

runCommand(usage, async () => {
  const [file] = parseArgs({ allowPositionals: true }).positionals;
  if (!file) throw new Error(usage);
  await withSnapshot(async (snapshot) => {
    await writeWhole(file, dump(snapshot), createGzip());
    console.log(`saved to ${file}`);
    const config = readConfig(process.env);
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
