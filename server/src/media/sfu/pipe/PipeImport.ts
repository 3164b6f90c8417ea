import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { types as ms } from 'mediasoup';
import type { NodeBoot, PipeLink, PipeState, PullAsk } from '../../cascade/PipeLink.ts';
import type { MediaKind, RtpParameters } from '../types.ts';
import type { RoomRouter } from '../worker/RoomRouter.ts';
import { bytesOf, connectEnd, describeEnd, openNetworkEnd, type PipeNetwork } from './network.ts';

/** Requests for a picture that come within this time go out as one. The publisher's own delay does the rest. */
const MERGE_MS = 100;
/** How often in a row it must be seen that the other node sends and nothing arrives, so that nothing was on its way. */
const SIGHTINGS = 2;
const FIRST_LOOKS = 15;
const FIRST_LOOK_MS = 100;

export interface Wanted {
  readonly sid: string;
  readonly kind: MediaKind;
  /** The node of its publisher. */
  readonly origin: NodeBoot;
  readonly layers: number;
}

/** The node that was asked does not have it, or not straight. */
export class NoSuchTrack extends Error {}

/** This node's end of a pipe by which it has a track of another node. */
export class PipeImport {
  readonly pipe: string;
  /** The node that sends it: that of its publisher, or one between (CL29). */
  readonly from: NodeBoot;
  readonly home: RoomRouter;
  readonly producer: ms.Producer;
  readonly #end: ms.PipeTransport;
  #received = 0;
  /** At the last answer of the node that sends. */
  #then = { sent: 0, received: 0 };
  #sightings = 0;
  /** The other node gets no report of this one by the pipe. (CL71) */
  isUnanswered = false;
  /** Requests for a picture that viewers here have made. */
  #asked = 0;

  /** @throws Error when the other node does not answer, or has no such track */
  static async pull(
    { sid, kind, origin, layers }: Wanted,
    from: NodeBoot,
    home: RoomRouter,
    { network, link }: { network: PipeNetwork; link: PipeLink },
  ): Promise<PipeImport> {
    const end = await openNetworkEnd(home.router, network);
    const relay = from.boot !== origin.boot;
    const ask: PullAsk = { pipe: randomUUID(), sid, layers, relay, end: describeEnd(end, network) };
    try {
      const pulled = await link.pull(from, ask);
      if (!pulled) throw new NoSuchTrack(`node ${from.node} has no track ${sid}`);
      await connectEnd(end, pulled.end);
      const { paused } = pulled;
      const rtpParameters = pulled.rtpParameters as unknown as RtpParameters;
      const producer = await end.produce({ kind, rtpParameters, paused, keyFrameRequestDelay: MERGE_MS });
      return new PipeImport(ask.pipe, from, home, end, producer);
    } catch (error) {
      end.close();
      // It may have been made there although this node did not hear of it.
      link.drop(from, [ask.pipe]).catch(() => undefined);
      throw error;
    }
  }

  private constructor(pipe: string, from: NodeBoot, home: RoomRouter, end: ms.PipeTransport, producer: ms.Producer) {
    this.pipe = pipe;
    this.from = from;
    this.home = home;
    this.#end = end;
    this.producer = producer;
  }

  get closed(): boolean {
    return this.producer.closed;
  }

  onClose(listener: () => void): void {
    this.producer.observer.on('close', listener);
  }

  close(): void {
    this.#end.close();
  }

  /** CL71: whether viewers here have asked for a picture since the last look, and the pipe does not bring their requests there. */
  async lacksPicture(): Promise<boolean> {
    if (!this.isUnanswered || this.closed) return false;
    const streams = await this.producer.getStats().catch(() => []);
    const asked = streams.reduce((sum, { pliCount, firCount }) => sum + pliCount + firCount, 0);
    const more = asked > this.#asked;
    this.#asked = asked;
    return more;
  }

  /** Whether media comes at all, within a time in which it would. */
  async comes(): Promise<boolean> {
    for (let looks = 0; looks < FIRST_LOOKS; looks++) {
      if (((await bytesOf(this.#end))?.received ?? 0) > 0) return true;
      await sleep(FIRST_LOOK_MS, undefined, { ref: false });
    }
    return false;
  }

  /** Packets of media that came, and that did not; undefined: it closed, or its worker died. */
  async counts(): Promise<{ readonly packets: number; readonly lost: number } | undefined> {
    if (this.closed) return undefined;
    const streams = await this.producer.getStats().catch(() => []);
    const sum = (of: (stream: ms.ProducerStat) => number) => streams.reduce((n, stream) => n + of(stream), 0);
    return { packets: sum(({ packetCount }) => packetCount), lost: sum(({ packetsLost }) => Math.max(0, packetsLost)) };
  }

  /** @returns whether anything has come since the last look */
  async look(): Promise<boolean> {
    const before = this.#received;
    this.#received = (await bytesOf(this.#end))?.received ?? before;
    return this.#received > before;
  }

  /** @returns whether media goes out there and does not arrive here: the way between is broken, or the pipe */
  async isBroken({ sent }: PipeState): Promise<boolean> {
    await this.look();
    const received = this.#received;
    const isLost = sent > this.#then.sent && received === this.#then.received;
    this.#sightings = isLost ? this.#sightings + 1 : 0;
    this.#then = { sent, received };
    return this.#sightings >= SIGHTINGS;
  }
}
