import { refuse } from '../../protocol/errors.ts';
import type { Slides } from '../../protocol/slides.ts';
import { isBriefingRunning } from '../briefing/lifecycle.ts';
import type { Placing } from '../programme/ports.ts';
import { MOST_TURNS } from './limits.ts';
import type { ShowMoment, ShowStep } from './ports.ts';

/** What is shown in a briefing, as the store holds it. */
export interface Show {
  readonly briefing: string;
  readonly seq: number;
  readonly shown: Slides['shown'];
  /** Which page was shown when, since the deck is; the newest last. */
  readonly turns: readonly { readonly page: number; readonly at: string }[];
}

export const noShow = (briefing: string): Show => ({ briefing, seq: 0, shown: null, turns: [] });

/** SL5, SL8: another deck takes the place of the one that is shown, which ends. */
export function showDeck({ show, briefing, deck, now }: ShowMoment, page: number): ShowStep | undefined {
  if (!isBriefingRunning(briefing)) throw refuse('not-live', 'the briefing is not open');
  if (!deck || deck.briefing !== briefing.id) throw refuse('not-found', 'this briefing has no such slides');
  if (deck.pages.some((there) => there === null)) throw refuse('conflict', 'some pages are not uploaded yet');
  if (show.shown?.deck === deck.id) return turnTo({ show, now }, deck.id, page);
  refuseOutside(page, deck.size);
  const turns = [{ page, at: now }];
  const shown = { deck: deck.id, title: deck.title, size: deck.size, page };
  return {
    show: { ...show, seq: show.seq + 1, shown, turns },
    acts: [...endOf(show), { act: 'show', deck: deck.id, turns: [] }],
  };
}

/** SL7: the page is named, not the direction, so a press that is sent twice turns once. */
export function turnTo({ show, now }: Pick<ShowMoment, 'show' | 'now'>, deck: string, page: number) {
  const { shown, turns } = show;
  if (shown?.deck !== deck) throw refuse('conflict', 'these slides are not shown any more');
  refuseOutside(page, shown.size);
  if (shown.page === page) return undefined;
  const more = turns.length < MOST_TURNS ? [...turns, { page, at: now }] : turns;
  return { show: { ...show, seq: show.seq + 1, shown: { ...shown, page }, turns: more }, acts: [] };
}

export function endShow({ show }: Pick<ShowMoment, 'show'>): ShowStep | undefined {
  if (!show.shown) return undefined;
  return { show: { ...show, seq: show.seq + 1, shown: null, turns: [] }, acts: endOf(show) };
}

/** SL13: slides take the place of whatever is shown beside people; when they end, they alone leave it. */
export const withSlides = (deck: string): Placing => ({
  act: 'slides.show',
  decide: () => ({ kind: 'slides', deck }),
});
export const withoutSlides: Placing = {
  act: 'slides.end',
  decide: (now) => (now?.kind === 'slides' ? null : undefined),
};

const endOf = ({ shown, turns }: Show): ShowStep['acts'] => (shown ? [{ act: 'end', deck: shown.deck, turns }] : []);

function refuseOutside(page: number, size: number): void {
  if (page > size) throw refuse('bad-request', `there are ${size} pages`);
}
