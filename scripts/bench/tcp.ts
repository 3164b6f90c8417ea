/**
 * Measures what media over TCP costs, and how little signalling notices of it, beside the same audience by UDP. Its options:
 * usage: npm run dh -- bench tcp [--viewers N] [--seconds S] [--rounds R] [--shares LIST] [--json]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Bots } from '../load/Bots.ts';
import { percentile } from '../load/summary.ts';
import { provideMediaWorker } from '../measure/mediaWorker.ts';
import type { Spent, Where } from './tcp.process.ts';

const usage = `Measures what media over TCP costs, and how little signalling notices of it, beside the same audience by UDP.

usage: npm run dh -- bench tcp [--viewers N] [--seconds S] [--rounds R] [--shares LIST] [--json]

  --viewers  how many receive (default 50)
  --seconds  how long each measurement holds (default 10)
  --rounds   how often, in turns; medians are printed (default 3)
  --shares   of the viewers who come by TCP, percent (default 0,100)
  --json     print the result as JSON

A server with one media worker and a recorded publisher is started afresh for each measurement. Its viewers come by UDP, or so many of
them by the shared port. Measured are how late timers of the server's own thread are, which reads and answers signalling, and the CPU
for each packet that a viewer received: of that thread, of the process that carries media over TCP, and of the worker. How large a
socket's buffer may be (net.core.wmem_max) is told beside it.`;

const { values } = parseArgs({
  options: {
    viewers: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    shares: { type: 'string', default: '0,100' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const count = Number(values.viewers);
/** Percent of the viewers who come by TCP. */
const shares = values.shares.split(',').map(Number);

/** Layers have settled by then, and each line was measured for the first time; both belong to joining. */
const SETTLE_MS = 6_000;
const JOINS_PER_SECOND = 10;

interface Cost {
  readonly packetsPerSecond: number;
  readonly lost: number;
  readonly lateMs: Spent['lateMs'];
  /** CPU for each packet, us. */
  readonly us: Spent['cpu'];
}

async function measure(share: number): Promise<Cost> {
  const child = fork(join(import.meta.dirname, 'tcp.process.ts'), { stdio: 'inherit' });
  const opened: { close(): Promise<unknown> }[] = [{ close: () => end(child) }];
  try {
    const [{ url, key, secret, tcpPort }] = (await once(child, 'message')) as [Where];
    const account = { url, key, secret, bindAddress: '127.0.0.1', room: 'bench' };
    opened.unshift(await Bots.publisher(account));
    const byTcp = Math.round((count * share) / 100);
    const audiences: Bots[] = [];
    for (const [where, many] of [
      [{ ...account, tcpPort }, byTcp],
      [account, count - byTcp],
    ] as const) {
      if (many === 0) continue;
      const viewers = await Bots.viewers(where, many, JOINS_PER_SECOND);
      opened.unshift(viewers);
      audiences.push(viewers);
    }
    await wait(SETTLE_MS);
    const read = async () => ({
      spent: await ask(child),
      viewers: (await Promise.all(audiences.map((some) => some.snapshot()))).flatMap((snapshot) => snapshot.viewers),
    });
    const before = await read();
    await wait(1_000 * Number(values.seconds));
    const after = await read();
    const failed = after.viewers.find((v) => v.failure !== undefined || v.times.firstVideo === undefined);
    if (failed) throw new Error(`a viewer failed: ${failed.failure ?? 'it saw nothing'}`);
    const grown = (field: 'packets' | 'expected'): number =>
      after.viewers.reduce((sum, v) => sum + v[field], 0) - before.viewers.reduce((sum, v) => sum + v[field], 0);
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

const nameOf = (share: number): string => `${share} % by TCP`.padEnd(12);

async function run(): Promise<void> {
  await provideMediaWorker();
  const all = shares.map((share) => ({ share, costs: [] as Cost[] }));
  for (let round = 1; round <= Number(values.rounds); round++)
    for (const { share, costs } of all) {
      const cost = await measure(share);
      costs.push(cost);
      if (!values.json) console.log(`round ${round}  ${nameOf(share)}  ${describe(cost)}`);
    }
  const wmemMax = Number(await readFile('/proc/sys/net/core/wmem_max', 'utf8'));
  const result = all.map(({ share, costs }) => ({ share, ...summary(costs) }));
  if (values.json) return console.log(JSON.stringify({ viewers: count, wmemMax, result }));
  console.log(`${count} viewers, net.core.wmem_max ${wmemMax}, load average ${loadavg()[0]?.toFixed(1)}`);
  for (const cost of result) console.log(`median   ${nameOf(cost.share)}  ${describe(cost)}`);
}

if (values.help) console.log(usage);
else await run();
