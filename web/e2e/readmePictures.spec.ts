import { readFile, writeFile } from 'node:fs/promises';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { devPagesOfFile } from './support/DevPages.ts';
import { shareOf } from './support/Former.ts';

/**
 * The pictures of the README. `README_PICTURES=1 … test readmePictures` takes them anew; without, each is compared with what
 * its page looks like now, and is old when too much of it differs [DC15].
 */
const pictures: Readonly<Record<string, readonly [query: string, shows: string]>> = {
  'country-vi': ['page=principal&state=staged&n=10056&lang=vi', '.staged'],
  'country-en': ['page=principal&state=staged&n=10056&lang=en', '.staged'],
  gallery: ['page=principal&state=figures-gallery&n=10056&lang=vi', '.figure-cards li'],
  call: ['page=principal&state=call&n=10056&lang=vi', '.stage'],
  'commune-called': ['page=commune&state=ringing&n=3&lang=vi', '.call-sheet'],
  'roll-call': ['page=principal&state=wall&n=10056&lang=vi', '.place'],
  directive: ['page=commune&state=directive&n=3&lang=vi', '.stage'],
};
/** The clock stands still, so that what differs was changed by somebody. */
const NOW = '2026-11-26T02:41:07Z';
const QUALITY = 0.82;
/** Of a picture that is old so much differs: more than a number or a word, less than a part of the page. */
const OLD_SHARE = 0.03;

const pages = devPagesOfFile();
const fileOf = (name: string): URL => new URL(`../../docs/pictures/${name}.webp`, import.meta.url);

for (const [name, [query, shows]] of Object.entries(pictures))
  test(`DC15 the README's picture ${name} shows the page as it is now`, async ({ browser }) => {
    const tab = await pageOf(browser, query, shows);
    const now = await asWebp(tab, await tab.screenshot());
    if (process.env.README_PICTURES) await writeFile(fileOf(name), now);
    const share = await shareOf(tab, await readFile(fileOf(name)), now);
    const message = `${(100 * share).toFixed(1)} % of it differs; README_PICTURES=1 takes it anew (CONTRIBUTING.md)`;
    expect(share, message).toBeLessThan(OLD_SHARE);
    await tab.close();
  });

async function pageOf(browser: Browser, query: string, shows: string): Promise<Page> {
  const tab = await browser.newPage({ viewport: { width: 1366, height: 768 }, timezoneId: 'Asia/Ho_Chi_Minh' });
  await tab.clock.setFixedTime(NOW);
  await tab.goto(pages.urlOf(`${query}&theme=light`));
  await tab.locator(shows).first().waitFor();
  await tab.evaluate(() => document.fonts.ready);
  await expect(tab.getByText(/^(Đang mở…|Opening…|Đang tải số liệu…)$/)).toHaveCount(0);
  return settled(tab);
}

/** As soon as nothing of it changes any more. */
async function settled(tab: Page): Promise<Page> {
  let before = await tab.screenshot();
  await expect
    .poll(
      async () => {
        const [was, is] = [before, await tab.screenshot()];
        before = is;
        return was.equals(is);
      },
      { message: 'a page at rest', intervals: [500] },
    )
    .toBe(true);
  return tab;
}

async function asWebp(tab: Page, picture: Buffer): Promise<Buffer> {
  const base64 = await tab.evaluate(
    async ([source, quality]) => {
      const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${source}`)).blob());
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp', quality })).arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    },
    [picture.toString('base64'), QUALITY] as const,
  );
  return Buffer.from(base64, 'base64');
}
