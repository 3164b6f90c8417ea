import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { countryRows } from '../../server/src/demo/country.ts';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';
import { sendFigures } from './support/sendFigures.ts';

const NAME = 'Ca mắc mới';
const cases = {
  ...{ code: 'cases-new', name: { vi: NAME, en: 'New cases' }, unit: { vi: 'ca', en: 'cases' } },
  ...{ scale: 0, kind: 'stock', every: 'day', up: 'sum', dueSeconds: 0, staleSeconds: 864_000 },
  ...{ mayStage: true, simulated: true },
};
const WARD = '26734';

test.describe.configure({ mode: 'serial' });

let server: Server;
let folder: string;
let steward: Person;
let pm: Person;
test.beforeAll(async ({ browser }) => {
  server = await Server.start();
  folder = await mkdtemp(join(tmpdir(), 'dh-owner-'));
  await writeFile(join(folder, 'cases.json'), JSON.stringify(cases));
  await server.dh('figures', 'indicator', 'add', join(folder, 'cases.json'));
  const source = (code: string, name: string, ...more: string[]) =>
    server.dh(
      ...(['figures', 'source', 'add', code, '--name', name, '--root', 'vn', '--indicators', cases.code] as const),
      ...['--simulated', ...more],
    );
  await source('health', 'Nền tảng giám sát dịch', '--rank', '2');
  await source('offices', 'Văn phòng Bộ Y tế', '--kind', 'upload');
  steward = await Person.sit(browser);
  pm = await Person.sit(browser);
});
test.afterAll(async () => {
  for (const person of [steward, pm]) await person?.leave();
  await server?.stop();
  if (folder) await rm(folder, { recursive: true });
});

/** When the story began, by the calendar in Viet Nam: midnight may be within it. */
const yesterday = new Date(Date.now() + 7 * 3_600_000 - 86_400_000).toISOString().slice(0, 10);

async function handIn(page: Page, value: number): Promise<void> {
  await page.getByRole('radio', { name: /^Không có dấu nhóm/ }).check();
  const buffer = Buffer.from(`unit;period;${cases.code}\n${WARD};${yesterday};${value}\n`);
  await page.locator('input[type=file]').setInputFiles({ name: 'ca-mac.csv', mimeType: 'text/csv', buffer });
  await expect(page.locator('.figure-own-tried')).toBeFocused();
}

test('FG5 FG43 a platform sends a country with one wrong cell, and is answered by row and column', async () => {
  const key = (await server.dh('figures', 'source', 'key', 'health')).split(/\s/).at(-1) ?? '';
  const rows = await countryRows();
  const parents = new Set(rows.map(({ parent }) => parent));
  const base = rows.filter(({ code }) => !parents.has(code)).map(({ code }) => code);
  const wrong = 4_106;
  const sent = base.map((unit, i) => {
    const value = i === wrong ? '12,5' : i % 40;
    return { indicator: cases.code, unit, period: yesterday, value };
  });
  const told = await sendFigures(server, key, sent);
  expect([told.accepted, told.refused]).toEqual([base.length - 1, 1]);
  expect(told.errors[0]).toMatchObject({ row: wrong + 1, column: 'value', value: '12,5', reason: 'bad-value' });
});

test('FG38 FG39 its steward reads how far it has come and what each source sent, and hands in a file by keyboard', async () => {
  const made = await server.dh(
    ...(['account', 'create', '--role', 'steward', '--indicators', cases.code, '--unit', 'vn'] as const),
    ...['--name', 'Cục Y tế dự phòng'],
  );
  await steward.open(made.split(' ').at(-1) ?? '');
  const { page } = steward;
  await expect(page.getByRole('article', { name: NAME })).toContainText(/\d\/10\.056 đơn vị/);
  await expect(page.getByRole('article', { name: 'Nền tảng giám sát dịch' })).toContainText('10.055');
  await nothingSerious(page);
  await page.getByRole('radio', { name: /^Không có dấu nhóm/ }).check();
  const strange = { name: 'nham.csv', mimeType: 'text/csv', buffer: Buffer.from('ma;ngay\n1;2\n') };
  await page.locator('input[type=file]').setInputFiles(strange);
  await expect(page.getByRole('alert')).toContainText('Không đọc được tệp này');
  // FG200
  await expect(page.getByRole('alert')).toContainText('Dòng tiêu đề thiếu cột unit, period');
  await expect(page.getByRole('heading', { name: 'Gửi tệp số liệu' })).toBeFocused();
  await handIn(page, 12_607);
  await nothingSerious(page);
  await steward.button('Ghi 1 giá trị').press('Enter');
  await expect(page.getByText('Mã niêm phong')).toBeVisible();
  await nothingSerious(page);
});

test('FG39 when a figure was on the stage its steward reads that', async () => {
  await pm.enter(server.link('Prime'));
  await pm.page.getByRole('tab', { name: 'Số liệu' }).click();
  await pm.page.locator('.figure-card').first().click({ timeout: 60_000 });
  await pm.button('Chiếu số liệu').click();
  await expect(pm.page.getByText('Mọi người đang xem số liệu này')).toBeVisible();
  const shown = steward.page.locator('.figure-own-shown');
  await steward.page.reload();
  await expect(shown).toContainText(/đang chiếu từ \d\d:\d\d/);
  await pm.button('Ngừng chiếu').click();
  await expect(pm.page.getByText('Mọi người đang xem số liệu này')).toBeHidden();
  await steward.page.reload();
  await expect(shown).toContainText(/từ \d\d:\d\d.* đến /);
});

test('FG18 FG21 the steward corrects with a reason, nothing is erased, and the leader reads both', async () => {
  const { page } = steward;
  await handIn(page, 12_591);
  await expect(page.getByRole('region', { name: 'Gửi tệp số liệu' })).toContainText('12.607');
  await steward.button('Ghi 1 giá trị').click();
  await expect(page.locator('[name=reason]')).toBeFocused();
  await page.locator('[name=reason]').fill('Trừ 16 ca trùng');
  await nothingSerious(page);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Mã niêm phong')).toBeVisible();

  const map = pm.page.locator('.tile-map');
  for (const name of [/^Thành phố Hồ Chí Minh/, /^Quận 1:/, /^Phường Tân Định/])
    await map.getByRole('button', { name }).click();
  const side = pm.page.getByRole('region', { name: 'Phường Tân Định' });
  await expect(side).toContainText('12.591 ca');
  await side.getByText('Nguồn và các lần ghi').click();
  const said = side.getByRole('listitem');
  await expect(said.filter({ hasText: '12.591 ca' })).toContainText(/đang được tính.*Trừ 16 ca trùng/);
  await expect(said.filter({ hasText: '12.607 ca' })).toContainText('đã được thay');
  await nothingSerious(pm.page);
  expect([...steward.problems, ...pm.problems]).toEqual([]);
});
