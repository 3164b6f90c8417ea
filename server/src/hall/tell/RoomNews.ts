import type { Room as RoomInfo } from '@livekit/protocol';
import { inTurn } from '../shared/inTurn.ts';
import type { Listener, ListeningRoom } from './Listener.ts';

/** Counts of a room are told at most this often, ms. */
const COUNT_EVERY_MS = 1_000;

interface ToldRoom extends ListeningRoom<Listener, Pick<Listener, 'outlet'>> {
  readonly info: RoomInfo;
  readonly metadata: string;
}

/** Tells participants what changed about the room itself. */
export class RoomNews {
  readonly #room: ToldRoom;
  #timer: NodeJS.Timeout | undefined;
  #told = '';
  #closed = false;

  constructor(room: ToldRoom) {
    this.#room = room;
  }

  /** Metadata: everybody is told, at once. */
  changed(): void {
    const { info } = this.#room;
    void inTurn(
      this.#room.participants,
      (p) => p.outlet?.roomUpdate(info),
      () => this.#closed || this.#room.metadata !== info.metadata,
    );
  }

  /**
   * Somebody came, went, or began to publish. Only those are told whom others see: telling an audience of each of its
   * own members would cost its size squared.
   */
  countChanged(): void {
    if (this.#timer !== undefined || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const { info } = this.#room;
      const counts = `${info.numParticipants} ${info.numPublishers}`;
      if (counts === this.#told) return;
      this.#told = counts;
      for (const p of this.#room.publicParticipants) p.outlet?.roomUpdate(info);
    }, COUNT_EVERY_MS);
    this.#timer.unref();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
