import { expect, type Page, test } from '@playwright/test';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

let server: Server;
test.beforeAll(async () => {
  server = await Server.start({ DEMO_ROLES: 'on' });
});
test.afterAll(() => server?.stop());

const pictures = process.env.PICTURES;
const heading = (page: Page) => page.getByRole('heading', { level: 1, name: 'Chọn một vai để bắt đầu' });
/** Whose page it is. */
const session = (page: Page) => page.evaluate(() => sessionStorage.getItem('dh.session'));

/** By keyboard, as a link is opened. @returns the tab that it opens in */
async function open(page: Page, name: RegExp): Promise<Page> {
  const opened = page.context().waitForEvent('page');
  await page.getByRole('link', { name }).first().focus();
  await page.keyboard.press('Enter');
  return opened;
}

test('DC7 the first page of a demo offers five roles; each opens in a tab of its own and keeps its own session', async ({
  browser,
}) => {
  const stranger = await Person.sit(browser);
  const { page } = stranger;
  await stranger.open(server.url);
  await expect(heading(page)).toBeVisible();
  const roles = page.locator('.role');
  await expect(roles.getByRole('heading', { level: 2 })).toHaveText([
    'Lãnh đạo',
    'Người điều hành',
    'Chủ tịch xã, phường',
    'Quản trị hệ thống',
    'Màn hình lớn',
  ]);
  await expect(page.getByText('Bản demo', { exact: true })).toBeVisible();
  // All of it at once on a laptop.
  for (const role of await roles.all()) await expect(role).toBeInViewport({ ratio: 1 });
  await nothingSerious(page);

  const leader = await open(page, /^Lãnh đạo: /);
  const commune = await open(page, /^Chủ tịch xã, phường: /);
  const moderator = await open(page, /^Người điều hành: /);
  const operator = await open(page, /^Quản trị hệ thống: /);
  const wall = await open(page, /^Màn hình lớn/);
  await expect(leader.getByRole('button', { name: 'Vào phòng họp' })).toBeVisible();
  await expect(commune.getByRole('button', { name: 'Vào phòng họp' })).toBeVisible();
  await expect(moderator.locator('.stage')).toBeVisible();
  await expect(operator.getByText('Tổ kỹ thuật trung ương').first()).toBeVisible();
  await expect(wall).toHaveURL(/\/wall$/);
  const tabs = [leader, commune, moderator, operator];
  const before = await Promise.all(tabs.map(session));
  expect(new Set(before).size).toBe(tabs.length);

  // The links are nowhere to be seen, and each tab stays whose it is.
  for (const tab of tabs) expect(tab.url()).not.toContain('#');
  await Promise.all(tabs.map((tab) => tab.reload()));
  await expect(leader.getByRole('button', { name: 'Vào phòng họp' })).toBeVisible();
  await expect(commune.getByRole('button', { name: 'Vào phòng họp' })).toBeVisible();
  expect(await Promise.all(tabs.map(session))).toEqual(before);
  await expect(leader.locator('body')).toContainText('Thủ tướng');
  await expect(commune.locator('body')).toContainText(/phường Tân Định/i);

  // It is a page of its own, which lets nobody in by itself, and comes back as often as it is wanted.
  await page.reload();
  await expect(heading(page)).toBeVisible();
  expect(await session(page)).toBeNull();
  await stranger.leave();
});

test('DC12 a second browser enters by the first page as well, and who was in stays in', async ({ browser }) => {
  const [first, second] = [await Person.sit(browser), await Person.sit(browser)];
  const leaders: Page[] = [];
  for (const person of [first, second]) {
    await person.open(server.url);
    await expect(heading(person.page)).toBeVisible();
    const leader = await open(person.page, /^Lãnh đạo: /);
    await expect(leader.getByRole('button', { name: 'Vào phòng họp' })).toBeVisible();
    leaders.push(leader);
  }
  await leaders[0]?.reload();
  await expect((leaders[0] as Page).getByRole('button', { name: 'Vào phòng họp' })).toBeVisible();
  await first.leave();
  await second.leave();
});

test('DC7 who signs in as in a real installation comes to its door; on a telephone all is below each other', async ({
  browser,
}) => {
  for (const language of ['vi', 'en'] as const) {
    const person = await Person.sit(browser, { phone: true, language });
    const { page } = person;
    await person.open(server.url);
    await expect(page.locator('.role')).toHaveCount(5);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await nothingSerious(page);
    if (pictures) {
      await page.screenshot({ path: `${pictures}/roles-phone-${language}.png`, fullPage: true });
      await page.setViewportSize({ width: 1366, height: 768 });
      await page.screenshot({ path: `${pictures}/roles-laptop-${language}.png` });
      await person.button(language === 'vi' ? 'Nền tối' : 'Dark').click();
      await page.screenshot({ path: `${pictures}/roles-laptop-dark-${language}.png` });
    }
    await person.button(/^(Đăng nhập như ở hệ thống thật|Sign in as in a real installation)$/).click();
    await expect(page.getByLabel(/^(Mã đơn vị|Code of the unit|Unit code)/)).toBeVisible();
    await person.leave();
  }
});

test('DC7 nothing is offered where the demo offers nobody', async ({ browser }) => {
  const plain = await Server.start();
  try {
    const asked = await fetch(new URL('/api/demo/roles', plain.url));
    expect(asked.status).toBe(404);
    const stranger = await Person.sit(browser);
    await stranger.open(plain.url);
    await expect(stranger.page.getByRole('heading', { name: 'Hãy mở liên kết cá nhân' })).toBeVisible();
    await expect(stranger.page.locator('.role')).toHaveCount(0);
    await stranger.leave();
  } finally {
    await plain.stop();
  }
});
