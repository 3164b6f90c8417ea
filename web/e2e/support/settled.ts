import { expect, type Page } from '@playwright/test';

/** Frames after which a picture that was brought in a new size is drawn. */
const FRAMES = 4;

/** Waits until nothing on the page is still coming: pictures move, and nothing says that it is being fetched. */
export async function settled(page: Page): Promise<void> {
  // Lists measure themselves, and pictures come in the size of their place.
  await page.waitForTimeout(400);
  await expect(page.locator('.tile .lucide-loader-circle, .green-picture .lucide-loader-circle')).toHaveCount(0);
  await page.evaluate(async (frames) => {
    await document.fonts.ready;
    const drawn = (video: HTMLVideoElement): Promise<void> =>
      new Promise((resolve) => {
        let left = frames;
        const next = (): void => {
          left--;
          if (left > 0) video.requestVideoFrameCallback(next);
          else resolve();
        };
        video.requestVideoFrameCallback(next);
      });
    const shown = [...document.querySelectorAll('video')].filter(
      (video) => video.checkVisibility() && video.clientWidth > 20 && !video.paused,
    );
    await Promise.all(shown.map(drawn));
  }, FRAMES);
}
