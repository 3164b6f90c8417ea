/**
 * Measures what a second node costs its viewers: CPU, delay, and the time to the first whole picture. Its options:
 * usage: npm run dh -- bench cascade [--viewers N] [--seconds S] [--rounds R] [--json]
 */
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { types as ms } from 'mediasoup';
import { percentile } from '../load/summary.ts';
import { provideMediaWorker } from '../measure/mediaWorker.ts';
import { CascadeNodes, DeafPort, forward, listen, type Seat } from './CascadeNodes.ts';
import { read, type SentPacket } from './PictureSource.ts';

const usage = `Measures what a second node costs its viewers: CPU, delay, and the time to the first whole picture.

usage: npm run dh -- bench cascade [--viewers N] [--seconds S] [--rounds R] [--json]

  --viewers  how many, half of them at each worker (default 100)
  --seconds  how long each measurement holds (default 8)
  --rounds   how often all is started afresh; medians are printed (default 3)
  --json     print the result as JSON

One node of two workers is compared with two nodes of one worker each, in the same seconds, by real workers; the publisher
is a camera of three layers, viewers take the highest, encrypted as for browsers, and nobody reads what they are sent. Measured
is the CPU of all workers for each packet that their viewers were sent. Then, with the two nodes alone, the delay of the hop: that of a packet at the second
node, less that of the same packet at the first. Then all viewers join at 20 a second, at the publisher's own node and at another one in turns, each until it
has a whole picture. Not in it: DTLS, the hall, the question by Redis of the first viewer of a node. Goals: CPU at most 1.05 times,
delay p95 under 5 ms, first picture p95 at most 1.2 times.`;

const { values } = parseArgs({
  options: {
    viewers: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const viewers = Number(values.viewers);
const seconds = Number(values.seconds);
/** Viewers have come to the highest layer by then. */
const SETTLE_MS = 4_000;
const JOIN_EVERY_MS = 50;
/** A viewer who has no picture by then has none. */
const PATIENCE_MS = 20_000;

const say = (line: string): void => (values.json ? undefined : console.log(line));
const median = (list: readonly number[]): number => percentile(list, 50);
const seat = (nodes: CascadeNodes, index: number): Seat => {
  const found = nodes.seats[index];
  if (!found) throw new Error('there is no such seat');
  return found;
};

interface Audience {
  readonly nodes: CascadeNodes;
  readonly consumers: readonly ms.Consumer[];
}

/** So far: CPU of all workers, and what their viewers were sent. */
async function spent({ nodes, consumers }: Audience): Promise<{ cpu: number; packets: number }> {
  const cpu = await nodes.cpuSeconds();
  const stats = await Promise.all(consumers.map((consumer) => consumer.getStats()));
  const sent = stats.flat().filter(({ type }) => type === 'outbound-rtp');
  return { cpu, packets: sent.reduce((sum, { packetCount }) => sum + packetCount, 0) };
}

/** CPU and delay, of one node and of two at the same time. */
async function hold(): Promise<{ one: number; two: number; rates: number[]; delays: number[] }> {
  const opened: { close(): unknown }[] = [];
  try {
    const deaf = await DeafPort.open();
    opened.unshift(deaf);
    const all: Audience[] = [];
    for (const workers of [[2], [1, 1]]) {
      const nodes = await CascadeNodes.create(workers);
      opened.unshift(nodes);
      const consumers: ms.Consumer[] = [];
      for (let i = 0; i < viewers; i++) consumers.push(await forward(seat(nodes, i % 2), deaf.port, true));
      all.push({ nodes, consumers });
    }
    const [one, two] = all as [Audience, Audience];
    await wait(SETTLE_MS);
    const before = await Promise.all([spent(one), spent(two)]);
    await wait(seconds * 1_000);
    const after = await Promise.all([spent(one), spent(two)]);
    const cost = (i: 0 | 1) => ((after[i].cpu - before[i].cpu) * 1e6) / (after[i].packets - before[i].packets);
    const rate = (i: 0 | 1) => (after[i].packets - before[i].packets) / seconds / viewers;
    // Its bursts, in the same moments, would be what the hop waits for.
    await one.nodes.close();
    return { one: cost(0), two: cost(1), rates: [rate(0), rate(1)], delays: await delaysOf(two.nodes) };
  } finally {
    for (const each of opened) await each.close();
  }
}

/** @returns by how much each packet is later at the second node than at the first, ms; less than 0 for one that overtook */
async function delaysOf(nodes: CascadeNodes): Promise<number[]> {
  const keyOf = ({ frame, layer, index }: SentPacket) => `${layer} ${frame} ${index}`;
  const heard = async () => {
    const times = new Map<string, number>();
    const { port, socket } = await listen((bytes) => {
      const packet = read(bytes);
      if (packet) times.set(keyOf(packet), performance.now());
    });
    return { port, socket, times };
  };
  const [here, there] = [await heard(), await heard()];
  try {
    await forward(seat(nodes, 0), here.port, false);
    await forward(seat(nodes, 1), there.port, false);
    await wait(500 + seconds * 1_000);
    return [...there.times].map(([key, at]) => at - (here.times.get(key) ?? Number.NaN)).filter(Number.isFinite);
  } finally {
    for (const { socket } of [here, there]) socket.close();
  }
}

/** @returns how long each viewer waited for a whole picture, ms */
async function joins(workers: readonly number[], index: number): Promise<number[]> {
  const nodes = await CascadeNodes.create(workers);
  try {
    // Somebody looks at the publisher's own node already, and pictures come.
    const first = await DeafPort.open();
    await forward(seat(nodes, 0), first.port, false);
    await wait(1_000);
    const waiting: Promise<number>[] = [];
    for (let i = 0; i < viewers; i++) {
      waiting.push(firstPicture(seat(nodes, index)));
      await wait(JOIN_EVERY_MS);
    }
    const times = await Promise.all(waiting);
    first.close();
    return times;
  } finally {
    await nodes.close();
  }
}

async function firstPicture(at: Seat): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const late = setTimeout(() => reject(new Error('a viewer has no picture')), PATIENCE_MS);
  const frames = new Map<number, number>();
  const { port, socket } = await listen((bytes) => {
    const packet = read(bytes);
    if (!packet?.isKey) return;
    const got = (frames.get(packet.frame) ?? 0) + 1;
    frames.set(packet.frame, got);
    // All of it, from its first packet to its last.
    if (packet.last && got === packet.index + 1) resolve(performance.now() - begun);
  });
  const begun = performance.now();
  const consumer = await forward(at, port, false);
  try {
    return await promise;
  } finally {
    clearTimeout(late);
    consumer.close();
    socket.close();
  }
}

async function run(): Promise<void> {
  await provideMediaWorker();
  const rounds: { cpu: number; delay: number; near: number; far: number; picture: number }[] = [];
  for (let round = 1; round <= Number(values.rounds); round++) {
    const { one, two, rates, delays } = await hold();
    const order = round % 2 === 1 ? (['near', 'far'] as const) : (['far', 'near'] as const);
    const p95 = { near: 0, far: 0 };
    for (const which of order)
      p95[which] = percentile(which === 'near' ? await joins([1], 0) : await joins([1, 1], 1), 95);
    const delay = percentile(delays, 95);
    rounds.push({ cpu: two / one, delay, ...p95, picture: p95.far / p95.near });
    say(
      `round ${round}: ${one.toFixed(2)} us of CPU a packet on one node, ${two.toFixed(2)} on two (${(two / one).toFixed(3)}), ` +
        `${rates.map((rate) => rate.toFixed(0)).join(' and ')} packets a second for each viewer; ` +
        `delay of the hop p50 ${percentile(delays, 50).toFixed(2)} ms, p95 ${delay.toFixed(2)} ms of ${delays.length} packets; ` +
        `first whole picture p95 ${p95.near.toFixed(0)} ms at the publisher's node, ${p95.far.toFixed(0)} ms at another`,
    );
  }
  const medians = {
    cpu: median(rounds.map(({ cpu }) => cpu)),
    delayP95Ms: median(rounds.map(({ delay }) => delay)),
    picture: median(rounds.map(({ picture }) => picture)),
  };
  say(
    `medians: CPU ${medians.cpu.toFixed(3)} (goal 1.05), delay p95 ${medians.delayP95Ms.toFixed(2)} ms (goal 5), first picture p95 ${medians.picture.toFixed(2)} times (goal 1.2)`,
  );
  if (values.json) console.log(JSON.stringify({ medians, rounds }));
}

if (values.help) console.log(usage);
else await run();
