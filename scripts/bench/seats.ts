/**
 * Compares two ways from one speaker to the next: a warm seat for each at every viewer, or one stream that is repointed. Its options:
 * usage: npm run dh -- bench seats [--viewers N] [--cuts N] [--rounds R] [--json]
 */
import { loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { percentile } from '../load/summary.ts';
import { provideMediaWorker } from '../measure/mediaWorker.ts';
import { SeatedViewers, type Way } from './SeatedViewers.ts';

const usage = `Compares two ways from one speaker to the next: a warm seat for each at every viewer, or one stream that is repointed.

usage: npm run dh -- bench seats [--viewers N] [--cuts N] [--rounds R] [--json]

  --viewers  how many watch (default 300)
  --cuts     how often the speaker changes in a round (default 10)
  --rounds   how often each way is started afresh; medians are printed (default 3)
  --json     print the result as JSON

One real worker, two cameras of three layers, viewers of the lowest. By seats each viewer has a consumer for each camera, of which
one is paused, and a cut pauses one and resumes the other; by repoint each has one, and a cut is one request for all. Measured are
the time from the order to the first whole picture at each viewer, messages to the worker, CPU of a cut beyond that of as long a time without one, and
the worker's memory. Not in it: what the hall tells clients, which repoint would not save, since somebody has to say who is seen.`;

const { values } = parseArgs({
  options: {
    viewers: { type: 'string', default: '300' },
    cuts: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** What a cut sets off is over by then; longer, and what other packets cost hides it. */
const WINDOW_MS = 400;
/** A publisher may be asked for a picture again by then. */
const PAUSE_MS = 1_000;

interface Cost {
  readonly pictureMs: readonly number[];
  /** Of one cut. */
  readonly requests: number;
  readonly workerMs: number;
  readonly nodeMs: number;
  readonly megabytes: number;
}

async function measure(way: Way, viewers: number, cuts: number): Promise<Cost> {
  const seated = await SeatedViewers.create(way, viewers);
  try {
    await wait(2 * PAUSE_MS);
    /** CPU of a time in which that happens. */
    const during = async (happens: () => Promise<unknown>): Promise<{ worker: number; node: number }> => {
      const before = await seated.spent();
      const over = performance.now() + WINDOW_MS;
      await happens();
      await wait(Math.max(0, over - performance.now()));
      const after = await seated.spent();
      return { worker: after.worker - before.worker, node: after.node - before.node };
    };
    const pictureMs: number[] = [];
    const [still, cut] = [
      { worker: 0, node: 0 },
      { worker: 0, node: 0 },
    ];
    let requests = 0;
    for (let i = 0; i < cuts; i++) {
      await wait(PAUSE_MS);
      const quiet = await during(async () => undefined);
      const busy = await during(async () => {
        const before = seated.requests;
        pictureMs.push(...(await seated.cut()));
        requests += seated.requests - before;
      });
      for (const part of ['worker', 'node'] as const) {
        still[part] += quiet[part];
        cut[part] += busy[part];
      }
    }
    const { megabytes } = await seated.spent();
    const each = (part: 'worker' | 'node') => (1_000 * (cut[part] - still[part])) / cuts;
    return { pictureMs, requests: requests / cuts, workerMs: each('worker'), nodeMs: each('node'), megabytes };
  } finally {
    await seated.close();
  }
}

const WAYS = ['seats', 'repoint'] as const;

async function run(): Promise<void> {
  await provideMediaWorker();
  const all: Record<Way, Cost[]> = { seats: [], repoint: [] };
  for (let round = 0; round < Number(values.rounds); round++)
    for (const way of round % 2 === 0 ? WAYS : WAYS.toReversed())
      all[way].push(await measure(way, Number(values.viewers), Number(values.cuts)));
  const summary = WAYS.map((way) => {
    const m = (of: (cost: Cost) => number): number => percentile(all[way].map(of), 50);
    const picture = (p: number): number =>
      percentile(
        all[way].flatMap(({ pictureMs }) => pictureMs),
        p,
      );
    return {
      ...{ way, p50Ms: picture(50), p95Ms: picture(95), maxMs: picture(100), requests: m((c) => c.requests) },
      ...{ workerMs: m((c) => c.workerMs), nodeMs: m((c) => c.nodeMs), megabytes: m((c) => c.megabytes) },
    };
  });
  if (values.json) return console.log(JSON.stringify(summary));
  console.log(`${values.viewers} viewers, load average ${loadavg()[0]?.toFixed(1)}`);
  for (const { way, p50Ms, p95Ms, maxMs, requests, workerMs, nodeMs, megabytes } of summary)
    console.log(
      `${way.padEnd(7)}  first whole picture p50 ${p50Ms.toFixed(0)} ms, p95 ${p95Ms.toFixed(0)} ms, longest ${maxMs.toFixed(0)} ms; ` +
        `${requests.toFixed(0)} messages to the worker; CPU of a cut ${workerMs.toFixed(1)} ms there, ${nodeMs.toFixed(1)} ms here; worker ${megabytes.toFixed(0)} MB`,
    );
}

if (values.help) console.log(usage);
else await run();
