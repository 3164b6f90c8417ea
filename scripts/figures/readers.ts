/** Keys by which programs read figures. usage: npm run dh -- figures readers add|list|withdraw */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { hashOfReaderKey, newReaderKey } from '../../server/src/domain/figure/reading/ReaderKeys.ts';
import { Units } from '../../server/src/domain/organisation/Units.ts';
import { figureReaderSchema } from '../../server/src/protocol/figureReading.ts';
import type { Postgres } from '../../server/src/store/postgres/base/Postgres.ts';
import { PgFigureDefinitions } from '../../server/src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureReaders } from '../../server/src/store/postgres/figure/PgFigureReaders.ts';
import { PgUnits } from '../../server/src/store/postgres/organisation/PgUnits.ts';
import { runCommand, withDatabase } from '../support/openDatabase.ts';

const usage = `usage: npm run dh -- figures readers add CODE --name NAME --root UNIT --indicators CODE,CODE --until DATE   prints a key, once
       npm run dh -- figures readers list                all keys there ever were, and until when they are good
       npm run dh -- figures readers withdraw CODE       that key is good for nothing from now on

A key reads the listed indicators in the territory of UNIT, until the end of DATE (2027-06-30, by the clock in Viet Nam), at most 400 days
ahead. The database has its hash. Whoever wants more gets another key, under another CODE. How they read: docs/figures/reading.md.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    name: { type: 'string' },
    root: { type: 'string' },
    indicators: { type: 'string' },
    until: { type: 'string' },
    help: { type: 'boolean' },
  },
});
const [act, code = ''] = positionals;

runCommand(usage, async () => {
  if (act === 'list' && positionals.length === 1) return withDatabase(list);
  if (act === 'add' && code) return withDatabase(add);
  if (act === 'withdraw' && code) return withDatabase(withdraw);
  throw new Error(usage);
});

async function add(postgres: Postgres): Promise<void> {
  const { name, root, indicators = '', until = '' } = values;
  const isDay = z.iso.date().safeParse(until).success;
  const parsed = figureReaderSchema.safeParse({
    code,
    name,
    root,
    indicators: indicators.split(',').filter(Boolean),
    until: isDay ? new Date(`${until}T23:59:59+07:00`).toISOString() : until,
  });
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  const { path } = (await Units.create(new PgUnits(postgres))).get(parsed.data.root);
  const { indicators: defined } = await new PgFigureDefinitions(postgres).load();
  const key = newReaderKey();
  await new PgFigureReaders(postgres).add(parsed.data, hashOfReaderKey(key), {
    by: 'dh figures readers',
    root: path,
    defined,
  });
  console.log(key);
}

async function list(postgres: Postgres): Promise<void> {
  for (const reader of await new PgFigureReaders(postgres).list()) {
    const standing = reader.withdrawn ? 'withdrawn' : `until ${reader.until}`;
    console.log(
      `${reader.code}: ${reader.name}, ${reader.root}, ${reader.indicators.join(' ')}; made ${reader.made}, ${standing}`,
    );
  }
}

async function withdraw(postgres: Postgres): Promise<void> {
  if (!(await new PgFigureReaders(postgres).withdraw(code)))
    throw new Error(`there is no key ${code} that could be withdrawn`);
  console.log(`${code} is good no more`);
}
