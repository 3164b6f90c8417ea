import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { inDays, typeMoment } from './support/moments.ts';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

const PM = 'Thủ tướng Chính phủ';
const LEADER = 'Ban Điều hành Thành phố Hồ Chí Minh';
const ROOM = 'Phòng họp của Thành phố Hồ Chí Minh';
const TITLE = 'Giao ban các quận';
const CITY = 'Chủ tịch UBND Thành phố';
const DISTRICT = 'Ban Điều hành Quận 1';

// Four people at three pages, of which one brings the whole country into rooms.
test.setTimeout(180_000);

test.describe.configure({ mode: 'serial' });

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

/** Takes a list of a room as CSV. @returns its lines */
async function listOf(page: Page, name: string): Promise<string[]> {
  const made = page.waitForEvent('download');
  await page
    .getByRole('region', { name })
    .getByRole('button', { name: `${name}: lập tệp CSV` })
    .click();
  return (await readFile(await (await made).path(), 'utf8')).split('\r\n');
}

/** An account that an operator makes on the command line. @returns its link */
const linkOf = async (role: string, unit: string, name: string): Promise<string> =>
  (await server.dh('account', 'create', '--role', role, '--unit', unit, '--name', name)).split(' ').at(-1) ?? '';

test('TR2 TR5 TR14 TR15 TR16 TR18 TR20 TR21 a province opens its room with one press: its commune reads where it is, sees and hears it and who visits it, and is back; its lists are taken meanwhile', async ({
  browser,
}) => {
  await commune.enter(server.communes[0] ?? '');
  await pm.enter(server.link('Prime Minister'));
  await pm.button('Bắt đầu phát').click();
  await commune.seesMoving(PM);
  await commune.hears(440);

  await leader.open(server.link('moderator'));
  const panel = leader.page.getByRole('region', { name: 'Phòng họp riêng' });
  await leader.button(`Mở p${ROOM.slice(1)}`, panel).click();
  await leader.button('Mở phòng', leader.page.getByRole('dialog')).click();
  // FL22: a room opens with its official silent.
  await leader.button('Bật hình', panel).click();
  await leader.button('Bật tiếng', panel).click();
  await expect(commune.page.locator('.room-plate')).toContainText(ROOM);
  await commune.seesMoving(LEADER);
  await commune.hears(1050);
  await expect(commune.tile(PM)).toHaveCount(0);
  // TR16: who speaks to the nation is still seen, small and without a sound.
  await expect(commune.page.locator('.above-picture[data-seen=true]')).toContainText('Phòng họp chung');
  await commune.hears(1050);
  await expect(panel).toContainText('Các đơn vị trực thuộc đang xem phòng này');
  await pm.conduct();
  const country = pm.page.getByRole('region', { name: 'Phòng họp riêng' });
  await expect(country).toContainText(LEADER);
  await nothingSerious(leader.page);
  await nothingSerious(commune.page);

  // TR14: the Prime Minister visits it with picture and voice, and is back on the air of the country.
  await pm.button(`Vào thăm p${ROOM.slice(1)}, có hình và tiếng`, country).click();
  await pm.button('Vào thăm', pm.page.getByRole('dialog')).click();
  await expect(country).toContainText(`Đang thăm p${ROOM.slice(1)}`);
  await commune.seesMoving(PM);
  await commune.hears(440);
  await pm.seesMoving(LEADER);
  await nothingSerious(pm.page);
  await pm.button('Kết thúc thăm', country).click();
  await expect(commune.tile(PM)).toHaveCount(0);
  await commune.seesMoving(LEADER);
  await expect(pm.button('Ngừng phát')).toBeVisible();

  // TR18: while it goes on, who leads it takes its lists from the room itself, and so does who leads above.
  await leader.button(`Báo cáo p${ROOM.slice(1)}`, panel).click();
  const units = await listOf(leader.page, 'Đơn vị kết nối');
  expect(units.filter((line) => line.includes(',Có,')).join()).toContain('Phường Tân Định');
  await nothingSerious(leader.page);
  await leader.button('Chỉ đạo và hồ sơ').click();
  await pm.button(`Báo cáo p${ROOM.slice(1)}`, country).click();
  const people = await listOf(pm.page, 'Ai phát biểu, ai vào xem');
  expect(people.some((line) => line.startsWith('Phát biểu,Có,vn,') && line.includes(PM))).toBe(true);
  expect(people.some((line) => line.startsWith('Phát biểu,Không,79,') && line.includes(LEADER))).toBe(true);
  await pm.button('Chỉ đạo và hồ sơ').click();

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
  // TR20: who looks into it reads that they are not heard, and is offered the way back and not to go live.
  await tile.click();
  await pm.button('Vào xem', pm.page.getByRole('dialog')).click();
  const acts = pm.page.locator('.principal-acts');
  await expect(acts).toContainText(`Thiết bị này đang xem p${ROOM.slice(1)}.`);
  await expect(acts).toContainText('Hiện không ai thấy hình hay nghe tiếng từ trang này');
  await expect(pm.button('Bắt đầu phát')).toHaveCount(0);
  // TR21: who is shown where he stands reads where he is, and not at which room he looks; then he is back by himself.
  const other = await Person.sit(browser);
  await other.open(await linkOf('moderator', '74', 'Ban Điều hành tỉnh Bình Dương'));
  await expect(other.tile(PM)).toContainText('Đang xem một phòng họp khác. Hình và tiếng sẽ tự hiện khi trở lại.');
  await expect(other.page.locator('.live-sign')).toContainText('Tạm nghỉ');
  await nothingSerious(other.page);
  await pm.button('Trở về', acts).click();
  await expect(pm.button('Ngừng phát')).toBeVisible();
  await other.seesMoving(PM);
  await expect(other.page.locator('.live-sign')).toContainText('Trực tiếp');
  expect(other.problems).toEqual([]);
  await other.leave();
  // So it is in the room whose leader looks at the common one: of them no picture is left.
  await leader.button('Xem phòng họp chung', panel).click();
  await leader.button('Vào xem', leader.page.getByRole('dialog')).click();
  await expect(panel).toContainText('Thiết bị này đang xem phòng họp chung. Hiện không ai thấy hình');
  await expect(commune.tile(LEADER)).toContainText('Đang xem một phòng họp khác');
  await nothingSerious(commune.page);
  await leader.button('Trở về', panel).click();
  await commune.seesMoving(LEADER);
  await commune.hears(1050);
  await pm.button('Quay lại').click();

  await leader.button(`Kết thúc p${ROOM.slice(1)}`, panel).click();
  await leader.button('Kết thúc phòng họp', leader.page.getByRole('dialog')).click();
  await expect(commune.page.locator('.room-plate')).toContainText('trở lại phòng họp chung');
  await commune.seesMoving(PM);
  await commune.hears(440);
  await expect(country).not.toContainText(LEADER);
  for (const person of [pm, leader, commune]) expect(person.problems).toEqual([]);
});

test('TR10 TR12 TR14 the principal of a province holds a briefing of the province alone, whose districts break out, are visited and come back', async ({
  browser,
}) => {
  const [chair, district] = [await Person.sit(browser), await Person.sit(browser)];
  try {
    await chair.enter(await linkOf('principal', '79', CITY));
    await chair.open(`${server.url}/office`);
    await chair.button('Lịch họp').click();
    await chair.button('Lên lịch phiên họp').click();
    const form = chair.page.getByRole('form', { name: 'Lên lịch phiên họp' });
    await form.getByLabel('Tên phiên họp').fill(TITLE);
    await typeMoment(form, 'Ngày giờ họp', inDays(1));
    await chair.button('Lên lịch', form).click();
    const planned = ({ page }: Person) => page.getByRole('listitem').filter({ hasText: TITLE });
    await chair.button('Mở phòng họp', planned(chair)).click();
    await chair.button('Mở phòng họp', chair.page.getByRole('dialog')).click();
    await expect(planned(chair)).toContainText('Đã mở phòng');
    // With two to choose from, the office comes first.
    await chair.open(server.url);
    await chair.button(/^Vào phòng họp/, planned(chair)).click();
    await chair.button('Vào phòng họp').click();
    await chair.button('Bắt đầu phát').click();
    await commune.open(server.communes[0] ?? '');
    await commune.button(TITLE).click();
    await commune.button('Vào phòng họp').click();
    await commune.seesMoving(CITY);
    await district.open(await linkOf('moderator', '760', DISTRICT));
    await district.button(/^Vào phòng họp/, planned(district)).click();
    await expect(district.page.locator('.stage')).toBeVisible();

    await chair.conduct();
    const rooms = chair.page.getByRole('region', { name: 'Phòng họp riêng' });
    await chair.button(/^Chia phòng riêng/, rooms).click();
    await chair.button('Chia phòng riêng', chair.page.getByRole('dialog')).click();
    await expect(commune.page.locator('.room-plate')).toContainText('Phòng họp của Quận 1');
    await district.button('Bật hình').click();
    await commune.seesMoving(DISTRICT);
    await expect(commune.tile(CITY)).toHaveCount(0);
    await chair.button('Vào thăm phòng họp của Quận 1, có hình và tiếng', rooms).click();
    await chair.button('Vào thăm', chair.page.getByRole('dialog')).click();
    await commune.seesMoving(CITY);
    await nothingSerious(chair.page);
    await chair.button('Kết thúc thăm', rooms).click();
    await expect(commune.tile(CITY)).toHaveCount(0);
    await chair.button('Kết thúc các phòng riêng', rooms).click();
    await chair.button('Kết thúc các phòng riêng', chair.page.getByRole('dialog')).click();
    await expect(commune.page.locator('.room-plate')).toContainText('trở lại phòng họp chung', { timeout: 60_000 });
    await commune.seesMoving(CITY);
    for (const person of [chair, district, commune]) expect(person.problems).toEqual([]);
  } finally {
    for (const person of [chair, district]) await person.leave();
  }
});
