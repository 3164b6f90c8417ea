import { expect, type Page, test } from '@playwright/test';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

test.describe.configure({ mode: 'serial' });

/** So many minutes the screen is left alone between two kills of the server; as other long tests, asked for by hand. */
const ALONE_MINUTES = Number(process.env.SCREEN_MINUTES ?? 0);

let server: Server;
let pm: Person;
let wall: Page;
const problems: string[] = [];

test.beforeAll(async ({ browser }) => {
  server = await Server.start();
  pm = await Person.sit(browser);
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, permissions: [] });
  wall = await context.newPage();
  wall.on('pageerror', ({ message }) => problems.push(message));
});
test.afterAll(async () => {
  await pm?.leave();
  await wall?.context().close();
  await server?.stop();
});

const moves = async (): Promise<boolean> => {
  const video = wall.locator('.stage .tile video').first();
  if (!(await video.isVisible())) return false;
  const frames = () => video.evaluate((v) => (v as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames);
  const before = await frames().catch(() => 0);
  await wall.waitForTimeout(400);
  return (await frames().catch(() => 0)) > before;
};

test('SN1 SN3 a screen shows a code, which an official types, and then the stage', async () => {
  await wall.goto(`${server.url}/programme`);
  const shown = wall.locator('.screen-code');
  await expect(shown).toBeVisible();
  const code = ((await shown.textContent()) ?? '').replace(/\D/g, '');
  expect(code).toHaveLength(8);

  await pm.enter(server.link('Prime'));
  await pm.button('Bắt đầu phát').click();
  await expect(pm.page.locator('.stage .tile')).toBeVisible({ timeout: 30_000 });
  await pm.button(/Chỉ đạo và hồ sơ/).click();
  await pm.button('Màn hình', pm.page.locator('.desk-bar')).click();
  await pm.page.getByLabel('Mã 8 số trên màn hình').fill(code);
  await pm.page.getByLabel('Tên màn hình').fill('Tường hình hội trường');
  await pm.button('Ghép màn hình').click();
  await expect(wall.locator('.programme .stage')).toBeVisible({ timeout: 20_000 });
  await expect.poll(moves, { timeout: 30_000 }).toBe(true);
  await expect(pm.page.locator('.screens').getByText('Tường hình hội trường')).toBeVisible();
  await expect(pm.page.getByText(/Đang kết nối · /)).toBeVisible({ timeout: 15_000 });
});

test('SN7 it has no controls and no cursor, on a wall as well', async () => {
  await expect(wall.getByRole('button')).toHaveCount(0);
  expect(await wall.locator('.programme').evaluate((element) => getComputedStyle(element).cursor)).toBe('none');
  await wall.setViewportSize({ width: 3840, height: 1080 });
  const box = await wall.locator('.stage .tile').first().boundingBox();
  expect(Math.abs((box?.width ?? 0) / (box?.height ?? 1) - 16 / 9)).toBeLessThan(0.02);
  await wall.setViewportSize({ width: 1920, height: 1080 });
});

test('SN6 it comes back by itself: after a reload, and after two kills of the server', async () => {
  test.setTimeout(180_000 + ALONE_MINUTES * 2 * 60_000);
  await wall.reload();
  await expect.poll(moves, { timeout: 30_000 }).toBe(true);
  for (const _ of [1, 2]) {
    await server.killAndRestart();
    await expect.poll(moves, { timeout: 60_000, intervals: [500] }).toBe(true);
    if (ALONE_MINUTES > 0) {
      await wall.waitForTimeout(ALONE_MINUTES * 60_000);
      await expect.poll(moves, { timeout: 60_000 }).toBe(true);
    }
  }
  expect(problems.filter((message) => message !== 'negotiation timed out')).toEqual([]);
});

test('SN5 withdrawn, it shows a code again at once', async () => {
  await pm.button('Ngắt Tường hình hội trường').click();
  await pm.button('Ngắt màn hình', pm.page.locator('dialog')).click();
  await expect(wall.locator('.screen-code')).toBeVisible({ timeout: 20_000 });
});
