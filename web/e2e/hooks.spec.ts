import { expect, test } from '@playwright/test';
import { HookReceiver, isSignedBy } from '../../server/test/support/HookReceiver.ts';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

const pictures = process.env.HOOK_PICTURES;
let server: Server;
let operator: Person;
let receiver: HookReceiver;
test.beforeAll(async ({ browser }) => {
  receiver = await HookReceiver.open();
  server = await Server.start({ HOOKS_LOOPBACK: 'on' });
  operator = await Person.sit(browser);
  await operator.open(await server.operatorLink());
});
test.afterAll(async () => {
  await operator?.leave();
  await server?.stop();
  await receiver?.close();
});

test('WH11 WH13 an operator adds a receiver, tries it, sees what it did not take, and sends that again', async () => {
  const { page } = operator;
  await page.getByRole('button', { name: 'Báo ra ngoài' }).click();
  await expect(page.getByText('Chưa báo cho hệ thống nào.')).toBeVisible();
  await page.getByRole('button', { name: 'Thêm nơi nhận' }).click();
  await expect(page.getByRole('alert')).toHaveText('Hãy đặt tên để sau này nhận ra nơi nhận.');
  await page.getByLabel('Tên', { exact: true }).fill('Trục văn bản');
  await page.getByLabel('Địa chỉ nhận').fill(receiver.url);
  await page.getByRole('button', { name: 'Thêm nơi nhận' }).click();
  const secret = (await page.getByText(/^whsec_/).textContent()) ?? '';
  await page.getByRole('button', { name: 'Tôi đã cất khoá' }).click();
  await expect(page.getByText(/^whsec_/)).toHaveCount(0);

  const card = page.getByRole('listitem', { name: 'Trục văn bản' });
  receiver.status = 500;
  await card.getByRole('button', { name: 'Gửi thử' }).click();
  await expect(card.getByText(/bên nhận từ chối \(mã 500\)/)).toBeVisible({ timeout: 20_000 });
  await nothingSerious(page);
  for (const [width, height] of [
    [1366, 768],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(sideways, `at ${width} px nothing is wider than the page`).toBeLessThanOrEqual(0);
    if (pictures) await page.screenshot({ path: `${pictures}/hooks-${width}.png`, fullPage: true });
  }
  receiver.status = 204;
  await card.getByRole('button', { name: /^Gửi lại: Tin gửi thử/ }).click();
  await expect(card.getByText('Mọi tin đã được nhận.')).toBeVisible({ timeout: 20_000 });
  expect(receiver.received.every((event) => isSignedBy(secret, event))).toBe(true);
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);

  await card.getByRole('button', { name: 'Thu hồi' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Thu hồi' }).click();
  await expect(page.getByText('Chưa báo cho hệ thống nào.')).toBeVisible();
});
