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

/** Of a device that sends too much. */
export interface ExcessTold {
  readonly briefing: string;
  readonly identity: string;
  readonly unit: string;
  readonly path: string;
  readonly what: StageEvents['excess'][0]['what'];
}

/** The way to other nodes, whose officials are told as well. */
export interface ExcessElsewhere {
  tell: (excess: ExcessTold) => void;
  hear: (excess: ExcessTold) => void;
}

/** FL17: tells the officials above a unit that one of its devices sends more than is allowed. */
export class ExcessNotices {
  readonly #channel: ChannelContext;
  readonly #stage: EventEmitter<StageEvents>;
  /** When each was told last, the oldest first. */
  readonly #told = new Map<string, number>();
  readonly #elsewhere: ExcessElsewhere;
  readonly #onExcess = ({ room: briefing, identity, attributes, what }: StageEvents['excess'][0]) => {
    const unit = unitCodeSchema.safeParse(attributes[participantAttributes.unit]).data;
    const path = unitPathSchema.safeParse(attributes[participantAttributes.path]).data;
    if (!unit || !path || !this.#isNew(`${briefing} ${identity} ${what}`, this.#channel.now().getTime())) return;
    this.#tell({ briefing, identity, unit, path, what });
    this.#elsewhere.tell({ briefing, identity, unit, path, what });
  };

  constructor(channel: ChannelContext, stage: EventEmitter<StageEvents>, elsewhere: ExcessElsewhere) {
    this.#channel = channel;
    this.#elsewhere = elsewhere;
    elsewhere.hear = (excess) => this.#tell(excess);
    this.#stage = stage;
    stage.on('excess', this.#onExcess);
  }

  close(): void {
    this.#stage.off('excess', this.#onExcess);
    this.#elsewhere.hear = () => undefined;
  }

  #tell({ path, ...excess }: ExcessTold): void {
    const { io, now } = this.#channel;
    const officials = territoriesOver(path).map((above) => rooms.officials(excess.briefing, above));
    tell(io.local.to(officials), 'seat.excess', { ...excess, at: now().toISOString() });
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
