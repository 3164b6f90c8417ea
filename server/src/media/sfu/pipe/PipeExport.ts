import { EventEmitter } from 'node:events';
import type { types as ms } from 'mediasoup';
import type { NodeBoot, PipeState, PullAsk, PulledTrack } from '../../cascade/PipeLink.ts';
import { bytesOf, connectEnd, describeEnd, openNetworkEnd, type PipeNetwork } from './network.ts';

/** Without a report for so long, though a picture goes out, the way back is taken for broken. (CL71) */
const UNANSWERED_MS = 3_000;

/** What a pipe to another node is fed from. */
export interface Feed {
  readonly router: ms.Router;
  consume(end: ms.PipeTransport): Promise<ms.Consumer>;
}

/** This node's end of a pipe by which another node has a track of it. */
export class PipeExport extends EventEmitter<{ moved: [PipeState['state']]; answered: []; closed: [] }> {
  readonly to: NodeBoot;
  readonly pipe: string;
  readonly pulled: PulledTrack;
  readonly #end: ms.PipeTransport;
  readonly #consumer: ms.Consumer;
  #layers: number;
  #heard = 0;
  #heardAt = performance.now();
  /** When a report of the other worker came last. */
  #answeredAt = performance.now();
  #wasUnanswered = false;
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
    this.#take(bytes);
    const state = this.#consumer.producerPaused ? 'paused' : 'flowing';
    return { pipe: this.pipe, state, sent: bytes.sent, ...(this.#isUnanswered && { unanswered: true }) };
  }

  /** CL71: asked for by the node that has it, by another way than the pipe. The publisher's own delay merges such requests. */
  async askForPicture(): Promise<void> {
    if (!this.closed && !this.#consumer.paused) await this.#consumer.requestKeyFrame();
  }

  /**
   * For how long no report of a picture has come that goes out, as far as was looked. A picture is reported on each second or
   * so; sound is too seldom for that, and needs no requests. undefined: none goes out.
   */
  get unansweredMs(): number | undefined {
    const { kind, paused, producerPaused } = this.#consumer;
    return kind === 'video' && !paused && !producerPaused ? performance.now() - this.#answeredAt : undefined;
  }

  get #isUnanswered(): boolean {
    return (this.unansweredMs ?? 0) > UNANSWERED_MS;
  }

  #take({ receivedAll }: { readonly receivedAll: number }): void {
    const { paused, producerPaused } = this.#consumer;
    if (receivedAll > this.#heard) this.#heardAt = performance.now();
    if (receivedAll > this.#heard || paused || producerPaused) this.#answeredAt = performance.now();
    this.#heard = receivedAll;
    if (this.#wasUnanswered === this.#isUnanswered) return;
    this.#wasUnanswered = this.#isUnanswered;
    this.emit('answered');
  }

  /**
   * For how long nothing has proven that anybody takes it: neither a renewal nor, while nodes cannot ask each other, a
   * report of the other worker.
   */
  async unheardMs(): Promise<number> {
    const bytes = await bytesOf(this.#end);
    if (bytes) this.#take(bytes);
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
