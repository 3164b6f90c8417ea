/** Writes the whole record to a file that can be verified without the database. usage: npm run dh -- audit export FILE */
import { parseArgs } from 'node:util';
import { recordLines } from '../../server/src/store/postgres/record/recordLines.ts';
import { runCommand, withSnapshot } from '../support/openDatabase.ts';
import { writeExport } from './exportFile.ts';

const usage = `usage: npm run dh -- audit export FILE

Writes seals, official rows, what they vouch for, and hashes of attachments, as they are at one moment: one JSON value a line. The server
may run meanwhile. Without the database: npm run dh -- audit verify --export FILE`;

runCommand(usage, async () => {
  const [file] = parseArgs({ allowPositionals: true }).positionals;
  if (!file) throw new Error(usage);
  const lines = await withSnapshot((snapshot) => writeExport(file, recordLines(snapshot)));
  console.log(`${file}: ${lines} lines`);
});
