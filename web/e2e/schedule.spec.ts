import { readFile } from 'node:fs/promises';
import { expect, type Locator, test } from '@playwright/test';
import { hourNow, setClockBack } from './support/computerClock.ts';
import { inDays, typeMoment } from './support/moments.ts';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

test.describe.configure({ mode: 'serial' });

/** Nobody sets the clock of a commune's computer. */
const CLOCK_OFF_MS = 420_000;
const pictures = process.env.PICTURES;
const TITLE = 'Diễn tập ứng phó bão số 10';
const OTHER = 'Giao ban tuần của Thành phố';
const SECOND = 'Họp khẩn về đê điều';

let server: Server;
let moderator: Person;
let commune: Person;

test.beforeAll(async ({ browser }) => {
  server = await Server.start();
  // A computer that is set to another zone, and a browser of another language.
  moderator = await Person.sit(browser, { elsewhere: true });
  commune = await Person.sit(browser, { phone: true });
  await commune.page.addInitScript(setClockBack, CLOCK_OFF_MS);
});
test.afterAll(async () => {
  for (const person of [moderator, commune]) await person?.leave();
  await server?.stop();
});

test('a moderator schedules a rehearsal: what is missing is said in words, codes of a file row by row', async () => {
  await commune.open(server.communes[0] ?? '');
  await expect(commune.button(/Vào phòng họp/)).toBeVisible();
  await moderator.open(server.link('moderator'));
  const { page } = moderator;
  await moderator.button('Chỉ đạo và hồ sơ').click();
  await moderator.button('Lịch họp').click();
  await moderator.button('Lên lịch phiên họp').click();
  const form = page.getByRole('form', { name: 'Lên lịch phiên họp' });
  await moderator.button('Thêm mục', form).click();
  await form.getByLabel('Mục 1: người trình bày').fill('Ban chỉ huy');
  await moderator.button('Lên lịch', form).click();
  const wrong = form.getByRole('alert');
  await expect(form.getByLabel('Tên phiên họp')).toBeFocused();
  for (const said of ['Nhập tên phiên họp.', 'Chọn ngày giờ họp.', 'Mục 1 của chương trình chưa có nội dung.'])
    await expect(wrong).toContainText(said);
  await form.getByLabel('Tên phiên họp').fill(TITLE);
  await typeMoment(form, 'Ngày giờ họp', inDays(2));
  const [day = ''] = inDays(2).split('T');
  await expect(form).toContainText('Các đơn vị thấy: 14:00, ');
  await expect(form.getByLabel('Ngày', { exact: true })).toHaveValue(day.split('-').reverse().join('/'));
  await form.getByLabel('Mục 1: nội dung').fill('Khai mạc');
  await form.getByLabel('Mục 1: số phút').fill('10');
  await form.getByLabel('Tệp Excel hoặc CSV có mã đơn vị').first().check();
  const codes = 'Mã đơn vị;Tên\r\n26734;Tân Định\r\n26737;Đa Kao\r\n99999;nhầm\r\n26740;Bến Nghé\r\n00001;Phúc Xá\r\n';
  await form
    .locator('input[type=file]')
    .setInputFiles({ name: 'xa.csv', mimeType: 'text/csv', buffer: Buffer.from(codes) });
  await expect(form).toContainText('xa.csv: 3 đơn vị dự họp');
  await expect(form).toContainText('Dòng 4, “99999”: không có mã này');
  await expect(form).toContainText('Dòng 6, “00001”: ngoài địa bàn của cơ quan');
  await form.getByLabel('Ban Điều hành').first().check();
  await form.getByLabel('Đây là buổi diễn tập').check();
  await nothingSerious(page);
  await moderator.button('Lên lịch', form).click();
  const item = page.getByRole('listitem').filter({ hasText: TITLE });
  await expect(item).toContainText('3 đơn vị');
  await expect(item).toContainText('Diễn tập');
});

test('IV7 invitations are printed, and a calendar file is there', async () => {
  const { page } = moderator;
  const item = page.getByRole('listitem').filter({ hasText: TITLE });
  const [calendar] = await Promise.all([page.waitForEvent('download'), moderator.button('Tệp lịch', item).click()]);
  expect(await readFile(await calendar.path(), 'utf8')).toContain('BEGIN:VEVENT');
  await moderator.button('Giấy mời', item).click();
  // IV7: for which briefing, and what will be done, before it is done.
  await expect(page.getByRole('combobox', { name: 'Phiên họp', exact: true }).locator('option:checked')).toContainText(
    TITLE,
  );
  const plan = page.getByRole('region', { name: 'Khi lập giấy mời' });
  await expect(plan).toContainText('In 3 phiếu');
  await expect(plan).toContainText('Cấp 3 mã vào họp');
  await expect(plan).toContainText('Không thu hồi gì');
  await nothingSerious(page);
  if (pictures) {
    await page.screenshot({ path: `${pictures}/invite-laptop.png` });
  }
  await moderator.button('Lập giấy mời (PDF)').click();
  await expect(page.getByRole('status').filter({ hasText: 'Xong 3 phiếu' })).toBeVisible();
  const [sheets] = await Promise.all([page.waitForEvent('download'), moderator.button('Tải tệp PDF').click()]);
  expect((await readFile(await sheets.path())).subarray(0, 5).toString()).toBe('%PDF-');
  await expect(page.getByText('Tệp không còn trên máy chủ.')).toBeVisible();
  await moderator.button(/^Quay lại$/).click();
});

test('IV7 of more units than are printed at once it is said so, and how they are printed', async ({ browser }) => {
  const pm = await Person.sit(browser);
  await pm.open(server.link('Prime Minister'));
  await expect(pm.button('Đăng xuất').first()).toBeVisible();
  await pm.open(`${server.url}/office`);
  await pm.button('Lịch họp').click();
  await pm.button('Giấy mời', pm.page.getByRole('listitem').filter({ hasText: '2.376 đơn vị' })).click();
  const plan = pm.page.getByRole('region', { name: 'Khi lập giấy mời' });
  await expect(plan).toContainText('Quá nhiều đơn vị để in một lần. Tìm ở ô “Chọn nơi khác” rồi in từng địa bàn.');
  await expect(pm.button('Lập giấy mời (PDF)')).toBeDisabled();
  await pm.page.getByRole('combobox', { name: 'Chọn nơi khác' }).fill('ho chi minh');
  await pm.page.getByRole('option', { name: /^Thành phố Hồ Chí Minh/ }).click();
  await expect(plan).toContainText('In 273 phiếu');
  expect(pm.problems).toEqual([]);
  await pm.leave();
});

test('a commune at the door hears of the new time and why, and what its check found reaches the moderator', async () => {
  await commune.page.reload();
  // What can be walked into stands before what is planned for another day.
  const choices = commune.page.locator('.briefing-choice');
  await expect(choices.first()).toContainText('Phòng họp đã mở, dự kiến bắt đầu lúc');
  await expect(choices.last()).toContainText(TITLE);
  await commune.button(TITLE).click();
  await expect(commune.page.getByRole('note')).toContainText('DIỄN TẬP');
  await expect(commune.page.getByText(/Giờ họp: 14:00/)).toBeVisible();
  await expect(commune.page.getByText(/kbit\/s|Mbit\/s/).first()).toBeVisible();
  const { page } = moderator;
  const item = page.getByRole('listitem').filter({ hasText: TITLE });
  await moderator.button('Thử máy', item).click();
  await expect(page.getByText('1 đã thử máy')).toBeVisible({ timeout: 40_000 });
  await page.getByLabel('Chưa thử máy').check();
  await expect(page.locator('.readiness-list > li')).toHaveCount(2);
  await nothingSerious(page);
  await moderator.button(/^Quay lại$/).click();

  await commune.button(/Vào phòng họp/).click();
  await expect(commune.page.locator('.waiting-room')).toBeVisible();
  await moderator.button('Sửa', item).click();
  const form = page.getByRole('form', { name: 'Sửa phiên họp' });
  await typeMoment(form, 'Ngày giờ họp', inDays(3));
  await moderator.button('Lưu và thông báo', form).click();
  await expect(form.getByRole('alert')).toContainText('Nêu lý do thay đổi.');
  await form.getByLabel('Lý do thay đổi').fill('Bão đổi hướng');
  await moderator.button('Lưu và thông báo', form).click();
  await expect(item).toContainText('Đã dời');
  const sign = commune.page.getByRole('status').filter({ hasText: 'Phiên họp dời sang 14:00' });
  await expect(sign).toContainText('Bão đổi hướng', { timeout: 40_000 });
});

test('CH19 who waits at the door reads the time of the server, is let in by itself when it opens, and the rehearsal is marked there and inside', async () => {
  const { page } = moderator;
  const item = page.getByRole('listitem').filter({ hasText: TITLE });
  const mark = commune.page.getByRole('note').filter({ hasText: 'DIỄN TẬP' });
  const waiting = commune.page.locator('.waiting-room');
  await expect(waiting).toContainText('Khi phòng họp mở, trang tự vào');
  await expect(waiting).toContainText('Khai mạc');
  // CH19: the time is the server's, though this computer's clock is seven minutes slow.
  const shown = async () => (await waiting.locator('.waiting-clock').textContent())?.includes(hourNow());
  await expect.poll(shown).toBe(true);
  await expect(mark).toBeVisible();
  await nothingSerious(commune.page);
  await moderator.button('Mở phòng họp', item).click();
  await moderator.button('Mở phòng họp', page.getByRole('dialog')).click();
  await expect(item).toContainText('Đã mở phòng');
  // The page asks at its own pace whether the doors are open.
  await expect(commune.page.locator('.stage')).toBeVisible({ timeout: 60_000 });
  await expect(mark).toBeVisible();
});

test('RH3 RH4 a roll-call in a rehearsal goes as on the day, below the mark, and a moderator who is named as producer chooses what is seen', async () => {
  const { page } = moderator;
  const item = page.getByRole('listitem').filter({ hasText: TITLE });
  await page.reload();
  await moderator.button('Chỉ đạo và hồ sơ').or(moderator.button('Lịch họp')).first().waitFor();
  await moderator.button(/^Vào phòng họp/, item).click();
  await expect(page.getByRole('note').filter({ hasText: 'DIỄN TẬP' })).toBeVisible();
  await moderator.button('Thẻ chờ', page.getByRole('toolbar', { name: 'Hình phát tới mọi người' })).click();
  await expect(commune.page.locator('.stage')).toHaveAttribute('data-scene', 'card');
  await moderator.button('Mở lượt điểm danh').click();
  const form = page.getByRole('dialog', { name: 'Mở một lượt điểm danh' });
  await form.getByLabel('Câu hỏi').fill('Đơn vị nghe rõ không?');
  await moderator.button(/^Hỏi 3 đơn vị/, form).click();
  const sheet = commune.page.getByRole('dialog', { name: 'Đơn vị nghe rõ không?' });
  const mark = commune.page.locator('.rehearsal-sign');
  const uncovered = async () => ((await sheet.boundingBox())?.y ?? 0) - ((await mark.boundingBox())?.height ?? 1);
  expect(await uncovered()).toBeGreaterThanOrEqual(0);
  await sheet.getByRole('radio', { name: 'Chủ tịch', exact: true }).check();
  await commune.page.keyboard.press('Enter');
  await expect(commune.page.getByRole('heading', { name: 'Đã ghi nhận lúc' })).toBeVisible();
  await expect(page.locator('.round')).toContainText('1 / 3');
  await nothingSerious(page);
  await page.reload();
});

test('the rehearsal is called off with a reason', async () => {
  const { page } = moderator;
  const item = page.getByRole('listitem').filter({ hasText: TITLE });
  await moderator.button('Huỷ phiên', item).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Lý do huỷ').fill('Mất điện diện rộng');
  await moderator.button('Huỷ phiên họp', sheet).click();
  await expect(item).toHaveCount(0);
  await expect(commune.page.getByText('Mất điện diện rộng')).toBeVisible();
  // What is on that page now is of the day.
  await expect(commune.page.locator('.rehearsal-sign')).toHaveCount(0);
  const bar = page.locator('.desk-bar');
  await moderator.button('Chỉ đạo', bar).click();
  const choice = page.getByLabel('Xem hồ sơ của phiên nào');
  await choice.selectOption(await choice.locator('option').filter({ hasText: TITLE }).getAttribute('value'));
  await moderator.button('Tham dự', bar).click();
  await expect(page.locator('.desk-body')).toContainText('DIỄN TẬP');
  await nothingSerious(page);
  await moderator.button('Lịch họp', bar).click();
});

/** Schedules a briefing of all units for tomorrow, at the desk that is open. @returns its line in the list */
async function scheduled(title: string): Promise<Locator> {
  const { page } = moderator;
  await moderator.button('Lên lịch phiên họp').click();
  const form = page.getByRole('form', { name: 'Lên lịch phiên họp' });
  await form.getByLabel('Tên phiên họp').fill(title);
  await typeMoment(form, 'Ngày giờ họp', inDays(1));
  await form.getByLabel(/^Toàn bộ/).check();
  await moderator.button('Lên lịch', form).click();
  return page.getByRole('listitem').filter({ hasText: title });
}

test('who waits for a briefing that is called off reads so at the door of another one, and is not led into it', async () => {
  const { page } = moderator;
  const item = await scheduled(OTHER);
  await expect(item).toContainText('273 đơn vị');
  await commune.page.reload();
  await commune.button(OTHER).click();
  await commune.button(/Vào phòng họp/).click();
  await expect(commune.page.locator('.waiting-room')).toContainText(OTHER);
  await moderator.button('Huỷ phiên', item).click();
  await page.getByRole('dialog').getByLabel('Lý do huỷ').fill('Chủ tịch đi thị sát vùng bão');
  await moderator.button('Huỷ phiên họp', page.getByRole('dialog')).click();
  const sign = commune.page.getByRole('status').filter({ hasText: `Đã huỷ: ${OTHER}` });
  await expect(sign).toContainText('Chủ tịch đi thị sát vùng bão', { timeout: 40_000 });
  // One that is open is left: whoever wants to be in it goes in.
  await expect(commune.button(/Vào phòng họp/)).toBeVisible();
  await expect(commune.page.locator('.stage')).toHaveCount(0);
  await nothingSerious(commune.page);
});

test('KP10 whoever opens the doors of another briefing at the office finds the way into it there, and is not led in', async () => {
  const { page } = moderator;
  await page.goto(`${server.url}/office`);
  const item = await scheduled(SECOND);
  await moderator.button('Mở phòng họp', item).click();
  await moderator.button('Mở phòng họp', page.getByRole('dialog')).click();
  await expect(item).toContainText('Đã mở phòng');
  expect(new URL(page.url()).pathname).toBe('/office');
  await moderator.button(/^Vào phòng họp/, item).click();
  await expect(page.locator('.stage')).toBeVisible();
  await expect(page.getByText(SECOND).first()).toBeVisible();
  expect([...moderator.problems, ...commune.problems]).toEqual([]);
});
