import { expect, type Page, test } from '@playwright/test';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { TwoNodes } from './support/TwoNodes.ts';

test.describe.configure({ mode: 'serial' });

const OPERATOR = 'Quản trị hệ thống';
const PM = 'Thủ tướng Chính phủ';
const LEADER = 'Ban Điều hành Thành phố Hồ Chí Minh';
const ROOM = 'Phòng họp của Thành phố Hồ Chí Minh';
const COMMUNE = 'UBND phường Tân Định';
let nodes: TwoNodes;
let operator: Person;
let pm: Person;
let commune: Person;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  nodes = await TwoNodes.start();
  operator = await Person.sit(browser);
  pm = await Person.sit(browser);
  commune = await Person.sit(browser);
});
test.afterAll(async () => {
  for (const person of [operator, pm, commune]) await person?.leave();
  await nodes?.stop();
});

const card = (page: Page, name: string) => page.getByRole('listitem', { name, exact: true });
const past = (page: Page) => page.getByRole('log');
const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Tab until what has the focus is called so. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
    });
    if (focused === name) return;
  }
  throw new Error(`no control named ${name} can be reached by Tab`);
}

test('PL12 an operator sees both nodes, who carries the briefing, who watches where, and what goes between them', async () => {
  await nodes.prefer('one');
  await operator.open(await nodes.operatorLink(OPERATOR));
  await pm.enter(nodes.link('Prime Minister'));
  await pm.button('Bắt đầu phát').click();
  await nodes.prefer('two');
  await commune.enter(nodes.link('commune'));
  await commune.seesMoving('Thủ tướng');

  const { page } = operator;
  await tabTo(page, 'Máy chủ');
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 máy chủ, 2 người xem')).toBeVisible();
  for (const name of ['one', 'two']) {
    await expect(card(page, name)).toContainText('Đang phục vụ');
    await expect(card(page, name)).toContainText('127.0.0.1');
    await expect(card(page, name).getByText(/^1 người xem$/)).toBeVisible();
  }
  await expect(page.getByRole('region', { name: 'Phiên họp do máy nào đảm nhiệm' })).toContainText(
    'one đảm nhiệm · two sẵn sàng thay',
  );
  const pipe = page.getByRole('row', { name: /từ one tới two/ });
  await expect(pipe).toContainText('0%');
  await expect.poll(async () => Number((await pipe.getByRole('cell').nth(1).textContent()) ?? 0)).toBeGreaterThan(10);
  const units = page.getByRole('table').filter({ hasText: 'Địa bàn' });
  await expect(units.getByRole('row', { name: /^Thành phố Hồ Chí Minh 1 0 1$/ })).toBeVisible();
  await expect(units.getByRole('row', { name: /^Trung ương và nơi khác 1 1 0$/ })).toBeVisible();
  await expect(past(page)).toContainText('one đảm nhiệm phiên');
  await expect(past(page)).toContainText(/two bắt đầu chạy, phiên bản \d/);
  await nothingSerious(page);
});

test('PL13 by keyboard they empty a node, whose commune goes on watching at the other, and call it off', async () => {
  const { page } = operator;
  await tabTo(page, 'Chuyển hết người ra khỏi two');
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', { name: 'Chuyển hết người ra khỏi máy chủ two?' });
  await expect(sheet).toContainText('1 người xem');
  await expect(sheet).toContainText(/Các máy khác còn chỗ cho khoảng [\d.]+\sngười/);
  await expect(sheet.getByRole('button', { name: 'Giữ nguyên' })).toBeFocused();
  await nothingSerious(page);
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(card(page, 'two')).toContainText('Đang phục vụ');

  await expect(page.getByRole('button', { name: 'Chuyển hết người ra khỏi two' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByText('two đang chuyển người đi')).toBeVisible();
  await expect(card(page, 'two')).toContainText('Không còn ai, có thể dừng', { timeout: 60_000 });
  await expect(card(page, 'one').getByText(/^2 người xem$/)).toBeVisible();
  await commune.seesMoving('Thủ tướng');
  await expect(past(page)).toContainText(`${OPERATOR} chuyển hết người ra khỏi two`);
  await expect(past(page)).toContainText('Không còn ai ở two');
  await expect(page.getByRole('button', { name: 'Chuyển hết người ra khỏi one' })).toBeDisabled();
  await expect(page.getByText('Không có máy chủ nào khác để chuyển người sang')).toBeVisible();
  await nothingSerious(page);

  await page.getByRole('button', { name: 'Cho two nhận người trở lại' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Nhận trở lại' }).click();
  await expect(card(page, 'two')).toContainText('Đang phục vụ');
  await expect(past(page)).toContainText(`${OPERATOR} cho two nhận người trở lại`);
});

test('HT17 they see what was refused, to whom, how often, and at which node', async () => {
  const { page } = operator;
  const asked = () => commune.page.evaluate(async () => (await fetch('/api/nodes')).status);
  expect([await asked(), await asked()]).toEqual([401, 401]);
  const refused = page.getByRole('table').filter({ hasText: 'Việc đã thử' });
  const row = refused.getByRole('row', { name: /^Chưa đăng nhập GET \/api\/nodes / });
  await expect(row.first()).toContainText('chưa đăng nhập hoặc phiên đã hết', { timeout: 30_000 });
  await expect(row.first()).toContainText('127.0.0.0/24');
  await row.first().scrollIntoViewIfNeeded();
  await nothingSerious(page);
});

test('TR10 TR12 the provinces break out, of which one has its official at one node: its commune at the other is in its room, and back', async ({
  browser,
}) => {
  await nodes.prefer('two');
  await commune.page.reload();
  await commune.button('Vào phòng họp').click();
  await commune.seesMoving(PM);
  await expect(card(operator.page, 'two').getByText(/^1 người xem$/)).toBeVisible();
  await nodes.prefer('one');
  const leader = await Person.sit(browser);
  try {
    await leader.open(nodes.link('moderator'));
    await expect(leader.page.getByRole('region', { name: 'Phòng họp riêng' })).toBeVisible();
    await pm.conduct();
    const country = pm.page.getByRole('region', { name: 'Phòng họp riêng' });
    await pm.button(/^Chia phòng riêng/, country).click();
    await pm.button('Chia phòng riêng', pm.page.getByRole('dialog')).click();
    await expect(commune.page.locator('.room-plate')).toContainText(ROOM);
    // FL22: a room opens with its official silent.
    await leader.button('Bật hình').click();
    await commune.seesMoving(LEADER);
    await expect(commune.tile(PM)).toHaveCount(0);
    await pm.button('Kết thúc các phòng riêng', country).click();
    await pm.button('Kết thúc các phòng riêng', pm.page.getByRole('dialog')).click();
    await expect(commune.page.locator('.room-plate')).toContainText('trở lại phòng họp chung', { timeout: 60_000 });
    await commune.seesMoving(PM);
    expect(leader.problems).toEqual([]);
  } finally {
    await leader.leave();
  }
});

test('CL42 PL10 PL14 the node of a commune on stage dies: it is on stage at the other, was never away, and operators read it, in English and on a phone', async () => {
  const { page } = operator;
  await pm.page.getByRole('combobox').fill('tan dinh quan 1 ho chi minh');
  await pm.page
    .getByRole('option', { name: /^Phường/ })
    .first()
    .click();
  await pm.button(/^Gọi phường Tân Định/).click();
  await commune.button('Nhận cuộc gọi').click();
  await pm.seesMoving(COMMUNE);
  await page.getByRole('button', { name: 'Switch to English' }).click();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(card(page, 'two')).toContainText('In service');
  await nodes.kill('two');
  await expect(past(page)).toContainText('two can no longer be reached', { timeout: 60_000 });
  await expect(card(page, 'two')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Drain one' })).toBeDisabled();
  expect(await sideways(page)).toBe(0);
  await nothingSerious(page);

  await pm.seesMoving(COMMUNE);
  await commune.seesMoving(PM);
  await expect(commune.page.getByText('Đang phát tới mọi người')).toBeVisible();
  await expect(pm.page.locator('.running-call')).toContainText(/\d:\d\d/);
  await pm.button('Kết thúc cuộc gọi').click();
  await expect(commune.page.getByText('Đang xem và nghe')).toBeVisible();
  await expect(pm.tile(COMMUNE)).toHaveCount(0);
  expect(await nodes.came()).toEqual(['Phường Tân Định: present, always there']);
  expect(await nodes.problems()).toEqual([]);
  for (const person of [operator, pm, commune]) expect(person.problems).toEqual([]);
});

test('PL12 who leads sees no nodes', async () => {
  await expect(pm.page.getByRole('button', { name: 'Máy chủ' })).toHaveCount(0);
  const office = await pm.office();
  await expect(office.button('Lịch họp')).toBeVisible();
  await expect(office.page.getByRole('button', { name: 'Máy chủ' })).toHaveCount(0);
  await expect(pm.page.getByRole('button', { name: 'Máy chủ' })).toHaveCount(0);
});
