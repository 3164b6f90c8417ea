import type { types as ms } from 'mediasoup';
import type { TrackHome } from '../track/SourceTrack.ts';
import { openLocalPair } from './network.ts';

/** How a track of another node is at one home: the producer there, wherever it comes from. */
export interface CopyFrom {
  readonly home: TrackHome;
  readonly producer: ms.Producer;
}

/**
 * A copy of a track of another node at a further worker of this one. Unlike what mediasoup makes, it stays when the worker
 * that it comes from dies: its viewers go on with the next one (`repoint`).
 */
export class LocalCopy {
  readonly home: TrackHome;
  readonly producer: ms.Producer;
  readonly #ends: readonly ms.PipeTransport[];

  static async create(from: CopyFrom, home: TrackHome): Promise<LocalCopy> {
    const ends = await openLocalPair(from.home.router, home.router);
    try {
      const [near, far] = ends;
      const { kind, rtpParameters } = await near.consume({ producerId: from.producer.id });
      const producer = await far.produce({ kind, rtpParameters, paused: from.producer.paused });
      return new LocalCopy(home, producer, ends);
    } catch (error) {
      for (const end of ends) end.close();
      throw error;
    }
  }

  private constructor(home: TrackHome, producer: ms.Producer, ends: readonly ms.PipeTransport[]) {
    this.home = home;
    this.producer = producer;
    this.#ends = ends;
    // Of its own worker.
    producer.observer.on('close', () => this.close());
  }

  get closed(): boolean {
    return this.producer.closed;
  }

  close(): void {
    for (const end of this.#ends) end.close();
  }
}
