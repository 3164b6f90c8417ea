import { EventEmitter } from 'node:events';
import type { types as ms } from 'mediasoup';
import type { NodeBoot, PipeState, PullAsk, PulledTrack } from '../../cascade/PipeLink.ts';
import { bytesOf, connectEnd, describeEnd, openNetworkEnd, type PipeNetwork } from './network.ts';

/** A producer, and where it is. */
export interface Exported {
  readonly router: ms.Router;
  readonly producer: ms.Producer;
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

  static async create(to: NodeBoot, ask: PullAsk, { router, producer }: Exported, network: PipeNetwork) {
    const end = await openNetworkEnd(router, network);
    try {
      await connectEnd(end, ask.end);
      const consumer = await end.consume({ producerId: producer.id });
      return new PipeExport(to, ask, end, consumer, network);
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
    const { rtpParameters, producerPaused } = consumer;
    this.pulled = { end: describeEnd(end, network), rtpParameters: { ...rtpParameters }, paused: producerPaused };
    consumer.on('producerpause', () => this.emit('moved', 'paused'));
    consumer.on('producerresume', () => this.emit('moved', 'flowing'));
    consumer.observer.on('close', () => {
      end.close();
      this.emit('closed');
    });
    this.#apply();
  }

  /** How many layers are wanted there. */
  get layers(): number {
    return this.#layers;
  }

  get closed(): boolean {
    return this.#consumer.closed;
  }

  want(layers: number): void {
    this.#renewed();
    if (layers === this.#layers) return;
    this.#layers = layers;
    this.#apply();
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
    const bytes = await bytesOf(this.#end);
    if (bytes && bytes.receivedAll > this.#heard) this.#renewed(bytes.receivedAll);
    return performance.now() - this.#heardAt;
  }

  close(): void {
    this.#end.close();
  }

  #renewed(heard = this.#heard): void {
    this.#heard = heard;
    this.#heardAt = performance.now();
  }

  /** Nothing is sent to a node where nobody wants to see it at present. */
  #apply(): void {
    const { paused } = this.#consumer;
    if ((this.#layers === 0) === paused) return;
    const done = paused ? this.#consumer.resume() : this.#consumer.pause();
    done.then(() => this.#apply()).catch(() => undefined);
  }
}
