/** Puts the rows of an archived month back into their table. usage: npm run dh -- figures reopen MONTH */
import { parseArgs } from 'node:util';
import { PgFigureArchive } from '../../server/src/store/postgres/figure/archive/PgFigureArchive.ts';
import { runCommand, withOwner } from '../support/openDatabase.ts';

const usage = `usage: npm run dh -- figures reopen MONTH

Rows of MONTH (2026-03) stand in their table again, by an official act, and sources may send or correct figures of it. The next
npm run dh -- figures archive takes it out again, into a new file: keep the one of before, which is the proof of what was then.`;

runCommand(usage, async () => {
  const [month = ''] = parseArgs({ allowPositionals: true }).positionals;
  if (!/^\d{4}-\d\d$/.test(month)) throw new Error(usage);
  await withOwner(async (url) => {
    const archive = await PgFigureArchive.create(url, { by: 'dh figures' });
    try {
      const reopened = await archive.reopen(month);
      if (reopened.length === 0) throw new Error(`nothing of ${month} is archived`);
      for (const { grain, rows } of reopened) console.log(`${month}, ${grain}: ${rows} rows are in their table again`);
    } finally {
      await archive.close();
    }
  });
});
