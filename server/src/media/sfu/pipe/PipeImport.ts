import { randomUUID } from 'node:crypto';
import type { types as ms } from 'mediasoup';
import type { NodeBoot, PipeLink, PipeState, PullAsk } from '../../cascade/PipeLink.ts';
import type { MediaKind, RtpParameters } from '../types.ts';
import type { RoomRouter } from '../worker/RoomRouter.ts';
import { bytesOf, connectEnd, describeEnd, openNetworkEnd, type PipeNetwork } from './network.ts';

/** Requests for a picture that come within this time go out as one. The publisher's own delay does the rest. */
const MERGE_MS = 100;
/** How often in a row it must be seen that the other node sends and nothing arrives, so that nothing was on its way. */
const SIGHTINGS = 2;

export interface Wanted {
  readonly sid: string;
  readonly kind: MediaKind;
  readonly origin: NodeBoot;
  readonly layers: number;
}

/** This node's end of a pipe by which it has a track of another node. */
export class PipeImport {
  readonly pipe: string;
  readonly origin: NodeBoot;
  readonly home: RoomRouter;
  readonly producer: ms.Producer;
  readonly #end: ms.PipeTransport;
  #received = 0;
  /** At the last answer of the node that sends. */
  #then = { sent: 0, received: 0 };
  #sightings = 0;

  /** @throws Error when the other node does not answer, or has no such track */
  static async pull(wanted: Wanted, home: RoomRouter, network: PipeNetwork, link: PipeLink): Promise<PipeImport> {
    const end = await openNetworkEnd(home.router, network);
    const { sid, kind, origin, layers } = wanted;
    const ask: PullAsk = { pipe: randomUUID(), sid, layers, end: describeEnd(end, network) };
    try {
      const pulled = await link.pull(origin, ask);
      if (!pulled) throw new Error(`node ${origin.node} has no track ${sid}`);
      await connectEnd(end, pulled.end);
      const { paused } = pulled;
      const rtpParameters = pulled.rtpParameters as unknown as RtpParameters;
      const producer = await end.produce({ kind, rtpParameters, paused, keyFrameRequestDelay: MERGE_MS });
      return new PipeImport(ask.pipe, origin, home, end, producer);
    } catch (error) {
      end.close();
      // It may have been made there although this node did not hear of it.
      link.drop(origin, [ask.pipe]).catch(() => undefined);
      throw error;
    }
  }

  private constructor(pipe: string, origin: NodeBoot, home: RoomRouter, end: ms.PipeTransport, producer: ms.Producer) {
    this.pipe = pipe;
    this.origin = origin;
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

  /** @returns whether anything has come since the last look */
  async look(): Promise<boolean> {
    const before = this.#received;
    this.#received = (await bytesOf(this.#end))?.received ?? before;
    return this.#received > before;
  }

  /** @returns whether media goes out there and does not arrive here: the way between is broken, or the pipe */
  async isBroken({ sent }: PipeState): Promise<boolean> {
    await this.look();
    const { received } = { received: this.#received };
    const isLost = sent > this.#then.sent && received === this.#then.received;
    this.#sightings = isLost ? this.#sightings + 1 : 0;
    this.#then = { sent, received };
    return this.#sightings >= SIGHTINGS;
  }
}
