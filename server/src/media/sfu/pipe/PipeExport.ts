import { EventEmitter } from 'node:events';
import type { types as ms } from 'mediasoup';
import type { NodeBoot, PipeState, PullAsk, PulledTrack } from '../../cascade/PipeLink.ts';
import { bytesOf, connectEnd, describeEnd, openNetworkEnd, type PipeNetwork } from './network.ts';

/** What a pipe to another node is fed from. */
export interface Feed {
  readonly router: ms.Router;
  consume(end: ms.PipeTransport): Promise<ms.Consumer>;
}

/** This node's end of a pipe by which another node has a track of it. */
export class PipeExport extends EventEmitter<{ moved: [PipeState['state']]; closed: [] }> {
  readonly to: NodeBoot;
  readonly pipe: string;
  readonly pulled: PulledTrack;
  readonly #end: ms.PipeTransport;
  readonly #consumer: ms.Consumer;
  #layers: number;
  #heard = 0;
  #heardAt = performance.now();
  #work: Promise<unknown> = Promise.resolve();

  static async create(to: NodeBoot, ask: PullAsk, feed: Feed, network: PipeNetwork) {
    const end = await openNetworkEnd(feed.router, network);
    try {
      const made = new PipeExport(to, ask, end, await feed.consume(end), network);
      // No picture is asked of a layer that is not wanted, as long as nothing can flow.
      await made.#apply();
      await connectEnd(end, ask.end);
      return made;
    } catch (error) {
      end.close();
      throw error;
    }
  }

  private constructor(to: NodeBoot, ask: PullAsk, end: ms.PipeTransport, consumer: ms.Consumer, network: PipeNetwork) {
    super();
    this.to = to;
    this.pipe = ask.pipe;
    this.#layers = ask.layers;
    this.#end = end;
    this.#consumer = consumer;
    const rtpParameters = { ...consumer.rtpParameters };
    this.pulled = { end: describeEnd(end, network), rtpParameters, paused: consumer.producerPaused };
    consumer.on('producerpause', () => this.emit('moved', 'paused'));
    consumer.on('producerresume', () => this.emit('moved', 'flowing'));
    consumer.observer.once('close', () => this.close());
    end.observer.once('close', () => this.emit('closed'));
  }

  get closed(): boolean {
    return this.#end.closed;
  }

  /** How many layers are wanted there. */
  get layers(): number {
    return this.#layers;
  }

  /** The node says that it has it still, and how much it wants of it from now on. */
  want(layers: number): void {
    this.#heardAt = performance.now();
    if (layers === this.#layers) return;
    this.#layers = layers;
    void this.#apply();
  }

  async state(): Promise<PipeState> {
    const bytes = await bytesOf(this.#end);
    if (!bytes) return { pipe: this.pipe, state: 'gone', sent: 0 };
    return { pipe: this.pipe, state: this.#consumer.producerPaused ? 'paused' : 'flowing', sent: bytes.sent };
  }

  /**
   * For how long nothing has proven that anybody takes it: neither a renewal nor, while nodes cannot ask each other, a
   * report of the other worker.
   */
  async unheardMs(): Promise<number> {
    const heard = (await bytesOf(this.#end))?.receivedAll ?? 0;
    if (heard > this.#heard) this.#heardAt = performance.now();
    this.#heard = heard;
    return performance.now() - this.#heardAt;
  }

  close(): void {
    this.#end.close();
  }

  /** Layers that nobody wants there are not sent (patch 08-pipe-layers); what was not sent begins with a key frame. */
  #apply(): Promise<unknown> {
    this.#work = this.#work.then(() => this.#choose(this.#layers)).catch(() => undefined);
    return this.#work;
  }

  async #choose(layers: number): Promise<void> {
    const consumer = this.#consumer;
    if (layers === 0) return consumer.pause();
    await consumer.setPreferredLayers({ spatialLayer: layers - 1 });
    if (consumer.paused) await consumer.resume();
  }
}
