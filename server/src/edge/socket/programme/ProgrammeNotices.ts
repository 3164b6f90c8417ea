import type { Director } from '../../../domain/programme/Director.ts';
import type { LiveProgrammes } from '../../../domain/programme/LiveProgrammes.ts';
import type { Briefing } from '../../../protocol/briefing.ts';
import type { Programme } from '../../../protocol/programme.ts';
import { rooms } from '../channel/rooms.ts';
import { tell } from '../channel/tell.ts';
import type { ChannelContext, ChannelSocket, SliceNotices } from '../channel/types.ts';

/** PN7, PN8: tells everybody in a briefing what all see. */
export class ProgrammeNotices implements SliceNotices {
  readonly forScreens = true;
  readonly #channel: Pick<ChannelContext, 'io'>;
  readonly #live: LiveProgrammes;
  readonly #director: Director;
  readonly #ensure: (briefing: string) => Promise<void>;
  readonly #onChanged = (programme: Programme) => tell(this.#everyone(programme.briefing), 'programme', programme);
  readonly #onSpeaker = (briefing: string, identity: string | null) =>
    tell(this.#everyone(briefing), 'programme.speaker', { briefing, identity });

  constructor(
    channel: Pick<ChannelContext, 'io'>,
    parts: { live: LiveProgrammes; director: Director; ensure: (briefing: string) => Promise<void> },
  ) {
    this.#channel = channel;
    this.#live = parts.live;
    this.#director = parts.director;
    this.#ensure = parts.ensure;
    this.#live.on('changed', this.#onChanged);
    this.#director.on('speaker', this.#onSpeaker);
  }

  prepare({ id }: Briefing): Promise<void> {
    return this.#ensure(id);
  }

  welcome(socket: ChannelSocket, briefing: string): void {
    const programme = this.#live.get(briefing);
    if (programme) tell(socket, 'programme', programme);
    tell(socket, 'programme.speaker', { briefing, identity: this.#director.speakerOf(briefing) });
  }

  close(): void {
    this.#live.off('changed', this.#onChanged);
    this.#director.off('speaker', this.#onSpeaker);
  }

  #everyone(briefing: string) {
    return this.#channel.io.local.to(rooms.everyone(briefing));
  }
}
