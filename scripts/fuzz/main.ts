/** Feeds coverage-guided random input to the code that reads what strangers send. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { provideMediaWorker } from '../measure/mediaWorker.ts';
import { targets } from './targets.ts';

/** One input at the longest: within it the honest one may be told to wait until the next minute begins. */
const PATIENCE_MS = 120_000;

const usage = `Feeds coverage-guided random input to the code that reads what strangers send.

usage: npm run dh -- fuzz [--target NAME] [--seconds N] [--corpus DIR]

  --target   ${Object.keys(targets).join(', ')} (default: each in turn)
  --seconds  how long each target runs (default 600)
  --corpus   where inputs that reach new code are kept, so that the next run goes on from them (default .data/fuzz)

Targets but sdp, stun, figures, borders and sheets run a whole server with its media worker (MEDIASOUP_WORKER_BIN, or the one that npm start keeps),
and all but signals its stores too.

Ends with status 0 when nothing was found. A finding is printed with its stack, and its input is kept as crash-* there.`;

const { values } = parseArgs({
  options: {
    target: { type: 'string' },
    seconds: { type: 'string', default: '600' },
    corpus: { type: 'string', default: '.data/fuzz' },
    help: { type: 'boolean' },
  },
});

async function run(name: string, seconds: number, folder: string): Promise<number> {
  const target = targets[name];
  if (!target) throw new Error(`no target ${name}; there are ${Object.keys(targets).join(', ')}`);
  const corpus = join(folder, 'corpus');
  await mkdir(corpus, { recursive: true });
  if ((await readdir(corpus)).length === 0) {
    const seeds = [...(await target.seeds())];
    await Promise.all(seeds.map((seed, i) => writeFile(join(corpus, `seed-${i}`), seed)));
  }
  // The fuzzer takes JavaScript alone as its entry.
  const entry = join(folder, 'entry.mjs');
  await writeFile(entry, `export { fuzz } from ${JSON.stringify(target.file)};\n`);
  const words = join(folder, 'words');
  await writeFile(words, (await target.words()).map((word) => `${quote(word)}\n`).join(''));
  // A file, because the fuzzer ends without emptying a pipe.
  const log = await open(join(folder, 'fuzz.log'), 'w+');
  console.log(`${name}: ${seconds} s, log in ${join(folder, 'fuzz.log')}`);
  const cli = join(dirname(createRequire(import.meta.url).resolve('@jazzer.js/core')), 'cli.js');
  const fuzzer = spawn(
    process.execPath,
    [
      ...['--import', join(import.meta.dirname, 'registerTypes.ts'), '--disable-warning=ExperimentalWarning'],
      ...[
        cli,
        entry,
        corpus,
        ...target.instrument.flatMap((path) => ['-i', path]),
        ...(target.sync ? ['--sync'] : ['--disableBugDetectors', 'ssrf', '--timeout', `${PATIENCE_MS}`]),
      ],
      ...['--', `-max_total_time=${seconds}`, `-max_len=${target.maxLength}`, `-dict=${words}`, '-print_final_stats=1'],
    ],
    { cwd: folder, stdio: ['ignore', log.fd, log.fd] },
  );
  const stop = (): boolean => fuzzer.kill();
  process.once('SIGINT', stop);
  // A target with open sockets would go on for ever after its last input.
  const watch = setInterval(() => {
    if (/^Done \d+ runs/m.test(readFileSync(join(folder, 'fuzz.log'), 'utf8'))) setTimeout(stop, 3000);
  }, 1000);
  const [status, signal] = await once(fuzzer, 'close');
  clearInterval(watch);
  const found = (await readdir(folder)).some((name) => /^(crash|timeout|oom)-/.test(name));
  // Stores of a node end with their process on SIGTERM, and say so by its status.
  const code = (signal === 'SIGTERM' || status === 128 + 15) && !found ? 0 : status;
  process.off('SIGINT', stop);
  await log.close();
  const lines = (await readFile(join(folder, 'fuzz.log'), 'utf8')).trimEnd().split('\n');
  const done = lines.findLast((line) => /^Done \d+ runs/.test(line));
  if (code === 0 && done !== undefined) console.log(`${name}: ${done}`);
  else console.log(lines.slice(-40).join('\n'));
  // Some failures to start end with status 0, so only the fuzzer's own closing line counts as a run.
  return done === undefined ? code || 1 : (code ?? 1);
}

/** As libFuzzer's dictionaries want it. */
const quote = (word: string): string =>
  `"${word.replace(/[^ -~]|["\\]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`)}"`;

if (values.help) console.log(usage);
else {
  await provideMediaWorker();
  const seconds = Number(values.seconds);
  if (!Number.isInteger(seconds) || seconds < 1) throw new Error('--seconds must be a positive whole number');
  for (const name of values.target === undefined ? Object.keys(targets) : [values.target]) {
    const code = await run(name, seconds, resolve(values.corpus, name));
    console.log(code === 0 ? `${name}: nothing found` : `${name}: FOUND SOMETHING (status ${code})`);
    if (code !== 0) process.exitCode = 1;
  }
}
