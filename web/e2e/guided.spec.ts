import { expect, type Page, test } from '@playwright/test';
import { beyond, covered, troubled } from './support/controls.ts';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

let server: Server;
test.beforeAll(async () => {
  server = await Server.start({ DEMO_ROLES: 'on', DEMO_FIGURES: 'on' });
});
test.afterAll(() => server?.stop());

const pictures = process.env.PICTURES;
const path = (page: Page) => page.getByRole('region', { name: /^(Nên thử gì tiếp|What to try next)$/ });
const sizes = [
  { width: 1366, height: 768 },
  { width: 1024, height: 640 },
  { width: 390, height: 844 },
  { width: 844, height: 390 },
] as const;

/** Runs in the page. @returns pixels from the picture to what stands below it */
function gap(): number {
  const box = (name: string) => document.querySelector(name)?.getBoundingClientRect() ?? new DOMRect();
  return box('.principal-producer').top - box('.pictures-frame').bottom;
}

/** As the first page of a demo opens its leader. @param guided left out of the address: as who was sent a link */
async function leaderOf(person: Person, guided = true): Promise<void> {
  const { page } = person;
  await person.open(server.url);
  const link = page.getByRole('link', { name: /^(Lãnh đạo|Leader): / }).first();
  const url = new URL((await link.getAttribute('href')) ?? '');
  if (!guided) url.search = '';
  await person.enter(url.href);
}

/** DC9: it takes room of its own, at a laptop, on a telephone that stands and on one that lies. */
async function liesOverNothing({ page }: Person): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    const where = `${size.width} × ${size.height}`;
    await expect(path(page)).toBeVisible();
    await expect.poll(() => page.evaluate(beyond), { message: where }).toEqual([]);
    if (size.width > 900) {
      const parts = '.guided, .topbar, .principal-producer, .principal-acts, .principal-strip';
      await expect.poll(() => troubled(page, parts), { message: where }).toEqual([]);
      const excess = () => page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
      await expect.poll(excess, { message: `${where}: higher than the window` }).toBeLessThanOrEqual(0);
      const share = await page.locator('.pictures-frame').evaluate((frame) => frame.clientHeight / innerHeight);
      expect(share, `${where}: the picture`).toBeGreaterThan(0.3);
      expect(await page.evaluate(gap), `${where}: between the picture and its choices`).toBeGreaterThan(4);
    }
    expect(await covered(page, size.width > 900), where).toEqual([]);
  }
  await page.setViewportSize(sizes[0]);
}

test('DC9 a leader from the first page of a demo reads what to try next; each step is ticked when it was taken, in any order', async ({
  browser,
}) => {
  const leader = await Person.sit(browser);
  const commune = await Person.sit(browser);
  const { page } = leader;
  await commune.enter(server.communes[0] ?? '');
  await leaderOf(leader);
  const steps = path(page).getByRole('listitem');
  const done = path(page).locator('[data-done=true]');
  await expect(path(page)).toContainText('Thử: bắt đầu phát. Bấm “Bắt đầu phát” ở dưới hình.');
  await expect(steps).toHaveCount(6);
  await expect(done).toHaveCount(0);
  await expect(path(commune.page)).toHaveCount(0);
  await nothingSerious(page);
  await liesOverNothing(leader);
  if (pictures) await page.screenshot({ path: `${pictures}/guided-laptop-vi.png` });

  await leader.button('Bắt đầu phát').click();
  await expect(path(page)).toContainText('Thử: gọi một xã.');
  await expect(page.locator('[aria-live="polite"]').filter({ hasText: 'Thử tiếp: gọi một xã' })).toBeAttached();
  // Another one first: what comes next is still the call.
  await page.getByRole('tab', { name: /^Điều hành/ }).click();
  await page.getByText('Mở phòng cho đơn vị').click();
  await page.getByRole('combobox', { name: 'Chọn đơn vị' }).selectOption({ label: 'Thành phố Hồ Chí Minh' });
  await leader.button('Mở', page.locator('.stages-for')).click();
  const sheet = page.getByRole('dialog');
  await expect(sheet.or(done.nth(1))).toBeVisible();
  if (await sheet.isVisible()) await leader.button('Mở phòng', sheet).click();
  await expect(done).toHaveCount(2);
  await expect(path(page)).toContainText('Thử: gọi một xã.');
  await liesOverNothing(leader);

  await page.getByRole('tab', { name: /^Điểm danh/ }).click();
  await leader.button('Mở lượt điểm danh').click();
  await page.getByRole('dialog').getByLabel('Câu hỏi').fill('Lãnh đạo xã có mặt không?');
  await leader.button(/^Hỏi [\d.]+ đơn vị/, page.getByRole('dialog')).click();
  await expect(done).toHaveCount(3);

  await page.getByRole('tab', { name: /^Số liệu/ }).click();
  await page.locator('.figure-card').first().click();
  await leader.button('Chiếu số liệu').click();
  await expect(done).toHaveCount(4);

  await leader.button(/^Giao chỉ đạo/).click();
  const record = page.getByRole('region', { name: 'Hồ sơ phiên họp' });
  await record.getByLabel('Tên chỉ đạo').fill('Trực ban đêm nay');
  await record.getByLabel('Nội dung').fill('Mỗi xã cử một người trực đến 6 giờ sáng.');
  await record.getByText('Chọn địa bàn').click();
  await record.getByRole('combobox', { name: 'Thêm địa bàn' }).fill('ho chi minh');
  await page.getByRole('option', { name: /^Thành phố Hồ Chí Minh/ }).click();
  await leader.button('Xem lại và giao').click();
  await leader.button(/^Giao tới [\d.]+ đơn vị/).click();
  await expect(done).toHaveCount(5);
  await expect(path(page)).toContainText('Thử: gọi một xã.');

  await leader.button('Quay lại phòng họp').click();
  await leader.button('Quay lại').click();
  await page.getByRole('combobox').fill('tan dinh quan 1 ho chi minh');
  await page
    .getByRole('option', { name: /^Phường/ })
    .first()
    .click();
  await leader.button(/^Gọi phường Tân Định/).click();
  await expect(done).toHaveCount(6);
  await expect(path(page)).toContainText('Đã thử hết.');
  await expect(page.locator('.toasts').getByRole('button')).toHaveCount(0);
  await liesOverNothing(leader);
  if (pictures) await page.screenshot({ path: `${pictures}/guided-all-vi.png` });

  // By keyboard it is closed at once, the focus goes on, and in this tab it stays closed.
  await leader.button('Đóng phần gợi ý').focus();
  await page.keyboard.press('Enter');
  await expect(path(page)).toHaveCount(0);
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BUTTON');
  await page.reload();
  await leader.button('Vào phòng họp').click();
  await expect(page.locator('.stage')).toBeVisible();
  await expect(leader.button('Ngừng phát').or(leader.button('Bắt đầu phát')).first()).toBeVisible();
  await expect(path(page)).toHaveCount(0);
  for (const person of [leader, commune]) {
    expect(person.problems).toEqual([]);
    await person.leave();
  }
});

test('DC9 who opens a link of their own is told nothing; on a telephone it reads in English too', async ({
  browser,
}) => {
  const plain = await Person.sit(browser);
  await leaderOf(plain, false);
  await expect(plain.page.locator('.principal-acts')).toBeVisible();
  await expect(path(plain.page)).toHaveCount(0);
  await plain.leave();
  const leader = await Person.sit(browser, { phone: true, language: 'en' });
  await leaderOf(leader);
  await expect(path(leader.page)).toContainText('Try: ');
  if (pictures) await leader.page.screenshot({ path: `${pictures}/guided-phone-en.png` });
  await leader.button('Close the suggestions').click();
  await expect(path(leader.page)).toHaveCount(0);
  await leader.leave();
});
