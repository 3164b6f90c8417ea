import type { LiveSlides } from '../../../domain/slides/LiveSlides.ts';
import type { Pointed, SlideShows } from '../../../domain/slides/SlideShows.ts';
import type { Show } from '../../../domain/slides/shows.ts';
import type { Briefing } from '../../../protocol/briefing.ts';
import { rooms } from '../channel/rooms.ts';
import { tell } from '../channel/tell.ts';
import type { ChannelContext, ChannelSocket, SliceNotices } from '../channel/types.ts';

/** SL7: tells everybody in a briefing which page of which slides is shown; a page is a number, never a picture. */
export class SlidesNotices implements SliceNotices {
  readonly forScreens = true;
  readonly #channel: Pick<ChannelContext, 'io'>;
  readonly #live: LiveSlides;
  readonly #shows: SlideShows;
  readonly #onChanged = ({ briefing, seq, shown }: Show) =>
    tell(this.#everyone(briefing), 'slides', { briefing, seq, shown });
  readonly #onPointed = (pointed: Pointed) => tell(this.#everyone(pointed.briefing), 'slides.pointer', pointed);
  /** Makes known on this node what is shown already. */
  readonly prepare: (briefing: Briefing) => Promise<void>;

  constructor(
    channel: Pick<ChannelContext, 'io'>,
    live: LiveSlides,
    shows: SlideShows,
    prepare: (briefing: Briefing) => Promise<void>,
  ) {
    this.#channel = channel;
    this.#live = live;
    this.#shows = shows;
    this.prepare = prepare;
    live.on('changed', this.#onChanged);
    shows.on('point', this.#onPointed);
  }

  /** A page that comes back may have seen slides that are shown no more. */
  welcome(socket: ChannelSocket, briefing: string): void {
    const { seq, shown } = this.#live.get(briefing);
    if (seq > 0) tell(socket, 'slides', { briefing, seq, shown });
  }

  close(): void {
    this.#live.off('changed', this.#onChanged);
    this.#shows.off('point', this.#onPointed);
  }

  #everyone(briefing: string) {
    return this.#channel.io.local.to(rooms.everyone(briefing));
  }
}
