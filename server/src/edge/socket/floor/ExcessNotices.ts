import type { EventEmitter } from 'node:events';
import type { StageEvents } from '../../../domain/shared/stage.ts';
import { territoriesOver } from '../../../domain/shared/whoSeesWhom.ts';
import { participantAttributes } from '../../../protocol/briefing.ts';
import { unitCodeSchema, unitPathSchema } from '../../../protocol/organisation.ts';
import { rooms } from '../channel/rooms.ts';
import { tell } from '../channel/tell.ts';
import type { ChannelContext } from '../channel/types.ts';

/** Who floods the media server shall not flood the officials. */
const AGAIN_MS = 60_000;

/** FL17: tells the officials above a unit that one of its devices sends more than is allowed. */
export class ExcessNotices {
  readonly #channel: ChannelContext;
  readonly #stage: EventEmitter<StageEvents>;
  /** When each was told last, the oldest first. */
  readonly #told = new Map<string, number>();
  readonly #onExcess = ({ room: briefing, identity, attributes, what }: StageEvents['excess'][0]) => {
    const unit = unitCodeSchema.safeParse(attributes[participantAttributes.unit]).data;
    const path = unitPathSchema.safeParse(attributes[participantAttributes.path]).data;
    const now = this.#channel.now();
    if (!unit || !path || !this.#isNew(`${briefing} ${identity} ${what}`, now.getTime())) return;
    const officials = territoriesOver(path).map((above) => rooms.officials(briefing, above));
    const notice = { briefing, identity, unit, what, at: now.toISOString() };
    tell(this.#channel.io.local.to(officials), 'seat.excess', notice);
  };

  constructor(channel: ChannelContext, stage: EventEmitter<StageEvents>) {
    this.#channel = channel;
    this.#stage = stage;
    stage.on('excess', this.#onExcess);
  }

  close(): void {
    this.#stage.off('excess', this.#onExcess);
  }

  #isNew(key: string, now: number): boolean {
    for (const [old, at] of this.#told) {
      if (now - at < AGAIN_MS) break;
      this.#told.delete(old);
    }
    if (this.#told.has(key)) return false;
    this.#told.set(key, now);
    return true;
  }
}
