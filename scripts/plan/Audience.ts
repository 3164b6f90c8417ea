import { setTimeout as wait } from 'node:timers/promises';
import { VideoQuality } from '@livekit/protocol';
import type { Layer } from '../../server/src/domain/nodes/capacity/costs.ts';
import { type MeasuredServer, startOwn } from '../bench/servers.ts';
import { Bots } from '../load/Bots.ts';
import type { Snapshot } from '../load/protocol.ts';
import { cpuOfThreads, processesOf, usageOfTree } from '../measure/processTree.ts';
import type { Coming, Silence, Taken } from './costs.ts';

const qualities: Record<Layer, VideoQuality> = {
  sound: VideoQuality.OFF,
  low: VideoQuality.LOW,
  medium: VideoQuality.MEDIUM,
  high: VideoQuality.HIGH,
};

const JOINS_PER_SECOND = 20;
/** What starting, joining and a change of layer leave behind is over by then. */
const SETTLE_MS = 3_000;
const IDLE_MS = 4_000;
/** Once nobody speaks, tracks are taken out of the viewers' connections, which is over after some seconds. */
const SILENT_MS = 12_000;
/** A run in which more was lost is no measurement. */
const MOST_LOST = 0.02;

/** CPU seconds since some moment, of the process of signalling and of the media workers below it. */
interface Usage {
  readonly at: number;
  readonly node: number;
  readonly workers: number;
}

/** What an audience took while it watched, and was sent. */
export interface Held extends Omit<Taken, 'megabytes'> {
  readonly framesPerSecond: number;
  readonly packetsPerSecond: number;
}

/** A server of our own on this machine with one speaker, and those who come to watch. */
export class Audience {
  readonly #opened: { close(): Promise<void> }[];
  readonly #server: MeasuredServer;
  readonly #account: Parameters<typeof Bots.viewers>[0];
  /** Cores that it takes with nobody who watches. */
  readonly #idle: { readonly node: number; readonly workers: number };
  readonly #bots: Bots[] = [];
  #viewers = 0;

  private constructor(
    opened: { close(): Promise<void> }[],
    server: MeasuredServer,
    account: Parameters<typeof Bots.viewers>[0],
    idle: { readonly node: number; readonly workers: number },
  ) {
    this.#opened = opened;
    this.#server = server;
    this.#account = account;
    this.#idle = idle;
  }

  /** @param pace of the recorded frames a second so many are sent, 0..1 */
  static async create(pace = 1): Promise<Audience> {
    const opened: { close(): Promise<void> }[] = [];
    try {
      const server = await startOwn('own');
      opened.push(server);
      const { url, key, secret } = server;
      const account = { url, key, secret, room: 'plan', bindAddress: '127.0.0.1' };
      opened.push(await Bots.publisher(account, pace));
      await wait(SETTLE_MS);
      await server.collect?.();
      const from = usage(server);
      await wait(IDLE_MS);
      return new Audience(opened, server, account, rate(from, usage(server)));
    } catch (error) {
      await closeAll(opened);
      throw error;
    }
  }

  /** So many more come in, one after the other. */
  async come(came: number, layer: Layer): Promise<Coming> {
    const [before, from] = [this.#viewers, usage(this.#server)];
    const bots = await Bots.viewers(this.#account, came, JOINS_PER_SECOND, { quality: qualities[layer] });
    this.#opened.push(bots);
    this.#bots.push(bots);
    this.#viewers += came;
    const to = usage(this.#server);
    const seconds = (to.at - from.at) / 1e3;
    return {
      ...{ before, came, layer, seconds },
      workerSeconds: to.workers - from.workers - seconds * this.#idle.workers,
      megabytes: usageOfTree(this.#server.pid).memoryBytes / 2 ** 20,
    };
  }

  /** All ask for another layer. */
  async watch(layer: Layer): Promise<void> {
    for (const bots of this.#bots) await bots.watch(qualities[layer]);
  }

  /** @throws Error when somebody is not in, or the machine was too busy to deliver */
  async hold(ms: number): Promise<Held> {
    await wait(SETTLE_MS);
    await this.#server.collect?.();
    const [from, before] = [usage(this.#server), await this.#snapshots()];
    await wait(ms);
    const [to, after] = [usage(this.#server), await this.#snapshots()];
    checkWhole(before, after);
    const seconds = (to.at - from.at) / 1e3;
    const used = rate(from, to);
    return {
      framesPerSecond: grown(before, after, 'frames') / seconds,
      packetsPerSecond: grown(before, after, 'packets') / seconds,
      bitsPerSecond: (8 * grown(before, after, 'bytes')) / seconds,
      nodeCores: used.node - this.#idle.node,
      workerCores: used.workers - this.#idle.workers,
    };
  }

  /** The speaker leaves, and all who watch stay. What they cost then is theirs alone. */
  async fallSilent(ms: number): Promise<Silence> {
    const [speaker] = this.#opened.splice(1, 1);
    await speaker?.close();
    await wait(SILENT_MS);
    await this.#server.collect?.();
    const from = usage(this.#server);
    await wait(ms);
    const used = rate(from, usage(this.#server));
    return { viewers: this.#viewers, nodeCores: used.node, workerCores: used.workers };
  }

  async close(): Promise<void> {
    await closeAll(this.#opened);
  }

  #snapshots(): Promise<readonly Snapshot[]> {
    return Promise.all(this.#bots.map((bots) => bots.snapshot()));
  }
}

/** Bots first, and all of them together: each may take its time. */
async function closeAll(opened: { close(): Promise<void> }[]): Promise<void> {
  const [server, ...bots] = opened.splice(0);
  await Promise.all(bots.map((each) => each.close()));
  await server?.close();
}

function usage({ pid }: MeasuredServer): Usage {
  const others = processesOf(pid).filter((each) => each !== pid);
  const workers = others.reduce((sum, each) => sum + cpuOfThreads(each), 0);
  return { at: performance.now(), node: cpuOfThreads(pid), workers };
}

function rate(from: Usage, to: Usage): { readonly node: number; readonly workers: number } {
  const seconds = (to.at - from.at) / 1e3;
  return { node: (to.node - from.node) / seconds, workers: (to.workers - from.workers) / seconds };
}

type Counted = 'frames' | 'packets' | 'bytes' | 'expected';
const grown = (from: readonly Snapshot[], to: readonly Snapshot[], field: Counted): number =>
  total(to, field) - total(from, field);
const total = (snapshots: readonly Snapshot[], field: Counted): number =>
  snapshots.flatMap(({ viewers }) => viewers).reduce((sum, viewer) => sum + viewer[field], 0);

function checkWhole(from: readonly Snapshot[], to: readonly Snapshot[]): void {
  const viewers = to.flatMap((snapshot) => snapshot.viewers);
  const failed = viewers.find((one) => one.failure !== undefined || one.times.firstVideo === undefined);
  if (failed) throw new Error(`a viewer failed: ${failed.failure ?? 'they saw nothing'}`);
  const lost = 1 - grown(from, to, 'packets') / grown(from, to, 'expected');
  if (lost > MOST_LOST)
    throw new Error(`${(100 * lost).toFixed(0)} % of the packets were lost: measure on a quiet machine`);
}
