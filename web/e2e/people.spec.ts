import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

test.describe.configure({ mode: 'serial' });

const pictures = process.env.PEOPLE_PICTURES;
let server: Server;
let operator: Person;
let moderator: Person;
test.beforeAll(async ({ browser }) => {
  server = await Server.start();
  operator = await Person.sit(browser);
  moderator = await Person.sit(browser);
  await operator.open(await server.operatorLink());
  await moderator.open(server.link('moderator'));
});
test.afterAll(async () => {
  for (const person of [operator, moderator]) await person?.leave();
  await server?.stop();
});

async function shoot({ page }: Person, name: string): Promise<void> {
  if (!pictures) return;
  await page.screenshot({ path: `${pictures}/${name}-1366.png` });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: `${pictures}/${name}-390.png` });
  await page.setViewportSize({ width: 1366, height: 768 });
}

/** Finds a unit as it is typed and opens it, by keyboard alone. */
async function openUnit({ page }: Person, query: string, name: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Tìm đơn vị, không cần dấu', exact: true }).fill(query);
  const item = page.getByRole('treeitem', { name }).first();
  await expect(item).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name })).toBeVisible();
}

test('an operator, who joins no briefing, has the directory as the page and imports exactly what was shown', async () => {
  const { page } = operator;
  await expect(page.getByRole('tree', { name: 'Các đơn vị' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Chỉ đạo' })).toHaveCount(0);
  await nothingSerious(page);
  await shoot(operator, 'operator');

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Tải danh bạ hiện tại (CSV)' }).click();
  const [head = '', ...lines] = (await readFile(await (await download).path(), 'utf8')).split('\n');
  const row = lines.find((line) => line.startsWith('26734,')) ?? '';
  const choose = (text: string) =>
    page
      .getByLabel('Chọn tệp danh bạ')
      .setInputFiles({ name: 'danh-ba.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

  await choose(`${head}\n${row.replace(',760,', ',777777,').replace('2021-01-01', '2025-07-01')}\n`);
  await expect(page.getByText('Tệp có 1 lỗi')).toBeVisible();
  await expect(page.getByText('Không có đơn vị cấp trên mang mã 777777.')).toBeVisible();
  await shoot(operator, 'import-wrong');

  const renamed = row.replace('Phường Tân Định', 'Phường Tân Định Mới').replace('2021-01-01', '2025-07-01');
  await choose(`${head}\n${renamed}\n`);
  const difference = page.getByRole('region', { name: 'Nhập danh-ba.csv sẽ thay đổi' });
  await expect(difference.getByRole('row').filter({ hasText: '26734' })).toContainText('Phường Tân Định Mới');
  await nothingSerious(page);
  await shoot(operator, 'import-difference');
  await page.getByRole('button', { name: 'Nhập đúng như trên' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Nhập đúng như trên' }).click();
  await expect(page.getByText('Đã nhập danh bạ')).toBeVisible();
  await openUnit(operator, 'tan dinh moi', 'Phường Tân Định Mới');
});

test('an operator issues a link that is shown once, and it opens the door', async ({ browser }) => {
  const { page } = operator;
  await openUnit(operator, 'ben nghe', 'Phường Bến Nghé');
  await page.getByRole('article').first().getByRole('button', { name: 'Cấp liên kết mới' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cấp liên kết mới' }).click();
  const link = page.getByRole('textbox', { name: 'Liên kết cá nhân' });
  await expect(link).toHaveValue(/#l=/);
  const url = await link.inputValue();
  await nothingSerious(page);
  await shoot(operator, 'link-once');
  await page.keyboard.press('Escape');
  await expect(page.getByText(url)).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Lịch sử' })).toContainText('cấp liên kết mới cho');
  const chair = await Person.sit(browser);
  await chair.open(url);
  await expect(chair.button(/Vào phòng họp/)).toBeVisible();
  await chair.leave();
});

test('a password is set by its link, by the person alone, and opens the door', async ({ browser }) => {
  const { page } = operator;
  await page.getByRole('article').first().getByRole('button', { name: 'Liên kết đặt mật khẩu' }).click();
  await page.getByLabel('Tên đăng nhập').fill('ben-nghe');
  await page.getByRole('dialog').getByRole('button', { name: 'Cấp liên kết' }).click();
  const url = await page.getByRole('textbox', { name: 'Liên kết cá nhân' }).inputValue();
  await page.keyboard.press('Escape');
  const chair = await Person.sit(browser);
  await chair.open(url);
  await expect(chair.page.getByText('Phường Bến Nghé')).toBeVisible();
  await nothingSerious(chair.page);
  await shoot(chair, 'set-password');
  await chair.page.getByLabel('Mật khẩu mới').fill('một mật khẩu dài');
  await chair.page.getByLabel('Nhập lại mật khẩu').fill('một mật khẩu khác');
  await chair.button('Đặt mật khẩu').click();
  await expect(chair.page.getByText('Hai lần nhập không giống nhau.')).toBeVisible();
  await chair.page.getByLabel('Nhập lại mật khẩu').fill('một mật khẩu dài');
  await chair.button('Đặt mật khẩu').click();
  await chair.button('Tới trang đăng nhập').click();
  await chair.button('Đăng nhập bằng mật khẩu').click();
  await chair.page.getByLabel('Tên đăng nhập').fill('ben-nghe');
  await chair.page.getByLabel('Mật khẩu').fill('một mật khẩu dài');
  await chair.button('Đăng nhập').click();
  await expect(chair.button(/Vào phòng họp/)).toBeVisible();
  await chair.leave();
});

test('a moderator edits a telephone and prints the slip of a link, and sees no other province', async () => {
  const { page } = moderator;
  await page.getByRole('button', { name: 'Chỉ đạo và hồ sơ' }).click();
  await page.getByRole('button', { name: 'Danh bạ và tài khoản' }).click();
  await expect(page.getByRole('treeitem').first()).toContainText('Thành phố Hồ Chí Minh');
  await expect(page.getByLabel('Chọn tệp danh bạ')).toHaveCount(0);
  await openUnit(moderator, 'pham ngu lao', 'Phường Phạm Ngũ Lão');
  const contacts = page.getByRole('region', { name: 'Người liên hệ' });
  await expect(contacts.getByRole('link').first()).toContainText('0000');
  await shoot(moderator, 'unit');
  await contacts.getByRole('button', { name: 'Sửa' }).click();
  await contacts.getByLabel('Điện thoại cơ quan').fill('0000 555 666');
  await nothingSerious(page);
  await shoot(moderator, 'contacts');
  await contacts.getByRole('button', { name: 'Lưu' }).click();
  await expect(contacts.getByRole('link', { name: '0000 555 666' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Lịch sử' })).toContainText('sửa người liên hệ');
  await page.getByRole('article').first().getByRole('button', { name: 'Cấp liên kết mới' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cấp liên kết mới' }).click();
  await expect(page.getByRole('button', { name: 'In phiếu' })).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.slip')).toContainText('Phường Phạm Ngũ Lão');
  await expect(page.locator('.slip')).toContainText('#l=');
  await expect(page.getByRole('tree', { includeHidden: true })).toBeHidden();
  if (pictures) await page.screenshot({ path: `${pictures}/slip.png` });
  await page.emulateMedia({ media: 'screen' });
  expect([...operator.problems, ...moderator.problems]).toEqual([]);
});
