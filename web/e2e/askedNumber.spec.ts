import { expect, test } from '@playwright/test';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

const QUESTION = 'Giường trống: bao nhiêu giường?';
const COMMUNE = 'Phường Tân Định';

let server: Server;
test.beforeAll(async () => {
  server = await Server.start({ DEMO_FIGURES: 'on' });
});
test.afterAll(() => server?.stop());

test('FG30 FG31 FG32 a number is asked, said back in words, asked once more when it is unusual, and summed up on the wall', async ({
  browser,
}) => {
  const commune = await Person.sit(browser, { phone: true });
  const moderator = await Person.sit(browser);
  const pm = await Person.sit(browser, { phone: true });
  await commune.open(server.communes[0] ?? '');
  await moderator.open(server.link('moderator'));
  const round = moderator.page.locator('.round');
  const sheet = commune.page.getByRole('dialog', { name: QUESTION });
  const number = sheet.getByRole('textbox', { name: 'Giường trống (giường)' });

  await moderator.button('Mở lượt điểm danh').click();
  const form = moderator.page.getByRole('dialog', { name: 'Mở một lượt điểm danh' });
  await form.getByLabel('Hỏi một con số').check();
  await form.getByLabel('Hỏi số gì?').fill('Giường trống');
  await form.getByLabel('Tính bằng gì?').fill('giường');
  await form.getByLabel('Nhiều nhất').fill('5.000');
  await expect(form.getByLabel('Câu hỏi')).toHaveValue(QUESTION);
  await form.getByLabel('Chọn đơn vị').check();
  await form.getByRole('searchbox', { name: 'Thêm đơn vị' }).fill(COMMUNE);
  await form
    .locator('.unit-hit')
    .filter({ hasText: `${COMMUNE}Quận 1,` })
    .click();
  await nothingSerious(moderator.page);
  await moderator.button('Hỏi 1 đơn vị', form).click();

  await sheet.getByRole('radio', { name: 'Chủ tịch', exact: true }).check();
  await number.fill('12.000');
  await expect(sheet).toContainText('Chỉ nhận từ 0 tới 5.000.');
  await number.fill('120');
  await expect(sheet).toContainText('120 giường: một trăm hai mươi');
  await nothingSerious(commune.page);
  await commune.page.keyboard.press('Enter');
  await expect(commune.page.getByRole('heading', { name: 'Đã ghi nhận lúc' })).toBeVisible();
  await expect(sheet).toContainText('Đã báo: 120 giường');
  await expect(commune.page.getByText('Biên nhận số')).toBeVisible();
  await expect(round).toContainText('120 giường từ 1/1 đơn vị');
  await commune.button('Quay lại phòng họp').click();

  // The leader reads it on a telephone without scrolling, with how much is in it, and when that was.
  await pm.enter(server.link('Prime Minister'));
  const first = pm.page.getByRole('region', { name: 'Giường trống' });
  await expect(first.getByText('120 giường')).toBeInViewport({ ratio: 1 });
  await expect(first).toContainText(/Giường trống.*120 giường từ 1\/1 đơn vị.*lúc \d\d:\d\d:\d\d/);
  await expect(first.getByRole('button', { name: 'Bản đồ con số' })).toBeInViewport({ ratio: 1 });
  await nothingSerious(pm.page);

  // While it is asked, on a map, by keyboard, and back where they were.
  const map = moderator.button('Bản đồ con số');
  await map.press('Enter');
  await expect(moderator.page.locator('.figure-total')).toContainText(/120 giường.*từ 1\/1 đơn vị.*lúc \d\d:\d\d:\d\d/);
  // Beside it as large as a leader's, whose page has looked at cards before.
  await expect(moderator.page.locator('.figure-chosen .figure-value strong')).toHaveCSS('font-size', '28px');
  await nothingSerious(moderator.page);
  await expect(moderator.button('Quay lại')).toBeFocused();
  await moderator.page.keyboard.press('Enter');
  await expect(map).toBeFocused();

  await moderator.button('Kết thúc sớm').click();
  const ask = moderator.page.getByRole('dialog', { name: 'Kết thúc lượt 1?' });
  await moderator.button('Kết thúc sớm', ask).click();
  await expect(round).toContainText('Lượt 1 đã kết thúc');
  await moderator.button('Hỏi lại tất cả').click();
  await expect(round).toContainText('Lượt 2 đang hỏi');
  await expect(round).toContainText('Chưa có số nào từ 0/1 đơn vị');

  await sheet.getByRole('radio', { name: 'Chủ tịch', exact: true }).check();
  // The field looks again whenever it is entered: the round before has just become a figure.
  await expect(async () => {
    await number.blur();
    await number.focus();
    await expect(sheet).toContainText('Số đang được tính của đơn vị: 120 giường.', { timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await number.fill('1250');
  await expect(sheet).toContainText('một nghìn hai trăm năm mươi');
  await commune.page.keyboard.press('Enter');
  const doubt = sheet.getByRole('alertdialog', { name: 'Đúng là 1.250?' });
  await expect(doubt).toContainText('Số đang được tính của đơn vị: 120 giường.');
  await nothingSerious(commune.page);
  await commune.button('Sửa lại số', doubt).click();
  await expect(number).toBeFocused();
  await number.fill('125');
  await expect(doubt).toHaveCount(0);
  await commune.page.keyboard.press('Enter');
  await expect(sheet).toContainText('Đã báo: 125 giường');

  await moderator.button('Mở bảng điểm danh').click();
  await expect(moderator.page.locator('.asked-sum')).toContainText('125 giường từ 1/1 đơn vị');
  const places = moderator.page.getByRole('table', { name: 'Con số theo địa bàn' });
  await expect(places.getByRole('row').filter({ hasText: 'Quận 1' })).toContainText('1251/1');
  await moderator.page.getByRole('radio', { name: 'Tất cả' }).click();
  await expect(moderator.page.locator('.entry-line').filter({ hasText: COMMUNE })).toContainText('125 giường');
  await nothingSerious(moderator.page);

  // So it stands in what happened.
  await pm.button('Bắt đầu phát').click();
  await pm.button('Ngừng phát').click();
  await pm.page.getByRole('dialog').getByRole('button', { name: 'Ngừng phát' }).click();
  await pm.button('Đóng phiên họp').click();
  await pm.page.getByRole('dialog').getByRole('button', { name: 'Đóng phiên họp' }).click();
  const happened = pm.page.getByRole('region', { name: 'Điểm danh' }).getByRole('listitem');
  await expect(happened.filter({ hasText: '2. Giường trống' })).toContainText('125 giường từ 1/1 đơn vị');
  for (const person of [commune, moderator, pm]) await person.leave();
});
