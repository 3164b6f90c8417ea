import { expect, test } from '@playwright/test';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

const PM = 'Thủ tướng Chính phủ';
const LEADER = 'Ban Điều hành Thành phố Hồ Chí Minh';
const ROOM = 'Phòng họp của Thành phố Hồ Chí Minh';

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

test('TR2 TR5 TR14 a province opens its room with one press: its commune reads where it is, sees and hears it and who visits it, and is back', async () => {
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

  await leader.button(`Kết thúc p${ROOM.slice(1)}`, panel).click();
  await leader.button('Kết thúc phòng họp', leader.page.getByRole('dialog')).click();
  await expect(commune.page.locator('.room-plate')).toContainText('trở lại phòng họp chung');
  await commune.seesMoving(PM);
  await commune.hears(440);
  await expect(country).not.toContainText(LEADER);
  for (const person of [pm, leader, commune]) expect(person.problems).toEqual([]);
});
