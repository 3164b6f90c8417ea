import { createHash } from 'node:crypto';
import type { Briefing } from '../../protocol/briefing.ts';
import { DomainError, refuse } from '../../protocol/errors.ts';
import { SLIDE_BYTES } from '../../protocol/limits.ts';
import type { Account } from '../../protocol/organisation.ts';
import type { AddDeck, Deck, DeckSummary, SlidePage, slideTypes } from '../../protocol/slides.ts';
import { collect } from '../shared/collect.ts';
import { demand, demandProducing } from '../shared/rights.ts';
import { isPicture } from './isPicture.ts';
import { MOST_DECKS, PICTURES_AT_ONCE, UNUSED_PICTURE_BYTES } from './limits.ts';
import type { PictureUpload, SlideImage, SlideStore } from './ports.ts';
import { Shelf } from './Shelf.ts';

interface Parts {
  readonly store: SlideStore;
  /** @throws DomainError `not-found`, `outside-territory` */
  readonly readBriefing: (account: Account, id: string) => Promise<Briefing>;
}

/** Decks before they are shown, and their pages for those who see them. */
export class Decks {
  readonly #parts: Parts;
  readonly #shelf: Shelf;
  readonly #uploading = new Map<string, number>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#shelf = new Shelf(parts.store);
  }

  /** SL1, SL2. @throws DomainError `forbidden`, `outside-territory`, `briefing-closed`, `conflict` */
  async add(account: Account, id: string, wanted: AddDeck): Promise<Deck> {
    const briefing = await this.#prepared(account, id);
    if (briefing.state === 'closed') throw refuse('briefing-closed', 'this briefing is over');
    const deck = await this.#parts.store.addDeck(id, wanted, account.id, MOST_DECKS);
    if (!deck) throw refuse('conflict', `a briefing has at most ${MOST_DECKS} decks`);
    return deck;
  }

  async list(account: Account, id: string): Promise<readonly DeckSummary[]> {
    await this.#prepared(account, id);
    return this.#parts.store.decks(id);
  }

  /** SL3. @throws DomainError `forbidden`, `bad-request`, `too-large`, `rate-limited` */
  async keepImage(account: Account, upload: PictureUpload): Promise<{ readonly sha256: string }> {
    demand(account, 'slides.prepare');
    const others = this.#uploading.get(account.id) ?? 0;
    if (others >= PICTURES_AT_ONCE) throw refuse('rate-limited', 'wait until one of your pictures is up');
    this.#uploading.set(account.id, others + 1);
    try {
      return await this.#keep(account, upload);
    } finally {
      const left = (this.#uploading.get(account.id) ?? 1) - 1;
      if (left > 0) this.#uploading.set(account.id, left);
      else this.#uploading.delete(account.id);
    }
  }

  async #keep(account: Account, { type, bytes: source }: PictureUpload): Promise<{ readonly sha256: string }> {
    const bytes = await collect(source, SLIDE_BYTES);
    if (!isPicture(type as (typeof slideTypes)[number], bytes)) throw refuse('bad-request', `this is no ${type}`);
    if ((await this.#parts.store.unusedBytes(account.id)) + bytes.length > UNUSED_PICTURE_BYTES)
      throw refuse('rate-limited', 'too many of your pictures are on no page; after a day they are deleted');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await this.#parts.store.keepImage({ sha256, type, bytes, by: account.id });
    return { sha256 };
  }

  /** SL2. @throws DomainError `conflict`: it was complete, or a picture is missing */
  async setPage(account: Account, id: string, nr: number, page: SlidePage): Promise<void> {
    await this.#ownDeck(account, id);
    if (!(await this.#parts.store.setPage(id, nr, page)))
      throw refuse('conflict', 'the slides are complete already, or a picture of this page is not here');
  }

  /** @throws DomainError `conflict`: it was shown */
  async remove(account: Account, id: string): Promise<void> {
    await this.#ownDeck(account, id);
    if (!(await this.#parts.store.removeDeck(id)))
      throw refuse('conflict', 'these slides were shown, so they stay on record');
  }

  /** SL4. @throws DomainError `not-found`, also for those who may not see it yet */
  async read(account: Account, id: string): Promise<Deck> {
    const deck = await this.#shelf.deck(id);
    if (!deck) throw noSlides();
    const briefing = await this.#parts.readBriefing(account, deck.briefing);
    if (!deck.shown && !prepares(account, briefing)) throw noSlides();
    return deck;
  }

  /** SL4, SL6. @throws DomainError `not-found` */
  async image(account: Account, id: string, sha256: string): Promise<SlideImage> {
    const deck = await this.read(account, id);
    const has = deck.pages.some((page) => page?.wide === sha256 || page?.narrow === sha256);
    const image = has ? await this.#shelf.image(sha256) : undefined;
    if (!image) throw noSlides();
    return image;
  }

  async #prepared(account: Account, id: string): Promise<Briefing> {
    const briefing = await this.#parts.readBriefing(account, id);
    demandProducing(account, briefing, 'slides.prepare');
    return briefing;
  }

  async #ownDeck(account: Account, id: string): Promise<void> {
    const deck = await this.#parts.store.deck(id);
    if (!deck) throw noSlides();
    await this.#prepared(account, deck.briefing);
  }
}

function prepares(account: Account, briefing: Briefing): boolean {
  try {
    demandProducing(account, briefing, 'slides.prepare');
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

const noSlides = () => refuse('not-found', 'there are no such slides for you');
