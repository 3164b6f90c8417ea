/**
 * Records figures of a whole country hour after hour, then many at once, beside PostgreSQL's COPY of the same rows. Its options:
 * usage: npm run dh -- bench figures [--units N] [--hours N] [--rows N] [--json]
 */
import { parseArgs } from 'node:util';
import { Units } from '../../server/src/domain/organisation/Units.ts';
import { Postgres } from '../../server/src/store/postgres/base/Postgres.ts';
import { PgFigureDefinitions } from '../../server/src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgFigureIntake } from '../../server/src/store/postgres/figure/PgFigureIntake.ts';
import { PgUnits } from '../../server/src/store/postgres/organisation/PgUnits.ts';
import { openStores } from '../../server/test/support/stores.ts';
import { runCommand } from '../support/openDatabase.ts';
import { FigureBench } from './figureBench.ts';
import { foundCountry } from './rollcallCountry.ts';

const usage = `Records figures of a whole country hour after hour, then many at once, beside PostgreSQL's COPY of the same rows.

usage: npm run dh -- bench figures [--units N] [--hours N] [--rows N] [--json]

  --units  communes, each of which reports (default 11000)
  --hours  batches of one figure of all of them, one after the other (default 20)
  --rows   that are recorded afterwards in batches of 50,000 (default 1000000)
  --json   print the result as JSON

PostgreSQL and Redis are started with a folder of their own; there are no sockets in between. COPY puts the same rows from a file into a
table with the same indexes, in the same run and in turns. Goals: an hour of 11,000 rows on record within p95 0.8 s; a million rows within
60 s, and at most 2.5 times COPY.`;

const GOAL = { hourMs: 800, ratio: 2.5, rowsPerSecond: 1_000_000 / 60 };

runCommand(usage, async () => {
  const { values } = parseArgs({
    options: {
      units: { type: 'string', default: '11000' },
      hours: { type: 'string', default: '20' },
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
    const hours = await bench.hours(Number(values.hours));
    const many = await bench.many(Number(values.rows));
    if (values.json) console.log(JSON.stringify({ hours, many }));
    else {
      console.log(
        `an hour of ${units.index.baseUnits(['vn']).length} rows: on record p50 ${hours.p50} ms, p95 ${hours.p95} ms`,
      );
      const { rows, seconds, copySeconds, ratio, blockedMs } = many;
      console.log(`${rows} rows: ${seconds} s, COPY ${copySeconds} s, ratio ${ratio}; blocked ${blockedMs} ms at most`);
    }
    if (hours.p95 > GOAL.hourMs || many.ratio > GOAL.ratio || many.rows / many.seconds < GOAL.rowsPerSecond)
      process.exitCode = 1;
  } finally {
    await postgres.close();
    await stores.close();
  }
});
