import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { reissueLink } from './support/reissueLink.ts';
import { Server } from './support/Server.ts';

const PM = 'Thủ tướng Chính phủ';
// Neither is a harmonic of the other: Opus adds some.
const tones = { pm: 440, commune: 1050 } as const;

test.describe.configure({ mode: 'serial' });

let server: Server;
let pm: Person;
let moderator: Person;
let communes: Person[];
/** The one who is called; their microphone alone sounds the communes' tone. */
let called: Person;
/** After a kill, pictures are to be back this long after the server is ready; the figure is printed. */
const BACK_MS = 3_000;

test.beforeAll(async ({ browser }) => {
  server = await Server.start();
  pm = await Person.sit(browser, { toneHz: tones.pm });
  moderator = await Person.sit(browser);
  communes = [];
  for (let i = 0; i < 4; i++) communes.push(await Person.sit(browser, { toneHz: tones.commune, phone: i === 2 }));
  called = communes[0] as Person;
});
test.afterAll(async () => {
  for (const person of [pm, moderator, ...(communes ?? [])]) await person?.leave();
  await server?.stop();
});

test('a moderator reissues the link of a fourth commune', async () => {
  await moderator.open(server.link('moderator'));
  const link = await reissueLink(moderator, 'ben thanh', 'Phường Bến Thành');
  expect(link).toContain('/#l=');
  server.links.set('commune of the moderator', link);
});

test('the Prime Minister goes live; communes see them move and hear them', async () => {
  for (const [i, commune] of communes.entries()) await commune.enter(server.communes[i] ?? '');
  expect(communes).toHaveLength(server.communes.length);
  for (const commune of communes) await expect(commune.page.locator('.holding')).toContainText('chưa bắt đầu');
  await pm.enter(server.link('Prime Minister'));
  expect(pm.page.url()).not.toContain('l=');
  // Three seconds in which it can be stopped: then nothing has happened for anybody.
  await pm.button('Bắt đầu phát').click();
  await pm.button('Dừng lại').click();
  await expect(pm.page.getByText('Sắp phát tới mọi người')).toHaveCount(0);
  for (const commune of communes) await expect(commune.page.locator('.holding')).toContainText('chưa bắt đầu');
  await pm.button('Bắt đầu phát').click();
  await expect(pm.page.getByText('Sắp phát tới mọi người')).toBeVisible();
  await expect(pm.button('Ngừng phát')).toBeVisible();
  for (const commune of communes) {
    const { width, height } = await commune.seesMoving(PM);
    expect(width / height).toBeCloseTo(16 / 9, 1);
    await commune.hears(tones.pm);
  }
});

test('the country is a map of tiles: a province opens its districts, a district its communes', async () => {
  const { page } = pm;
  const province = page.getByRole('row', { name: /^Thành phố Hồ Chí Minh: đang kết nối 4 trên 273, thiếu nhiều/ });
  await province.click();
  await page.getByRole('row', { name: /^Quận 1: đang kết nối/ }).click();
  const list = page.getByRole('list', { name: 'Quận 1' });
  await expect(list.getByRole('listitem').filter({ hasText: 'Tân Định' })).toContainText('Đang kết nối · lần đầu');
  await expect(list.getByRole('button', { name: 'Gọi Phường Tân Định' })).toBeVisible();
  await expect(list.getByRole('listitem').filter({ hasText: 'Nguyễn Thái Bình' })).toContainText('Chưa vào');
  // Arrows, Enter and Escape do the same.
  await page.keyboard.press('Escape');
  await page
    .getByRole('grid', { name: /^Các đơn vị của/ })
    .getByRole('row', { name: /^Quận 1:/ })
    .focus();
  await page.keyboard.press('Enter');
  await expect(list).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(province).toBeVisible();
  await nothingSerious(page);
});

test('they find a commune without accents and call it; it rings there alone, and it answers with Enter', async () => {
  await pm.switchKeysOn();
  await pm.page.keyboard.press('/');
  await pm.page.keyboard.type('tan dinh quan 1 ho chi minh', { delay: 20 });
  await expect(pm.page.getByRole('option').first()).toHaveText(/^Phường Tân Định.*Quận 1/);
  await pm.page.keyboard.press('ArrowDown');
  await pm.page.keyboard.press('Enter');
  await expect(pm.button(/^Gọi phường Tân Định/)).toBeFocused();
  await pm.page.keyboard.press('Enter');
  await expect(pm.page.getByText(/đã đổ chuông \d+ giây/)).toBeVisible();

  const sheet = called.page.getByRole('dialog', { name: `${PM} đang gọi` });
  await expect(sheet).toBeVisible();
  await expect(sheet.locator('video')).toBeVisible();
  for (const other of communes.slice(1)) await expect(other.page.getByRole('dialog')).toHaveCount(0);
  await expect(called.button('Nhận cuộc gọi')).toBeFocused();
  await called.page.keyboard.press('Enter');
  await expect(called.page.getByText('Đang phát tới mọi người')).toBeVisible();
});

test('they speak face to face while all the others watch: pictures and tones both ways', async () => {
  await pm.seesMoving('UBND phường Tân Định');
  await pm.hears(tones.commune);
  await called.seesMoving(PM);
  await called.hears(tones.pm);
  for (const other of communes.slice(1)) {
    await other.seesMoving(PM);
    // A phone has room for the unit alone.
    await other.seesMoving('phường Tân Định');
    await other.hears(tones.pm);
    await other.hears(tones.commune);
  }
  await expect(pm.page.locator('.running-call')).toContainText(/\d:\d\d/);
});

test('released, the commune is off the stage and heard no more', async () => {
  await pm.button('Kết thúc cuộc gọi').click();
  await expect(called.page.getByText('Đang xem và nghe')).toBeVisible();
  for (const person of [pm, ...communes]) await expect(person.tile('Tân Định')).toHaveCount(0);
  for (const person of [pm, ...communes.slice(1)]) await person.hearsNot(tones.commune);
  await called.seesMoving(PM);
});

test('another commune cannot answer, and says why', async () => {
  const other = communes[1] as Person;
  await pm.page.getByRole('combobox').fill('da kao');
  await pm.page
    .getByRole('option', { name: /^Phường/ })
    .first()
    .click();
  await pm.button(/^Gọi phường Đa Kao/).click();
  await other.button('Chưa thể trả lời').click();
  await other.page.getByLabel('Đang xử lý việc khẩn').check();
  await other.button('Gửi câu trả lời').click();
  await expect(
    pm.page.getByRole('main').getByText('Phường Đa Kao: Chưa thể trả lời (Đang xử lý việc khẩn)'),
  ).toBeVisible();
  await expect(other.page.getByRole('dialog')).toHaveCount(0);
});

test('a commune raises its hand, is invited to speak, and finishes', async () => {
  const other = communes[3] as Person;
  await other.switchKeysOn();
  await other.page.keyboard.press('h');
  await expect(other.page.getByText(/Đã ghi nhận giơ tay lúc/)).toBeVisible();
  const hand = pm.page.locator('.hand').filter({ hasText: 'UBND phường Bến Thành' });
  await pm.button('Mời', hand).click();
  await pm.seesMoving('UBND phường Bến Thành');
  await called.hears(tones.commune);
  await pm.button('Kết thúc phát biểu').click();
  await expect(other.page.getByText('Đang xem và nghe')).toBeVisible();
});

test('kill -9 of the server in between: everyone sees and hears again by himself', async () => {
  const readyAfter = await server.killAndRestart();
  const from = performance.now();
  await Promise.all(communes.map((commune) => commune.seesMoving(PM)));
  const backAfter = performance.now() - from;
  await called.hears(tones.pm);
  console.log(
    `  server ready after ${Math.round(readyAfter)} ms, pictures back ${Math.round(backAfter)} ms later (goal ${BACK_MS})`,
  );
  await expect(pm.button('Ngừng phát')).toBeVisible();
  await expect(pm.page.getByText('Đang phát tới mọi người')).toBeVisible();
  await expect(called.page.getByText('Đường truyền tốt').first()).toBeVisible();
  // Order channels come back by themselves, which may be after the pictures.
  for (const person of [pm, called]) await person.isBack();
});

test('after it a call works as before', async () => {
  await pm.page.getByRole('combobox').fill('tan dinh quan 1 ho chi minh');
  await pm.page
    .getByRole('option', { name: /^Phường/ })
    .first()
    .click();
  await pm.button(/^Gọi phường Tân Định/).click();
  await called.button('Nhận cuộc gọi').click();
  await pm.seesMoving('UBND phường Tân Định');
  await pm.hears(tones.commune);
  await called.button('Kết thúc phát biểu').click();
  await expect(pm.tile('Tân Định')).toHaveCount(0);
});

test("the leader's page is lost and opened again: viewers read that they come back, keep their connections, and see them", async () => {
  await pm.page.reload();
  for (const commune of communes) {
    await expect(commune.page.locator('.holding')).toContainText(`Mất tín hiệu từ ${PM}`);
    // PL27: their own line is as before, and no picture comes.
    await expect(commune.page.locator('.line-sign')).toContainText('Hình chưa tới');
  }
  await pm.button('Vào phòng họp').click();
  for (const commune of communes) await commune.seesMoving(PM);
  await called.hears(tones.pm);
});

test('the leader stops after a second confirmation, then ends the briefing; viewers read what is going on', async () => {
  await pm.button('Ngừng phát').click();
  await pm.page.getByRole('dialog').getByRole('button', { name: 'Ngừng phát' }).click();
  for (const commune of communes) await expect(commune.page.locator('.holding')).toContainText('tạm nghỉ');
  await pm.button('Đóng phiên họp').click();
  await pm.page.getByRole('dialog').getByRole('button', { name: 'Đóng phiên họp' }).click();
  for (const { page } of communes)
    await expect(page.getByRole('heading', { name: 'Phiên họp đã kết thúc' })).toBeVisible();
});

test('MN2 MN10 after it the page says what happened, the minutes are taken as text document and as sheets, and the next one is begun; nothing broke on any page', async () => {
  const { page } = pm;
  const happened = page.getByRole('article', { name: 'Kết quả phiên họp' });
  await expect(happened.getByRole('region', { name: 'Phát biểu' })).toContainText(PM);
  const called = happened.getByRole('region', { name: 'Điểm danh' });
  await expect(called.getByRole('listitem').filter({ hasText: 'Phường Đa Kao' })).toContainText('Chưa thể trả lời');
  await expect(happened.getByRole('region', { name: 'Tham dự theo địa bàn' }).getByRole('row')).not.toHaveCount(0);
  for (const [format, beginning] of [
    ['Word', 'PK'],
    ['PDF', '%P'],
  ] as const) {
    // Attendance is sealed some seconds after the end.
    const take = pm.button(`Tải biên bản: ${format}`);
    await expect(take).toBeEnabled({ timeout: 60_000 });
    const [file] = await Promise.all([page.waitForEvent('download'), take.click()]);
    expect((await readFile(await file.path())).subarray(0, 2).toString()).toBe(beginning);
  }
  await nothingSerious(page);
  await pm.button('Lên lịch phiên tiếp theo như phiên này').click();
  const form = page.getByRole('form', { name: 'Lên lịch phiên họp' });
  await expect(form.getByLabel('Tên phiên họp')).not.toHaveValue('');
  await expect(form.getByLabel('Ngày', { exact: true })).toHaveValue('');
  await pm.button('Quay lại', form).click();
  await page.getByRole('region', { name: 'Đã họp' }).getByRole('button').first().click();
  await expect(happened).toBeVisible();
  for (const person of [pm, moderator, ...communes]) expect(person.problems).toEqual([]);
});
