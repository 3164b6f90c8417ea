import { expect, test } from '@playwright/test';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

test.describe.configure({ mode: 'serial' });

const ROOM = 'Phòng họp của Thành phố Hồ Chí Minh';
const CASES = 'Ca mắc mới';

let server: Server;
let pm: Person;
let leader: Person;
let commune: Person;
test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  server = await Server.start({ DEMO_TREE: '34', DEMO_FIGURES: 'on' });
  pm = await Person.sit(browser);
  leader = await Person.sit(browser);
  commune = await Person.sit(browser);
});
test.afterAll(async () => {
  for (const person of [pm, leader, commune]) await person?.leave();
  await server?.stop();
});

test('DE6 TR5 in the country since July 2025 a province opens its room, and its commune reads in which it is', async () => {
  await commune.enter(server.communes[0] ?? '');
  await pm.enter(server.link('Prime Minister'));
  await pm.button('Bắt đầu phát').click();
  await expect(commune.tile('Thủ tướng Chính phủ')).toBeVisible();
  await leader.open(server.link('moderator'));
  const panel = leader.page.getByRole('region', { name: 'Phòng họp riêng' });
  await leader.button(`Mở p${ROOM.slice(1)}`, panel).click();
  await leader.button('Mở phòng', leader.page.getByRole('dialog')).click();
  await expect(commune.page.locator('.room-plate')).toContainText(ROOM);
  await expect(panel).toContainText('Các đơn vị trực thuộc đang xem phòng này');
  await leader.button(`Kết thúc p${ROOM.slice(1)}`, panel).click();
  await leader.button('Kết thúc phòng họp', leader.page.getByRole('dialog')).click();
  await expect(commune.page.locator('.room-plate')).toContainText('trở lại phòng họp chung');
});

test('DE6 FG35 FG160 its map has 34 provinces and both archipelagos, and leads from a province right to its communes', async () => {
  const { page } = pm;
  await page.getByRole('tab', { name: 'Số liệu' }).click();
  const panel = page.getByRole('region', { name: 'Số liệu, mở từng ô để xem bản đồ' });
  const card = panel.getByRole('button', { name: new RegExp(`^${CASES}(?! theo)`) });
  await expect(card).toContainText('/3.321 đơn vị', { timeout: 60_000 });
  await card.click();
  const map = page.getByRole('group', { name: 'Các đơn vị trực thuộc' });
  // FG161: with what their provinces have.
  const hoangSa = /^Quần đảo Hoàng Sa, Đà Nẵng: Thành phố Đà Nẵng: [\d.]+ ca, 94 trên 94 đơn vị/;
  await expect(map.getByRole('button', { name: hoangSa })).toBeVisible();
  await expect(map.getByRole('button', { name: /^Quần đảo Trường Sa, Khánh Hòa: .* ca, / })).toBeVisible();
  await expect(map.getByRole('button')).toHaveCount(36);
  await nothingSerious(page);
  await map.getByRole('button', { name: /^Thành phố Hồ Chí Minh: .* trên 168 đơn vị/ }).click();
  await expect(map.getByRole('button')).toHaveCount(168);
  await map.getByRole('button', { name: /^Phường Thủ Dầu Một: / }).click();
  await expect(page.getByRole('region', { name: 'Phường Thủ Dầu Một' })).toContainText('Thành phố Hồ Chí Minh');
  await nothingSerious(page);
  for (const person of [pm, leader, commune]) expect(person.problems).toEqual([]);
});
