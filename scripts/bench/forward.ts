/**
 * Compares what a forwarded packet costs here, on mediasoup alone, and on a LiveKit server. Its options:
 * usage: npm run dh -- bench forward [--viewers N] [--seconds S] [--rounds R] [--workers W] [--baseline-worker PATH] [--livekit PATH]
 */
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Bots } from '../load/Bots.ts';
import type { Snapshot } from '../load/protocol.ts';
import { percentile } from '../load/summary.ts';
import { provideMediaWorker } from '../measure/mediaWorker.ts';
import { cpuOfProcess, usageOfTree } from '../measure/processTree.ts';
import { type MeasuredServer, startLiveKit, startOwn } from './servers.ts';

const usage = `Compares what a forwarded packet costs here, on mediasoup alone, and on a LiveKit server.

usage: npm run dh -- bench forward [--viewers N] [--seconds S] [--rounds R] [--workers W] [--livekit PATH]
                                   [--baseline-worker PATH] [--estimation off|on|both] [--json]

  --viewers  how many receive from each server (default 50)
  --seconds  how long each measurement holds (default 10)
  --rounds   how often all are started and measured; medians are printed (default 5)
  --workers  how many ours has, and mediasoup alone (default 1; with more, tracks are piped between them)
  --baseline-worker  media worker for mediasoup alone, one without our patches (default: the one that ours has)
  --livekit  program of a LiveKit server (default LIVEKIT_SERVER_BIN); without it that comparison is left out
  --estimation  of each viewer's bandwidth (default both): off here and congestion control off there, both on, or one
             comparison after the other
  --json     print the result as JSON

In each round every server is started afresh, in alternating order, with the same recorded publisher and as many viewers, and
all are measured in the same seconds: whatever else the machine does then disturbs them alike. A round in which it was too busy
to deliver 98 % of the packets does not count. Measured is the CPU of a server's whole process tree, divided by the packets that
its viewers received; Node's young generation is as large as a server's, and what joining left in the heap is cleared away
before. Ours is hall, SFU and signalling, without the stores, which no packet waits for; SFU_CONFIG may name a file of settings
for it. Like is compared with like: who estimates bandwidth pays for it with every packet, so ours without estimation
stands beside LiveKit without congestion control, and ours with it beside LiveKit as it comes. Goals without: at most 1.0 of
mediasoup alone on a worker without patches (1.15 on the same), 0.6 of LiveKit.`;

const { values } = parseArgs({
  options: {
    viewers: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '5' },
    workers: { type: 'string', default: '1' },
    livekit: { type: 'string' },
    'baseline-worker': { type: 'string' },
    estimation: { type: 'string', default: 'both' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const count = Number(values.viewers);
const seconds = Number(values.seconds);
const workers = Number(values.workers);

/** Layers have settled by then, and each line was measured for the first time; both belong to joining, as does what is cleared away then. */
const SETTLE_MS = 6000;
/** A round in which more was lost does not count. */
const MOST_LOSS = 0.02;

type Start = () => Promise<MeasuredServer>;

interface Audience {
  readonly name: string;
  readonly server: MeasuredServer;
  readonly viewers: Bots;
}

/** What was received and spent so far. */
interface Reading {
  readonly snapshot: Snapshot;
  readonly cpu: number;
  readonly cpuOfRoot: number;
  readonly at: number;
}

interface Cost {
  readonly usPerPacket: number;
  /** What the processes below the first one take of that; mediasoup's workers are such. */
  readonly usInWorkers: number;
  readonly packetsPerViewer: number;
  readonly bytesPerPacket: number;
  /** What of their lines its viewers were asked to report. */
  readonly reports: string;
}

/** Starts these servers one after the other, and measures them at the same time. */
async function measure(servers: readonly (readonly [name: string, start: Start])[]): Promise<Record<string, Cost>> {
  const opened: { close(): Promise<void> }[] = [];
  try {
    const audiences: Audience[] = [];
    for (const [name, start] of servers) {
      const server = await start();
      opened.unshift(server);
      const { url, key, secret } = server;
      const account = { url, key, secret, bindAddress: '127.0.0.1', room: 'bench' };
      opened.unshift(await Bots.publisher(account));
      const viewers = await Bots.viewers(account, count, 20);
      opened.unshift(viewers);
      audiences.push({ name, server, viewers });
    }
    await wait(SETTLE_MS);
    for (const { server } of audiences) await server.collect?.();
    const before = await readAll(audiences);
    await wait(seconds * 1000);
    const after = await readAll(audiences);
    return Object.fromEntries(
      audiences.map(({ name }, i) => [name, costOf(before[i] as Reading, after[i] as Reading)]),
    );
  } finally {
    for (const each of opened) await each.close();
  }
}

async function readAll(audiences: readonly Audience[]): Promise<Reading[]> {
  const readings: Reading[] = [];
  for (const { server, viewers } of audiences) {
    const snapshot = await viewers.snapshot();
    const [cpu, cpuOfRoot] = [usageOfTree(server.pid).cpuSeconds, cpuOfProcess(server.pid)];
    readings.push({ snapshot, cpu, cpuOfRoot, at: performance.now() });
  }
  return readings;
}

/** The machine was too busy: packets that were lost were paid for as well. */
class Disturbed extends Error {}

/** @throws Disturbed when viewers did not get what was sent to them */
function costOf(before: Reading, after: Reading): Cost {
  const failed = after.snapshot.viewers.find((v) => v.failure !== undefined || v.times.firstVideo === undefined);
  if (failed) throw new Disturbed(`a viewer failed, ${failed.failure ?? 'saw nothing'}`);
  const grown = (field: Counted): number => total(after.snapshot, field) - total(before.snapshot, field);
  const packets = grown('packets');
  const loss = 1 - packets / grown('expected');
  if (loss > MOST_LOSS) throw new Disturbed(`${(100 * loss).toFixed(0)} % of the packets were lost`);
  const spent = after.cpu - before.cpu;
  const spentByRoot = after.cpuOfRoot - before.cpuOfRoot;
  return {
    usPerPacket: (spent * 1e6) / packets,
    usInWorkers: ((spent - spentByRoot) * 1e6) / packets,
    packetsPerViewer: (packets * 1000) / (after.at - before.at) / count,
    bytesPerPacket: grown('bytes') / packets,
    reports: [...new Set(after.snapshot.viewers.map((v) => v.reports))].join('+'),
  };
}

type Counted = 'packets' | 'expected' | 'bytes';
const total = (snapshot: Snapshot, field: Counted): number =>
  snapshot.viewers.reduce((sum, viewer) => sum + viewer[field], 0);
const median = (list: readonly number[]): number => percentile(list, 50);

/** Servers that do the same work and are measured side by side. */
interface Comparison {
  readonly title: string;
  readonly servers: readonly (readonly [name: string, start: Start])[];
}

function comparisons(livekit: string | undefined): Comparison[] {
  const other = (on: boolean): Comparison['servers'] => (livekit ? [['livekit', () => startLiveKit(livekit, on)]] : []);
  const ours = (on: boolean): Comparison['servers'] => [['ours', () => startOwn('own', { workers, estimation: on })]];
  const workerBin = values['baseline-worker'];
  const all: Comparison[] = [
    {
      title: 'off',
      servers: [...ours(false), ['mediasoup', () => startOwn('bare', { workers, workerBin })], ...other(false)],
    },
    { title: 'on', servers: [...ours(true), ...other(true)] },
  ];
  return all.filter(({ title }) => values.estimation === 'both' || values.estimation === title);
}

/** @returns what each round cost */
async function repeat({ title, servers }: Comparison): Promise<Record<string, Cost>[]> {
  const wanted = Number(values.rounds);
  const rounds: Record<string, Cost>[] = [];
  for (let attempt = 1; rounds.length < wanted; attempt++) {
    const order = rounds.length % 2 === 0 ? servers : servers.toReversed();
    const costs = await measure(order).catch((error: unknown) => {
      if (!(error instanceof Disturbed) || attempt >= 2 * wanted) throw error;
      say(`a round that does not count: ${error.message}`);
    });
    if (!costs) continue;
    rounds.push(costs);
    for (const [name] of servers) {
      const { usPerPacket, packetsPerViewer, bytesPerPacket, reports } = costs[name] as Cost;
      say(
        `estimation ${title}, round ${rounds.length}  ${name.padEnd(9)}  ${usPerPacket.toFixed(1)} us a packet, ${packetsPerViewer.toFixed(0)} packets a second of ${bytesPerPacket.toFixed(0)} bytes for each viewer, reports: ${reports}`,
      );
    }
  }
  return rounds;
}

function summarise({ title, servers }: Comparison, rounds: readonly Record<string, Cost>[]) {
  const us = (name: string, part: 'usPerPacket' | 'usInWorkers' = 'usPerPacket'): number[] =>
    rounds.map((costs) => costs[name]?.[part] ?? Number.NaN);
  const medians = Object.fromEntries(servers.map(([name]) => [name, median(us(name))]));
  const ours = us('ours');
  const ratios = Object.fromEntries(
    servers.slice(1).map(([name]) => [name, median(us(name).map((other, i) => (ours[i] as number) / other))]),
  );
  for (const [name, cost] of Object.entries(medians)) {
    const inWorkers = median(us(name, 'usInWorkers'));
    const part = inWorkers > 0 ? `, ${inWorkers.toFixed(2)} of them in media workers` : '';
    say(`estimation ${title}, median   ${name.padEnd(9)}  ${cost.toFixed(2)} us a packet${part}`);
  }
  for (const [name, ratio] of Object.entries(ratios))
    say(`estimation ${title}, ratio    ours to ${name}: ${ratio.toFixed(2)}`);
  return { medians, ratios, rounds };
}

const say = (line: string): void => (values.json ? undefined : console.log(line));

async function run(): Promise<void> {
  if (!['off', 'on', 'both'].includes(values.estimation)) throw new Error('--estimation is off, on or both');
  await provideMediaWorker();
  const results: Record<string, ReturnType<typeof summarise>> = {};
  for (const comparison of comparisons(values.livekit ?? process.env.LIVEKIT_SERVER_BIN))
    results[comparison.title] = summarise(comparison, await repeat(comparison));
  if (values.json) console.log(JSON.stringify(results));
}

if (values.help) console.log(usage);
else await run();
