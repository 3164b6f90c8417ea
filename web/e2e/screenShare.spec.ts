import { expect, test } from '@playwright/test';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

test.describe.configure({ mode: 'serial' });

let server: Server;
let pm: Person;
let chair: Person;

test.beforeAll(async ({ browser }) => {
  server = await Server.start();
  [pm, chair] = [await Person.sit(browser), await Person.sit(browser)];
  await chair.enter(server.communes[0] ?? '');
  await pm.enter(server.link('Prime'));
  await pm.button('Bắt đầu phát').click();
  await chair.seesMoving(/./, 40_000);
});
test.afterAll(async () => {
  for (const person of [pm, chair]) await person?.leave();
  await server?.stop();
});

const screen = (person: Person) => person.page.locator('.stage .screen-view');

test('SH1 SH2 a screen that the principal shares is seen large by all, beside a face; only from the stage', async () => {
  await expect(chair.button('Chia sẻ màn hình')).toBeHidden();
  await pm.button('Chia sẻ màn hình').click();
  await expect(screen(chair)).toHaveAttribute('data-seen', 'true', { timeout: 30_000 });
  await expect(screen(pm)).toContainText('Mọi người đang xem màn hình của máy này.');
  const shown = await screen(chair).boundingBox();
  const face = await chair.page.locator('.stage .tile').boundingBox();
  expect(shown?.width ?? 0).toBeGreaterThan(2 * (face?.width ?? 0));
});

test('SH3 a screen keeps its pixels: what arrives is as large as the place where it is shown', async () => {
  // On a machine that is too busy for the picture it comes by stills.
  const picture = screen(chair).locator('video, .screen-still canvas').first();
  const sharp = () =>
    picture.evaluate((element) => {
      const lines = element instanceof HTMLVideoElement ? element.videoHeight : (element as HTMLCanvasElement).height;
      return lines >= Math.min(element.clientHeight, 700);
    });
  await expect.poll(sharp, { timeout: 30_000 }).toBe(true);
});

test('SH2 it ends with its sharer alone, and the stage is people again', async () => {
  await pm.button('Ngừng chia sẻ').click();
  await expect(screen(chair)).toBeHidden();
  await chair.seesMoving(/./);
  await pm.button('Chia sẻ màn hình').click();
  await expect(screen(chair)).toHaveAttribute('data-seen', 'true', { timeout: 30_000 });
  await pm.page.reload();
  await expect(screen(chair)).toBeHidden({ timeout: 30_000 });
  expect(chair.problems).toEqual([]);
});
