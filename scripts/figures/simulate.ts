/**
 * Writes an invented scenario of figures, as platforms would send it. Its options:
 * usage: npm run dh -- figures simulate --out FILE [--scenario NAME] [--seed N] [--last-day DAY] [--plain]
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { withMishaps } from '../../server/src/demo/figure/mishaps.ts';
import { reportersOfDemo } from '../../server/src/demo/figure/reporters.ts';
import { dayBefore, type ScenarioBatch } from '../../server/src/demo/figure/scenario.ts';
import { scenarios } from '../../server/src/demo/figure/scenarios.ts';
import { runCommand } from '../support/openDatabase.ts';

const usage = `Writes an invented scenario of figures, as platforms would send it.

usage: npm run dh -- figures simulate --out FILE [--scenario NAME] [--seed N] [--last-day DAY] [--plain]

  --scenario  ${[...scenarios.keys()].join(' or ')} (default outbreak-2021)
  --seed      another one tells it another way (default 1)
  --last-day  YYYY-MM-DD, on which its last day falls (default: yesterday, by the clock of Viet Nam)
  --out       a file, or - for standard output: one row a line as JSON, with its source, batch and time
  --plain     without the mishaps of platforms: no row twice, late, wrong or of unknown code

The country is that of the demo. A file: the same options give the same bytes; their SHA-256 is said at the end.
What is known of August 2021 is said in docs/figures/simulated.md; all else is invented.`;

runCommand(usage, async () => {
  const { values } = parseArgs({
    options: {
      scenario: { type: 'string', default: 'outbreak-2021' },
      seed: { type: 'string', default: '1' },
      'last-day': { type: 'string', default: dayBefore(new Date()) },
      out: { type: 'string' },
      plain: { type: 'boolean', default: false },
    },
  });
  const scenario = scenarios.get(values.scenario);
  if (!scenario || values.out === undefined) throw new Error(usage);
  const telling = { seed: Number(values.seed), lastDay: values['last-day'], reporters: await reportersOfDemo() };
  const plain = scenario.plain(telling);
  await writeTo(values.out, values.plain ? plain : withMishaps(plain, telling));
});

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
