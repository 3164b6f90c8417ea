import { setImmediate as turn } from 'node:timers/promises';
import type { SfuRoom } from '../../media/sfu/types.ts';
import { goFirst, inTurn } from '../shared/inTurn.ts';
import { toldAtOnce } from '../shared/toldAtOnce.ts';
import type { Publication } from './Publication.ts';
import type { Receiver } from './Receiver.ts';

type CutTrack = Pick<Publication, 'isVideo' | 'closed'> & { readonly subscriptions: Iterable<Receiver> };

/**
 * Cuts of one room: no offer, only pause and resume at all who are subscribed.
 * CL56: pictures first, and each worker is told of all at once, since the first who begins makes it ask for a key frame,
 * and whoever begins after that has come waits a second for the next.
 * CL61: who comes on the air and who goes off are one cut. As two they would keep each other's pictures waiting for their
 * sound; and what else viewers are told would take its share of each turn.
 */
export class Cuts {
  readonly #sfu: Pick<SfuRoom, 'gather'>;
  #asked: CutTrack[] = [];
  #next: Promise<readonly Promise<void>[]> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(sfu: Pick<SfuRoom, 'gather'>) {
    this.#sfu = sfu;
  }

  /** These went on air, or off. Resolves when the SFU has all who are subscribed, and these were told. */
  async of(tracks: readonly CutTrack[]): Promise<void> {
    if (tracks.length === 0) return;
    this.#asked.push(...tracks);
    this.#next ??= this.#begin();
    await Promise.all(await this.#next);
    for (const track of tracks)
      await inTurn(
        track.subscriptions,
        (one) => one.tellPlace(),
        () => track.closed,
      );
  }

  /** @returns what the SFU does of it */
  #begin(): Promise<readonly Promise<void>[]> {
    const passed = goFirst();
    const before = this.#last;
    const begun = (async () => {
      await Promise.all([before, turn()]);
      const tracks = this.#asked.splice(0);
      this.#next = undefined;
      return this.#tell(tracks);
    })().finally(passed);
    this.#last = begun.catch(() => undefined);
    return begun;
  }

  async #tell(tracks: readonly CutTrack[]): Promise<readonly Promise<void>[]> {
    const work: Promise<void>[] = [];
    for (const isVideo of [true, false]) {
      const receivers = tracks
        .filter((track) => track.isVideo === isVideo)
        .flatMap((track) => [...track.subscriptions]);
      const follow = (receiver: Receiver) => void work.push(receiver.followPlace());
      await toldAtOnce(this.#sfu, () => inTurn(receivers, follow, () => false, true), true);
    }
    return work;
  }
}
