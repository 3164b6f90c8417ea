import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { noNamespaces } from '../../support/Namespace.ts';
import { until } from '../../support/until.ts';
import { WholeServer } from './WholeServer.ts';

const skip = noNamespaces();
const PATIENCE = { timeout: 60_000 };
const PAGES = 3;
/** Pages as offices write them: a title, paragraphs, a table. */
async function makePdf(browser: Browser): Promise<Buffer> {
  const page = await browser.newPage();
  const rows = (nr: number) =>
    Array.from(
      { length: 9 },
      (_, i) => `<tr><td>${i + 1}</td><td>Xã số ${nr * 9 + i}</td><td>${i * 137}</td></tr>`,
    ).join('');
  const sheet = (nr: number) =>
    `<section style="height:100vh;box-sizing:border-box;padding:40px;break-after:page;font:22px serif"><h1>${nr}. Tình hình mưa lũ</h1>
     <p>${'Đồng bào vùng trũng đã sơ tán đến nơi an toàn, trực ban hai mươi bốn giờ mỗi ngày. '.repeat(3)}</p>
     <table border="1">${rows(nr)}</table></section>`;
  await page.setContent(
    `<body style="margin:0">${Array.from({ length: PAGES }, (_, i) => sheet(i + 1)).join('')}</body>`,
  );
  const pdf = await page.pdf({ width: '1280px', height: '720px', printBackground: true });
  await page.close();
  return pdf;
}

/** Runs in the page: keeps when which page of the slides was drawn, and how sharp. */
const keepTurns = `
  globalThis.turns = [];
  setInterval(() => {
    const page = document.querySelector('.stage .slide-page');
    if (!page?.dataset.page) return;
    const now = page.dataset.page + ' ' + page.dataset.sharp;
    if (turns.at(-1)?.what !== now) turns.push({ what: now, at: Date.now() });
  }, 10);`;
const turnsOf = (page: Page) => page.evaluate<{ what: string; at: number }[]>('turns');

test('SL11 on 300 kbit/s, 2 % of loss and 150 ms, the next page of slides is there, sharp, before it is turned to', {
  skip: skip ?? false,
  timeout: 300_000,
}, async (t) => {
  const world = await WholeServer.open(t);
  const pm = await world.page(world.near);
  const commune = await world.page(world.far);
  const pdf = await makePdf(pm.context().browser() as Browser);
  await commune.addInitScript({ content: keepTurns });
  await commune.setViewportSize({ width: 1920, height: 1080 });
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();
  await world.onPoorLine(pm, commune, PATIENCE);

  await button(pm, /Chỉ đạo và hồ sơ/).click(PATIENCE);
  await pm.locator('.desk-bar').getByRole('button', { name: 'Trình chiếu' }).click(PATIENCE);
  const choosing = pm.waitForEvent('filechooser');
  await button(pm, 'Thêm tệp PDF').click(PATIENCE);
  await (await choosing).setFiles({ name: 'Tình hình.pdf', mimeType: 'application/pdf', buffer: pdf });
  const fetched: number[] = [];
  commune.on('requestfinished', (request) => {
    if (!request.url().includes('/images/')) return;
    fetched.push(0);
    const nr = fetched.length - 1;
    void request.sizes().then(({ responseBodySize }) => (fetched[nr] = responseBodySize));
  });
  await button(pm, /^Chiếu/).click(PATIENCE);
  const shown = Date.now();
  const sees = (what: string, since: number) =>
    until(
      `page and sharpness ${what}`,
      async () => (await turnsOf(commune)).find((turn) => turn.what === what && turn.at >= since),
      60_000,
    );
  const first = await sees('1 true', shown);
  t.diagnostic(`the first page is sharp ${first.at - shown} ms after it was shown`);
  for (let page = 2; page <= PAGES; page++) {
    await until(`both pictures of page ${page} came before it is turned to`, () => fetched.length >= 2 * page, 60_000);
    const pressed = Date.now();
    await pm.keyboard.press('PageDown');
    const turn = await sees(`${page} true`, pressed);
    t.diagnostic(`page ${page} is there, sharp, ${turn.at - pressed} ms after it was turned to`);
  }
  const sizes = fetched.map((bytes) => Math.round(bytes / 1000));
  t.diagnostic(`pictures of pages: ${sizes.join(', ')} kB`);
  assert.deepEqual(sizes.length, 2 * PAGES);
});
