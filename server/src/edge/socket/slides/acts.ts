import type { SlideShows } from '../../../domain/slides/SlideShows.ts';
import type { Stills } from '../../../domain/slides/Stills.ts';
import type { slidesActSchemas as acts } from '../../../protocol/slides.ts';
import type { ActHandlers } from '../channel/types.ts';

/** One line for each act: what the wire calls it, and who does it. */
export function slidesActs(shows: SlideShows, stills: Stills): ActHandlers<keyof typeof acts> {
  const done = async (act: Promise<void>) => {
    await act;
    return {};
  };
  return {
    'slides.show': (actor, { deck, page }) => done(shows.show(actor, deck, page)),
    'slides.turn': (actor, { deck, page }) => done(shows.turn(actor, deck, page)),
    'slides.end': (actor) => done(shows.end(actor)),
    'slides.point': (actor, pointed) => {
      shows.point(actor, pointed);
      return {};
    },
    'still.follow': async (actor, { on }) => ({ still: await stills.follow(actor, on) }),
  };
}
