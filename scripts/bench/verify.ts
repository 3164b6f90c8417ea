/**
 * How long it takes to verify a record in which most is figures, beside PostgreSQL writing the same rows out alone. Its options:
 * usage: npm run dh -- bench verify [--units N] [--rows N] [--json]
 */
import { parseArgs } from 'node:util';
import { Units } from '../../server/src/domain/organisation/Units.ts';
import { Postgres } from '../../server/src/store/postgres/base/Postgres.ts';
import { Snapshot } from '../../server/src/store/postgres/base/Snapshot.ts';
import { PgFigureDefinitions } from '../../server/src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../server/src/store/postgres/figure/PgFigureIntake.ts';
import { PgUnits } from '../../server/src/store/postgres/organisation/PgUnits.ts';
import { verifyDatabase } from '../../server/src/store/postgres/record/verifyDatabase.ts';
import { openStores } from '../../server/test/support/stores.ts';
import { runCommand } from '../support/openDatabase.ts';
import { FigureBench } from './figureBench.ts';
import { foundCountry } from './rollcallCountry.ts';

const usage = `How long it takes to verify a record in which most is figures, beside PostgreSQL writing the same rows out alone.

usage: npm run dh -- bench verify [--units N] [--rows N] [--json]

  --units  communes, each of which reports (default 11000)
  --rows   figures of them, hour after hour (default 1000000)
  --json   print the result as JSON

Stores are started with a folder of their own. What is beside it writes each row as JSON and adds up how long they are, in PostgreSQL alone.`;

runCommand(usage, async () => {
  const { values } = parseArgs({
    options: {
      units: { type: 'string', default: '11000' },
      rows: { type: 'string', default: '1000000' },
      json: { type: 'boolean', default: false },
    },
  });
  const stores = await openStores({ own: true });
  const postgres = await Postgres.create(stores.databaseUrl, () => undefined, 4);
  try {
    await foundCountry(stores.databaseUrl, Number(values.units));
    const units = await Units.create(new PgUnits(postgres));
    const [definitions, intake] = [new PgFigureDefinitions(postgres), new PgFigureIntake(postgres)];
    const bench = await FigureBench.create({ postgres, definitions, intake, units });
    await bench.fill(Number(values.rows), async () => undefined);
    const [count] = await postgres.query<{ rows: number }>('SELECT count(*)::int AS rows FROM observations');
    const measured = { rows: count?.rows ?? 0, ...(await verified(postgres, stores.databaseUrl)) };
    if (values.json) console.log(JSON.stringify(measured));
    else print(measured);
  } finally {
    await postgres.close();
    await stores.close();
  }
});

async function verified(postgres: Postgres, url: string) {
  const aloneSeconds = await seconds(() => postgres.query('SELECT sum(length(to_jsonb(o)::text)) FROM observations o'));
  const snapshot = await Snapshot.create(url);
  const verifySeconds = await seconds(async () => {
    const { problems } = await verifyDatabase(snapshot);
    if (problems.length > 0) throw new Error(problems.map(({ text }) => text).join('\n'));
  }).finally(() => snapshot.close());
  return { verifySeconds, aloneSeconds, peakMb: Math.round(process.resourceUsage().maxRSS / 1024) };
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return Math.round((performance.now() - began) / 100) / 10;
}

interface Measured extends Awaited<ReturnType<typeof verified>> {
  readonly rows: number;
}

function print({ rows, verifySeconds, aloneSeconds, peakMb }: Measured): void {
  const millions = rows / 1e6;
  console.log(`rows of figures   ${rows}`);
  console.log(`verified          ${verifySeconds} s, ${(verifySeconds / millions).toFixed(1)} s a million`);
  console.log(`PostgreSQL alone  ${aloneSeconds} s; ratio ${(verifySeconds / aloneSeconds).toFixed(2)}`);
  console.log(`most memory       ${peakMb} MB, with filling in`);
}
