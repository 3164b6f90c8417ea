import { EventEmitter } from 'node:events';
import { RateLimits } from '../../lib/RateLimits.ts';
import { tryAll } from '../../lib/tryAll.ts';
import type { Briefing } from '../../protocol/briefing.ts';
import { refuse, tooOften } from '../../protocol/errors.ts';
import { POINTS_PER_SECOND } from '../../protocol/limits.ts';
import type { Programme } from '../../protocol/programme.ts';
import type { Pointer } from '../../protocol/slides.ts';
import type { BriefingActor } from '../shared/actor.ts';
import { demandProducing } from '../shared/rights.ts';
import type { Act } from '../shared/rightsTable.ts';
import type { LiveSlides } from './LiveSlides.ts';
import type { ShowChange, ShowMoment, ShowStep, SlideStore } from './ports.ts';
import { endShow, showDeck, turnTo, withoutSlides, withSlides } from './shows.ts';

export interface Pointed {
  readonly briefing: string;
  readonly deck: string;
  readonly page: number;
  readonly at: Pointer;
}

interface Parts {
  readonly store: Pick<SlideStore, 'change' | 'left'>;
  readonly live: LiveSlides;
  /** The briefing as this node knows it; undefined: it is not open. */
  readonly briefing: (id: string) => Briefing | undefined;
  /** What all see beside people. */
  readonly programme: { readonly commit: (programme: Programme) => void };
}

type Producer = Pick<BriefingActor, 'briefing' | 'account'>;

/** The acts on what is shown. Each resolves after the commit, and may be repeated without harm. */
export class SlideShows extends EventEmitter<{
  /** On this node; other nodes want to know. */
  pointed: [Pointed];
  /** On any node. */
  point: [Pointed];
}> {
  readonly #parts: Parts;
  readonly #points = new RateLimits({ perSecond: POINTS_PER_SECOND, burst: POINTS_PER_SECOND });

  constructor(parts: Parts) {
    super();
    this.#parts = parts;
  }

  /** SL5. @throws DomainError `forbidden`, `outside-territory`, `not-found`, `not-live`, `conflict`, `bad-request` */
  async show(actor: Producer, deck: string, page: number): Promise<void> {
    await this.#change(actor, 'slides.show', (moment) => showDeck(moment, page), { deck, beside: withSlides(deck) });
  }

  /** SL7. @throws DomainError as above */
  async turn(actor: Producer, deck: string, page: number): Promise<void> {
    await this.#change(actor, 'slides.turn', (moment) => turnTo(moment, deck, page));
  }

  async end(actor: Producer): Promise<void> {
    await this.#change(actor, 'slides.end', endShow, { beside: withoutSlides });
  }

  /** SL10: told, and kept nowhere. @throws DomainError `forbidden`, `outside-territory`, `rate-limited` */
  point(actor: Producer, pointed: Omit<Pointed, 'briefing'>): void {
    const { briefing } = actor;
    const known = this.#parts.briefing(briefing);
    if (!known) throw refuse('not-live', 'the briefing is not open');
    demandProducing(actor.account, known, 'slides.point');
    const { shown } = this.#parts.live.get(briefing);
    if (shown?.deck !== pointed.deck || shown.page !== pointed.page) return;
    // That it is gone is always told.
    const wait = pointed.at ? this.#points.take(briefing) : 0;
    if (wait > 0) throw tooOften('a pointer is told a few times a second', wait);
    this.emit('pointed', { briefing, ...pointed });
    this.hear({ briefing, ...pointed });
  }

  hear(pointed: Pointed): void {
    this.emit('point', pointed);
  }

  /** SL8: what was shown when a briefing closed ends with it, on whichever node that is found. */
  async sweep(): Promise<void> {
    const { live, store } = this.#parts;
    const left = await store.left();
    await tryAll(
      left.map((briefing) => async () => {
        const { show } = await store.change({ briefing, by: null }, endShow);
        live.commit(show);
        live.forget(briefing);
      }),
    );
  }

  async #change(
    actor: Producer,
    act: Act,
    decide: (moment: ShowMoment) => ShowStep | undefined,
    more: Pick<ShowChange, 'deck' | 'beside'> = {},
  ): Promise<void> {
    const { briefing, account } = actor;
    const by = { account: account.id, name: account.name };
    const { show, programme } = await this.#parts.store.change({ briefing, by, ...more }, (moment) => {
      demandProducing(account, moment.briefing, act);
      return decide(moment);
    });
    this.#parts.live.commit(show);
    if (programme) this.#parts.programme.commit(programme);
  }
}
