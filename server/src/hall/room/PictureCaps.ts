import type { Framing, PictureCap } from '../../domain/shared/stage.ts';
import type { Publisher } from '../publish/Publisher.ts';
import { inTurn } from '../shared/inTurn.ts';
import { isSameCap } from '../stages/caps.ts';

/** PN11: how much of the pictures on stage is forwarded at most. */
export class PictureCaps {
  #framing: Framing = new Map();

  of(identity: string): PictureCap | undefined {
    return this.#framing.get(identity);
  }

  /** From now on. Layers follow in turn: nobody waits for thousands of viewers. */
  frame(framing: Framing, people: readonly Publisher[], over: () => boolean): void {
    const before = this.#framing;
    this.#framing = framing;
    const moved = people.filter(({ identity }) => !isSameCap(before.get(identity), framing.get(identity)));
    const receivers = moved.flatMap((p) => [...p.publications.values()].flatMap((t) => [...t.subscriptions]));
    void inTurn(receivers, (receiver) => receiver.resized(), over);
  }
}
