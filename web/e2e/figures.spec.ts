import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { countryRows } from '../../server/src/demo/country.ts';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';
import { sendFigures } from './support/sendFigures.ts';

const NAME = 'Giường hồi sức còn trống';
const indicator = {
  ...{ code: 'beds-free-e2e', name: { vi: NAME, en: 'Free intensive care beds' }, unit: { vi: 'giường', en: 'beds' } },
  ...{ scale: 0, kind: 'stock', every: 'hour', up: 'sum', dueSeconds: 7_200, staleSeconds: 86_400 },
  ...{ mayStage: true, simulated: true, owner: { vi: 'Cục Quản lý Khám, chữa bệnh', en: 'Medical Services' } },
};
/** Ward and value, of Quận 1 in the city. */
const called = { code: '26734', name: 'Phường Tân Định' };
const fallen = { code: '26740', name: 'Phường Bến Nghé' };
/** Of all units but the first, one each, but for the ward. */
const sum = (ofWard: number): number => base.length - 2 + ofWard;

test.describe.configure({ mode: 'serial' });

let server: Server;
let folder: string;
let key: string;
let base: readonly string[];
let pm: Person;
let ward: Person;

test.beforeAll(async ({ browser }) => {
  server = await Server.start({ DEMO_FIGURES: 'on' });
  folder = await mkdtemp(join(tmpdir(), 'dh-figures-'));
  const rows = await countryRows();
  const parents = new Set(rows.map(({ parent }) => parent));
  base = rows.filter(({ code }) => !parents.has(code)).map(({ code }) => code);
  pm = await Person.sit(browser);
  ward = await Person.sit(browser);
});
test.afterAll(async () => {
  for (const person of [pm, ward]) await person?.leave();
  await server?.stop();
  if (folder) await rm(folder, { recursive: true });
});

const now = Date.now(); // an hour may end within the story, and all of it is about this one
function send(values: readonly (readonly [unit: string, value: number])[], hoursAgo = 0): Promise<unknown> {
  const period = new Date(now - hoursAgo * 3_600_000).toISOString();
  const rowOf = ([unit, value]: (typeof values)[number]) => ({ indicator: indicator.code, unit, period, value });
  return sendFigures(server, key, values.map(rowOf));
}
const panel = () => pm.page.getByRole('region', { name: 'Số liệu, mở từng ô để xem bản đồ' });
const map = () => pm.page.getByRole('group', { name: 'Các đơn vị trực thuộc' });
const tile = (name: string | RegExp) => map().getByRole('button', { name });
const number = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, '.');

test('FG10 FG105 the leader reads a figure with its coverage, its time and its owner, and that it is simulated', async () => {
  await writeFile(join(folder, 'indicator.json'), JSON.stringify(indicator));
  await server.dh('figures', 'indicator', 'add', join(folder, 'indicator.json'));
  await server.dh(
    'figures',
    'source',
    'add',
    'beds-e2e',
    '--name',
    'Bộ Y tế',
    '--root',
    'vn',
    '--indicators',
    indicator.code,
    '--simulated',
  );
  key = (await server.dh('figures', 'source', 'key', 'beds-e2e')).split(/\s/).at(-1) ?? '';
  // One unit says nothing.
  await send(base.slice(1).map((unit) => [unit, unit === called.code ? 41 : 1] as const));
  await ward.enter(server.link('commune'));
  await pm.enter(server.link('Prime Minister'));
  await pm.switchKeysOn();
  await pm.page.getByRole('tab', { name: 'Số liệu' }).click();
  await panel().getByText('Chọn số liệu').click();
  const wanted = panel().getByRole('checkbox', { name: NAME });
  // Those of the demo may be eight already.
  if (await wanted.isDisabled()) await panel().getByRole('checkbox', { checked: true }).first().uncheck();
  await wanted.check();
  const card = panel().getByRole('button', { name: NAME });
  await expect(card).toContainText(number(sum(41)));
  await expect(card).toContainText(`${number(base.length - 1)}/${number(base.length)} đơn vị`);
  await expect(card).toContainText(/\d\d:00–\d\d:00.* · Cục Quản lý Khám, chữa bệnh$/);
  const of = card.locator('.figure-of');
  const overEdge = await of.evaluate((told) => {
    const [own, around] = [told, told.closest('.figure-card')].map((one) => one?.getBoundingClientRect());
    return Math.max(told.scrollWidth - told.clientWidth, (own?.bottom ?? 0) - (around?.bottom ?? 0));
  });
  expect(overEdge, 'what is cut of a card').toBeLessThanOrEqual(0);
  await expect(panel()).toContainText('SỐ LIỆU MÔ PHỎNG');
  await nothingSerious(pm.page);
});

test('FG35 by keyboard alone from the country to a ward; both archipelagos are on the map by name', async () => {
  const { page } = pm;
  const card = panel().getByRole('button', { name: NAME });
  await card.focus();
  await page.keyboard.press('Enter');
  // And back to where they were.
  await expect(pm.button('Quay lại')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(card).toBeFocused();
  await page.keyboard.press('Enter');
  // FG160: by borders of provinces first, on which an archipelago has what its province has (FG161).
  await expect(tile(/^Quần đảo Hoàng Sa, Đà Nẵng: Thành phố Đà Nẵng: \d+ giường/)).toBeVisible();
  await page.getByRole('radio', { name: 'Ô', exact: true }).press('Space');
  await expect(tile(/^Quần đảo Hoàng Sa, Đà Nẵng: 1 giường/)).toBeVisible();
  await expect(tile(/^Quần đảo Trường Sa, Khánh Hòa: 3 giường, 3 trên 3 đơn vị/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Số liệu', exact: true })).toContainText('SỐ LIỆU MÔ PHỎNG');
  await nothingSerious(page);
  // The last but one of its row: from the archipelago it is to the left.
  await tile(/^Thành phố Hồ Chí Minh: 313 giường, 273 trên 273/).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(tile(/^Tỉnh Long An/)).toBeFocused();
  // Its cells are seen as they are without the focus.
  const { x = 0, y = 0 } = (await tile(/^Tỉnh Long An/).boundingBox()) ?? {};
  const cells = () => page.screenshot({ clip: { x: x + 8, y: y + 24, width: 24, height: 16 } });
  const focused = await cells();
  await page.keyboard.press('ArrowRight');
  expect((await cells()).equals(focused), 'the cells of a tile, with and without the focus').toBe(true);
  await page.keyboard.press('Enter');
  await tile(/^Quận 1: 50 giường/).focus();
  await page.keyboard.press('Enter');
  await tile(new RegExp(`^${called.name}: 41 giường, đúng hạn`)).focus();
  await page.keyboard.press('Enter');
  const side = page.getByRole('region', { name: called.name });
  await expect(side).toContainText('41 giường');
  await expect(page.locator('.figure-side')).toContainText(
    'Cơ quan chủ quản: Cục Quản lý Khám, chữa bệnh · định nghĩa lần 1',
  );
  await nothingSerious(page);
});

test('the table has what the map has, one key away, sorted by value', async () => {
  const { page } = pm;
  await page.keyboard.press('t');
  const rows = page.getByRole('grid', { name: 'Bảng số liệu: Quận 1' }).getByRole('row');
  await expect(rows).toHaveCount(10);
  await page.getByRole('button', { name: 'Xếp theo: Giá trị' }).click();
  await expect(rows.first()).toContainText(called.name);
  await expect(rows.first()).toContainText('41 giường');
  await expect(rows.first()).toContainText('đúng hạn');
  await nothingSerious(page);
  await page.keyboard.press('t');
});

test('FG203 what is shown is saved as a spreadsheet and as CSV, with the session of this tab', async () => {
  const saved = async (format: string): Promise<[name: string, bytes: Buffer]> => {
    const download = pm.page.waitForEvent('download');
    await pm.button(`Tải số liệu đang xem (${format})`).click();
    const file = await download;
    return [file.suggestedFilename(), await readFile(await file.path())];
  };
  const [name, bytes] = await saved('CSV');
  expect(name).toMatch(/\.csv$/);
  const [head = '', ...lines] = String(bytes).trimEnd().split('\r\n');
  expect(head).toContain('Mã,Đơn vị,Thuộc,Chỉ tiêu,Kỳ bắt đầu');
  expect(lines[0]).toContain('Quận 1');
  expect(lines, 'the district and its ten wards').toHaveLength(11);
  expect(lines.find((line) => line.includes(called.name))).toMatch(/,41,giường,/);
  const [sheet, packed] = await saved('Excel');
  expect(sheet).toMatch(/\.xlsx$/);
  expect(packed.subarray(0, 2).toString()).toBe('PK');
});

test('FG24 FG165 what a platform sends is on the open map, without a hand laid on it', async () => {
  await send([[called.code, 7]]);
  await expect(tile(new RegExp(`^${called.name}: 7 giường`))).toBeVisible();
  await expect(pm.page.locator('.figure-total')).toContainText(number(sum(7)));
  // Only what moved was painted: it looks as if all of it were.
  const canvas = map().locator('canvas');
  const painted = () => canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());
  const moved = await painted();
  const size = pm.page.viewportSize() ?? { width: 1366, height: 768 };
  await pm.page.setViewportSize({ ...size, width: size.width - 100 });
  await expect.poll(async () => (await painted()) === moved).toBe(false);
  await pm.page.setViewportSize(size);
  await expect.poll(async () => (await painted()) === moved).toBe(true);
  // FG165: a class has one colour, on paper too.
  for (const theme of ['light', 'dark']) {
    await pm.page.locator('.switches .wide').click();
    await expect(pm.page.locator('html')).toHaveAttribute('data-theme', theme);
    await expect.poll(async () => (await painted()) === moved).toBe(true);
  }
});

test('FG97 FG98 the map says what has changed, and who is here: by colour, by pattern and in words', async () => {
  const { page } = pm;
  await send(
    [
      [called.code, 3],
      [fallen.code, 5],
    ],
    1,
  );
  await page.getByRole('radio', { name: 'Thay đổi' }).click();
  await expect(tile(`${called.name}: 7 giường, +4 (+133,3%) so với giờ trước`)).toBeVisible();
  await expect(tile(`${fallen.name}: 1 giường, −4 (−80,0%) so với giờ trước`)).toBeVisible();
  const legend = page.getByRole('region', { name: 'Chú giải' });
  await expect(legend).toContainText('Tăng từ 4 giường trở lên 1');
  await expect(legend).toContainText('Giảm từ 4 giường trở lên 1');
  await expect(legend).toContainText('Chưa đủ số để so sánh 8');
  await page.getByRole('button', { name: 'Kết nối', exact: true }).click();
  await expect(tile(`${called.name}: 7 giường, +4 (+133,3%) so với giờ trước, đang kết nối`)).toBeVisible();
  await expect(tile(/^Phường Đa Kao: 1 giường, chưa đủ số để so sánh, không kết nối/)).toBeVisible();
  await expect(page.getByRole('list', { name: 'Kết nối' })).toContainText('Đang kết nối 1');
  await nothingSerious(page);
  await page.keyboard.press('t');
  const rows = page.getByRole('grid', { name: 'Bảng số liệu: Quận 1' }).getByRole('row');
  await page.getByRole('button', { name: 'Xếp theo: Thay đổi' }).click();
  await expect(rows.first()).toHaveText(new RegExp(`${called.name}.*7 giường\\+4đúng hạnđang kết nối`));
  await expect(rows.nth(1)).toContainText(fallen.name);
  await nothingSerious(page);
  await page.keyboard.press('t');
  await page.getByRole('combobox', { name: 'So với kỳ' }).selectOption({ index: 1 });
  await expect(tile(new RegExp(`^${called.name}: 7 giường, chưa đủ số để so sánh`))).toBeVisible();
  await page.getByRole('button', { name: 'Kết nối', exact: true }).click();
  await page.getByRole('radio', { name: 'Giá trị' }).click();
  await expect(tile(new RegExp(`^${called.name}: 7 giường, đúng hạn$`))).toBeVisible();
});

test('FG99 the key that finds units finds figures too, and leads to the map of one', async () => {
  const { page } = pm;
  await pm.button('Quay lại').click();
  await page.keyboard.press('/');
  const field = page.getByRole('combobox', { name: 'Tìm đơn vị để gọi, hoặc số liệu' });
  await expect(field).toBeFocused();
  await field.fill('giuong hoi suc con');
  const list = page.getByRole('listbox', { name: 'Đơn vị và số liệu khớp với chữ đã gõ' });
  await expect(list.getByRole('group', { name: 'Số liệu' }).getByRole('option', { name: NAME })).toBeVisible();
  await nothingSerious(page);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(pm.button('Quay lại')).toBeFocused();
  await expect(page.getByRole('combobox', { name: 'Số liệu', exact: true })).toHaveValue(indicator.code);
  await tile(/^Thành phố Hồ Chí Minh/).click();
  await tile(/^Quận 1:/).click();
  await tile(new RegExp(`^${called.name}:`)).click();
});

test('FG16 the leader contests a value and says why: it goes on counting, marked, until they withdraw that', async () => {
  const side = pm.page.getByRole('region', { name: called.name });
  await side.getByText('Nguồn và các lần ghi').click();
  await pm.button('Báo sai', side).click();
  await side.getByLabel('Sai ở đâu?').fill('Phường báo 9 qua điện thoại');
  await nothingSerious(pm.page);
  await pm.page.keyboard.press('Enter');
  await expect(side).toContainText(/Có phản ánh là sai · Thủ tướng Chính phủ · .* · Phường báo 9 qua điện thoại/);
  await expect(tile(new RegExp(`^${called.name}: 7 giường, có ý kiến khác`))).toBeVisible();
  await pm.button('Rút lại báo sai', side).click();
  await side.getByLabel('Vì sao rút lại?').fill('Đã đối chiếu');
  await pm.page.keyboard.press('Enter');
  await expect(tile(new RegExp(`^${called.name}: 7 giường, đúng hạn`))).toBeVisible();
});

test('one press from the figure says that nobody is called before the briefing has begun, and then rings at the unit', async () => {
  const call = pm.button('Gọi phường Tân Định', pm.page.getByRole('region', { name: called.name }));
  await call.click();
  await expect(pm.page.getByText('Phiên họp chưa phát trực tiếp.').first()).toBeVisible();
  await pm.button('Bắt đầu phát').click();
  await expect(pm.page.getByRole('banner')).toContainText(/Trực tiếp\s*\d\d:/);
  await call.click();
  await expect(ward.button('Nhận cuộc gọi')).toBeVisible();
  expect(pm.problems).toEqual([]);
});

test('FG29 FG33 FG58 from a limit to a frozen list, and from it to a call that says what it is about', async () => {
  const { page } = pm;
  await pm.button('Huỷ cuộc gọi').click();
  await page.keyboard.press('c');
  const choosing = page.getByRole('region', { name: 'Chọn đơn vị theo số liệu' });
  await expect(choosing.getByRole('combobox', { name: 'Điều kiện' })).toBeFocused();
  await choosing.getByLabel('Ngưỡng, giường').fill('1');
  await expect(choosing).toContainText('10 đơn vị trong Quận 1');
  await choosing.getByLabel('Ngưỡng, giường').fill('2');
  await expect(choosing).toContainText('1 đơn vị trong Quận 1');
  await choosing.getByRole('button', { name: 'Bỏ phường Tân Định ra' }).click();
  await expect(choosing).toContainText('Không đơn vị nào.');
  await choosing.getByRole('button', { name: 'Lấy lại phường Tân Định' }).click();
  await choosing.getByLabel('Ngưỡng, giường').fill('1');
  await nothingSerious(page);
  await page.keyboard.press('Enter');
  const list = page.getByRole('region', { name: 'Đã chốt 10 đơn vị' });
  await expect(list).toContainText(`${NAME}: từ 1 giường trở lên, 10 đơn vị trong Quận 1, chốt lúc`);
  const why = list.getByRole('status').first();
  expect(await why.evaluate((told) => told.scrollWidth - told.clientWidth), 'what is cut of why').toBe(0);
  await expect(list.getByRole('listitem').first()).toContainText(/Phường Tân Định.*7 giường/);
  await page.keyboard.press('t');
  await expect(page.getByRole('grid').getByRole('row', { selected: true })).toHaveCount(10);
  await page.keyboard.press('t');
  const download = page.waitForEvent('download');
  await list.getByRole('button', { name: 'Tải danh sách (CSV)' }).click();
  expect(String(await readFile(await (await download).path()))).toMatch(/Phường Tân Định,.*,7,giường,/);

  await list.getByRole('button', { name: 'Gọi phường Tân Định' }).click();
  const reason = ward.page.getByRole('region', { name: 'Vì sao đơn vị này' });
  await expect(reason).toContainText(`${NAME}: 7 giường`);
  await expect(reason).toContainText('biết từ');
  await expect(reason).toContainText('SỐ LIỆU MÔ PHỎNG');
  await ward.button('Nhận cuộc gọi').click();
  await expect(list.getByRole('button', { name: /^Dừng cuộc gọi với phường Tân Định, gọi phường/ })).toBeEnabled();
  // Whom they speak with is seen beside the map, and heard without a break when another figure is opened.
  await pm.seesMoving('phường Tân Định');
  const voice = await page.locator('.figure-map > audio').elementHandle();
  const figure = page.locator('.figure-map').getByRole('combobox', { name: 'Số liệu', exact: true });
  const shown = await figure.inputValue();
  const others = await figure
    .locator('option')
    .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
  await figure.selectOption(others.find((one) => one !== shown) ?? '');
  await pm.seesMoving('phường Tân Định');
  expect(await voice?.evaluate((one) => one.isConnected)).toBe(true);
  await figure.selectOption(shown);
  await expect(list).toBeVisible();
});

test('FG67 FG32 a round asks exactly these for a number, which is on the map as soon as it has its receipt', async () => {
  const { page } = pm;
  await pm.button('Hỏi 10 đơn vị này').click();
  const form = page.getByRole('dialog', { name: 'Mở một lượt điểm danh' });
  await expect(form).toContainText(`10 đơn vị đã chọn. ${NAME}: từ 1 giường trở lên`);
  await form.getByLabel('Hỏi một con số').check();
  await form.getByLabel('Hỏi số gì?').fill('Máy thở');
  await form.getByLabel('Tính bằng gì?').fill('máy');
  await form.getByLabel('Nhiều nhất').fill('500');
  await nothingSerious(page);
  await pm.button('Hỏi 10 đơn vị', form).click();
  await expect(page.getByRole('region', { name: 'Vì sao các đơn vị này' })).toContainText('Phường Tân Định');
  await pm.button('Bản đồ con số').click();
  await expect(page.locator('.figure-total')).toContainText('từ 0/10 đơn vị');
  await tile(/^Thành phố Hồ Chí Minh: chưa có, 0 trên 10/).click();
  await tile(/^Quận 1: chưa có/).click();
  await expect(tile(`${called.name}: chưa có`)).toBeVisible();
  const missing = page.getByRole('region', { name: 'Chưa vào tổng trong quận 1: 10' });
  await expect(missing.getByRole('button', { name: 'Gọi phường Tân Định' })).toBeVisible();
  await nothingSerious(page);

  const sheet = ward.page.getByRole('dialog', { name: 'Máy thở: bao nhiêu máy?' });
  const reason = sheet.getByRole('region', { name: 'Vì sao đơn vị này' });
  await expect(reason).toContainText(`${NAME}: 7 giường`);
  await expect(reason).toContainText('SỐ LIỆU MÔ PHỎNG');
  await sheet.getByRole('radio', { name: 'Chủ tịch', exact: true }).check();
  await sheet.getByRole('textbox', { name: 'Máy thở (máy)' }).fill('120');
  await ward.page.keyboard.press('Enter');
  await expect(ward.page.getByRole('heading', { name: 'Đã ghi nhận lúc' })).toBeVisible();
  await expect(tile(`${called.name}: 120 máy, đúng hạn`)).toBeVisible();
  await expect(page.locator('.figure-total')).toContainText('120 máytừ 1/10 đơn vị');
  await ward.button('Quay lại phòng họp').click();
  await page.keyboard.press('t');
  await expect(page.getByRole('grid', { name: 'Bảng số liệu: Quận 1' }).getByRole('row')).toHaveCount(10);
  await nothingSerious(page);
  await pm.button('Quay lại').click();
});

test('FG29 FG33 DR35 a directive goes to exactly the units of the frozen list', async () => {
  const { page } = pm;
  await page.getByRole('tab', { name: 'Số liệu' }).click();
  await panel().getByRole('button', { name: NAME }).click();
  const list = page.getByRole('region', { name: 'Đã chốt 10 đơn vị' });
  // What helps with who is not there would lie over what is written next.
  await list.locator('button.go').press('Enter');
  await expect(page.locator('.reach-card')).toBeVisible();
  await list.getByRole('button', { name: 'Chỉ đạo 10 đơn vị này' }).press('Enter');
  await expect(page.locator('.reach-card')).toHaveCount(0);
  const desk = page.getByRole('region', { name: 'Hồ sơ phiên họp' });
  await expect(desk.getByRole('radio', { name: /từ 1 giường trở lên, 10 đơn vị trong Quận 1/ })).toBeChecked();
  await expect(desk).toContainText(/don-vi-duoc-chon-beds-free-e2e-\d+\.xlsx/);
  await expect(desk.getByText('10 đơn vị sẽ nhận')).toBeVisible();
  await desk.getByLabel('Tên chỉ đạo').fill('Mở thêm giường hồi sức');
  await desk.getByLabel('Nội dung').fill('Mở thêm giường hồi sức trong ngày.');
  await pm.button('Xem lại và giao').click();
  await pm.button('Giao tới 10 đơn vị').click();
  await expect(desk.getByRole('heading', { name: 'Mở thêm giường hồi sức' })).toBeFocused();

  await ward.button('Đọc và trả lời').click();
  const sheet = ward.page.getByRole('dialog', { name: 'Mở thêm giường hồi sức' });
  await expect(sheet.getByRole('region', { name: 'Vì sao đơn vị này' })).toContainText(`${NAME}: 7 giường`);
  await expect(sheet.getByRole('button', { name: /^Tải don-vi-duoc-chon/ })).toBeVisible();
  await nothingSerious(ward.page);
  expect(ward.problems).toEqual([]);
});

test('FG101 a leader of a province reads which figure is for others now, and goes on with the rest', async ({
  browser,
}) => {
  const other = { ...indicator, code: 'beds-all-e2e', name: { vi: 'Giường bệnh', en: 'Hospital beds' } };
  const define = async (of: object): Promise<void> => {
    await writeFile(join(folder, 'indicator.json'), JSON.stringify(of));
    await server.dh('figures', 'indicator', 'add', join(folder, 'indicator.json'));
  };
  const both = ['--indicators', [indicator.code, other.code].join(), '--simulated'];
  await define(other);
  await server.dh('figures', 'source', 'add', 'beds-e2e', '--name', 'Bộ Y tế', '--root', 'vn', ...both);
  const said = await server.dh(
    ...(['account', 'create', '--role', 'principal', '--unit', '79', '--name', 'Chủ tịch Thành phố'] as const),
  );
  const city = await Person.sit(browser);
  await city.enter(said.split(' ').at(-1) ?? '');
  await city.page.getByRole('tab', { name: 'Số liệu' }).click();
  const cards = city.page.getByRole('region', { name: 'Số liệu, mở từng ô để xem bản đồ' });
  await cards.getByText('Chọn số liệu').click();
  for (const name of [NAME, other.name.vi]) {
    const wanted = cards.getByRole('checkbox', { name, exact: true });
    if (await wanted.isDisabled()) await cards.getByRole('checkbox', { checked: true }).first().uncheck();
    await wanted.check();
  }
  await expect(cards.getByRole('button', { name: NAME })).toBeVisible();
  await define({ ...indicator, seenBy: 1 });
  await expect(cards.getByRole('status')).toHaveText(
    `Từ khi mở trang này, quyền xem đã thay đổi. Trang thôi hiển thị: ${NAME}`,
  );
  await expect(cards.getByRole('button', { name: NAME })).toHaveCount(0);
  await expect(cards.getByRole('checkbox', { name: other.name.vi, exact: true })).toBeChecked();
  await nothingSerious(city.page);
  await city.leave();
});
