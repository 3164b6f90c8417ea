/**
 * Tells an invented scenario of figures, as platforms would send it: into a file, or to a server. Its options:
 * usage: npm run dh -- figures simulate --out FILE | --speed N [--past] [--to URL] [--scenario NAME] [--seed N] [--last-day DAY] [--tree 63|34]
 *        [--plain]
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { withMishaps } from '../../server/src/demo/figure/mishaps.ts';
import { reportersIn, reportersOfDemo } from '../../server/src/demo/figure/reporters.ts';
import { dayBefore, type Scenario, type ScenarioBatch, type Telling } from '../../server/src/demo/figure/scenario.ts';
import { scenarios } from '../../server/src/demo/figure/scenarios.ts';
import { type DemoTreeName, demoTrees } from '../../server/src/demo/trees.ts';
import { Units } from '../../server/src/domain/organisation/Units.ts';
import { systemClock } from '../../server/src/lib/clock.ts';
import { PgUnits } from '../../server/src/store/postgres/organisation/PgUnits.ts';
import { installation } from '../support/installation.ts';
import { runCommand, withDatabase } from '../support/openDatabase.ts';
import { Platforms } from './Platforms.ts';

const usage = `Tells an invented scenario of figures, as platforms would send it: into a file, or to a server.

usage: npm run dh -- figures simulate --out FILE | --speed N [--past] [--to URL] [--scenario NAME] [--seed N] [--last-day DAY]
                                        [--tree 63|34] [--plain]

  --scenario  ${[...scenarios.keys()].join(' or ')} (default outbreak-2021)
  --seed      another one tells it another way (default 1)
  --last-day  YYYY-MM-DD, on which its last day falls (default: yesterday, by the clock of Viet Nam)
  --out       a file, or - for standard output: one row a line as JSON, with its source, batch and time
  --tree      of a file: the country before July 2025 (63, default) or since then (34)
  --speed     sends what comes after the last day to a server that runs here, so many times as fast as it would come, until Ctrl-C;
              economy has nothing after it, and is sent with --past
  --past      sends all until the last day before that, as fast as the server takes it
  --to        URL of the server (default: of this installation)
  --plain     without the mishaps of platforms: no row twice, late, wrong or of unknown code

Sending, it defines the indicators and sources of the scenario, all marked as simulated, and makes a key for each source, which is good
until it ends; the country is that of the server. A file: the same options give the same bytes; their SHA-256 is said at the end.
What is known of August 2021 is said in docs/figures/simulated.md; all else is invented.`;

runCommand(usage, async () => {
  const { values } = parseArgs({
    options: {
      scenario: { type: 'string', default: 'outbreak-2021' },
      seed: { type: 'string', default: '1' },
      'last-day': { type: 'string', default: dayBefore(new Date()) },
      out: { type: 'string' },
      speed: { type: 'string' },
      tree: { type: 'string', default: '63' },
      past: { type: 'boolean', default: false },
      to: { type: 'string' },
      plain: { type: 'boolean', default: false },
    },
  });
  const scenario = scenarios.get(values.scenario);
  const speed = Number(values.speed);
  const { tree } = values;
  if (!scenario || (values.out === undefined) === !(speed > 0) || !isTree(tree)) throw new Error(usage);
  const asked = { seed: Number(values.seed), lastDay: values['last-day'] };
  if (!Number.isSafeInteger(asked.seed) || !isDay(asked.lastDay)) throw new Error(usage);
  if (values.out === undefined && !values.past && !scenario.goesOn)
    throw new Error(
      `${scenario.name} ends with its last day, and nothing comes after it: send what it has with --past`,
    );
  const told = (telling: Telling, batches: Iterable<ScenarioBatch>) =>
    values.plain ? batches : withMishaps(batches, telling);
  if (values.out !== undefined) {
    const telling = { ...asked, reporters: await reportersOfDemo(tree) };
    return writeTo(values.out, told(telling, scenario.plain(telling)));
  }
  const url = values.to ?? `http://127.0.0.1:${(await installation()).PORT}`;
  await withDatabase(async (postgres) => {
    const { index } = await Units.create(new PgUnits(postgres));
    const reporters = reportersIn(index);
    if (reporters.length === 0) {
      throw new Error(
        'This installation has no units that could report. Import them first: npm run dh -- roster import FILE',
      );
    }
    const platforms = await Platforms.create(url, scenario, postgres);
    const ended = Promise.withResolvers<void>();
    process.once('SIGINT', ended.resolve).once('SIGTERM', ended.resolve);
    try {
      await Promise.race([ended.promise, sendAll(platforms, scenario, { ...asked, reporters })]);
    } finally {
      await platforms.close();
    }
  });

  async function sendAll(platforms: Platforms, { plain, goesOn }: Scenario, all: Telling): Promise<void> {
    if (values.past) for (const batch of told(all, plain({ ...all, until: new Date() }))) await say(platforms, batch);
    const begin = new Date();
    for (const batch of told(all, goesOn?.(all, begin, systemClock) ?? [])) {
      await wait(Math.max(0, begin.getTime() + (batch.at.getTime() - begin.getTime()) / speed - Date.now()));
      await say(platforms, batch);
    }
  }
});

/** One of the calendar. */
function isDay(text: string): boolean {
  const moment = Date.parse(text);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text);
}

/** A function, since the command runs before the lines below it do. */
function isTree(name: string): name is DemoTreeName {
  return Object.hasOwn(demoTrees, name);
}

async function say(platforms: Platforms, batch: ScenarioBatch): Promise<void> {
  const { n, accepted, unchanged, held, refused } = await platforms.send(batch);
  const counts = Object.entries({ accepted, unchanged, held, refused }).flatMap(([what, nr]) =>
    nr ? `${nr} ${what}` : [],
  );
  console.log([n === null ? '–' : `N ${n}`, batch.source, ...batch.mishaps, counts.join(', ')].join('  '));
}

async function writeTo(out: string, batches: Iterable<ScenarioBatch>): Promise<void> {
  const hash = createHash('sha256');
  let [sent, rows] = [0, 0];
  async function* lines() {
    for (const { source, key, at, rows: all } of batches) {
      const text = all.map((row) => `${JSON.stringify({ ...row, source, batch: key, at })}\n`).join('');
      hash.update(text);
      [sent, rows] = [sent + 1, rows + all.length];
      yield text;
    }
  }
  await pipeline(lines, out === '-' ? process.stdout : createWriteStream(out));
  console.error(`${sent} batches, ${rows} rows, SHA-256 ${hash.digest('hex')}`);
}
