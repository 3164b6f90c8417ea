import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

const NAME = 'Giường bệnh còn trống';
const beds = {
  ...{ code: 'beds-free', name: { vi: NAME, en: 'Free beds' }, unit: { vi: 'giường', en: 'beds' } },
  ...{ scale: 0, kind: 'stock', every: 'day', up: 'sum', dueSeconds: 0, staleSeconds: 864_000 },
  ...{ bounds: { hard: [0, 100_000], soft: [0, 500] }, mayStage: true, simulated: true },
};
/** Wards of Quận 1, and one of another province. */
const [slip, right, late, elsewhere] = ['26737', '26734', '26740', '00001'];

test.describe.configure({ mode: 'serial' });

let server: Server;
let folder: string;
let moderator: Person;
let ward: Person;
test.beforeAll(async ({ browser }) => {
  server = await Server.start();
  folder = await mkdtemp(join(tmpdir(), 'dh-territory-'));
  await writeFile(join(folder, 'beds.json'), JSON.stringify(beds));
  await server.dh('figures', 'indicator', 'add', join(folder, 'beds.json'));
  const source = (code: string, name: string, ...more: string[]) =>
    server.dh(
      ...(['figures', 'source', 'add', code, '--name', name, '--root', 'vn', '--indicators', beds.code] as const),
      ...['--simulated', ...more],
    );
  await source('moh', 'Hệ thống Bộ Y tế');
  await source('communes', 'Đơn vị tự nhập', '--kind', 'form', '--rank', '2');
  await record(2, { [slip ?? '']: 12, [right ?? '']: 40, [late ?? '']: 7, [elsewhere ?? '']: 9 });
  await record(1, { [slip ?? '']: 1_200, [right ?? '']: 640, [elsewhere ?? '']: 900 });
  moderator = await Person.sit(browser);
  ward = await Person.sit(browser, { phone: true });
});
test.afterAll(async () => {
  for (const person of [moderator, ward]) await person?.leave();
  await server?.stop();
  if (folder) await rm(folder, { recursive: true });
});

async function record(daysAgo: number, values: Readonly<Record<string, number>>): Promise<void> {
  // By the calendar in Viet Nam.
  const day = new Date(Date.now() + 7 * 3_600_000 - daysAgo * 86_400_000).toISOString().slice(0, 10);
  const file = join(folder, `${daysAgo}.csv`);
  const lines = Object.entries(values).map(([unit, value]) => `${beds.code},${unit},${day},${value}`);
  await writeFile(file, ['indicator,unit,period,value', ...lines].join('\n'));
  await server.dh('figures', 'import', file, '--source', 'moh');
}
const desk = () => moderator.page.getByRole('region', { name: 'Hồ sơ phiên họp' });
const held = () => desk().getByRole('region', { name: 'Chờ quyết định' });

test('FG13 FG23 a province begins with how far its figures have come, by keyboard: which units are late and whom to ring, of its own territory alone', async () => {
  await moderator.open(server.link('moderator'));
  const { page } = moderator;
  await moderator.button('Chỉ đạo và hồ sơ').press('Enter');
  await moderator.button('Số liệu', page.locator('.desk-bar')).press('Enter');
  const line = desk().getByRole('row').filter({ hasText: NAME });
  await expect(line.locator('strong').first()).toHaveText('3/273 đơn vị');
  await expect(line).toContainText('2 có số mới chờ xem lại');
  const behind = desk().getByRole('region', { name: 'Đơn vị chậm' });
  await expect(behind).toContainText(`Chậm: ${NAME}`);
  await expect(behind.getByRole('button', { name: /^Gọi phường .* vào phòng họp$/ }).first()).toBeVisible();
  await expect(held().getByRole('listitem')).toHaveCount(2);
  await expect(held()).toContainText('1.200 giường');
  await expect(held()).toContainText('Nằm ngoài khoảng thường gặp của chỉ tiêu');
  await expect(held()).not.toContainText('900 giường');
  await nothingSerious(page);
});

test('FG14 what is held is sent back with a reason, or counted with one, and the sum follows', async () => {
  const total = desk().getByRole('row').filter({ hasText: NAME }).locator('[data-label="Toàn địa bàn"]');
  const before = await total.textContent();
  await held()
    .getByRole('button', { name: /^Loại: .*1\.200 giường/ })
    .press('Enter');
  await expect(held().getByLabel('Vì sao loại?')).toBeFocused();
  // Without a reason nothing is decided.
  await moderator.page.keyboard.press('Enter');
  await expect(held().getByRole('listitem')).toHaveCount(2);
  await moderator.page.keyboard.type('120 chứ không phải 1.200, trạm y tế đã xác nhận');
  await nothingSerious(moderator.page);
  await moderator.page.keyboard.press('Enter');
  await expect(held().getByRole('listitem')).toHaveCount(1);
  await held()
    .getByRole('button', { name: /^Cho tính: / })
    .press('Enter');
  await moderator.page.keyboard.type('Bệnh viện dã chiến mới mở');
  await moderator.page.keyboard.press('Enter');
  await expect(held()).toContainText('Hiện không có giá trị nào chờ quyết định.');
  await expect.poll(() => total.textContent()).not.toBe(before);
});

test('FG16 a commune reads what others say of it, and contests it in two taps; its province reads that', async () => {
  await ward.enter(server.communes[0] ?? '');
  const { page } = ward;
  await ward.button('Nhập số liệu').click();
  const sheet = page.getByRole('dialog', { name: 'Số liệu của đơn vị' });
  await sheet.getByText('Các nguồn nói gì về đơn vị').click();
  await expect(sheet).toContainText(/Hệ thống Bộ Y tế: 640 giường.*được tính/);
  await expect(sheet).toContainText('SỐ LIỆU MÔ PHỎNG');
  await ward.button('Báo sai', sheet).click();
  await nothingSerious(page);
  await ward.button('Đúng là số sai', sheet).press('Enter');
  await expect(ward.button('Rút lại báo sai', sheet)).toBeFocused();
  await expect(desk().getByRole('row').filter({ hasText: NAME })).toContainText('1 có ý kiến khác', {
    timeout: 60_000,
  });
  await expect(held()).toContainText(/phường Tân Định phản ánh là sai lúc .*; số vẫn được tính, có đánh dấu/);
  await nothingSerious(moderator.page);
});

test('FG16 FG17 what a commune contests waits for its province, which answers by keyboard and says why', async () => {
  await held()
    .getByRole('button', { name: /^Xác nhận là đúng: .*640 giường/ })
    .press('Enter');
  await moderator.page.keyboard.type('Đã đối chiếu với bệnh viện dã chiến');
  await moderator.page.keyboard.press('Enter');
  await expect(held()).toContainText('Hiện không có giá trị nào chờ quyết định.');
  await expect(held().getByRole('heading')).toBeFocused();
  const others = ward.page.getByText('Các nguồn nói gì về đơn vị');
  for (let press = 0; press < 2; press += 1) await others.click();
  const said = ward.page.getByRole('list', { name: 'Các nguồn nói gì về đơn vị' });
  await expect(said).toContainText(/Đã xác nhận là đúng · .* · Đã đối chiếu với bệnh viện dã chiến/);
  await expect(said).not.toContainText('đã báo sai');
  expect([...ward.problems, ...moderator.problems]).toEqual([]);
});

test('FG16 of more contests than a list holds it is said how many there are, and the others are read by keyboard', async () => {
  const { page } = moderator;
  await page.route('**/api/figures/desk?*', async (route) => {
    const answer = await route.fetch();
    const told = await answer.json();
    const from = Number(new URL(route.request().url()).searchParams.get('contestedFrom') ?? 0);
    const [{ code: indicator }] = told.indicators;
    const one = {
      ...{
        indicator,
        unit: '1',
        path: 'vn.79.1',
        name: 'Phường Một',
        period: told.now,
        source: 'moh',
        sourceName: 'Bộ Y tế',
      },
      ...{ value: 7, contest: { at: told.now, by: 'Phường Một', unit: 'Phường Một', reason: null }, acts: ['answer'] },
    };
    told.contested = Array.from({ length: from === 0 ? 200 : 3 }, (_, i) => ({ ...one, revision: from + i + 1 }));
    told.contests = { values: 203, from, toAnswer: 203 };
    await route.fulfill({ response: answer, json: told });
  });
  await expect(held()).toContainText('Hiện 1–200 trên 203, mới nhất trước.', { timeout: 60_000 });
  await expect(held().getByRole('heading')).toContainText('203');
  await held().getByRole('button', { name: 'Cũ hơn' }).press('Enter');
  await expect(held()).toContainText('Hiện 201–203 trên 203, mới nhất trước.');
  await expect(held().getByRole('listitem')).toHaveCount(3);
  await expect(held().getByRole('button', { name: 'Cũ hơn' })).toBeFocused();
  await nothingSerious(page);
  await held().getByRole('button', { name: 'Mới hơn' }).press('Enter');
  await expect(held().getByRole('listitem')).toHaveCount(200);
  await page.unrouteAll({ behavior: 'wait' });
});
