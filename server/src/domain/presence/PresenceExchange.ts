import type { PresenceGap, PresenceNews } from './ports.ts';

/** CL40: units in one message. */
const MOST_UNITS = 250;
/** So long the answer to what was asked may take until it is asked again. */
const AGAIN_MS = 1_000;
/** How far this node has come is told with every other beat. */
const MARK_EVERY = 2;

interface Exchanged {
  takeNews(most: number): PresenceNews[];
  marks(): PresenceNews[];
  fill(gap: PresenceGap, most: number): Iterator<PresenceNews>;
  hear(boot: string, news: PresenceNews): PresenceGap | undefined;
  retain(living: ReadonlySet<string>): void;
  expire(elapsed: number): void;
}

export interface ExchangeParts {
  readonly presence: Exchanged;
  /** Other nodes that live; undefined: that is not known at this moment. */
  readonly others: () => readonly { readonly boot: string }[] | undefined;
  /** To all of them, as one message. */
  readonly tell: (news: readonly PresenceNews[]) => void;
  readonly ask: (gap: PresenceGap) => void;
  /** Monotonic, ms. */
  readonly elapsed?: () => number;
  /** What is long is told piece by piece, and others have their turn in between. */
  readonly pace?: (next: () => void) => void;
}

/**
 * CL40, CL41: tells other nodes who is at this one, and hears who is at them. Whatever gets lost in between is found by
 * the numbers that each message has.
 */
export class PresenceExchange {
  readonly #parts: ExchangeParts;
  readonly #elapsed: () => number;
  readonly #pace: (next: () => void) => void;
  /** When it was asked last, by node and briefing. */
  readonly #asked = new Map<string, number>();
  #beats = 0;

  constructor(parts: ExchangeParts) {
    this.#parts = parts;
    this.#elapsed = parts.elapsed ?? (() => performance.now());
    this.#pace = parts.pace ?? setImmediate;
  }

  /** What has changed here; as often as others shall hear of it. */
  tellNews(): void {
    const news = this.#parts.presence.takeNews(MOST_UNITS);
    if (!this.#isAlone) this.#tell(news);
  }

  /** Each second. */
  beat(): void {
    const { presence, others } = this.#parts;
    const living = others();
    if (living) presence.retain(new Set(living.map(({ boot }) => boot)));
    presence.expire(this.#elapsed());
    this.#beats += 1;
    if (this.#beats % MARK_EVERY === 0 && !this.#isAlone) this.#parts.tell(presence.marks());
  }

  /** This node begins to look at a briefing, of which the others may have told it before. */
  begin(briefing: string): void {
    if (!this.#isAlone) this.#parts.ask({ briefing, boot: null, from: 0 });
  }

  hear(news: readonly PresenceNews[], { boot }: { readonly boot: string }): void {
    const living = this.#parts.others();
    // What was still on its way from a node that is no more.
    if (living && !living.some((other) => other.boot === boot)) return;
    for (const one of news) {
      const gap = this.#parts.presence.hear(boot, one);
      if (gap) this.#ask(gap, `${boot} ${gap.briefing}`);
    }
  }

  asked(gap: PresenceGap): void {
    const news = this.#parts.presence.fill(gap, MOST_UNITS);
    const next = () => {
      const one = news.next();
      if (one.done) return;
      this.#parts.tell([one.value]);
      this.#pace(next);
    };
    next();
  }

  get #isAlone(): boolean {
    return this.#parts.others()?.length === 0;
  }

  #ask(gap: PresenceGap, key: string): void {
    const now = this.#elapsed();
    for (const [old, at] of this.#asked) if (now - at >= AGAIN_MS) this.#asked.delete(old);
    if (this.#asked.has(key)) return;
    this.#asked.set(key, now);
    this.#parts.ask(gap);
  }

  /** Small ones together. */
  #tell(news: readonly PresenceNews[]): void {
    let [message, units]: [PresenceNews[], number] = [[], 0];
    for (const one of news) {
      if (message.length > 0 && units + one.units.length > MOST_UNITS) {
        this.#parts.tell(message);
        [message, units] = [[], 0];
      }
      message.push(one);
      units += one.units.length;
    }
    if (message.length > 0) this.#parts.tell(message);
  }
}
