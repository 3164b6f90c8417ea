import type { LiveSlides } from '../../../domain/slides/LiveSlides.ts';
import type { Pointed, SlideShows } from '../../../domain/slides/SlideShows.ts';
import type { StillFollower, Stills } from '../../../domain/slides/Stills.ts';
import type { Show } from '../../../domain/slides/shows.ts';
import type { Briefing } from '../../../protocol/briefing.ts';
import type { Still } from '../../../protocol/slides.ts';
import { rooms } from '../channel/rooms.ts';
import { tell } from '../channel/tell.ts';
import type { ChannelContext, ChannelSocket, SliceNotices } from '../channel/types.ts';

interface Parts {
  readonly live: LiveSlides;
  readonly shows: SlideShows;
  readonly stills: Stills;
}

/**
 * SL7: tells everybody in a briefing which page of which slides is shown; a page is a number, never a picture. SH7: and
 * those who asked for it that there is a new still of a screen.
 */
export class SlidesNotices implements SliceNotices {
  readonly forScreens = true;
  readonly #io: ChannelContext['io'];
  readonly #parts: Parts;
  readonly #onChanged = ({ briefing, seq, shown }: Show) =>
    tell(this.#everyone(briefing), 'slides', { briefing, seq, shown });
  readonly #onPointed = (pointed: Pointed) => tell(this.#everyone(pointed.briefing), 'slides.pointer', pointed);
  readonly #onTaken = (still: Still) => tell(this.#io.local.to(rooms.stills(still.briefing)), 'still', still);
  readonly #onFollows = ({ briefing, identity, on }: StillFollower) => {
    const devices = this.#io.local.in(rooms.device(briefing, identity));
    if (on) devices.socketsJoin(rooms.stills(briefing));
    else devices.socketsLeave(rooms.stills(briefing));
  };

  constructor({ io }: Pick<ChannelContext, 'io'>, parts: Parts) {
    this.#io = io;
    this.#parts = parts;
    parts.live.on('changed', this.#onChanged);
    parts.shows.on('point', this.#onPointed);
    parts.stills.on('taken', this.#onTaken).on('heard', this.#onTaken);
    parts.stills.on('follows', this.#onFollows);
  }

  /** Makes known on this node what is shown already. */
  prepare({ id }: Briefing): Promise<void> {
    return this.#parts.live.ensure(id);
  }

  /** A page that comes back may have seen slides that are shown no more. */
  welcome(socket: ChannelSocket, briefing: string): void {
    const { seq, shown } = this.#parts.live.get(briefing);
    if (seq > 0) tell(socket, 'slides', { briefing, seq, shown });
  }

  close(): void {
    const { live, shows, stills } = this.#parts;
    live.off('changed', this.#onChanged);
    shows.off('point', this.#onPointed);
    stills.off('taken', this.#onTaken).off('heard', this.#onTaken);
    stills.off('follows', this.#onFollows);
  }

  #everyone(briefing: string) {
    return this.#io.local.to(rooms.everyone(briefing));
  }
}
