/** Who may send figures in, which there are, and files of them. usage: npm run dh -- figures check FILE */
import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { type BatchType, readBatch } from '../../server/src/domain/figure/formats/readBatch.ts';
import { runCommand } from '../support/openDatabase.ts';

const usage = `usage: npm run dh -- figures check FILE [--lang en]

FILE is NDJSON (.ndjson), CSV (.csv), SDMX-CSV (.sdmx.csv) or DHIS2's dataValueSets (.json), also packed (.gz). check says what is
wrong with its form, row by row, and writes nothing anywhere; whether units and indicators are known, a server says.`;

const types: readonly (readonly [ending: string, type: BatchType])[] = [
  ['.sdmx.csv', 'application/vnd.sdmx.data+csv'],
  ['.csv', 'text/csv'],
  ['.ndjson', 'application/x-ndjson'],
  ['.json', 'application/json'],
];

runCommand(usage, async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { lang: { type: 'string' } } });
  const [act, file] = positionals;
  if (act !== 'check' || file === undefined) throw new Error(usage);
  const packed = file.endsWith('.gz');
  const [, type] = types.find(([ending]) => (packed ? file.slice(0, -3) : file).endsWith(ending)) ?? [];
  if (!type) throw new Error(usage);
  const { rows, unread } = await readBatch(createReadStream(file) as AsyncIterable<Buffer>, type, packed);
  for (const { row, column, value, say } of unread)
    console.log([`${row}`, column, value, values.lang === 'en' ? say.en : say.vi].filter(Boolean).join(' · '));
  console.log(`${rows.length} rows have the form of a row, ${unread.length} have not`);
  if (unread.length > 0) process.exitCode = 1;
});
