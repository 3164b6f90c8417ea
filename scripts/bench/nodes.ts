/**
 * Measures the hall of a node with the whole country in it, on a stand-in for the media workers. Its options:
 * usage: npm run dh -- bench nodes [--viewers N] [--stages N] [--rounds N] [--only ACTS] [--json]
 */
import { spawnSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { SERVER_FLAGS } from '../../server/test/support/ServerProcess.ts';
import { percentile } from '../load/summary.ts';
import { FullHall } from './FullHall.ts';
import { type Pause, Pauses } from './Pauses.ts';

const usage = `Measures the hall of a node with the whole country in it, on a stand-in for the media workers.

usage: npm run dh -- bench nodes [--viewers N] [--stages N] [--rounds N] [--only ACTS] [--json]

  --viewers  how many watch (default 11000)
  --stages   provinces that break out (default 63); districts, where there are to be more
  --rounds   how often each is done (default 3)
  --only     these acts, separated by commas, by the names that are printed: 'break out,back'
  --json     print the result as JSON

The hall is the real one, in a process with the flags of a server: rooms, stages, subscriptions, offers and their answers by clients without a line.
The stand-in takes everything at once and sends nothing, so the workers' part is not in it, nor sockets; clients' answers are, and
writing each message. Measured is by how much the event loop is late while somebody gets ready, is cut to and leaves the stage,
while the principal comes back on a new connection, while all provinces break out and while they come back, both by one press and by
one of each moderator in the same second, CPU of each, and messages and offers a viewer. A tenth of the viewers goes before, as the
baseline: CPU may grow tenfold. Goal: late by p99 under 50 ms in cut, return and break out.`;

const { values } = parseArgs({
  options: {
    viewers: { type: 'string', default: '11000' },
    stages: { type: 'string', default: '63' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const RESOLUTION_MS = 1;
/** What an act leaves behind has been closed by then. */
const SETTLE_MS = 5_500;
/** Nothing has happened for so long: it is over. */
const STILL_MS = 400;

interface Act {
  readonly what: string;
  readonly lateP99Ms: number;
  readonly lateMaxMs: number;
  /** Of the loop. */
  readonly pause: Pause | undefined;
  readonly cpuMs: number;
  /** Until the last client has agreed to its last offer. */
  readonly tookMs: number;
  readonly messages: number;
  readonly offers: number;
}

/** What an act costs the loop, from its order until nothing more comes of it. */
async function during(hall: FullHall, what: string, act: () => unknown): Promise<Act> {
  await wait(SETTLE_MS);
  const before = hall.told;
  const late = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const pauses = new Pauses();
  const cpu = process.cpuUsage();
  const began = performance.now();
  late.enable();
  await act();
  let [seen, since] = [hall.told.messages, performance.now()];
  while (performance.now() - since < STILL_MS) {
    await wait(20);
    if (hall.told.messages !== seen) [seen, since] = [hall.told.messages, performance.now()];
  }
  late.disable();
  const { longest: pause } = pauses;
  pauses.close();
  const { user, system } = process.cpuUsage(cpu);
  const after = hall.told;
  const ms = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
  return {
    ...{ what, pause },
    ...{ lateP99Ms: ms(late.percentile(99)), lateMaxMs: ms(late.max), cpuMs: (user + system) / 1_000 },
    tookMs: Math.max(since, hall.agreedAt) - began,
    ...{ messages: (after.messages - before.messages) / hall.size, offers: (after.offers - before.offers) / hall.size },
  };
}

async function measure(viewers: number, stages: number, rounds: number): Promise<Act[]> {
  const hall = await FullHall.open(viewers, stages);
  try {
    const acts = [await during(hall, 'nothing', () => wait(2_000))];
    const all: [string, () => unknown][] = [
      ['warm up', () => hall.warm()],
      ['cut', () => hall.cut()],
      ['off stage', () => hall.uncut()],
      ['return', () => hall.principalReturns()],
      ['break out', () => hall.breakOut()],
      ['back', () => hall.back()],
      ['open each', () => hall.openEach()],
      ['close each', () => hall.closeEach()],
    ];
    const wanted = all.filter(([what]) => !values.only || values.only.split(',').includes(what));
    for (let round = 0; round < rounds; round++)
      for (const [what, act] of wanted) acts.push(await during(hall, what, act));
    return acts;
  } finally {
    hall.close();
  }
}

/** Why the loop stood still for longest, when it did for long. */
function reason(acts: readonly Act[]): string {
  const [pause] = acts.flatMap(({ pause }) => pause ?? []).toSorted((a, b) => b.ms - a.ms);
  if (!pause) return '';
  const { ms, withoutCoreMs, collectingMs } = pause;
  return `; of its longest pause, ${ms.toFixed(0)} ms, it had no core for ${withoutCoreMs.toFixed(0)} ms, and collected garbage for ${collectingMs.toFixed(0)} ms`;
}

const worst = (acts: readonly Act[], of: (act: Act) => number): number => Math.max(...acts.map(of));

if (values.help) {
  console.log(usage);
} else if (!SERVER_FLAGS.every((flag) => process.execArgv.includes(flag))) {
  const { status } = spawnSync(process.execPath, [...SERVER_FLAGS, ...process.argv.slice(1)], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
} else {
  const [viewers, stages, rounds] = [Number(values.viewers), Number(values.stages), Number(values.rounds)];
  const few = await measure(Math.round(viewers / 10), stages, 1);
  const many = Map.groupBy(await measure(viewers, stages, rounds), ({ what }) => what);
  if (values.json) console.log(JSON.stringify({ few, many: [...many.values()].flat() }));
  else {
    console.log(`${viewers} viewers, ${stages} stages, load average ${loadavg()[0]?.toFixed(1)}`);
    for (const [what, acts] of many) {
      const cpu = percentile(
        acts.map(({ cpuMs }) => cpuMs),
        50,
      );
      const base = few.find((act) => act.what === what)?.cpuMs ?? 0;
      console.log(
        `${what.padEnd(10)} loop late p99 ${worst(acts, (a) => a.lateP99Ms).toFixed(0)} ms, at most ${worst(acts, (a) => a.lateMaxMs).toFixed(0)} ms; ` +
          `over after ${(worst(acts, (a) => a.tookMs) / 1_000).toFixed(1)} s; CPU ${cpu.toFixed(0)} ms, ${(cpu / base).toFixed(1)} times that of a tenth; ` +
          `${worst(acts, (a) => a.messages).toFixed(1)} messages and ${worst(acts, (a) => a.offers).toFixed(1)} offers a viewer${reason(acts)}`,
      );
    }
  }
  process.exitCode = [...many.values()].flat().every(({ lateP99Ms }) => lateP99Ms < 50) ? 0 : 1;
}
