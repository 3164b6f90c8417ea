import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { freshLink, printedCode } from './support/printedCode.ts';
import { Server } from './support/Server.ts';

let server: Server;
test.beforeAll(async () => {
  server = await Server.start();
});
test.afterAll(() => server?.stop());

const pictures = process.env.PICTURES;
/** A commune of the moderator's territory. */
const UNIT = '26737';
const root = () => new URL('/', server.communes[0] ?? '').href;
const door = (page: Page) => page.getByRole('heading', { name: 'Hãy mở liên kết cá nhân' });
const enter = (page: Page) => page.getByRole('button', { name: 'Vào phòng họp' });
/** The tab is closed, and the address is typed into a new one of the same browser. */
async function anew(context: BrowserContext, closed: Page): Promise<Page> {
  const page = await context.newPage();
  await closed.close();
  await page.goto(root());
  return page;
}

test('LK6 a commune that closed its tab is in again by the address alone, and not after it signed out', async ({
  browser,
}) => {
  const chair = await Person.sit(browser);
  const context = chair.page.context();
  await chair.open(server.communes[0] ?? '');
  await expect(enter(chair.page)).toBeVisible();
  const unit = await chair.page.locator('h1').first().textContent();
  const page = await anew(context, chair.page);
  await expect(enter(page)).toBeVisible();
  expect(await page.locator('h1').first().textContent()).toBe(unit);
  await page.getByRole('button', { name: 'Đăng xuất' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Đăng xuất' }).click();
  await expect(door(page)).toBeVisible();
  await expect(door(await anew(context, page))).toBeVisible();
  await context.close();
});

test('LK6 of several who are kept in one browser one is chosen by name, also by keyboard, and others sign in', async ({
  browser,
}) => {
  const chair = await Person.sit(browser);
  const context = chair.page.context();
  const names: string[] = [];
  // The first commune's link is bound to the browser of the story before.
  for (const link of server.communes.slice(1, 3)) {
    await chair.open('about:blank');
    await chair.open(link);
    await expect(enter(chair.page)).toBeVisible();
    names.push(await chair.page.evaluate(() => sessionStorage.getItem('dh.session') ?? ''));
  }
  const page = await anew(context, chair.page);
  await expect(page.getByRole('heading', { name: 'Tiếp tục với đơn vị nào?' })).toBeVisible();
  const choices = page.locator('.kept-choice');
  await expect(choices).toHaveCount(2);
  await nothingSerious(page);
  if (pictures) {
    await page.screenshot({ path: `${pictures}/choose-laptop.png` });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: `${pictures}/choose-phone.png` });
  }
  const second = (await choices.nth(1).locator('strong').textContent()) ?? '';
  await choices.nth(1).focus();
  await page.keyboard.press('Enter');
  await expect(enter(page)).toBeVisible();
  await expect(page.locator('body')).toContainText(second);
  expect(names).toContain(await page.evaluate(() => sessionStorage.getItem('dh.session')));
  const other = await context.newPage();
  await other.goto(root());
  await other.getByRole('button', { name: 'Người khác đăng nhập' }).click();
  await expect(door(other)).toBeVisible();
  await context.close();
});

test('LK6 a principal is let in by no address: they open their link or sign in', async ({ browser }) => {
  const pm = await Person.sit(browser);
  const context = pm.page.context();
  await pm.open(server.link('Prime Minister'));
  await expect(pm.page.getByRole('button', { name: 'Đăng xuất' }).first()).toBeVisible();
  await expect(door(await anew(context, pm.page))).toBeVisible();
  await context.close();
});

test('LK7 LK8 LK9 who holds a slip types unit and code on a new device, once; the first device is told and puts it out', async ({
  browser,
}) => {
  const office = await Person.sit(browser);
  const first = await Person.sit(browser);
  await office.open(server.link('moderator'));
  await expect(office.button('Đăng xuất').first()).toBeVisible();
  await first.open(await freshLink(office.page, UNIT));
  await expect(enter(first.page)).toBeVisible();
  const { unit, code } = await printedCode(office.page, UNIT);
  const own = await office.page.context().newPage();
  await own.goto(new URL('/office', root()).href);
  await expect(own.getByRole('button', { name: 'Đăng xuất' }).first()).toBeVisible();

  const second = await Person.sit(browser, { phone: true });
  await second.open(root());
  await expect(door(second.page)).toBeVisible();
  const type = async (person: Person, typed: string): Promise<void> => {
    await person.page.getByLabel('Mã đơn vị').fill(unit);
    await person.page.getByLabel('Mã vào họp').fill(typed);
    await person.button('Vào bằng mã').click();
  };
  await type(second, '2222-2222');
  await expect(second.page.getByRole('alert')).toContainText('Mã đơn vị và mã vào họp không khớp');
  await nothingSerious(second.page);
  if (pictures) {
    await second.page.screenshot({ path: `${pictures}/door-phone.png` });
    await second.page.setViewportSize({ width: 1366, height: 768 });
    await second.page.screenshot({ path: `${pictures}/door-laptop.png` });
  }
  await type(second, ` ${code.toLowerCase().replace('-', ' ')} `);
  await expect(enter(second.page)).toBeVisible();
  const alert = { name: 'Có máy mới vào bằng mã trên giấy mời' };
  const enteredAt = Date.now();
  await expect(own.getByRole('alert', alert)).toBeVisible({ timeout: 15_000 });
  console.log(`  the office's own page reads of the new device after ${Date.now() - enteredAt} ms`);
  await own.close();
  expect(await second.page.locator('h1').first().textContent()).toBe(
    await first.page.locator('h1').first().textContent(),
  );

  const third = await Person.sit(browser);
  await third.open(`${root()}#c=${unit}.${code.replace('-', '')}`);
  await expect(third.page.getByLabel('Mã đơn vị')).toHaveValue(unit);
  await third.button('Vào bằng mã').click();
  await expect(third.page.getByRole('alert')).toContainText('Mã này đã dùng cho một máy khác');

  // What was done while a page was away is told when it opens.
  await Promise.all([office.page.reload(), first.page.reload()]);
  const told = (person: Person) => person.page.getByRole('alert', alert);
  await expect(told(office)).toBeVisible({ timeout: 90_000 });
  await expect(told(first)).toBeVisible({ timeout: 90_000 });
  await expect(told(first).getByText('Có máy mới vào bằng mã trên giấy mời')).toHaveCount(1);
  await expect(told(second)).toHaveCount(0);
  if (pictures) {
    await first.page.screenshot({ path: `${pictures}/told-first.png` });
    await office.page.screenshot({ path: `${pictures}/told-office.png` });
  }
  await first.button('Kết thúc phiên của máy đó').click();
  await expect(told(first)).toContainText('Máy đó đã bị đưa ra');
  await second.page.reload();
  await expect(door(second.page)).toBeVisible();
  await type(second, code);
  await expect(second.page.getByRole('alert')).toContainText('Mã này đã hết hiệu lực');
  for (const person of [office, first, second, third]) {
    expect(person.problems).toEqual([]);
    await person.leave();
  }
});
