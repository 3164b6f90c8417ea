import type { Browser } from '../../server/test/support/Browser.ts';
import { until } from '../../server/test/support/until.ts';

type Page = Awaited<ReturnType<Browser['page']>>;

/** How long Chromium may take on a machine that runs all of it, ms. */
const PATIENCE = { timeout: 60_000 };

/** A picture that was another so long ago moves. */
const MOVES_MS = 500;

/** Runs in the page: when a picture on the stage moved last, and for how long none did. */
const watchPictures = `{
  const frames = new WeakMap();
  let at;
  let longest = 0;
  setInterval(() => {
    let moved = false;
    for (const video of document.querySelectorAll('.stage .tile video')) {
      // The browser counts a copy of the last frame when the room is left.
      if (!video.srcObject?.getVideoTracks().some(({ readyState }) => readyState === 'live')) continue;
      const shown = video.getVideoPlaybackQuality().totalVideoFrames;
      if (shown > (frames.get(video) ?? 0)) moved = true;
      frames.set(video, shown);
    }
    if (!moved) return;
    const now = performance.now();
    if (at !== undefined) longest = Math.max(longest, now - at);
    at = now;
  }, 20);
  globalThis.pictureSilentMs = () => (at === undefined ? Infinity : performance.now() - at);
  globalThis.takeLongestMs = () => {
    const taken = Math.max(longest, pictureSilentMs());
    longest = 0;
    return taken;
  };
}`;

/** The page itself of a commune, in Chromium, which is shown the stage. */
export class BrowserPage {
  /** How often its media connected to a node. */
  joins = 0;
  readonly #page: Page;
  readonly #context: ReturnType<Page['context']>;

  /** Resolves when it shows a picture. @param first where its media goes at first, whatever node is named */
  static async open(browser: Browser, link: string, first: string): Promise<BrowserPage> {
    const page = await browser.page();
    const shown = new BrowserPage(page);
    await page.context().grantPermissions(['camera', 'microphone'], { origin: new URL(link).origin });
    await page.addInitScript({ content: watchPictures });
    await page.route(/\/api\/briefings\/[^/]+\/join$/, async (route) => {
      const response = await route.fetch();
      // A page may give up an answer and ask again.
      if (shown.joins > 0 || !response.ok()) return route.fulfill({ response });
      return route.fulfill({ response, json: { ...(await response.json()), url: first.replace(/^http/, 'ws') } });
    });
    page.on('websocket', (socket) => {
      if (new URL(socket.url()).pathname === '/rtc') shown.joins += 1;
    });
    await page.goto(link, PATIENCE);
    await page.getByRole('button', { name: 'Vào phòng họp' }).click(PATIENCE);
    await until('a picture moves', async () => (await shown.silentMs()) < MOVES_MS, PATIENCE.timeout);
    return shown;
  }

  private constructor(page: Page) {
    this.#page = page;
    this.#context = page.context();
  }

  silentMs(): Promise<number> {
    return this.#page.evaluate<number>('pictureSilentMs()');
  }

  /** For how long no picture moved, ms; what it says of that where it says that all is well; and what stands on the stage. */
  told(): Promise<{ readonly silentMs: number; readonly well: string | undefined; readonly stage: string }> {
    return this.#page.evaluate(`({
      silentMs: pictureSilentMs(),
      well: /Đường truyền tốt|Đang xem và nghe/.exec(document.body.innerText)?.[0],
      stage: (document.querySelector('.stage')?.innerText ?? '').replace(/\\s+/g, ' '),
    })`);
  }

  /** Since it was taken last, up to now, ms. */
  takeLongest(): Promise<number> {
    return this.#page.evaluate<number>('takeLongestMs()');
  }

  async close(): Promise<void> {
    // It may be asking for a node at this moment.
    await this.#page.unrouteAll({ behavior: 'ignoreErrors' });
    await this.#context.close();
  }
}
