import { parseSfuConfig } from '@dieu-hanh/sfu-config';
import type { types as ms } from 'mediasoup';
import { Sfu } from '../../server/src/media/sfu/index.ts';
import { repoint } from '../../server/src/media/sfu/track/repoint.ts';
import { TrackConsumer } from '../../server/src/media/sfu/track/TrackConsumer.ts';
import { TrackProducer } from '../../server/src/media/sfu/track/TrackProducer.ts';
import { usageOfTree } from '../measure/processTree.ts';
import { listen } from './CascadeNodes.ts';
import { PictureSource, read } from './PictureSource.ts';

const LOOPBACK = { protocol: 'udp', ip: '127.0.0.1' } as const;
const PATIENCE_MS = 10_000;

/** By what a viewer goes from one speaker to the next: a seat for each, of which one is live; or one for whoever speaks. */
export type Way = 'seats' | 'repoint';

/** From one camera to another, at all viewers. */
type Bring = (from: number, to: number) => Promise<unknown>;

interface Viewer {
  readonly seats: readonly TrackConsumer[];
  /** When the first whole picture of that camera is there: performance.now(). */
  shows(camera: number): Promise<number>;
  close(): void;
}

/** Two cameras on one worker, and viewers of the lowest layer, who see one of them. */
export class SeatedViewers {
  readonly #sfu: Sfu;
  readonly #cameras: readonly PictureSource[];
  readonly #viewers: readonly Viewer[];
  readonly #bring: Bring;
  readonly #told: { requests: number };
  #live = 0;

  static async create(way: Way, count: number): Promise<SeatedViewers> {
    const config = parseSfuConfig({});
    const sfu = await Sfu.create({ config, workers: 1, listenIp: LOOPBACK.ip, port: 0 });
    const nobody = { id: 'p', publisher: false, subscriber: false, dataOn: 'subscriber' } as const;
    const { home } = await sfu.createRoom('bench').createPeer(nobody);
    const { router } = home;
    const delay = config.media.keyFrameRequestDelayMs;
    const cameras = [await PictureSource.create(router, delay, 0), await PictureSource.create(router, delay, 1)];
    const tracks = cameras.map(({ producer }, i) => new TrackProducer(`TR_${i}`, home, producer));
    const seated = way === 'seats' ? tracks : tracks.slice(0, 1);
    const viewers: Viewer[] = [];
    for (let i = 0; i < count; i++) viewers.push(await viewer(router, seated));
    const [first] = cameras;
    if (!first) throw new Error('there is no camera');
    const told = countRequests(first.producer);
    const bring: Bring = (from, to) => {
      if (way === 'seats')
        return Promise.all(viewers.flatMap(({ seats }) => [seats[from]?.pause(), seats[to]?.resume()]));
      const [before, next] = [cameras[from], cameras[to]];
      if (!before || !next) throw new Error('there is no such camera');
      return repoint(router, before.producer, next.producer);
    };
    return new SeatedViewers(sfu, cameras, viewers, bring, told);
  }

  private constructor(
    sfu: Sfu,
    cameras: readonly PictureSource[],
    viewers: readonly Viewer[],
    bring: Bring,
    told: { requests: number },
  ) {
    this.#sfu = sfu;
    this.#cameras = cameras;
    this.#viewers = viewers;
    this.#bring = bring;
    this.#told = told;
  }

  /** Messages to the worker so far. */
  get requests(): number {
    return this.#told.requests;
  }

  /** CPU seconds of the worker and of this process so far, and the worker's memory. */
  async spent(): Promise<{ worker: number; node: number; megabytes: number }> {
    const [worker] = await this.#sfu.usage();
    if (!worker) throw new Error('the worker has died');
    const { user, system } = process.cpuUsage();
    const megabytes = usageOfTree(worker.pid).memoryBytes / 2 ** 20;
    return { worker: worker.cpuSeconds, node: (user + system) / 1e6, megabytes };
  }

  /** The other camera is what all see. @returns how long each waited for its first whole picture, ms */
  async cut(): Promise<number[]> {
    const [from, to] = [this.#live, 1 - this.#live];
    const shown = this.#viewers.map((one) => one.shows(to));
    const ordered = performance.now();
    await this.#bring(from, to);
    this.#live = to;
    return (await Promise.all(shown)).map((at) => at - ordered);
  }

  async close(): Promise<void> {
    for (const one of this.#viewers) one.close();
    for (const camera of this.#cameras) camera.close();
    await this.#sfu.close();
  }
}

async function viewer(router: ms.Router, tracks: readonly TrackProducer[]): Promise<Viewer> {
  const transport = await router.createPlainTransport({ listenInfo: LOOPBACK, rtcpMux: true });
  let [wanted, shown]: [number, (at: number) => void] = [-1, () => undefined];
  const { port, socket } = await listen((bytes) => {
    const packet = read(bytes);
    // A picture of the lowest layer is one packet.
    if (packet?.isKey && packet.layer === 0 && packet.camera === wanted) shown(performance.now());
  });
  await transport.connect({ ip: LOOPBACK.ip, port });
  const codecs = (router.rtpCapabilities.codecs ?? []).filter(({ mimeType }) => !mimeType.endsWith('/rtx'));
  const seats: TrackConsumer[] = [];
  for (const track of tracks) {
    const { id: producerId } = track.producer;
    const consumer = await transport.consume({ producerId, rtpCapabilities: { codecs }, paused: true });
    const seat = new TrackConsumer(track, consumer);
    await seat.setPreferredLayers({ spatial: 0 });
    seats.push(seat);
  }
  await seats[0]?.resume();
  return {
    seats,
    shows: (camera) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error('a viewer has no picture')), PATIENCE_MS);
        wanted = camera;
        shown = (at) => {
          clearTimeout(late);
          wanted = -1;
          resolve(at);
        };
      }),
    close: () => socket.close(),
  };
}

/** Counts what is asked of the worker from now on, by what the library hands out for tests of its own. */
function countRequests(producer: ms.Producer): { requests: number } {
  const { channelForTesting: channel } = producer as ms.Producer & {
    readonly channelForTesting: { request(...args: unknown[]): Promise<unknown> };
  };
  const told = { requests: 0 };
  const request = channel.request.bind(channel);
  channel.request = (...args) => {
    told.requests += 1;
    return request(...args);
  };
  return told;
}
