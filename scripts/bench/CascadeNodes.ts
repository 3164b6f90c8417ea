import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseSfuConfig } from '@dieu-hanh/sfu-config';
import type { types as ms } from 'mediasoup';
import { Sfu } from '../../server/src/media/sfu/index.ts';
import { exportOf } from '../../server/src/media/sfu/pipe/exportOf.ts';
import type { SourceTrack } from '../../server/src/media/sfu/track/SourceTrack.ts';
import { TrackProducer } from '../../server/src/media/sfu/track/TrackProducer.ts';
import type { RoomRouter } from '../../server/src/media/sfu/worker/RoomRouter.ts';
import { LinkedSfus } from '../../server/test/support/LinkedSfus.ts';
import { PictureSource } from './PictureSource.ts';

const LOOPBACK = { protocol: 'udp', ip: '127.0.0.1' } as const;
const TOP_LAYER = 2;

/** Where viewers may be: a room on one worker, and the track as it is known there. */
export interface Seat {
  readonly home: RoomRouter;
  readonly track: SourceTrack;
}

/** A camera and seats for its viewers, on nodes of this process with workers of their own. */
export class CascadeNodes {
  /** The first is that of the publisher's worker. */
  readonly seats: readonly Seat[];
  readonly #sfus: readonly Sfu[];
  readonly #source: PictureSource;
  #closed = false;

  /** @param workers of each node; the publisher is at the first one */
  static async create(workers: readonly number[]): Promise<CascadeNodes> {
    const config = parseSfuConfig({});
    const sfus: Sfu[] = [];
    for (const count of workers)
      sfus.push(await Sfu.create({ config, workers: count, listenIp: LOOPBACK.ip, port: 0 }));
    const linked = new LinkedSfus();
    const boots = sfus.map((sfu, i) => linked.add(sfu, `n${i}`));
    const seats: Seat[] = [];
    let published: { readonly source: PictureSource; readonly track: TrackProducer } | undefined;
    for (const [i, sfu] of sfus.entries()) {
      const room = sfu.createRoom('bench');
      for (let worker = 0; worker < (workers[i] ?? 0); worker++) {
        const { home } = await room.createPeer({
          id: `p${worker}`,
          publisher: false,
          subscriber: false,
          dataOn: 'subscriber',
        });
        if (!published) {
          const source = await PictureSource.create(home.router, config.media.keyFrameRequestDelayMs);
          published = { source, track: new TrackProducer('TR_1', home, source.producer) };
          sfu.pipes.exports.add(exportOf(published.track));
        }
        const origin = boots[0];
        if (!origin) throw new Error('there is no node');
        const remote = { sid: 'TR_1', kind: 'video', layers: 3, paused: false, origin } as const;
        seats.push({
          home,
          track:
            i === 0
              ? published.track
              : (seats.find(({ track }) => track !== published?.track)?.track ?? room.remoteTrack(remote)),
        });
      }
    }
    if (!published) throw new Error('there is no node');
    return new CascadeNodes(sfus, seats, published.source);
  }

  private constructor(sfus: readonly Sfu[], seats: readonly Seat[], source: PictureSource) {
    this.#sfus = sfus;
    this.seats = seats;
    this.#source = source;
  }

  /** CPU of all workers so far. */
  async cpuSeconds(): Promise<number> {
    const all = await Promise.all(this.#sfus.map((sfu) => sfu.usage()));
    return all.flat().reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#source.close();
    for (const sfu of this.#sfus) await sfu.close();
  }
}

/** A consumer of the highest layer at a seat, whose packets go to that port. */
export async function forward({ home, track }: Seat, port: number, encrypted: boolean): Promise<ms.Consumer> {
  const transport = await home.router.createPlainTransport({
    listenInfo: LOOPBACK,
    rtcpMux: true,
    ...(encrypted && { enableSrtp: true, srtpCryptoSuite: 'AEAD_AES_256_GCM' }),
  });
  const keyBase64 = randomBytes(44).toString('base64');
  await transport.connect({
    ip: LOOPBACK.ip,
    port,
    ...(encrypted && { srtpParameters: { cryptoSuite: 'AEAD_AES_256_GCM', keyBase64 } }),
  });
  const codecs = (home.router.rtpCapabilities.codecs ?? []).filter(({ mimeType }) => !mimeType.endsWith('/rtx'));
  const preferredLayers = { spatialLayer: TOP_LAYER, temporalLayer: 0 };
  return track.consumeAt(home, ({ id }) =>
    transport.consume({ producerId: id, rtpCapabilities: { codecs }, preferredLayers }),
  );
}

/** A port whose packets nobody reads, so that receiving costs no more than the kernel's part. */
export class DeafPort {
  readonly port: number;
  readonly #child: ChildProcess;

  static async open(): Promise<DeafPort> {
    const child = fork(join(import.meta.dirname, 'deaf.process.ts'), { stdio: 'inherit' });
    const [port] = (await once(child, 'message')) as [number];
    child.kill('SIGSTOP');
    return new DeafPort(child, port);
  }

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  close(): void {
    this.#child.kill('SIGKILL');
  }
}

/** A port whose packets are looked at. */
export async function listen(hear: (bytes: Buffer) => void): Promise<{ port: number; socket: Socket }> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 21 }).bind(0, LOOPBACK.ip);
  socket.on('message', hear);
  await once(socket, 'listening');
  return { port: socket.address().port, socket };
}
