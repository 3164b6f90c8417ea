/**
 * Measures what watching many weak lines costs: one report of the worker a second, beside asking it for each viewer. Its options:
 * usage: npm run dh -- bench lines [--viewers N] [--seconds S] [--rounds R] [--json]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { parseSfuConfig } from '@dieu-hanh/sfu-config';
import type { types as ms } from 'mediasoup';
import { LineReports } from '../../server/src/media/sfu/line/LineReports.ts';
import { LineWatch } from '../../server/src/media/sfu/line/LineWatch.ts';
import { type PatchedWorker, startPatched } from '../../server/src/media/sfu/worker/startPatched.ts';
import { percentile } from '../load/summary.ts';
import { provideMediaWorker } from '../measure/mediaWorker.ts';
import { AskingWatch } from './AskingWatch.ts';
import type { WeakLines } from './lines.process.ts';

const usage = `Measures what watching many weak lines costs: one report of the worker a second, beside asking it for each viewer.

usage: npm run dh -- bench lines [--viewers N] [--seconds S] [--rounds R] [--json]

  --viewers  how many lose three of five packets (default 1000)
  --seconds  how long each part of a round holds (default 8)
  --rounds   how often all parts are measured, in alternating order; medians are printed (default 4)
  --json     print the result as JSON

Viewers are hand-made: a plain transport with one consumer of one camera each, for whom another process sends a receiver report a
second, and throws away what comes. All are in one worker. The parts: nobody watches; all are watched by the worker's reports, as a node does
it; all are watched by asking for each consumer's statistics once a second, as nodes did before. Counted is the CPU of this process
and of the worker above that of the part in which nobody watches.`;

const { values } = parseArgs({
  options: {
    viewers: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '4' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const count = Number(values.viewers);
const seconds = Number(values.seconds);

const listenInfo = { protocol: 'udp', ip: '127.0.0.1' } as const;
const feedback = [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }];
const vp8 = { mimeType: 'video/VP8', clockRate: 90_000 } as const;

/** ms of CPU in a second. */
interface Spent {
  readonly node: number;
  readonly worker: number;
}

type Part = 'nobody' | 'reports' | 'asking';

async function viewersOf({ worker }: PatchedWorker) {
  const router = await worker.createRouter({ mediaCodecs: [{ kind: 'video', ...vp8 }] });
  const camera = await router.createPlainTransport({ listenInfo, rtcpMux: true, comedia: true });
  const codecs = [{ ...vp8, payloadType: 101, rtcpFeedback: feedback }];
  const producer = await camera.produce({ kind: 'video', rtpParameters: { codecs, encodings: [{ ssrc: 1111 }] } });
  const lines = fork(join(import.meta.dirname, 'lines.process.ts'), { stdio: 'inherit' });
  const [port] = (await once(lines, 'message')) as [number];
  const consumers: ms.Consumer[] = [];
  const weak: WeakLines = { camera: camera.tuple.localPort, viewers: [] };
  for (let i = 0; i < count; i++) {
    const transport = await router.createPlainTransport({ listenInfo, rtcpMux: true });
    await transport.connect({ ip: listenInfo.ip, port });
    const rtpCapabilities = { codecs: router.rtpCapabilities.codecs ?? [] };
    const consumer = await transport.consume({ producerId: producer.id, rtpCapabilities });
    consumers.push(consumer);
    weak.viewers.push({ port: transport.tuple.localPort, ssrc: consumer.rtpParameters.encodings?.[0]?.ssrc ?? 0 });
  }
  lines.send(weak);
  return { consumers, close: () => void (lines.connected && lines.disconnect()) };
}

/** @returns what stops it */
function watchBy(part: Part, { channel }: PatchedWorker, consumers: readonly ms.Consumer[]): () => void {
  if (part === 'nobody') return () => undefined;
  if (part === 'asking') {
    const watches = consumers.map((consumer) => new AskingWatch(consumer));
    return () => watches.forEach((watch) => void watch.close());
  }
  const watches: LineWatch[] = [];
  const reported = (): void => watches.forEach((watch) => void watch.reported());
  const reports = LineReports.create(channel, { isIdle: false, reported });
  const flowing = (consumer: ms.Consumer) => {
    const report = reports.of(consumer.id);
    return report ? [{ consumer, report }] : [];
  };
  for (const consumer of consumers)
    watches.push(new LineWatch({ flowing: () => flowing(consumer), apply: () => undefined }));
  return () => {
    reports.close();
    watches.forEach((watch) => void watch.close());
  };
}

async function measure(part: Part, running: PatchedWorker, consumers: readonly ms.Consumer[]): Promise<Spent> {
  const stop = watchBy(part, running, consumers);
  await wait(2_000);
  const worker = async () => {
    const { ru_utime, ru_stime } = await running.worker.getResourceUsage();
    return ru_utime + ru_stime;
  };
  const [workerBefore, nodeBefore] = [await worker(), process.cpuUsage()];
  await wait(seconds * 1000);
  const { user, system } = process.cpuUsage(nodeBefore);
  const spent = { node: (user + system) / 1000 / seconds, worker: ((await worker()) - workerBefore) / seconds };
  stop();
  await wait(300);
  return spent;
}

const median = (list: readonly number[]): number => percentile(list, 50);
const load = (): string => readFileSync('/proc/loadavg', 'utf8').split(' ')[0] ?? '';

function print(rounds: readonly Record<Part, Spent>[]): void {
  const above = (part: Part, where: keyof Spent) =>
    median(rounds.map((each) => each[part][where] - each.nobody[where]));
  const ratios = rounds.map(({ nobody, reports, asking }) => {
    const sum = (spent: Spent) => spent.node + spent.worker - nobody.node - nobody.worker;
    return sum(reports) / sum(asking);
  });
  const result = { viewers: count, ratio: median(ratios), load: load() };
  const parts = (['reports', 'asking'] as const).map((part) => ({
    part,
    node: above(part, 'node'),
    worker: above(part, 'worker'),
  }));
  if (values.json) {
    console.log(JSON.stringify({ ...result, parts, rounds }));
    return;
  }
  for (const { part, node, worker } of parts)
    console.log(`${part.padEnd(8)} ${node.toFixed(1)} ms a second in Node, ${worker.toFixed(1)} in the worker`);
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  console.log(
    `${count} weak lines: ratio reports to asking ${result.ratio.toFixed(3)} (${least.toFixed(3)} to ${most.toFixed(3)}), load ${result.load}`,
  );
}

async function run(): Promise<void> {
  await provideMediaWorker();
  const running = await startPatched({
    listenIp: listenInfo.ip,
    port: 0,
    workerBin: process.env.MEDIASOUP_WORKER_BIN,
    feedback: parseSfuConfig({}).limits.feedback,
  });
  const viewers = await viewersOf(running);
  try {
    await wait(3_000);
    const rounds: Record<Part, Spent>[] = [];
    for (let round = 0; round < Number(values.rounds); round++) {
      const order: Part[] = round % 2 === 0 ? ['nobody', 'reports', 'asking'] : ['asking', 'reports', 'nobody'];
      const costs: Partial<Record<Part, Spent>> = {};
      for (const part of order) costs[part] = await measure(part, running, viewers.consumers);
      rounds.push(costs as Record<Part, Spent>);
    }
    print(rounds);
  } finally {
    viewers.close();
    running.worker.close();
  }
}

if (values.help) console.log(usage);
else await run();
