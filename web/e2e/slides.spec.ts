import { expect, test } from '@playwright/test';
import { makePdf } from './support/makePdf.ts';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

test.describe.configure({ mode: 'serial' });

let server: Server;
let pm: Person;
let chair: Person;
let late: Person;
let pdf: Buffer;

test.beforeAll(async ({ browser }) => {
  server = await Server.start();
  [pm, chair, late] = [await Person.sit(browser), await Person.sit(browser), await Person.sit(browser)];
  const rows = Array.from({ length: 12 }, (_, i) => `<tr><td>Xã số ${i + 1}</td><td>${i * 37}</td></tr>`).join('');
  pdf = await makePdf(browser, [
    '<h1>Tình hình mưa lũ sáng nay</h1><p>Đồng bào vùng trũng đã sơ tán.</p>',
    `<h1>Số liệu từng xã</h1><table border="1">${rows}</table>`,
    '<h1>Việc phải làm ngay</h1><p>Trực ban hai mươi bốn giờ.</p>',
  ]);
});
test.afterAll(async () => {
  for (const person of [pm, chair, late]) await person?.leave();
  await server?.stop();
});

/** The page as somebody has it: its number, and whether it is sharp. */
const page = (person: Person) => person.page.locator('.stage .slide-page');
const text = (person: Person) => person.page.locator('.stage .slide-view .unseen').first();

test('SL1 SL2 SL5 an official adds a PDF, which becomes pages in their own browser, and shows it to all', async () => {
  await chair.enter(server.communes[0] ?? '');
  await pm.enter(server.link('Prime'));
  await pm.button('Bắt đầu phát').click();
  await expect(pm.page.locator('.stage .tile')).toBeVisible({ timeout: 30_000 });
  await pm.button(/Chỉ đạo và hồ sơ/).click();
  await pm.button('Trình chiếu', pm.page.locator('.desk-bar')).click();
  const choosing = pm.page.waitForEvent('filechooser');
  await pm.button('Thêm tệp PDF').click();
  await (await choosing).setFiles({ name: 'Tình hình.pdf', mimeType: 'application/pdf', buffer: pdf });
  await expect(pm.page.getByText('3 trang · sẵn sàng')).toBeVisible({ timeout: 60_000 });
  await pm.button(/^Chiếu/).click();
  await expect(page(chair)).toHaveAttribute('data-page', '1');
  await expect(text(chair)).toContainText('Đồng bào vùng trũng đã sơ tán.');
});

test('SL7 SL11 SL12 a clicker turns the page everywhere; what comes next is there already', async () => {
  const asked: string[] = [];
  chair.page.on('request', (request) => {
    if (request.url().includes('/images/')) asked.push(request.url());
  });
  await pm.page.keyboard.press('PageDown');
  await expect(page(chair)).toHaveAttribute('data-page', '2');
  await expect(text(chair)).toContainText('Xã số 12');
  // Of the page before the turn nothing is fetched again, and of the one after it what was not there yet.
  await expect.poll(() => new Set(asked).size).toBe(asked.length);
  await late.enter(server.communes[1] ?? '');
  await expect(page(late)).toHaveAttribute('data-page', '2');
});

test('SL10 a pointer is seen on the page, and is gone with it', async () => {
  await pm.button('Chỉ lên trang').click();
  const own = pm.page.locator('.presenter-page .slide-page').first();
  await own.hover({ position: { x: 40, y: 40 } });
  await own.hover({ position: { x: 60, y: 50 } });
  await expect(chair.page.locator('.slide-pointer')).toBeVisible();
  await pm.page.keyboard.press('ArrowRight');
  await expect(page(chair)).toHaveAttribute('data-page', '3');
  await expect(chair.page.locator('.slide-pointer')).toBeHidden();
  await nothingSerious(pm.page);
  await nothingSerious(chair.page);
  await expect(pm.page.getByText('Mọi người đang xem trang 3/3')).toBeVisible();
});

test('PN5 PN40 who turns pages reads that another picture hides them', async () => {
  const layouts = pm.page.getByRole('toolbar', { name: 'Hình phát tới mọi người' });
  const choose = async (name: string) => {
    await pm.button('Quay lại phòng họp').click();
    await layouts.getByRole('button', { name, exact: true }).click();
    await pm.button(/Chỉ đạo và hồ sơ/).click();
    await pm.button('Trình chiếu', pm.page.locator('.desk-bar')).click();
  };
  await choose('Chủ trì');
  await expect(pm.page.getByText('Trang 3/3. Hiện không ai thấy')).toBeVisible();
  // PN40: nor does the list of files say that it is shown.
  const decks = pm.page.locator('.decks');
  await expect(decks).toContainText('đã chọn, hiện không ai thấy');
  await expect(decks).not.toContainText('đang chiếu');
  await choose('Tự động');
  await expect(pm.page.getByText('Mọi người đang xem trang 3/3')).toBeVisible();
});

test('SL14 SH2 after a screen took the place of slides the desk says that nobody sees them, and shows them again', async () => {
  await pm.button('Quay lại phòng họp').click();
  await pm.button('Chia sẻ màn hình').click();
  await expect(chair.page.locator('.stage .screen-view')).toBeVisible({ timeout: 30_000 });
  await pm.button('Ngừng chia sẻ').click();
  await expect(chair.page.locator('.stage .screen-view')).toBeHidden();
  await expect(page(chair)).toBeHidden();
  await pm.button(/Chỉ đạo và hồ sơ/).click();
  await pm.button('Trình chiếu', pm.page.locator('.desk-bar')).click();
  await expect(pm.page.getByText('Trang 3/3. Hiện không ai thấy: nội dung khác đã thay chỗ')).toBeVisible();
  await expect(pm.page.getByText('Mọi người đang xem')).toHaveCount(0);
  await pm.button('Chiếu lại trang này').click();
  await expect(page(chair)).toHaveAttribute('data-page', '3');
  await expect(pm.page.getByText('Mọi người đang xem trang 3/3')).toBeVisible();
});

test('SL5 what ends gives the stage back to people, and nothing broke on any page', async () => {
  await pm.button('Ngừng chiếu').click();
  await expect(chair.page.locator('.stage .slide-page')).toBeHidden();
  await chair.seesMoving(/./);
  for (const person of [pm, chair, late]) expect(person.problems).toEqual([]);
});
