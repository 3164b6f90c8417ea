import { Closer } from '../../server/src/lib/Closer.ts';
import type { ChannelClient } from '../../server/test/support/ChannelClient.ts';
import type { BrowserPage } from './BrowserPage.ts';

/** How often is looked, ms. */
const LOOK_MS = 1_000;
/** After which a page may say of no picture that it is well, ms: two seconds of the page, and a look of its own. */
const FALSE_MS = 3_000;
/** Into a cut, ms: longer than a node that is silent stays known. */
const CALL_AT_MS = 8_000;

interface CutFactsOptions {
  /** At nodes that are not cut off. */
  readonly officials: readonly ChannelClient[];
  readonly pages: readonly BrowserPage[];
  readonly provinces: readonly string[];
  /** So many of their units are in the briefing all the time; undefined: they are cut off themselves. */
  readonly present: number | undefined;
  /** Connected to the node that is cut off, to be called; undefined: nobody. */
  readonly unit: string | undefined;
}

/** What is said while a node is cut off, and is not so. */
export class CutFacts {
  readonly #options: CutFactsOptions;
  readonly #wrong = new Set<string>();
  readonly #closer = new Closer(() => undefined);
  /** What a call to a unit at that node came to. */
  #call = 'nobody was called';

  constructor(options: CutFactsOptions) {
    this.#options = options;
    const { officials, unit } = options;
    let busy = false;
    const looks = setInterval(() => {
      if (busy) return;
      busy = true;
      void this.#look().finally(() => {
        busy = false;
      });
    }, LOOK_MS);
    this.#closer.defer('looks', () => clearInterval(looks));
    // Another one than who looks: each may act so often.
    const official = officials.at(-1);
    if (!unit || !official) return;
    const call = setTimeout(() => void this.#callOne(official, unit), CALL_AT_MS);
    this.#closer.defer('call', () => clearTimeout(call));
  }

  get call(): string {
    return this.#call;
  }

  /** What was said that was not so. */
  async end(): Promise<readonly string[]> {
    await this.#closer.close();
    return [...this.#wrong];
  }

  async #look(): Promise<void> {
    const { officials, pages, provinces, present } = this.#options;
    await Promise.all(
      pages.map(async (page) => {
        const { silentMs, well, stage } = await page.told();
        if (well && silentMs > FALSE_MS) this.#wrong.add(`a page without a picture said “${well}” beside “${stage}”`);
      }),
    );
    if (present === undefined) return;
    for (const official of officials.slice(0, 1)) {
      let here = 0;
      for (const root of provinces)
        here += await official.act('presence.list', { root, states: ['here'], limit: 1 }).then(
          ({ total }) => total,
          () => Number.NaN,
        );
      if (here < present) this.#wrong.add(`presence said ${here} of ${present}`);
    }
  }

  async #callOne(official: ChannelClient, unit: string): Promise<void> {
    try {
      const { id, state } = await official.act('call.start', { unit, seconds: 30 });
      this.#call = `a call was ${state}`;
      if (state === 'not-connected') this.#wrong.add(`a call to a unit that is there was recorded ${state}`);
      await official.act('call.cancel', { call: id });
    } catch (error) {
      this.#call = `a call was refused: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
}
