import type { Browser } from '../../server/test/support/Browser.ts';
import { until } from '../../server/test/support/until.ts';

type Page = Awaited<ReturnType<Browser['page']>>;

/** How long Chromium may take on a machine that runs all of it, ms. */
const PATIENCE = { timeout: 120_000 };

/** Something that came to a page, and stood on its screen; moments in milliseconds since 1970. */
export interface Painted {
  /** The N of a frame, or the place in its round of the last number. */
  readonly n: number;
  /** Of a round: whose numbers came; a frame has those of everybody. */
  readonly units: readonly string[];
  readonly cameAt: number;
  readonly paintedAt: number;
}

/**
 * Runs in the page before its own code: keeps when a frame of figures, or numbers of a round, came, and when the first
 * picture with it was shown. What is painted in a task is shown with the next frame, after which a message comes.
 */
const keepPaints = `{
  const waiting = [];
  const painted = [];
  globalThis.takePainted = () => painted.splice(0);
  const now = () => performance.timeOrigin + performance.now();
  const { json } = Response.prototype;
  Response.prototype.json = async function () {
    const body = await json.call(this);
    const n = /\\/api\\/figures\\/frames\\/.*\\/(\\d+)\\?/.exec(this.url)?.[1];
    if (n) waiting.push({ n: Number(n), units: [], cameAt: now() });
    return body;
  };
  globalThis.WebSocket = class extends WebSocket {
    constructor(...of) {
      super(...of);
      this.addEventListener('message', ({ data }) => {
        const [, answer] = typeof data === 'string' ? (/^43\\d*(\\[\\{"ok":\\{"round":.*,"seq":.*)/s.exec(data) ?? []) : [];
        if (!answer) return;
        const [{ ok }] = JSON.parse(answer);
        const units = (ok.units ?? []).filter(([, value]) => value !== null).map(([unit]) => unit);
        if (units.length > 0) waiting.push({ n: ok.seq, units, cameAt: now() });
      });
    }
  };
  const { fillRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillRect = function (...of) {
    fillRect.apply(this, of);
    if (waiting.length === 0) return;
    const shown = waiting.splice(0);
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        const paintedAt = now();
        for (const one of shown) painted.push({ ...one, paintedAt });
      };
      port2.postMessage(null);
    });
  };
}`;

/** The page itself of a leader, in Chromium, with a map of the country open. */
export class MapPage {
  readonly #page: Page;
  readonly #kept: Painted[] = [];

  /** Resolves when it is in the briefing. @param link a personal one */
  static async open(browser: Browser, link: string): Promise<MapPage> {
    const page = await browser.page();
    page.setDefaultTimeout(PATIENCE.timeout);
    await page.context().grantPermissions(['camera', 'microphone'], { origin: new URL(link).origin });
    await page.addInitScript({ content: keepPaints });
    await page.goto(link, PATIENCE);
    await page.getByRole('button', { name: 'Vào phòng họp' }).click();
    await page.locator('.stage').waitFor();
    return new MapPage(page);
  }

  private constructor(page: Page) {
    this.#page = page;
  }

  /** The map of the first figure. */
  async openFigure(): Promise<void> {
    await this.#page.getByRole('tab', { name: 'Số liệu' }).click();
    await this.#page.locator('.figure-card').first().click();
    await this.#isDrawn();
  }

  /** The map of the number that a running round asks for. */
  async openAsked(): Promise<void> {
    await this.#page.locator('[data-way="asked"]').first().click();
    await this.#isDrawn();
  }

  /** All that was painted since the page was opened. */
  async painted(): Promise<readonly Painted[]> {
    this.#kept.push(...(await this.#page.evaluate<Painted[]>('takePainted()')));
    return this.#kept;
  }

  /** Back to the room. */
  async leaveMap(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Quay lại' }).click();
  }

  /** What stands above the map: the sum, and of how many units. */
  async headline(): Promise<string> {
    return (await this.#page.locator('.figure-total').textContent()) ?? '';
  }

  close(): Promise<void> {
    return this.#page.context().close();
  }

  async #isDrawn(): Promise<void> {
    const canvas = this.#page.locator('.tile-map canvas');
    await until('a map is drawn', async () => ((await canvas.boundingBox())?.height ?? 0) > 1, PATIENCE.timeout);
  }
}
