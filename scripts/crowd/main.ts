/** Brings made-up units into a demo, which answer, raise hands, speak when they are called, and take on directives. */
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { CROWD_FILE } from '../../server/src/demo/crowd.ts';
import { SecretFile } from '../../server/src/lib/SecretFile.ts';
import { Beat } from './Beat.ts';
import { Cast } from './Cast.ts';
import { MadeUpUnit } from './MadeUpUnit.ts';

const usage = `Brings made-up units into a demo by its public port: they come in waves, answer roll-calls as people do (late, by
others, absent, or not at all), raise hands, ask questions, speak when they are called, and take on directives.

usage: npm run dh -- crowd [--data FOLDER] [--url URL] [--seed N] [--over SECONDS] [--hurry N] [--passive]

  --data     DATA_DIR of a demo that was started with DEMO_CROWD=N, where the links of N units are (default .data)
  --url      the server (default http://127.0.0.1:8080); on this machine only
  --seed     what they do follows from it (default 1)
  --over     so many seconds from the first to the last who comes (default 60)
  --hurry    they answer so many times quicker than people (default 1)
  --passive  they raise no hands, ask nothing, and keep their lines, unless they are asked

Whatever they write is marked «mô phỏng». They see no pictures, so they do not know two digits that are shown in one.`;

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '.data' },
    url: { type: 'string', default: 'http://127.0.0.1:8080' },
    seed: { type: 'string', default: '1' },
    over: { type: 'string', default: '60' },
    hurry: { type: 'string', default: '1' },
    passive: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(usage);
  process.exit(0);
}
if (!['127.0.0.1', 'localhost', '[::1]'].includes(new URL(values.url).hostname)) {
  console.error('A crowd is for a demo, and a demo for the machine on which it runs: --url names another one.');
  process.exit(2);
}

const SAY_MS = 10_000;
const ended = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ended.abort());

const file = await SecretFile.open(join(values.data, CROWD_FILE));
const secrets = file.names().flatMap((account) => file.get(account) ?? []);
const numbers = { seed: Number(values.seed), arrivalMs: 1_000 * Number(values.over), hurry: Number(values.hurry) };
const options = { url: values.url, passive: values.passive, ...numbers };
const crowd = { cast: new Cast(), beat: new Beat(1_000) };
const units = secrets.map((secret) => new MadeUpUnit(secret, options, crowd, ended.signal));
console.log(`${units.length} made-up units come to ${values.url}`);
const running = Promise.all(units.map((unit) => unit.run()));
let last = '';
while (!ended.signal.aborted) {
  await wait(SAY_MS, undefined, { signal: ended.signal }).catch(() => undefined);
  const many = Map.groupBy(units, ({ state }) => state);
  const said = ['here', 'speaking', 'waiting', 'away']
    .map((state) => `${state} ${many.get(state as 'here')?.length ?? 0}`)
    .join(', ');
  if (said !== last) console.log(said);
  last = said;
}
await running;
crowd.beat.close();
// Threads of the media library would keep the process.
process.exit(0);
