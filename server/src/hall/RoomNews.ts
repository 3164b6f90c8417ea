import type { Room } from './Room.ts';

/** Counts of a room are told at most this often, ms. */
const COUNT_EVERY_MS = 1_000;

/** Tells participants what changed about the room itself. */
export class RoomNews {
  readonly #room: Room;
  #timer: NodeJS.Timeout | undefined;
  #told = '';

  constructor(room: Room) {
    this.#room = room;
  }

  /** Metadata: everybody is told, at once. */
  changed(): void {
    const { info } = this.#room;
    for (const p of this.#room.participants) p.outlet?.roomUpdate(info);
  }

  /**
   * Somebody came, went, or began to publish. Only those are told whom others see: telling an audience of each of its
   * own members would cost its size squared.
   */
  countChanged(): void {
    if (this.#timer !== undefined) return;
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
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
