/**
 * Lets thousands of devices answer a roll-call at once, beside socket.io alone. Its options:
 * usage: npm run dh -- bench rollcall [--units N] [--kill] [--processes P] [--json]
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Notice } from '../../server/src/protocol/channel.ts';
import { ChannelClient } from '../../server/test/support/ChannelClient.ts';
import { openNational } from '../../server/test/support/nationalBriefing.ts';
import { ServerProcess } from '../../server/test/support/ServerProcess.ts';
import { Program } from '../../server/test/support/TestNode.ts';
import { Bots } from '../load/Bots.ts';
import { percentile } from '../load/summary.ts';
import { provideMediaWorker } from '../measure/mediaWorker.ts';
import { cpuOfProcess, usageOfTree } from '../measure/processTree.ts';
import { BareSockets } from './BareSockets.ts';
import { RollcallDevices } from './RollcallDevices.ts';
import { type Country, foundCountry } from './rollcallCountry.ts';
import { type Proof, proveRound } from './rollcallProof.ts';
import { type DeviceResult, wallClock } from './rollcallProtocol.ts';

/** How often each round is measured with both, in turns: a steady stream, and all within a second. */
const STREAMS = 3;
const BURSTS = 5;

const usage = `Lets thousands of devices answer a roll-call at once, beside socket.io alone.

usage: npm run dh -- bench rollcall [--units N] [--kill] [--processes P] [--json]

  --units      communes, each with one device (default 2594)
  --kill       kills the server twice, PostgreSQL and Redis once while they answer, instead of measuring
  --processes  in which the devices run (default 4)
  --json       print the result as JSON

A whole server is started with stores of its own and a country of so many communes. Every device is a socket.io client that behaves as
the page does; it hears the prompt, and answers within a second of it. As many devices do the same with socket.io alone, which stores
nothing: in turns, so that whatever else the machine does meets both, and the median counts. A viewer watches a published picture meanwhile.
Goals: prompts at most 1.3 of socket.io alone, CPU at most 2; receipts p99 under 500 ms at 1,100 answers a second, and under 2 s when all
answer within a second; no pause over 500 ms at the viewer. With --kill: every acknowledged answer on record once, none that was not sent, every receipt good.`;

const { values } = parseArgs({
  options: {
    units: { type: 'string', default: '2594' },
    kill: { type: 'boolean', default: false },
    processes: { type: 'string', default: '4' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const CONNECTS_PER_SECOND = 400;
/** What a server does after a crowd has come is not counted as the round's. */
const SETTLE_MS = 3_000;
const STEADY_PER_SECOND = 1_100;
const PATIENCE_MS = 120_000;

interface Round {
  readonly answersPerSecond: number;
  /** From the order to the device, of all devices; and from the first device to the last. */
  readonly promptMs: { readonly p50: number; readonly last: number; readonly spread: number };
  readonly receiptMs: { readonly p50: number; readonly p99: number; readonly max: number };
  /** From the order to the last receipt. */
  readonly cpuSeconds: number;
  readonly storesCpuSeconds: number;
}

/** A server with all devices connected. */
interface Crowd {
  readonly devices: RollcallDevices;
  readonly count: number;
  /** Seconds of the process that serves them; the media worker is one of its own. */
  readonly cpu: () => number;
  readonly storesCpu: () => number;
  /** Opens a round. @returns when it was ordered */
  readonly prompt: () => Promise<number>;
}

/** What it cost to let one device in: bytes, and seconds of CPU. */
interface Gathered {
  readonly crowd: Crowd;
  readonly memory: number;
  readonly connectCpu: number;
}

async function measure(crowd: Crowd, spreadMs: number): Promise<Round> {
  await crowd.devices.expect(spreadMs);
  await wait(SETTLE_MS);
  const [cpu, stores] = [crowd.cpu(), crowd.storesCpu()];
  const ordered = await crowd.prompt();
  await wait(spreadMs);
  await crowd.devices.acknowledged(crowd.count, PATIENCE_MS);
  const used = { cpuSeconds: crowd.cpu() - cpu, storesCpuSeconds: crowd.storesCpu() - stores };
  const results = await crowd.devices.results();
  refuseRefusals(results);
  const prompted = results.flatMap((result) => result.promptedAt ?? []);
  const first = prompted.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const last = prompted.reduce((a, b) => Math.max(a, b), 0);
  const receipts = results.map((result) => (result.acknowledgedAt ?? Number.NaN) - (result.sentAt ?? 0));
  return {
    answersPerSecond: Math.round((1000 * results.length) / spreadMs),
    promptMs: {
      p50: Math.round(percentile(prompted, 50) - ordered),
      last: Math.round(last - ordered),
      spread: Math.round(last - first),
    },
    receiptMs: {
      p50: Math.round(percentile(receipts, 50)),
      p99: Math.round(percentile(receipts, 99)),
      max: Math.round(percentile(receipts, 100)),
    },
    ...used,
  };
}

/** A round with both, one right after the other. */
interface Pair {
  readonly ours: Round;
  readonly alone: Round;
}

/** Medians of many pairs, also of their ratios. */
interface Compared extends Pair {
  readonly promptRatio: number;
  readonly cpuRatio: number;
}

function medians(pairs: readonly Pair[]): Compared {
  const median = (figure: (pair: Pair) => number): number => percentile(pairs.map(figure), 50);
  return {
    ours: medianRound(pairs.map(({ ours }) => ours)),
    alone: medianRound(pairs.map(({ alone }) => alone)),
    promptRatio: median(({ ours, alone }) => ours.promptMs.last / alone.promptMs.last),
    cpuRatio: median(({ ours, alone }) => ours.cpuSeconds / alone.cpuSeconds),
  };
}

function medianRound(rounds: readonly Round[]): Round {
  const of = (figure: (round: Round) => number): number => percentile(rounds.map(figure), 50);
  return {
    answersPerSecond: of((r) => r.answersPerSecond),
    promptMs: {
      p50: of((r) => r.promptMs.p50),
      last: of((r) => r.promptMs.last),
      spread: of((r) => r.promptMs.spread),
    },
    receiptMs: { p50: of((r) => r.receiptMs.p50), p99: of((r) => r.receiptMs.p99), max: of((r) => r.receiptMs.max) },
    cpuSeconds: of((r) => r.cpuSeconds),
    storesCpuSeconds: of((r) => r.storesCpuSeconds),
  };
}

function refuseRefusals(results: readonly DeviceResult[]): void {
  const refused = results.find(({ refusal }) => refusal);
  if (refused) throw new Error(`${refused.identity} was refused: ${refused.refusal}`);
}

const open: { close(): unknown }[] = [];
const own = <T extends { close(): unknown }>(thing: T): T => {
  open.unshift(thing);
  return thing;
};
async function closeAll(): Promise<void> {
  for (const thing of open.splice(0)) await thing.close();
}

const processes = Number(values.processes);
const KEY = { key: 'bench', secret: randomUUID() + randomUUID() };

/** This project's server with a country in it, a briefing with open doors, and the principal on the order channel. */
async function startOwn(units: number) {
  const founded = Promise.withResolvers<Country>();
  const server = own(
    await ServerProcess.create({ LIVEKIT_API_KEY: KEY.key, LIVEKIT_API_SECRET: KEY.secret }, async (url) =>
      founded.resolve(await foundCountry(url, units)),
    ),
  );
  const country = await founded.promise;
  const program = new Program(server.url);
  program.token = country.principal.token;
  const briefing = await openNational(program);
  const principal = own(await ChannelClient.open(server, program, briefing));
  const auths = country.seats.map(({ token, identity }) => ({ token, identity, briefing }));
  const openRound = () =>
    principal.act('round.open', {
      ...{ key: randomUUID(), question: 'Có mặt chưa?', scope: ['vn'], seconds: 3_600, repromptSeconds: null },
    });
  return { server, auths, principal, openRound };
}

/** A published picture and somebody who watches it. @returns their longest pause since the last call */
async function showPicture(url: string): Promise<() => Promise<number>> {
  const account = { url, room: 'bench', bindAddress: '127.0.0.1', ...KEY };
  own(await Bots.publisher(account));
  const viewer = own(await Bots.viewers(account, 1, 10));
  return async () => Math.max(...(await viewer.snapshot()).viewers.map((v) => v.longestPauseMs));
}

async function ownCrowd({ server, auths, openRound }: Awaited<ReturnType<typeof startOwn>>): Promise<Gathered> {
  const units = auths.length;
  const usage = () => usageOfTree(server.pid).memoryBytes;
  const [idle, cpu] = [usage(), cpuOfProcess(server.pid)];
  const devices = own(await RollcallDevices.connect(server.url, auths, processes, CONNECTS_PER_SECOND));
  const connectCpu = (cpuOfProcess(server.pid) - cpu) / units;
  await wait(SETTLE_MS);
  const stores = Object.values(server.stores.embedded?.pids() ?? {});
  const crowd: Crowd = {
    ...{ devices, count: units, cpu: () => cpuOfProcess(server.pid) },
    storesCpu: () => stores.reduce((sum, pid) => sum + usageOfTree(pid).cpuSeconds, 0),
    prompt: async () => {
      const ordered = wallClock();
      await openRound();
      return ordered;
    },
  };
  return { crowd, memory: (usage() - idle) / units, connectCpu };
}

async function bareCrowd(units: number): Promise<Gathered> {
  const bare = own(await BareSockets.start());
  const usage = () => usageOfTree(bare.pid).memoryBytes;
  const [idle, cpu] = [usage(), cpuOfProcess(bare.pid)];
  const auths = Array.from({ length: units }, (_, i) => ({ token: '', briefing: '', identity: `c${i}` }));
  const devices = own(await RollcallDevices.connect(bare.url, auths, processes, CONNECTS_PER_SECOND));
  const connectCpu = (cpuOfProcess(bare.pid) - cpu) / units;
  await wait(SETTLE_MS);
  const crowd: Crowd = {
    ...{ devices, count: units, cpu: () => cpuOfProcess(bare.pid), storesCpu: () => 0 },
    prompt: async () => {
      const ordered = wallClock();
      bare.prompt({ round: { ...SAMPLE, id: randomUUID() }, again: false });
      return ordered;
    },
  };
  return { crowd, memory: (usage() - idle) / units, connectCpu };
}

/** As long as a real one. */
const SAMPLE: Notice<'round'>['round'] = {
  ...{
    id: '',
    briefing: randomUUID(),
    nr: 1,
    question: 'Có mặt chưa?',
    scope: ['vn'],
    expected: 11_000,
    state: 'open',
  },
  ...{ openedAt: new Date().toISOString(), deadline: new Date().toISOString(), lateUntil: new Date().toISOString() },
  ...{ closedAt: null, repromptSeconds: null, answerers: ['chair', 'deputy', 'substitute'], proof: 'tap' },
  ...{ challenge: null, quorum: null, reopens: null, by: 'Thủ tướng Chính phủ', version: 1 },
};

async function compare(units: number) {
  const place = await startOwn(units);
  const pauseMs = await showPicture(place.server.url);
  const bare = await bareCrowd(units);
  const ours = await ownCrowd(place);
  let viewerPauseMs = 0;
  const alternate = async (spreadMs: number, times: number): Promise<Compared> => {
    const pairs: Pair[] = [];
    while (pairs.length < times) {
      const alone = await measure(bare.crowd, spreadMs);
      await pauseMs();
      pairs.push({ alone, ours: await measure(ours.crowd, spreadMs) });
      viewerPauseMs = Math.max(viewerPauseMs, Math.round(await pauseMs()));
    }
    return medians(pairs);
  };
  const stream = units > STEADY_PER_SECOND ? [await alternate((1000 * units) / STEADY_PER_SECOND, STREAMS)] : [];
  const rounds = [...stream, await alternate(1_000, BURSTS)];
  await closeAll();
  const connection = ({ memory, connectCpu }: Gathered) => ({
    kilobytes: Math.round(memory / 102.4) / 10,
    cpuMs: Math.round(connectCpu * 1e5) / 100,
  });
  return { units, rounds, connection: { ours: connection(ours), alone: connection(bare) }, viewerPauseMs };
}

/** The share of the answers that is acknowledged when each thing is killed. */
const KILLS = [
  [0.1, 'server'],
  [0.3, 'postgres'],
  [0.5, 'redis'],
  [0.7, 'server'],
] as const;

async function killAll(units: number): Promise<Proof & { readonly units: number; readonly seconds: number }> {
  const { server, auths, openRound } = await startOwn(units);
  const { embedded, databaseUrl } = server.stores;
  if (!embedded) throw new Error('this kills stores of its own; unset DATABASE_URL and REDIS_URL');
  const devices = own(await RollcallDevices.connect(server.url, auths, processes, CONNECTS_PER_SECOND));
  await devices.expect(1_000);
  const begin = performance.now();
  const { id } = await openRound();
  for (const [share, what] of KILLS) {
    await devices.acknowledged(share * units, PATIENCE_MS);
    console.error(`${Math.round(performance.now() - begin)} ms: kill -9 of ${what}`);
    if (what === 'server') {
      await server.kill();
      await server.start();
    } else process.kill(embedded.pids()[what], 'SIGKILL');
  }
  await devices.acknowledged(units, PATIENCE_MS);
  const seconds = Math.round(performance.now() - begin) / 1000;
  const results = await devices.results();
  refuseRefusals(results);
  const proof = await proveRound(databaseUrl, id, results);
  await closeAll();
  return { units, seconds, ...proof };
}

function print({ units, rounds, connection, viewerPauseMs }: Awaited<ReturnType<typeof compare>>) {
  console.log(`${units} devices; this server, socket.io alone, ratio`);
  for (const { ours, alone, promptRatio, cpuRatio } of rounds) {
    const line = (what: string, a: string, b: string, more = '') =>
      console.log(`  ${what.padEnd(22)}${a.padEnd(40)}${b.padEnd(40)}${more}`);
    const prompt = ({ promptMs: p }: Round) => `p50 ${p.p50}, last ${p.last}, first to last ${p.spread}`;
    const receipt = ({ receiptMs: r }: Round) => `p50 ${r.p50}, p99 ${r.p99}, longest ${r.max}`;
    console.log(`${ours.answersPerSecond} answers a second`);
    line('prompt, ms', prompt(ours), prompt(alone), promptRatio.toFixed(2));
    line('receipt, ms', receipt(ours), receipt(alone));
    line('CPU, s', ours.cpuSeconds.toFixed(2), alone.cpuSeconds.toFixed(2), cpuRatio.toFixed(2));
    line('CPU of the stores, s', ours.storesCpuSeconds.toFixed(2), '–');
  }
  for (const [who, { kilobytes, cpuMs }] of Object.entries(connection))
    console.log(`a connection, ${who.padEnd(6)}     ${kilobytes} KB, ${cpuMs} ms of CPU to let it in`);
  console.log(`longest pause at a viewer ${viewerPauseMs} ms`);
}

if (values.help) console.log(usage);
else {
  await provideMediaWorker();
  const units = Number(values.units);
  try {
    if (values.kill) {
      const proof = await killAll(units);
      console.log(JSON.stringify(proof));
      if (proof.lost + proof.invented + proof.broken > 0) process.exitCode = 1;
    } else {
      const result = await compare(units);
      if (values.json) console.log(JSON.stringify(result));
      else print(result);
    }
  } finally {
    await closeAll();
  }
}
