/**
 * Measures what media over TCP costs, and how little signalling notices of it, beside the same audience by UDP. Its options:
 * usage: npm run dh -- bench tcp [--viewers N] [--seconds S] [--rounds R]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Bots } from '../load/Bots.ts';
import { percentile } from '../load/summary.ts';
import { provideMediaWorker } from '../measure/mediaWorker.ts';
import type { Spent, Where } from './tcp.process.ts';

const usage = `Measures what media over TCP costs, and how little signalling notices of it, beside the same audience by UDP.

usage: npm run dh -- bench tcp [--viewers N] [--seconds S] [--rounds R] [--json]

  --viewers  how many receive (default 50)
  --seconds  how long each measurement holds (default 10)
  --rounds   how often, in turns; medians are printed (default 3)
  --json     print the result as JSON

A server with one media worker and a recorded publisher is started afresh for each measurement. Its viewers come by UDP, or all of
them by the shared port. Measured are how late timers of the server's own thread are, which reads and answers signalling, and the CPU
for each packet that a viewer received: of that thread, of the process that carries media over TCP, and of the worker.`;

const { values } = parseArgs({
  options: {
    viewers: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const count = Number(values.viewers);

/** Layers have settled by then, and each line was measured for the first time; both belong to joining. */
const SETTLE_MS = 6_000;

interface Cost {
  readonly packetsPerSecond: number;
  readonly lost: number;
  readonly lateMs: Spent['lateMs'];
  /** CPU for each packet, us. */
  readonly us: Spent['cpu'];
}

type Way = 'udp' | 'tcp';

async function measure(way: Way): Promise<Cost> {
  const child = fork(join(import.meta.dirname, 'tcp.process.ts'), { stdio: 'inherit' });
  const opened: { close(): Promise<unknown> }[] = [{ close: () => end(child) }];
  try {
    const [{ url, key, secret, tcpPort }] = (await once(child, 'message')) as [Where];
    const account = { url, key, secret, bindAddress: '127.0.0.1', room: 'bench' };
    opened.unshift(await Bots.publisher(account));
    const viewers = await Bots.viewers(way === 'tcp' ? { ...account, tcpPort } : account, count, 10);
    opened.unshift(viewers);
    await wait(SETTLE_MS);
    const read = async () => ({ spent: await ask(child), snapshot: await viewers.snapshot() });
    const before = await read();
    await wait(1_000 * Number(values.seconds));
    const after = await read();
    const failed = after.snapshot.viewers.find((v) => v.failure !== undefined || v.times.firstVideo === undefined);
    if (failed) throw new Error(`a viewer failed: ${failed.failure ?? 'it saw nothing'}`);
    const grown = (field: 'packets' | 'expected'): number =>
      after.snapshot.viewers.reduce((sum, v) => sum + v[field], 0) -
      before.snapshot.viewers.reduce((sum, v) => sum + v[field], 0);
    const packets = grown('packets');
    const us = (of: keyof Spent['cpu']): number => ((after.spent.cpu[of] - before.spent.cpu[of]) * 1e6) / packets;
    return {
      packetsPerSecond: (packets * 1_000) / (after.spent.at - before.spent.at),
      lost: 1 - packets / grown('expected'),
      lateMs: after.spent.lateMs,
      us: { signalling: us('signalling'), splices: us('splices'), workers: us('workers') },
    };
  } finally {
    for (const each of opened) await each.close();
  }
}

async function ask(child: ReturnType<typeof fork>): Promise<Spent> {
  const answered = once(child, 'message');
  child.send('spent');
  return (await answered)[0] as Spent;
}

async function end(child: ReturnType<typeof fork>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.disconnect();
  await exited;
}

const median = (costs: readonly Cost[], of: (cost: Cost) => number): number => percentile(costs.map(of), 50);

function summary(costs: readonly Cost[]): Cost {
  const m = (of: (cost: Cost) => number): number => median(costs, of);
  return {
    packetsPerSecond: m((c) => c.packetsPerSecond),
    lost: m((c) => c.lost),
    lateMs: { p50: m((c) => c.lateMs.p50), p99: m((c) => c.lateMs.p99), max: m((c) => c.lateMs.max) },
    us: { signalling: m((c) => c.us.signalling), splices: m((c) => c.us.splices), workers: m((c) => c.us.workers) },
  };
}

const describe = ({ packetsPerSecond, lost, lateMs, us }: Cost): string =>
  `${packetsPerSecond.toFixed(0)} packets a second, ${(100 * lost).toFixed(2)} % lost; signalling late by p50 ${lateMs.p50.toFixed(1)} ms, p99 ${lateMs.p99.toFixed(1)} ms, at most ${lateMs.max.toFixed(1)} ms; us a packet: signalling ${us.signalling.toFixed(2)}, splices ${us.splices.toFixed(2)}, worker ${us.workers.toFixed(2)}`;

async function run(): Promise<void> {
  await provideMediaWorker();
  const all: Record<Way, Cost[]> = { udp: [], tcp: [] };
  for (let round = 1; round <= Number(values.rounds); round++)
    for (const way of ['udp', 'tcp'] as const) {
      const cost = await measure(way);
      all[way].push(cost);
      if (!values.json) console.log(`round ${round}  ${way}  ${describe(cost)}`);
    }
  const result = { udp: summary(all.udp), tcp: summary(all.tcp) };
  if (values.json) console.log(JSON.stringify({ viewers: count, ...result }));
  else for (const way of ['udp', 'tcp'] as const) console.log(`median   ${way}  ${describe(result[way])}`);
}

if (values.help) console.log(usage);
else await run();
