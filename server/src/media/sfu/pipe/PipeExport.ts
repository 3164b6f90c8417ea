import { EventEmitter } from 'node:events';
import type { types as ms } from 'mediasoup';
import type { NodeBoot, PipeState, PullAsk, PulledTrack } from '../../cascade/PipeLink.ts';
import type { Feed } from './LayerSplit.ts';
import { bytesOf, connectEnd, describeEnd, openNetworkEnd, type PipeNetwork } from './network.ts';

/** This node's end of a pipe by which another node has a track of it. */
export class PipeExport extends EventEmitter<{ moved: [PipeState['state']]; closed: [] }> {
  readonly to: NodeBoot;
  readonly pipe: string;
  readonly pulled: PulledTrack;
  readonly #end: ms.PipeTransport;
  /** Of each layer, lowest first. */
  readonly #consumers: readonly ms.Consumer[];
  #layers: number;
  #paused: boolean;
  #heard = 0;
  #heardAt = performance.now();
  #work: Promise<unknown> = Promise.resolve();

  static async create(to: NodeBoot, ask: PullAsk, feed: Feed, network: PipeNetwork) {
    const end = await openNetworkEnd(feed.router, network);
    try {
      await connectEnd(end, ask.end);
      const consumers = await feed.consume(end);
      const made = new PipeExport(to, ask, end, consumers, network);
      await made.#apply();
      return made;
    } catch (error) {
      end.close();
      throw error;
    }
  }

  private constructor(
    to: NodeBoot,
    ask: PullAsk,
    end: ms.PipeTransport,
    consumers: readonly ms.Consumer[],
    network: PipeNetwork,
  ) {
    super();
    this.to = to;
    this.pipe = ask.pipe;
    this.#layers = ask.layers;
    this.#end = end;
    this.#consumers = consumers;
    this.#paused = this.#isPaused();
    const [first] = consumers;
    const encodings = consumers.flatMap(({ rtpParameters }) => rtpParameters.encodings ?? []);
    const rtpParameters = { ...first?.rtpParameters, encodings };
    this.pulled = { end: describeEnd(end, network), rtpParameters, paused: this.#paused };
    for (const consumer of consumers) {
      for (const event of ['producerpause', 'producerresume'] as const) consumer.on(event, () => this.#review());
      consumer.observer.once('close', () => this.close());
    }
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
    return { pipe: this.pipe, state: this.#paused ? 'paused' : 'flowing', sent: bytes.sent };
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

  /** The layers of a track pause and resume one after another. */
  #review(): void {
    const paused = this.#isPaused();
    if (paused === this.#paused) return;
    this.#paused = paused;
    this.emit('moved', paused ? 'paused' : 'flowing');
  }

  #isPaused(): boolean {
    return this.#consumers.every(({ producerPaused }) => producerPaused);
  }

  /** Layers that nobody wants there are not sent; what was not sent begins with a key frame. */
  #apply(): Promise<unknown> {
    this.#work = this.#work.then(() =>
      Promise.all(
        this.#consumers.map(async (consumer, layer) => {
          const paused = layer >= this.#layers;
          if (paused !== consumer.paused) await (paused ? consumer.pause() : consumer.resume()).catch(() => undefined);
        }),
      ),
    );
    return this.#work;
  }
}
