import { expect, test } from '@playwright/test';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

test.describe.configure({ mode: 'serial' });

let server: Server;
let pm: Person;
let chair: Person;
let late: Person;

test.beforeAll(async ({ browser }) => {
  server = await Server.start();
  [pm, chair, late] = [
    ...[await Person.sit(browser), await Person.sit(browser), await Person.sit(browser, { phone: true })],
  ] as [Person, Person, Person];
});
test.afterAll(async () => {
  for (const person of [pm, chair, late]) await person?.leave();
  await server?.stop();
});

const staged = (person: Person) => person.page.locator('.stage .staged');
const tile = (person: Person, name: string) => staged(person).locator('.staged-tile').filter({ hasText: name });

test('FG25 FG33 FG35 what is looked at comes on the stage, drawn by every page, and is said in one sentence', async () => {
  await chair.enter(server.communes[0] ?? '');
  await pm.enter(server.link('Prime'));
  await pm.button('Bắt đầu phát').click();
  await expect(pm.page.locator('.stage .tile')).toBeVisible({ timeout: 30_000 });
  await pm.page.getByRole('tab', { name: 'Số liệu' }).click();
  await pm.page.locator('.figure-card').first().click({ timeout: 60_000 });
  await pm.button('Lên sân khấu').click();
  await expect(pm.page.getByText('Mọi người đang xem số liệu này')).toBeVisible();
  await expect(staged(chair)).toBeVisible({ timeout: 20_000 });
  await expect(staged(chair)).toContainText('SỐ LIỆU MÔ PHỎNG');
  await expect(staged(chair)).toContainText(/\d\/10\.0\d\d đơn vị/);
  for (const [sea, province] of [
    ['Hoàng Sa', 'Đà Nẵng'],
    ['Trường Sa', 'Khánh Hòa'],
  ] as const)
    await expect(tile(chair, sea)).toContainText(province);
  await expect(chair.page.locator('[aria-live="polite"]').first()).toContainText('Trên sân khấu là số liệu');
  await expect(staged(chair).getByRole('row')).toHaveCount(64);
  await expect(chair.page.locator('.stage .tile video')).toBeVisible();
  await nothingSerious(chair.page);
});

test('FG25 FG27 a late joiner sees the same, and what the presenter points at is marked for all', async () => {
  await late.enter(server.communes[1] ?? '');
  await expect(staged(late)).toContainText('SỐ LIỆU MÔ PHỎNG', { timeout: 20_000 });
  await pm.page
    .locator('.tile-map')
    .getByRole('button', { name: /Bình Dương/ })
    .click();
  for (const person of [chair, late]) {
    await expect(staged(person).locator('[data-marked="true"].staged-tile')).toHaveCount(1);
    await expect(staged(person)).toContainText('Đang chỉ: Bình Dương');
  }
});

test('FG28 what leaves the stage is shown nowhere, and nothing broke on any page', async () => {
  await pm.button('Rời sân khấu').click();
  for (const person of [chair, late]) await expect(staged(person)).toBeHidden();
  await chair.seesMoving(/./);
  for (const person of [pm, chair, late]) expect(person.problems).toEqual([]);
});
