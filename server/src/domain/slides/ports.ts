import type { Briefing } from '../../protocol/briefing.ts';
import type { Programme } from '../../protocol/programme.ts';
import type { AddDeck, Deck, DeckSummary, SlidePage } from '../../protocol/slides.ts';
import type { Placing } from '../programme/ports.ts';
import type { Show } from './shows.ts';

/** Whose name stands under an act; null: the briefing ended. */
export interface Presenter {
  readonly account: string;
  readonly name: string;
}

export interface PictureUpload {
  readonly type: string;
  readonly bytes: AsyncIterable<Buffer>;
}

export interface SlideImage {
  readonly type: string;
  readonly bytes: Buffer;
}

/** What a decision knows: the show under lock, the briefing, the clock of the store, and the deck that was named. */
export interface ShowMoment {
  readonly show: Show;
  readonly briefing: Pick<Briefing, 'id' | 'state' | 'stage' | 'producers'>;
  readonly now: string;
  readonly deck: Deck | undefined;
}

/** What is to be written: the show after it, and the acts for the record. */
export interface ShowStep {
  readonly show: Show;
  readonly acts: readonly ShowAct[];
}
export interface ShowAct {
  readonly act: 'show' | 'end';
  readonly deck: string;
  readonly turns: Show['turns'];
}

export interface ShowChange {
  readonly briefing: string;
  /** One that is named is in the moment of the decision. */
  readonly deck?: string;
  readonly by: Presenter | null;
  /** SL13; left out: what all see beside people stays as it is. */
  readonly beside?: Placing;
}

export type ShowMark = Pick<Show, 'briefing' | 'seq'>;

/** The truth of slides. What it is given as `decide` is pure, and may be asked again in another transaction. */
export interface SlideStore {
  /** @returns undefined: the briefing has its most decks, and none of this source */
  addDeck(briefing: string, deck: AddDeck, by: string, most: number): Promise<Deck | undefined>;
  decks(briefing: string): Promise<readonly DeckSummary[]>;
  deck(id: string): Promise<Deck | undefined>;
  /** @returns whether such a page, with such pictures, could be written: the deck was not complete */
  setPage(deck: string, nr: number, page: SlidePage): Promise<boolean>;
  /** @returns false: it was shown, or is not there */
  removeDeck(id: string): Promise<boolean>;
  keepImage(image: SlideImage & { readonly sha256: string; readonly by: string }): Promise<void>;
  unusedBytes(account: string): Promise<number>;
  image(sha256: string): Promise<SlideImage | undefined>;
  read(briefing: string): Promise<Show>;
  /**
   * One act in one transaction. @returns the show after it, which is the one before when `decide` says undefined; and
   * the programme, where it was asked for
   * @throws DomainError `not-found`, and what `decide` throws
   */
  change(
    ask: ShowChange,
    decide: (moment: ShowMoment) => ShowStep | undefined,
  ): Promise<{ readonly show: Show; readonly programme: Programme | undefined }>;
  /** Shows of briefings that are open or live. */
  running(): Promise<readonly ShowMark[]>;
  /** Briefings that are closed, with a deck that is still shown. */
  left(): Promise<readonly string[]>;
  /** SL3. @returns how many pictures were deleted */
  sweep(): Promise<number>;
}
