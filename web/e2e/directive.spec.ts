import { readFile } from 'node:fs/promises';
import { sessionHeader } from '@dieu-hanh/server/protocol';
import { expect, type Locator, test } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

test.describe.configure({ mode: 'serial', timeout: 240_000 });

const TITLE = 'Bảo đảm trực chốt 24/24';
const WORDS = 'Công an xã trực chốt, "anh Hùng" phụ trách;\nbáo trước 17 giờ';
const QUESTION = 'Có được huy động dân quân không?';
const REPLY = 'Được, theo kế hoạch của huyện.';
const REFUSAL = 'Đường vào hai thôn đang ngập';
/** A page tries again by itself, with a growing wait, after the server was killed. */
const AFTER_KILL = { timeout: 60_000 };

let server: Server;
let pm: Person;
let moderator: Person;
let communes: Person[];

test.beforeAll(async ({ browser }) => {
  server = await Server.start();
  pm = await Person.sit(browser);
  moderator = await Person.sit(browser);
  communes = [];
  for (const phone of [false, true, false]) communes.push(await Person.sit(browser, { phone }));
});
test.afterAll(async () => {
  for (const person of [pm, moderator, ...(communes ?? [])]) await person?.leave();
  await server?.stop();
});

const desk = (): Locator => pm.page.getByRole('region', { name: 'Hồ sơ phiên họp' });
const commune = (index: number): Person => communes[index] as Person;
const sheetOf = ({ page }: Person): Locator => page.getByRole('dialog', { name: TITLE });

/** What came from above, as far as the own territory has come with it; the question is for the issuer to answer. */
async function moderatorSees(): Promise<void> {
  const { page } = moderator;
  await moderator.open(server.link('moderator'));
  await moderator.button('Chỉ đạo và hồ sơ').click();
  const own = page.getByRole('region', { name: 'Hồ sơ phiên họp' });
  await own.getByRole('region', { name: 'Cấp trên giao' }).locator('.issued-line', { hasText: TITLE }).click();
  await expect(own.getByText('Cấp trên giao. Số liệu dưới đây chỉ tính Thành phố Hồ Chí Minh.')).toBeVisible();
  await own.getByText('1 đang hỏi lại').click();
  await own.getByRole('radio', { name: /^Đã hỏi lại/ }).check({ force: true });
  await expect(own.getByText(QUESTION)).toBeVisible();
  await expect(own.getByText('Chờ cơ quan giao trả lời')).toBeVisible();
  await expect(moderator.button('Thu hồi')).toHaveCount(0);
  await nothingSerious(page);
}

async function open(person: Person): Promise<Locator> {
  await person.button('Đọc và trả lời').click();
  const sheet = sheetOf(person);
  await expect(sheet.getByText('Chủ tịch xã trực tiếp chỉ đạo')).toBeVisible();
  await expect(sheet.getByText('Thủ tướng Chính phủ giao lúc')).toBeVisible();
  return sheet;
}

/** Until the browser lends no more. */
function fillStorage(): void {
  for (let length = 1 << 24; length >= 1; length /= 2)
    try {
      localStorage.setItem('full', (localStorage.getItem('full') ?? '') + 'x'.repeat(length));
    } catch {
      // Less, then.
    }
}

/** From the open form, which has its text already. */
async function giveToTheCity(title: string): Promise<void> {
  await desk().getByLabel('Tên chỉ đạo').fill(title);
  await desk().getByText('Chọn địa bàn').click();
  await desk().getByRole('combobox', { name: 'Thêm địa bàn' }).fill('ho chi minh');
  await pm.page.getByRole('option', { name: /^Thành phố Hồ Chí Minh/ }).click();
  await pm.button('Xem lại và giao').click();
  await pm.button('Giao tới 273 đơn vị').click();
  await expect(desk().getByRole('article', { name: title })).toBeVisible();
}

test('DR4 DR10 the Prime Minister writes while speaking: the number follows whom they name, and it is given in this second', async () => {
  for (const [i, person] of communes.entries()) await person.enter(server.communes[i] ?? '');
  await pm.enter(server.link('Prime Minister'));
  await pm.button('Bắt đầu phát').click();
  await commune(0).seesMoving('Thủ tướng');

  await pm.switchKeysOn();
  await pm.page.keyboard.press('d');
  await expect(desk().getByLabel('Tên chỉ đạo')).toBeFocused();
  await pm.page.keyboard.type(TITLE);
  await desk().getByLabel('Nội dung').fill('Chủ tịch xã trực tiếp chỉ đạo, trực đủ 24 giờ.');
  await desk()
    .locator('input[type=file]')
    .setInputFiles({ name: 'Mau-bao-cao.txt', mimeType: 'text/plain', buffer: Buffer.from('Mẫu báo cáo\n') });
  await expect(desk().getByText('Mau-bao-cao.txt')).toBeVisible();
  // It is said of the draft only what is so.
  const kept = desk().getByText('Bản soạn được giữ trên máy này.');
  await expect(kept).toBeVisible();
  await pm.page.evaluate(fillStorage);
  await desk().getByLabel('Nội dung').fill('Chủ tịch xã trực tiếp chỉ đạo, trực đủ 24 giờ, báo cáo hằng ngày.');
  await expect(desk().getByText('Máy này không giữ được bản soạn: đóng trang là mất.')).toBeVisible();
  await pm.page.evaluate(() => localStorage.removeItem('full'));
  await desk().getByLabel('Nội dung').fill('Chủ tịch xã trực tiếp chỉ đạo, trực đủ 24 giờ.');
  await expect(kept).toBeVisible();
  await expect(desk().getByText('2.376 đơn vị sẽ nhận')).toBeVisible();
  await desk().getByText('Tất cả đơn vị cơ sở trên toàn quốc').click();
  await expect(desk().getByText('10.056 đơn vị sẽ nhận')).toBeVisible();
  await desk().getByText('Chọn địa bàn').click();
  await desk().getByRole('combobox', { name: 'Thêm địa bàn' }).fill('ho chi minh');
  await pm.page.getByRole('option', { name: /^Thành phố Hồ Chí Minh/ }).click();
  await expect(desk().getByText('273 đơn vị sẽ nhận')).toBeVisible();
  await pm.button('Trừ một số nơi').click();
  await desk().getByRole('combobox', { name: 'Thêm nơi không phải làm' }).fill('cau ong lanh');
  await pm.page.getByRole('option', { name: /Cầu Ông Lãnh/ }).click();
  await expect(desk().getByText('272 đơn vị sẽ nhận')).toBeVisible();
  await desk()
    .getByText(/17:00 ngày mai, \d/)
    .click();
  await nothingSerious(pm.page);
  // The stage stays in sight all the while.
  await expect(pm.tile('Thủ tướng')).toBeInViewport();

  await pm.button('Xem lại và giao').click();
  await pm.button('Giao tới 272 đơn vị').click();
  await expect(desk().getByRole('article', { name: TITLE })).toContainText('của phiên họp');
});

test('AK1 AK2 AK5 what a commune says while the server is killed is kept, recorded once, and has its receipt', async () => {
  const person = commune(0);
  const sheet = await open(person);
  await nothingSerious(person.page);
  const [file] = await Promise.all([person.page.waitForEvent('download'), person.button(/Tải Mau-bao-cao/).click()]);
  expect(await readFile(await file.path(), 'utf8')).toBe('Mẫu báo cáo\n');
  await person.button('Đã nhận, giao việc').click();
  await sheet.getByLabel('Họ tên người nhận').fill('Nguyễn Văn Minh');
  await sheet.getByLabel('Ai làm, làm những gì').fill(WORDS);
  await expect(sheet.getByLabel('Cam kết hoàn thành trước ngày')).toHaveValue('');
  await nothingSerious(person.page);

  const back = server.killAndRestart();
  await person.button('Gửi', sheet).click();
  await expect(sheet.getByText('chưa tới máy chủ')).toBeVisible();
  // It stands beside the picture, which is neither covered nor inert, and stays while the page puts the work in another
  // order.
  expect(await sheet.evaluate((dialog) => dialog.matches(':modal'))).toBe(false);
  await expect(person.page.locator('.stage')).toBeInViewport({ ratio: 0.99 });
  await back;
  await expect(sheet.getByText('Đã nhận việc. Đã ghi nhận lúc')).toBeVisible(AFTER_KILL);
  const download = person.page.waitForEvent('download');
  await person.button('Tải biên nhận', sheet).first().click();
  const receipt = JSON.parse(await readFile(await (await download).path(), 'utf8'));
  expect(receipt.record).toMatchObject({ words: WORDS });
  await sheet.locator('summary').click();
  await expect(sheet.locator('.directive-history li').filter({ hasText: 'Đã nhận việc' })).toHaveCount(1);
  await person.page.keyboard.press('Escape');
  await expect(person.page.locator('.directive-line').filter({ hasText: TITLE })).toContainText('Đã nhận việc');
});

test('AK6 AK7 AK8 another asks back and is answered, a third refuses; the board says so by itself', async () => {
  const asking = commune(1);
  const sheet = await open(asking);
  await nothingSerious(asking.page);
  await asking.button('Hỏi lại', sheet).click();
  await sheet.getByLabel('Câu hỏi của đơn vị').fill(QUESTION);
  await asking.button('Gửi', sheet).click();
  await expect(sheet.getByText('Hỏi lại. Đã ghi nhận lúc')).toBeVisible(AFTER_KILL);

  const refusing = commune(2);
  const other = await open(refusing);
  await refusing.button('Chưa thể nhận', other).click();
  await other.getByLabel('Họ tên người báo').fill('Lê Thị Hoà');
  await other.getByLabel('Lý do').fill(REFUSAL);
  await refusing.button('Gửi', other).click();
  await expect(other.getByText('Báo chưa thể nhận. Đã ghi nhận lúc')).toBeVisible(AFTER_KILL);

  await desk().getByText('1 đang hỏi lại').click(AFTER_KILL);
  for (const [state, count] of [
    ['Đã nhận việc', 1],
    ['Đã hỏi lại, chờ trả lời', 1],
    ['Đã báo chưa thể nhận', 1],
  ] as const)
    await expect(desk().getByRole('radio', { name: `${state} ${count}`, exact: true })).toBeVisible(AFTER_KILL);
  await desk()
    .getByRole('radio', { name: /^Đã hỏi lại/ })
    .check({ force: true });
  await moderatorSees();
  await desk()
    .getByLabel(/^Trả lời /)
    .fill(REPLY);
  await pm.button('Gửi trả lời').click();
  await expect(sheet.locator('.directive-talk')).toContainText(REPLY);
  await nothingSerious(pm.page);
});

test('RP8 the file says the same as the screen: how many stand where, and what each said', async () => {
  const shown = new Map<string, number>();
  await expect(desk().getByRole('radio', { name: /^Đã hỏi lại.* 0$/ })).toHaveCount(1);
  for (const chip of await desk().locator('.follows .chip').all()) {
    const [, state = '', count] = /^(\D+)(\d+)$/.exec((await chip.textContent()) ?? '') ?? [];
    if (state !== 'Tất cả' && Number(count) > 0) shown.set(state, Number(count));
  }
  const download = pm.page.waitForEvent('download', AFTER_KILL);
  await pm.button('Chỉ đạo này: lập tệp CSV').click();
  const file = await readFile(await (await download).path());
  const rows: Record<string, string>[] = parse(file, { bom: true, columns: true });
  expect(rows).toHaveLength(272);
  await expect(desk().getByText('Xong, 272 dòng')).toBeVisible();
  const written = new Map<string, number>();
  for (const { 'Trạng thái': state = '' } of rows) written.set(state, (written.get(state) ?? 0) + 1);
  expect(Object.fromEntries(written)).toEqual(Object.fromEntries(shown));
  expect(rows.find((row) => row['Trạng thái'] === 'Đã nhận việc')).toMatchObject({
    'Người nhận việc': 'Nguyễn Văn Minh',
    'Ai làm, làm gì': WORDS,
  });
  expect(rows.find((row) => row['Câu hỏi lại'] === QUESTION)).toMatchObject({ 'Trả lời câu hỏi': REPLY });
  expect(rows.find((row) => row['Trạng thái'] === 'Đã báo chưa thể nhận')).toMatchObject({ 'Ai làm, làm gì': REFUSAL });
});

test('DR17 AK12 taken back with a reason: a commune that took it on agrees to stop', async () => {
  await pm.button('Thu hồi').click();
  await expect(desk().getByText('271 đơn vị chưa làm xong')).toBeVisible();
  await desk().getByLabel('Lý do').fill('Đã có công điện khác');
  await pm.button('Thu hồi chỉ đạo').click();
  const person = commune(0);
  await person.button('Đọc và trả lời').click();
  await expect(sheetOf(person).getByText('Lý do: Đã có công điện khác')).toBeVisible();
  await person.button('Đồng ý, dừng làm').click();
  await expect(sheetOf(person).getByText('Đồng ý thu hồi. Đã ghi nhận lúc')).toBeVisible();
  await expect(desk().getByRole('radio', { name: 'Đã thu hồi 1', exact: true })).toBeVisible();
});

test('DR18 DR20 DR40 what arrives under a scrolled column is told above it until it is opened; another takes its place: the old one stops where it is open, and the workbook comes as a file', async () => {
  const [old, successor] = ['Báo cáo trước 17 giờ', 'Báo cáo trước 16 giờ'] as const;
  await desk().getByRole('button', { name: 'Quay lại', exact: true }).click();
  await pm.button('Giao chỉ đạo', desk()).click();
  await desk().getByLabel('Nội dung').fill('Báo cáo số chốt đang trực.');
  const readers = [commune(0), commune(1)];
  const column = ({ page }: Person) => page.locator('.commune-side');
  const scroll = (reader: Person) => column(reader).evaluate((side) => side.scrollTo(0, side.scrollHeight));
  for (const reader of readers) {
    await reader.button('Đóng', sheetOf(reader)).click();
    await scroll(reader);
    expect(
      await column(reader).evaluate((side) => side.scrollTop),
      'the column is longer than the page',
    ).toBeGreaterThan(20);
  }
  await giveToTheCity(old);
  for (const reader of readers) {
    const pin = reader.page.getByRole('region', { name: '1 chỉ đạo chưa mở' });
    // Its card comes at the top, and the column stays where it is read.
    await scroll(reader);
    await expect(pin).toBeInViewport({ ratio: 1 });
    await expect(pin).toContainText(old);
    await nothingSerious(reader.page);
    await column(reader).evaluate((side) => side.scrollTo(0, 0));
    await expect(pin).toHaveCount(0);
    await scroll(reader);
    await reader.button('Mở ra xem', pin).click();
    await expect(reader.page.getByRole('dialog', { name: old })).toBeInViewport();
    await reader.page.keyboard.press('Escape');
    await scroll(reader);
    await expect(pin).toHaveCount(0);
  }
  const person = commune(2);
  await person.button('Đóng', sheetOf(person)).click();
  await person.button('Đọc và trả lời').click();
  const sheet = person.page.getByRole('dialog', { name: old });
  await expect(person.button('Đã nhận, giao việc', sheet)).toBeVisible();

  await pm.button('Thay thế bằng chỉ đạo mới').click();
  await expect(desk().getByText('Chỉ đạo cũ dừng lại ngay khi chỉ đạo này được giao.')).toBeVisible();
  await giveToTheCity(successor);
  await expect(sheet.getByText('Đã có chỉ đạo mới thay thế')).toBeVisible();
  await expect(person.button('Đã nhận, giao việc', sheet)).toHaveCount(0);
  const download = pm.page.waitForEvent('download');
  await pm.button('Chỉ đạo này: lập tệp Excel').click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/\.xlsx$/);
  expect((await readFile(await file.path())).subarray(0, 2).toString()).toBe('PK');
  await desk().getByRole('button', { name: 'Quay lại', exact: true }).click();
  await expect(desk().locator('.issued-line').filter({ hasText: old })).toContainText('Đã được thay thế');
  await expect(desk().locator('.issued-line').filter({ hasText: successor })).toContainText('0 / 273 đã trả lời');
});

test('AT10 AT12 attendance by unit as a timeline, a correction beside what was measured, and the sheet to print', async () => {
  await desk().getByRole('button', { name: 'Tham dự' }).click();
  await desk().getByRole('combobox').fill('tan dinh quan 1 ho chi minh');
  await pm.page
    .getByRole('option', { name: /Phường Tân Định/ })
    .first()
    .click();
  await pm.button('Xem Phường Tân Định theo thời gian').click();
  const unit = desk().getByRole('article', { name: /Phường Tân Định/ });
  await unit.getByText('Các khoảng kết nối').click();
  await expect(unit.getByRole('row').filter({ hasText: 'Hình và tiếng' }).last()).toContainText('đang kết nối');
  await pm.button('Sửa kết quả').click();
  await unit.getByText('Được phép vắng').click();
  await unit.getByLabel('Lý do').fill('Mất điện, dự họp cùng quận');
  await pm.button('Ghi vào hồ sơ').click();
  await expect(unit.locator('.verdicts')).toContainText('Được phép vắng');
  await expect(unit.getByRole('region', { name: 'Các lần sửa' })).toContainText('Mất điện, dự họp cùng quận');
  await nothingSerious(pm.page);

  await desk().getByRole('button', { name: 'Báo cáo' }).click();
  await pm.button('Xem tóm tắt').click();
  await expect(desk().getByRole('article', { name: 'Tóm tắt phiên họp' })).toContainText(TITLE);
  const pdf = await pm.page.pdf({ preferCSSPageSize: true });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
  await nothingSerious(pm.page);
});

test('BR11 after its end the desk is the record of the briefing, on the page that was open and on a new one', async () => {
  await pm.page.evaluate(async (header) => {
    const headers = { [header]: sessionStorage.getItem('dh.session') ?? '', 'content-type': 'application/json' };
    const { briefings } = await (await fetch('/api/briefings', { headers })).json();
    await fetch(`/api/briefings/${briefings[0].id}/close`, { method: 'POST', headers, body: '{}' });
  }, sessionHeader);
  await expect(pm.page.getByText('Phiên họp đã kết thúc')).toBeVisible();
  await expect(desk().getByRole('article', { name: 'Kết quả phiên họp' })).toContainText(TITLE);
  await expect(commune(0).page.getByRole('heading', { name: 'Phiên họp đã kết thúc' })).toBeVisible();
  await pm.page.reload();
  await expect(desk().locator('.issued-line').filter({ hasText: TITLE })).toContainText('Đã thu hồi');
  await desk().getByLabel('Xem hồ sơ của phiên nào').selectOption({ index: 1 });
  await expect(desk().getByRole('article', { name: 'Kết quả phiên họp' })).toContainText(TITLE);
  await desk().getByRole('button', { name: 'Tham dự', exact: true }).click();
  await expect(desk().getByRole('radio', { name: /^Được phép vắng 1$/ })).toBeVisible();
  await nothingSerious(pm.page);

  // One that was closed without having been live says so, and not that it is still to come.
  await pm.page.evaluate(async (header) => {
    const headers = { [header]: sessionStorage.getItem('dh.session') ?? '', 'content-type': 'application/json' };
    const ask = async (path: string, body: object) =>
      (await fetch(`/api/briefings${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json();
    const plan = { title: 'Họp rồi thôi', scheduledAt: new Date().toISOString(), stage: 'vn', scope: ['79'] };
    const { id } = await ask('', plan);
    await ask(`/${id}/open`, {});
    await ask(`/${id}/close`, {});
  }, sessionHeader);
  await pm.page.reload();
  const briefing = desk().getByLabel('Xem hồ sơ của phiên nào');
  await briefing.selectOption(
    (await briefing.locator('option', { hasText: 'Họp rồi thôi' }).getAttribute('value')) ?? '',
  );
  await desk().getByRole('button', { name: 'Báo cáo' }).click();
  await pm.button('Xem tóm tắt').click();
  await expect(desk().getByRole('article', { name: 'Tóm tắt phiên họp' })).toContainText(
    /kết thúc lúc .*, không phát trực tiếp/,
  );
  for (const person of [pm, moderator, ...communes]) expect(person.problems).toEqual([]);
});

test('BR11 when the next room is opened, the page of a briefing that ended and the office have a way to its door', async () => {
  await pm.page.evaluate(async (header) => {
    const headers = { [header]: sessionStorage.getItem('dh.session') ?? '', 'content-type': 'application/json' };
    const ask = async (path: string, body: object) =>
      (await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })).json();
    const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
    const why = { capacityReason: 'A story needs few of the units' };
    const next = await ask('/api/briefings', {
      title: 'Giao ban chiều',
      scheduledAt,
      stage: 'vn',
      scope: ['vn'],
      ...why,
    });
    await ask(`/api/briefings/${next.id}/open`, { epoch: next.epoch, ...why });
  }, sessionHeader);
  await commune(0).button('Đến cửa phòng họp').click();
  await expect(commune(0).button('Vào phòng họp')).toBeVisible();
  await expect(pm.button('Vào phòng họp').first()).toBeVisible({ timeout: 40_000 });
});
