import type { types as ms } from 'mediasoup';
import { openLocalPair } from './network.ts';

/** What a pipe to another node is fed from. */
export interface Feed {
  readonly router: ms.Router;
  /** A consumer for each layer, lowest first; or one of all of them. */
  consume(end: ms.PipeTransport): Promise<readonly ms.Consumer[]>;
  close(): void;
}

/** A producer, and where it is; another takes its place when its publisher comes back. */
export interface Exported {
  readonly router: ms.Router;
  readonly producer: ms.Producer;
}

/**
 * The layers of a track as producers of their own, so that another node gets those that its viewers need: a pipe forwards
 * all layers of a producer, or none. They pass once through a pair of ends on the same router, however many nodes take
 * the track. One of a single layer is taken as it is.
 */
export class LayerSplit implements Feed {
  readonly router: ms.Router;
  readonly #layers: () => readonly ms.Producer[];
  readonly #ends: readonly ms.PipeTransport[];

  static async create(exported: Exported): Promise<LayerSplit> {
    const { router, producer } = exported;
    if ((producer.rtpParameters.encodings?.length ?? 1) < 2)
      return new LayerSplit(router, () => [exported.producer], []);
    const ends = await openLocalPair(router, router);
    try {
      const [near, far] = ends;
      const consumer = await near.consume({ producerId: producer.id });
      const { kind, rtpParameters, producerPaused: paused } = consumer;
      const layers = await Promise.all(
        (rtpParameters.encodings ?? []).map((encoding) =>
          far.produce({ kind, paused, rtpParameters: { ...rtpParameters, encodings: [encoding] } }),
        ),
      );
      const split = new LayerSplit(router, () => layers, ends);
      consumer.observer.on('close', () => split.close());
      consumer.on('producerpause', () => split.#follow(true));
      consumer.on('producerresume', () => split.#follow(false));
      split.#follow(consumer.producerPaused);
      return split;
    } catch (error) {
      for (const end of ends) end.close();
      throw error;
    }
  }

  private constructor(router: ms.Router, layers: () => readonly ms.Producer[], ends: readonly ms.PipeTransport[]) {
    this.router = router;
    this.#layers = layers;
    this.#ends = ends;
  }

  consume(end: ms.PipeTransport): Promise<readonly ms.Consumer[]> {
    return Promise.all(this.#layers().map(({ id }) => end.consume({ producerId: id })));
  }

  /** What the publisher sent itself stays. */
  close(): void {
    for (const end of this.#ends) end.close();
  }

  #follow(paused: boolean): void {
    for (const layer of this.#layers())
      if (layer.paused !== paused) void (paused ? layer.pause() : layer.resume()).catch(() => undefined);
  }
}
