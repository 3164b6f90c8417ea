import type { types as ms } from 'mediasoup';
import type { RoomRouter } from '../worker/RoomRouter.ts';
import type { Feed } from './PipeExport.ts';
import type { RemoteTrack } from './RemoteTrack.ts';

/** CL29: a track of another node, handed on to one that has no path there. */
export class Relay implements Feed {
  readonly #track: RemoteTrack;
  readonly #home: RoomRouter;

  constructor(track: RemoteTrack, home: RoomRouter) {
    this.#track = track;
    this.#home = home;
  }

  get router(): ms.Router {
    return this.#home.router;
  }

  /** It counts as a viewer, so that the track stays; pulled anew, it goes on. */
  async consume(end: ms.PipeTransport): Promise<ms.Consumer> {
    const consumer = await this.#track.consumeAt(this.#home, ({ id }) => end.consume({ producerId: id }));
    if (this.#track.isStraight) return consumer;
    consumer.close();
    throw new Error(`this node does not have track ${this.#track.sid} straight from its publisher's`);
  }
}
