import type { Page } from '@playwright/test';

/** A moment of a page, by the one clock of this machine, and how many frames of the stage's pictures it had shown until then. */
export interface Moment {
  readonly at: number;
  readonly frames: number;
}
interface Kept {
  readonly told?: Moment;
  readonly shown?: Moment;
}
interface Wish {
  /** In a message of the order channel. */
  readonly told: string;
  /** On the stage. */
  readonly shown: string;
}

/** From its next load on the page itself keeps when it was told something, and when that stood on its stage: looks from outside come in their own order. */
export const keepToldAndShown = (page: Page, wish: Wish): Promise<unknown> => page.addInitScript(keep, wish);

/** @returns undefined: not both have been yet */
export async function toldAndShown(page: Page): Promise<Required<Kept> | undefined> {
  const { told, shown } = await page.evaluate(() => Reflect.get(globalThis, 'toldAndShown') as Kept);
  return told && shown && { told, shown };
}

function keep(wish: Wish): void {
  const kept: { told?: Moment; shown?: Moment } = {};
  Object.assign(globalThis, { toldAndShown: kept });
  const moment = (): Moment => ({
    at: performance.timeOrigin + performance.now(),
    frames: [...document.querySelectorAll<HTMLVideoElement>('.stage video')].reduce(
      (sum, video) => sum + video.getVideoPlaybackQuality().totalVideoFrames,
      0,
    ),
  });
  globalThis.WebSocket = new Proxy(WebSocket, {
    construct: (socket, given) => {
      const made: WebSocket = Reflect.construct(socket, given);
      made.addEventListener('message', ({ data }) => {
        if (typeof data === 'string' && data.includes(wish.told)) kept.told ??= moment();
      });
      return made;
    },
  });
  new MutationObserver(() => {
    if (!kept.shown && document.querySelector('.stage .staged')?.textContent?.includes(wish.shown))
      kept.shown = moment();
  }).observe(document, { subtree: true, childList: true, characterData: true });
}
