import { expect, test } from '@playwright/test';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

const PM = 'Thủ tướng Chính phủ';
const LEADER = 'Ban Điều hành Thành phố Hồ Chí Minh';
const ROOM = 'Phòng họp của Thành phố Hồ Chí Minh';

// Four people at three pages, of which one brings the whole country into rooms.
test.setTimeout(180_000);

let server: Server;
let pm: Person;
let leader: Person;
let commune: Person;
test.beforeAll(async ({ browser }) => {
  server = await Server.start();
  pm = await Person.sit(browser, { toneHz: 440 });
  leader = await Person.sit(browser, { toneHz: 1050 });
  commune = await Person.sit(browser);
});
test.afterAll(async () => {
  for (const person of [pm, leader, commune]) await person?.leave();
  await server?.stop();
});

test('TR2 TR5 TR14 TR15 TR16 a province opens its room with one press: its commune reads where it is, sees and hears it and who visits it, and is back', async () => {
  await commune.enter(server.communes[0] ?? '');
  await pm.enter(server.link('Prime Minister'));
  await pm.button('Bắt đầu phát').click();
  await commune.seesMoving(PM);
  await commune.hears(440);

  await leader.open(server.link('moderator'));
  const panel = leader.page.getByRole('region', { name: 'Phòng họp riêng' });
  await leader.button(`Mở p${ROOM.slice(1)}`, panel).click();
  await expect(commune.page.locator('.room-plate')).toContainText(ROOM);
  await commune.seesMoving(LEADER);
  await commune.hears(1050);
  await expect(commune.tile(PM)).toHaveCount(0);
  // TR16: who speaks to the nation is still seen, small and without a sound.
  await expect(commune.page.locator('.above-picture[data-seen=true]')).toContainText('Phòng họp chung');
  await commune.hears(1050);
  await expect(panel).toContainText('Các đơn vị trực thuộc đang xem phòng này');
  const country = pm.page.getByRole('region', { name: 'Phòng họp riêng' });
  await expect(country).toContainText(LEADER);
  await nothingSerious(leader.page);
  await nothingSerious(commune.page);

  // TR14: the Prime Minister visits it with picture and voice, and is back on the air of the country.
  await pm.button(`Vào thăm p${ROOM.slice(1)}, có hình và tiếng`, country).click();
  await expect(country).toContainText(`Đang thăm p${ROOM.slice(1)}`);
  await commune.seesMoving(PM);
  await commune.hears(440);
  await pm.seesMoving(LEADER);
  await nothingSerious(pm.page);
  await pm.button('Kết thúc thăm', country).click();
  await expect(commune.tile(PM)).toHaveCount(0);
  await commune.seesMoving(LEADER);
  await expect(pm.button('Ngừng phát')).toBeVisible();

  // TR15: all provinces get their rooms, and he sees them at one look, with a picture of the one who stands there.
  await pm.button(/^Chia phòng riêng/, country).click();
  await pm.button('Chia phòng riêng', pm.page.getByRole('dialog')).click();
  await pm.button('Xem tất cả phòng họp riêng', country).click();
  const tile = pm.page.getByRole('row', { name: ROOM });
  await expect(tile.locator('.room-picture')).toBeVisible();
  await expect(tile.locator('.room-watching')).toHaveText('1');
  await nothingSerious(pm.page);
  // TR15: what the wall can't read anew is told as old, with its time.
  const looks = '**/stages/looks';
  await pm.page.route(looks, (route) => route.abort());
  const old = pm.page.getByRole('status').filter({ hasText: /hình và số đơn vị đang xem là lúc \d\d:\d\d:\d\d/ });
  await expect(old).toBeVisible();
  await pm.page.unroute(looks);
  await expect(old).toHaveCount(0);
  await pm.button('Quay lại').click();

  await leader.button(`Kết thúc p${ROOM.slice(1)}`, panel).click();
  await leader.button('Kết thúc phòng họp', leader.page.getByRole('dialog')).click();
  await expect(commune.page.locator('.room-plate')).toContainText('trở lại phòng họp chung');
  await commune.seesMoving(PM);
  await commune.hears(440);
  await expect(country).not.toContainText(LEADER);
  for (const person of [pm, leader, commune]) expect(person.problems).toEqual([]);
});
