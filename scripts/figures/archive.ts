/** Takes months of figures out of the table of rows, each into a file. usage: npm run dh -- figures archive [--month MONTH] [--to FOLDER] [--dry] */
import { parseArgs } from 'node:util';
import { PgFigureArchive } from '../../server/src/store/postgres/figure/archive/PgFigureArchive.ts';
import { archiveFolder, keepIn } from '../support/archiveFiles.ts';
import { installation } from '../support/installation.ts';
import { runCommand, withOwner } from '../support/openDatabase.ts';

const usage = `usage: npm run dh -- figures archive [--month MONTH] [--to FOLDER] [--dry]

Of what comes hourly or more often the rows of a month leave ninety days after its end, of what comes daily after twenty-five months, of what
comes weekly or monthly after five years; what comes once stays. Each goes into a file of FOLDER (figure-archive in DATA_DIR), whose hash is an
official act. The past is read as before, from what stays packed in the database. The server may run. What was stopped leaves nothing,
and is begun again. A month of which something was held or decided in the last ninety days waits.

--month    that month alone (2026-03), if it is due
--dry      says what is due, and does nothing

As the role that owns the tables: DATABASE_OWNER_URL, or the embedded database. docs/operations/record.md says when to run it, and what the file holds.`;

const GRAIN_WORDS = { hour: 'hourly or more often', day: 'daily', rest: 'weekly or monthly' } as const;

runCommand(usage, async () => {
  const { values } = parseArgs({
    options: { month: { type: 'string' }, to: { type: 'string' }, dry: { type: 'boolean', default: false } },
  });
  if (values.month !== undefined && !/^\d{4}-\d\d$/.test(values.month)) throw new Error(usage);
  const folder = values.to ?? archiveFolder(await installation());
  await withOwner(async (url) => {
    const archive = await PgFigureArchive.create(url, { by: 'dh figures', tell: console.log });
    try {
      const due = (await archive.due()).filter(({ month }) => values.month === undefined || month === values.month);
      if (due.length === 0) console.log('nothing is due');
      for (const of of due) {
        const what = `${of.month}, ${GRAIN_WORDS[of.grain]}`;
        if (values.dry) console.log(`${what}: due`);
        else {
          const { rows, file } = await archive.archive(of, keepIn(folder));
          console.log(`${what}: ${rows} rows in ${folder}/${file}`);
        }
      }
    } finally {
      await archive.close();
    }
  });
});
