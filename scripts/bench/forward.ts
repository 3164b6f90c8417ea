/**
 * Compares what a forwarded packet costs here, on mediasoup alone, and on a LiveKit server. Its options:
 * usage: npm run dh -- bench forward [--viewers N] [--seconds S] [--rounds R] [--workers W] [--livekit PATH]
 */
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Bots } from '../load/Bots.ts';
import type { Snapshot } from '../load/protocol.ts';
import { percentile } from '../load/summary.ts';
import { provideMediaWorker } from '../measure/mediaWorker.ts';
import { usageOfTree } from '../measure/processTree.ts';
import { type MeasuredServer, startLiveKit, startOwn } from './servers.ts';

const usage = `Compares what a forwarded packet costs here, on mediasoup alone, and on a LiveKit server.

usage: npm run dh -- bench forward [--viewers N] [--seconds S] [--rounds R] [--workers W] [--livekit PATH] [--json]

  --viewers  how many receive (default 50)
  --seconds  how long each measurement holds (default 8)
  --rounds   how often all are measured, one after the other; medians are printed (default 5)
  --workers  how many ours has (default 1, like mediasoup alone; with more, the pipes between them are paid for too)
  --livekit  program of a LiveKit server (default LIVEKIT_SERVER_BIN); without it that comparison is left out
  --json     print the result as JSON

Ours is hall, SFU and signalling, without the stores, which no packet waits for. Every server gets the
same recorded publisher and the same viewers. Measured is the CPU of its whole process tree while all are in, divided by
the packets that the viewers received. Goals: at most 1.15 of mediasoup alone, 0.6 of LiveKit.`;

const { values } = parseArgs({
  options: {
    viewers: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '5' },
    workers: { type: 'string', default: '1' },
    livekit: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

interface Cost {
  readonly usPerPacket: number;
  readonly packetsPerViewer: number;
  readonly bytesPerPacket: number;
}

async function measure(start: () => Promise<MeasuredServer>, count: number, seconds: number): Promise<Cost> {
  const server = await start();
  const local = { bindAddress: '127.0.0.1', room: 'bench' };
  const account = { url: server.url, key: server.key, secret: server.secret, ...local };
  const open: { close(): Promise<void> }[] = [server];
  try {
    const publisher = await Bots.publisher(account);
    open.unshift(publisher);
    const viewers = await Bots.viewers(account, count, 20);
    open.unshift(viewers);
    // Layers have settled by then.
    await wait(2000);
    const [before, cpu] = [await viewers.snapshot(), usageOfTree(server.pid).cpuSeconds];
    await wait(seconds * 1000);
    const [after, spent] = [await viewers.snapshot(), usageOfTree(server.pid).cpuSeconds - cpu];
    const failed = after.viewers.find((v) => v.failure !== undefined || v.times.firstVideo === undefined);
    if (failed) throw new Error(`a viewer failed: ${failed.failure ?? 'saw nothing'}`);
    const packets = total(after, 'packets') - total(before, 'packets');
    return {
      usPerPacket: (spent * 1e6) / packets,
      packetsPerViewer: packets / seconds / count,
      bytesPerPacket: (total(after, 'bytes') - total(before, 'bytes')) / packets,
    };
  } finally {
    for (const opened of open) await opened.close();
  }
}

const total = (snapshot: Snapshot, field: 'packets' | 'bytes'): number =>
  snapshot.viewers.reduce((sum, viewer) => sum + viewer[field], 0);
const median = (list: readonly number[]): number => percentile(list, 50);

async function run(): Promise<void> {
  await provideMediaWorker();
  const livekit = values.livekit ?? process.env.LIVEKIT_SERVER_BIN;
  const servers: Record<string, () => Promise<MeasuredServer>> = {
    ours: () => startOwn('own', Number(values.workers)),
    mediasoup: () => startOwn('bare'),
    ...(livekit ? { livekit: () => startLiveKit(livekit) } : {}),
  };
  const costs: Record<string, Cost[]> = {};
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [name, start] of Object.entries(servers)) {
      const cost = await measure(start, Number(values.viewers), Number(values.seconds));
      costs[name] = [...(costs[name] ?? []), cost];
      if (!values.json) {
        console.log(
          `round ${round + 1}  ${name.padEnd(9)}  ${cost.usPerPacket.toFixed(1)} us a packet, ${cost.packetsPerViewer.toFixed(0)} packets a second of ${cost.bytesPerPacket.toFixed(0)} bytes for each viewer`,
        );
      }
    }
  }
  const medians = Object.fromEntries(
    Object.entries(costs).map(([name, list]) => [name, median(list.map((cost) => cost.usPerPacket))]),
  );
  // The ratio within a round cancels what else the machine was doing then.
  const ratio = (name: string): number =>
    median((costs.ours ?? []).map((cost, i) => cost.usPerPacket / (costs[name]?.[i]?.usPerPacket ?? Number.NaN)));
  const ratios = Object.fromEntries(
    Object.keys(servers).flatMap((name) => (name === 'ours' ? [] : [[name, ratio(name)]])),
  );
  if (values.json) console.log(JSON.stringify({ medians, ratios, costs }));
  else {
    for (const [name, us] of Object.entries(medians))
      console.log(`median    ${name.padEnd(9)}  ${us.toFixed(1)} us a packet`);
    for (const [name, r] of Object.entries(ratios)) console.log(`ratio     ours to ${name}: ${r.toFixed(2)}`);
  }
}

if (values.help) console.log(usage);
else await run();
