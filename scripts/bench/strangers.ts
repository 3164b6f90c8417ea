/**
 * Measures what packets of strangers cost a media worker by UDP, each kind beside a worker that gets none. Its options:
 * usage: npm run dh -- bench strangers [--rate N] [--seconds S] [--rules]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { parseSfuConfig } from '@dieu-hanh/sfu-config';
import { Sfu } from '../../server/src/media/sfu/index.ts';
import { Namespace } from '../../server/test/support/Namespace.ts';
import { provideMediaWorker } from '../measure/mediaWorker.ts';
import { type Stranger, strangers } from '../measure/strangers.ts';

const usage = `Measures what packets of strangers cost a media worker by UDP, each kind beside a worker that gets none.

usage: npm run dh -- bench strangers [--rate N] [--seconds S] [--rules] [--json]

  --rate     packets a second (default 20000), from 64 ports of loopback
  --seconds  how long each kind is sent (default 5)
  --rules    with the worker in a network namespace of its own, behind deploy/media-ports.nft (needs root, iproute2 and nftables)
  --json     print the result as JSON

The worker has one participant who is not connected. Measured is its CPU for each packet that reached it, less what it spends when
nothing comes; packets that its socket had no room for are counted as dropped. A forwarded packet costs about 8 us (bench forward).`;

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '5' },
    rules: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);

interface Cost {
  readonly perSecond: number;
  readonly droppedPerSecond: number;
  readonly usPerPacket: number;
  readonly percentOfCore: number;
}

/** Where the worker listens. */
interface Place {
  readonly ip: string;
  readonly port: number;
  readonly workerBin: string | undefined;
  /** A file of the network there. */
  read(path: string): string;
  close(): void;
}

/** In a network of its own, with the rules. */
function behindRules(): Place {
  const ns = new Namespace();
  ns.inside('nft', '-f', join(import.meta.dirname, '../../deploy/media-ports.nft'));
  const workerBin = ns.program(process.env.MEDIASOUP_WORKER_BIN ?? 'mediasoup-worker');
  return { ip: ns.there, port: 40_000, workerBin, read: (path) => ns.inside('cat', path), close: () => ns.close() };
}

const onLoopback = (): Place => ({
  ip: '127.0.0.1',
  port: 0,
  workerBin: process.env.MEDIASOUP_WORKER_BIN,
  read: (path) => readFileSync(path, 'utf8'),
  close: () => {},
});

/** What the kernel had no room for at this port so far. */
function drops(place: Place, port: number): number {
  const hex = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = place.read('/proc/net/udp').split('\n');
  const row = rows.map((line) => line.trim().split(/\s+/)).find((fields) => fields[1]?.endsWith(hex));
  return Number(row?.at(-1) ?? 0);
}

async function cpu(sfu: Sfu): Promise<number> {
  return (await sfu.usage()).reduce((sum, worker) => sum + worker.cpuSeconds, 0);
}

async function measure(place: Place, sfu: Sfu, kind: Stranger, to: { port: number; ufrag: string }): Promise<Cost> {
  const idleBefore = await cpu(sfu);
  await wait(1_000);
  const idle = (await cpu(sfu)) - idleBefore;

  const [cpuBefore, dropsBefore] = [await cpu(sfu), drops(place, to.port)];
  const args = [kind, place.ip, String(to.port), to.ufrag, values.rate];
  const sender = fork(join(import.meta.dirname, 'strangers.process.ts'), args, { stdio: 'inherit' });
  await wait(seconds * 1_000);
  const told = once(sender, 'message');
  sender.send('stop');
  const [sent] = (await told) as [number];
  await wait(500); // what still waits in the socket
  const spent = (await cpu(sfu)) - cpuBefore - idle * (seconds + 0.5);
  const dropped = drops(place, to.port) - dropsBefore;
  sender.disconnect();
  await once(sender, 'exit');
  return {
    perSecond: sent / seconds,
    droppedPerSecond: dropped / seconds,
    usPerPacket: (spent * 1e6) / (sent - dropped),
    percentOfCore: (100 * spent) / seconds,
  };
}

async function run(): Promise<void> {
  await provideMediaWorker();
  const place = values.rules ? behindRules() : onLoopback();
  const { ip: listenIp, port: wanted, workerBin } = place;
  let sfu: Sfu | undefined;
  try {
    sfu = await Sfu.create({ config: parseSfuConfig({}), workers: 1, listenIp, port: wanted, workerBin });
    const peer = await sfu
      .createRoom('bench')
      .createPeer({ id: 'p', publisher: false, subscriber: true, dataOn: 'subscriber' });
    const description = peer.subscriber?.describe();
    const port = description?.candidates.find(({ protocol }) => protocol === 'udp')?.port;
    if (!description || port === undefined) throw new Error('no candidate');
    const costs: Record<string, Cost> = {};
    for (const kind of Object.keys(strangers) as Stranger[]) {
      const cost = await measure(place, sfu, kind, { port, ufrag: description.iceUfrag });
      costs[kind] = cost;
      const { perSecond, droppedPerSecond, usPerPacket, percentOfCore } = cost;
      if (!values.json)
        console.log(
          `${kind.padEnd(33)}  ${perSecond.toFixed(0)} a second, ${droppedPerSecond.toFixed(0)} dropped; ${usPerPacket.toFixed(2)} us each, ${percentOfCore.toFixed(1)} % of a core`,
        );
    }
    if (values.json) console.log(JSON.stringify(costs));
  } finally {
    await sfu?.close();
    place.close();
  }
}

if (values.help) console.log(usage);
else await run();
