import { expect, type Locator, test } from '@playwright/test';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

const QUESTION = 'Lãnh đạo có mặt để nghe chỉ đạo không?';
const names = ['Phường Tân Định', 'Phường Đa Kao', 'Phường Bến Nghé'] as const;
/** The shortest that the form offers. */
const DEADLINE_MS = 30_000;

test.describe.configure({ mode: 'serial' });

let server: Server;
let moderator: Person;
let prompt: Person;
let late: Person;
let absent: Person;

test.beforeAll(async ({ browser }) => {
  server = await Server.start();
  moderator = await Person.sit(browser);
  prompt = await Person.sit(browser);
  late = await Person.sit(browser, { phone: true });
  absent = await Person.sit(browser);
});
test.afterAll(async () => {
  for (const person of [moderator, prompt, late, absent]) await person?.leave();
  await server?.stop();
});

const sheetOf = (person: Person) => person.page.getByRole('dialog', { name: QUESTION });
const round = () => moderator.page.locator('.round');

test('RC1 a moderator picks three communes and keeps them as a list; the form counts them before it asks', async () => {
  await prompt.enter(server.communes[0] ?? '');
  await late.enter(server.communes[1] ?? '');
  // The third is still at the device check, and is asked there.
  await absent.open(server.communes[2] ?? '');
  await moderator.open(server.link('moderator'));
  await moderator.button('Mở lượt điểm danh').click();
  const form = moderator.page.getByRole('dialog', { name: 'Mở một lượt điểm danh' });
  await form.getByLabel('Câu hỏi').fill(QUESTION);
  await form.getByLabel('Chọn đơn vị').check();
  for (const name of names) {
    await form.getByRole('searchbox', { name: 'Thêm đơn vị' }).fill(name);
    await form
      .locator('.unit-hit')
      .filter({ hasText: `${name}Quận 1,` })
      .click();
  }
  await moderator.button('Lưu thành danh sách', form).click();
  await form.getByLabel('Tên danh sách').fill('Ba phường Quận 1');
  await moderator.page.keyboard.press('Enter');
  await expect(form.getByText('Đã lưu danh sách “Ba phường Quận 1”: 3 đơn vị')).toBeVisible();
  await expect(moderator.button('Lưu thành danh sách', form)).toBeFocused();
  await form.getByRole('radio', { name: 'Danh sách đã lưu' }).check();
  await expect(form.getByRole('combobox', { name: 'Danh sách đã lưu' })).toHaveValue('Ba phường Quận 1');
  await form.getByLabel('30 giây').check();
  await nothingSerious(moderator.page);
  await moderator.button('Hỏi 3 đơn vị', form).click();
  await expect(round()).toContainText('Lượt 1 đang hỏi');
  for (const commune of [prompt, late, absent]) await expect(sheetOf(commune)).toBeVisible();
});

test('RC8 the first says who answers, by keyboard, over its page, and has a receipt', async () => {
  await expect(sheetOf(prompt).getByRole('radio', { name: 'Chủ tịch', exact: true })).toBeFocused();
  await expect(sheetOf(prompt).locator('input:checked')).toHaveCount(0);
  await expect(sheetOf(prompt).locator('[aria-live="assertive"]')).toContainText(QUESTION);
  // RC24: Escape leaves one line of it, which opens it again.
  await prompt.page.keyboard.press('Escape');
  await expect(sheetOf(prompt)).toHaveCount(0);
  await prompt.button('Trả lời điểm danh').click();
  await expect(sheetOf(prompt).getByRole('radio', { name: 'Chủ tịch', exact: true })).toBeFocused();
  await prompt.page.keyboard.press('Enter');
  await expect(sheetOf(prompt).getByRole('alert')).toContainText('Hãy chọn ai trả lời');
  await prompt.page.keyboard.press('Space');
  await prompt.page.keyboard.press('Enter');
  await expect(prompt.page.getByRole('heading', { name: 'Đã ghi nhận lúc' })).toBeVisible();
  await expect(prompt.page.getByText('Biên nhận số')).toBeVisible();
  await expect(round()).toContainText('1 / 3');
  // Looking takes a busy machine a while: whoever has answered has time, and the sheet of the second is open still.
  await nothingSerious(prompt.page);
  await nothingSerious(late.page);
});

test('DL6 the second answers late, while the server is dead: kept, said so, recorded once it is back', async () => {
  // RC24: from the deadline on it does not cover the meeting.
  await expect(late.button('Trả lời muộn')).toBeVisible({ timeout: DEADLINE_MS + 20_000 });
  await expect(sheetOf(late)).toHaveCount(0);
  await late.button('Trả lời muộn').click();
  await expect(sheetOf(late)).toContainText('Đã quá hạn lúc');
  await server.kill();
  await expect(sheetOf(late)).toContainText('Đang mất kết nối với máy chủ');
  await sheetOf(late).getByRole('radio', { name: 'Chủ tịch', exact: true }).check();
  await late.button('Trả lời muộn: có mặt').click();
  await expect(late.page.getByRole('heading', { name: 'Đang gửi, chưa ghi nhận' })).toBeVisible();
  await server.restart();
  await expect(late.page.getByRole('heading', { name: 'Đã ghi nhận lúc' })).toBeVisible({ timeout: 60_000 });
  await expect(sheetOf(late)).toContainText('Trả lời muộn');
});

test('RC7 RC29 the third misses; what the screen counts outlived the server', async () => {
  await expect(round()).toContainText('Lượt 1 đã quá hạn', { timeout: 60_000 });
  await expect(round()).toContainText('2 / 3');
  await moderator.button('Kết thúc sớm').click();
  const ask = moderator.page.getByRole('dialog', { name: 'Kết thúc lượt 1?' });
  await expect(ask).toContainText('1 đơn vị chưa trả lời');
  await moderator.button('Kết thúc sớm', ask).click();
  await expect(absent.page.getByText('đơn vị được ghi là vắng').first()).toBeVisible();
  await expect(sheetOf(absent)).toHaveCount(0);
  await expect(round()).toContainText('Lượt 1 đã kết thúc');
  await expect(round().locator('.round-parts .missing')).toHaveText('Vắng1');
  await expect(round().locator('.round-parts .late')).toHaveText('Muộn1');
  // Told anew, after a reload, it is the same.
  await prompt.page.reload();
  await prompt.button('Vào phòng họp').click();
  await expect(prompt.page.getByRole('region', { name: 'Điểm danh trong phiên họp này' })).toContainText(
    'Đã ghi nhận lúc',
  );
});

test('RC16 the wall shows who it was, by state and by place', async () => {
  const { page } = moderator;
  await moderator.button('Mở bảng điểm danh').click();
  const list = page.getByRole('region', { name: 'Bảng điểm danh' }).getByRole('row');
  await expect(list.filter({ hasText: names[2] })).toContainText('Vắng');
  await page.getByRole('radio', { name: 'Muộn' }).click();
  await expect(list.filter({ hasText: names[1] })).toContainText('Muộn');
  await page.getByRole('radio', { name: 'Tất cả' }).click();
  await expect(page.locator('.entry-line')).toHaveCount(3);
  await expect(page.locator('.entry-line').filter({ hasText: names[0] })).toContainText('Chủ tịch');
  await expect(page.locator('.place').filter({ hasText: 'Quận 1' })).toContainText('2/3');
  // RC23: who opened and closed it has receipts of both.
  await page.getByText('Hồ sơ và biên nhận của lượt này').click();
  const [receipt] = await Promise.all([
    page.waitForEvent('download'),
    moderator.button('Tải biên nhận: Mở lượt điểm danh').click(),
  ]);
  expect(receipt.suggestedFilename()).toMatch(/^bien-nhan-diem-danh-open-/);
  await expect(moderator.button('Tải biên nhận: Kết thúc lượt')).toBeVisible();
  await nothingSerious(moderator.page);
});

test('RC5 those who were missing are asked again, and RC9 an official writes down what they are told by telephone', async () => {
  const { page } = moderator;
  await moderator.button('Hỏi lại 1 đơn vị vắng').click();
  await expect(round()).toContainText('Lượt 2 đang hỏi');
  await expect(sheetOf(absent)).toBeVisible();
  await expect(sheetOf(prompt)).toHaveCount(0);
  await moderator.button(`Ghi thay cho ${names[2]}`).click();
  const form = page.getByRole('dialog', { name: `Ghi thay cho ${names[2]}` });
  const byTelephone = form.getByRole('radio', { name: 'Đơn vị trả lời qua điện thoại' });
  await expect(byTelephone).not.toBeChecked();
  await expect(moderator.button('Ghi vào hồ sơ', form)).toBeDisabled();
  await byTelephone.check();
  await form.getByLabel('Ai trả lời qua điện thoại').fill('Trần Văn Bình');
  await moderator.button('Ghi vào hồ sơ', form).click();
  await expect(page.getByText(`${names[2]}: đã ghi nhận lúc`).first()).toBeVisible();
  // RC31: and not that the unit answered at another device.
  const settled = absent.page.getByText(/^Đã ghi nhận lúc [\d:]+\. .* ghi theo điện thoại$/);
  // It is announced as well.
  await expect(settled.first()).toBeVisible();
  await expect(sheetOf(absent)).toHaveCount(0);
  await expect(round()).toContainText('1 / 1');
  await expect(round().locator('.round-parts .official')).toHaveText('Qua điện thoại1');
});

test('RC25 a commune reports absent with a reason, is no silent and no excused one, and corrects itself', async () => {
  const { page } = moderator;
  await moderator.button('Quay lại').first().click();
  await moderator.button('Mở lượt điểm danh').click();
  const form = page.getByRole('dialog', { name: 'Mở một lượt điểm danh' });
  await form.getByLabel('Câu hỏi').fill(QUESTION);
  await form.getByRole('radio', { name: 'Danh sách đã lưu' }).check();
  await form.getByLabel('5 phút').check();
  await moderator.button('Hỏi 3 đơn vị', form).click();
  await expect(round()).toContainText('Lượt 3 đang hỏi');

  // Nothing is chosen beforehand, and without a reason nothing is sent.
  await late.button('Báo vắng', sheetOf(late)).click();
  await expect(sheetOf(late).locator('input:checked')).toHaveCount(0);
  await late.page.keyboard.press('Enter');
  await expect(sheetOf(late).getByRole('alert')).toContainText('Hãy chọn hoặc ghi lý do');
  await sheetOf(late).getByRole('radio', { name: 'Lý do khác' }).check();
  await nothingSerious(late.page);
  await sheetOf(late).getByLabel('Ghi lý do').fill('Chủ tịch đi chống bão');
  await late.button('Trả lời: vắng').click();
  await expect(late.page.getByRole('heading', { name: 'Đã ghi nhận lúc' })).toBeVisible();
  await expect(sheetOf(late)).toContainText('Báo vắng: Chủ tịch đi chống bão');
  await late.button('Quay lại phòng họp').click();

  await expect(round().locator('.round-parts .away')).toHaveText('Báo vắng1');
  await expect(round().locator('.round-parts .missing')).toHaveText('Chưa trả lời2');
  await expect(round()).toContainText('0 / 3');
  await moderator.button('Mở bảng điểm danh').click();
  await page.getByRole('radio', { name: 'Báo vắng' }).click();
  const line = page.locator('.entry-line');
  await expect(line).toHaveCount(1);
  await expect(line).toContainText(names[1]);
  await expect(line).toContainText('Chủ tịch đi chống bão');
  await nothingSerious(page);

  // RC24: Escape leaves one line; a reason that was begun stays where it is.
  await absent.button('Báo vắng', sheetOf(absent)).click();
  await absent.page.keyboard.press('Escape');
  await expect(sheetOf(absent)).toHaveCount(0);
  await absent.button('Trả lời điểm danh').click();
  await expect(sheetOf(absent)).toBeVisible();

  const own = late.page.getByRole('region', { name: 'Điểm danh trong phiên họp này' });
  await late.button('Sửa câu trả lời', own).first().click();
  await sheetOf(late).getByRole('radio', { name: 'Phó Chủ tịch', exact: true }).check();
  await late.button('Gửi câu trả lời mới').click();
  await expect(own).toContainText('Người trả lời: Phó Chủ tịch');
  await expect(round()).toContainText('1 / 3');
  await expect(round().locator('.round-parts .away')).toHaveCount(0);
  await late.button('Sửa câu trả lời', own).first().click();
  await late.button('Báo vắng', sheetOf(late)).click();
  await sheetOf(late).getByRole('radio', { name: 'Đang đi công tác' }).check();
  await late.button('Trả lời: vắng').click();
  await expect(own).toContainText('Báo vắng: Đang đi công tác');
  // Who reads English chooses in English, and minutes are in the language of the briefing.
  await late.button('Switch to English').click();
  const mine = late.page.getByRole('region', { name: 'Roll-calls of this briefing' });
  await late.button('Correct the answer', mine).first().click();
  await late.button('Report absent', sheetOf(late)).click();
  await sheetOf(late).getByRole('radio', { name: 'In another meeting' }).check();
  await late.button('Answer: absent').click();
  await expect(mine).toContainText('Reported absent: Đang dự cuộc họp khác');
  await late.button('Chuyển sang tiếng Việt').click();
  await expect(round().locator('.round-parts .away')).toHaveText('Báo vắng1');
  await own.getByText('Đã ghi trong hồ sơ').first().click();
  await expect(own).toContainText('Đơn vị báo vắng');
  await moderator.button('Kết thúc sớm').click();
  await moderator.button('Kết thúc sớm', page.getByRole('dialog')).click();
  await expect(round().locator('.round-parts .missing')).toHaveText('Vắng2');
  await expect(round().locator('.round-parts .away')).toHaveText('Báo vắng1');
});

test('AT9 before the briefing is live nobody is called absent: it says who came, who has not yet, and that it has not begun', async () => {
  const { page } = moderator;
  await moderator.button('Quay lại').first().click();
  await moderator.button(/Chỉ đạo và hồ sơ/).click();
  await moderator.button('Tham dự', page.locator('.desk-bar')).click();
  const list = page.locator('.attendance-list');
  await expect(list).toContainText('Phiên họp chưa bắt đầu: chưa đơn vị nào được tính là tham dự hay vắng.');
  await expect(list.getByRole('radio', { name: /^Chưa vào/ })).toBeVisible();
  await list.getByRole('radio', { name: /^Đã vào/ }).check();
  await expect(list.getByRole('row').filter({ hasText: names[0] })).toContainText('Đang kết nối');
  await expect(list.getByText(/Vắng|Chưa đủ/)).toHaveCount(0);
  await nothingSerious(page);
  await list.getByRole('row').filter({ hasText: names[0] }).getByRole('button').click();
  await expect(page.locator('.unit-timeline .verdict')).toContainText('Phiên họp chưa bắt đầu');
  await expect(moderator.button('Sửa kết quả')).toHaveCount(0);
});

test('RC11 the digits stand in the leader’s picture; wrong ones record nothing', async ({ browser }) => {
  const pm = await Person.sit(browser);
  await pm.enter(server.link('Prime Minister'));
  await pm.button('Bắt đầu phát').click();
  await prompt.seesMoving('Thủ tướng');
  expect(await prompt.tile('Thủ tướng').locator('video').evaluate(blackAndWhiteBelow)).toBe(false);
  const wall = await settledColour(prompt.tile('Thủ tướng').locator('video'));
  await pm.page.getByRole('tab', { name: 'Điểm danh' }).click();
  await pm.button('Mở lượt điểm danh').click();
  const form = pm.page.getByRole('dialog', { name: 'Mở một lượt điểm danh' });
  await form.getByLabel('Câu hỏi').fill(QUESTION);
  await form.getByLabel('Chọn đơn vị').check();
  await form.getByRole('searchbox', { name: 'Thêm đơn vị' }).fill(names[0]);
  await form
    .locator('.unit-hit')
    .filter({ hasText: `${names[0]}Quận 1,` })
    .click();
  await form.getByLabel('5 phút').check();
  await form.getByText('Tuỳ chọn khác').click();
  await form.getByLabel('Kèm hai chữ số').check();
  await pm.button('Hỏi 1 đơn vị', form).click();
  const digits = (await pm.page.locator('.round-digits strong').textContent()) ?? '';
  const video = sheetOf(prompt).locator('video');
  await expect.poll(() => video.evaluate(blackAndWhiteBelow), { timeout: 40_000 }).toBe(true);
  // What the camera sees is as it was: the digits alone are new. A single frame may be coarse.
  const change = async () =>
    Math.max(...(await video.evaluate(cornerColour)).map((value, i) => Math.abs(value - (wall[i] ?? 0))));
  await expect.poll(change, { timeout: 40_000, intervals: [250] }).toBeLessThan(6);
  const field = prompt.page.getByLabel('Hai chữ số trên hình');
  await prompt.page.keyboard.press('Space');
  await expect(sheetOf(prompt).getByRole('radio', { name: 'Chủ tịch', exact: true })).toBeChecked();
  await field.fill(digits === '00' ? '11' : '00');
  await prompt.page.keyboard.press('Enter');
  await expect(prompt.page.getByText('Hai chữ số chưa đúng')).toBeVisible();
  await field.fill(digits);
  await prompt.page.keyboard.press('Enter');
  await expect(prompt.page.getByRole('heading', { name: 'Đã ghi nhận lúc' })).toBeVisible();
  await expect(pm.page.locator('.round')).toContainText('1 / 1');
  await nothingSerious(pm.page);

  // RC20: who gave the answer corrects it; what was said before stays on record.
  await prompt.button('Quay lại phòng họp').click();
  const own = prompt.page.getByRole('region', { name: 'Điểm danh trong phiên họp này' });
  await prompt.button('Sửa câu trả lời', own).click();
  await sheetOf(prompt).getByRole('radio', { name: 'Phó Chủ tịch', exact: true }).check();
  await field.fill(digits);
  await nothingSerious(prompt.page);
  await prompt.button('Gửi câu trả lời mới').click();
  await expect(own).toContainText('Người trả lời: Phó Chủ tịch');
  await own.getByText('Đã ghi trong hồ sơ').first().click();
  await expect(own).toContainText('Đơn vị sửa câu trả lời');
  await expect(own).toContainText('Hai chữ số chưa đúng');
  await expect(pm.page.locator('.round')).toContainText('1 / 1');
  expect(pm.problems).toEqual([]);

  // RC21: when all is over, what is on record is read with its receipts.
  await pm.button('Ngừng phát').click();
  await pm.button('Ngừng phát', pm.page.getByRole('dialog')).click();
  await pm.button('Đóng phiên họp').click();
  await pm.button('Đóng phiên họp', pm.page.getByRole('dialog')).click();
  await prompt.page.getByText('Điểm danh của đơn vị').click();
  await expect(prompt.page.locator('.answer-book .asked').first()).toContainText('Đơn vị sửa câu trả lời');
  const saved = prompt.page.waitForEvent('download');
  await prompt.button('Tải biên nhận: Đơn vị sửa câu trả lời').first().click();
  expect((await saved).suggestedFilename()).toMatch(/^bien-nhan-diem-danh-/);
  await nothingSerious(prompt.page);
  await pm.leave();
});

test('RC21 an answer whose acknowledgement was lost is never shown as refused, also after the briefing closed', async () => {
  const { page } = prompt;
  // As if no acknowledgement had come: one is still unsent, the other was refused when it was repeated.
  const before = await page.evaluate(keptAnswers, true);
  // The wrong digits were refused indeed, and stay so.
  expect(before.filter((status) => status === 'recorded').length).toBeGreaterThan(1);
  await page.reload();
  await expect(page.getByText('Điểm danh của đơn vị')).toBeVisible();
  await expect.poll(() => page.evaluate(keptAnswers, false)).toEqual(before);
  await expect(page.getByText('Một câu trả lời không được ghi nhận')).toHaveCount(0);
});

test('nothing broke on any page', () => {
  for (const person of [moderator, prompt, late, absent]) expect(person.problems).toEqual([]);
});

/** What the page has kept of its answers. @param lost take away their receipts: one is refused, the others unsent */
async function keptAnswers(lost: boolean): Promise<string[]> {
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const db = await done(indexedDB.open('dieu-hanh'));
  const store = db.transaction('outbox', 'readwrite').objectStore('outbox');
  const entries = (await done(store.getAll())).filter(({ via }) => via === 'round.answer');
  const recorded = entries.filter(({ status }) => status === 'recorded');
  for (const [i, { answer: _, ...entry }] of lost ? recorded.entries() : []) {
    const refused = { status: 'refused', reason: 'too-late', message: '' };
    await done(store.put({ ...entry, ...(i === 0 ? refused : { status: 'unsent' }) }));
  }
  db.close();
  return entries.map(({ status }) => status);
}

/** Whether white signs on a dark ground stand at the bottom of the picture; the false camera has neither there. */
function blackAndWhiteBelow(element: Element): boolean {
  const video = element as HTMLVideoElement;
  if (video.videoWidth === 0) return false;
  const draw = new OffscreenCanvas(160, 90).getContext('2d');
  if (!draw) return false;
  draw.drawImage(video, 0, 0, 160, 90);
  const { data } = draw.getImageData(68, 64, 24, 20);
  let dark = 0;
  let white = 0;
  for (let i = 0; i < data.length; i += 4) {
    const [low, high] = [Math.min(...data.slice(i, i + 3)), Math.max(...data.slice(i, i + 3))];
    if (high < 70) dark++;
    if (low > 180) white++;
  }
  return dark > 120 && white > 50;
}

/** The first frames of a picture are coarse, more of them on a busy machine: what looks the same three times is what it is. */
async function settledColour(video: Locator): Promise<number[]> {
  let [last, alike]: [number[], number] = [[], 0];
  const look = async () => {
    const now = await video.evaluate(cornerColour);
    const isSame = last.length > 0 && now.every((value, i) => Math.abs(value - (last[i] ?? 0)) < 2);
    alike = isSame ? alike + 1 : 0;
    last = now;
    return alike;
  };
  await expect.poll(look, { timeout: 40_000, intervals: [250] }).toBeGreaterThanOrEqual(3);
  return last;
}

/** Of the wall behind the false camera's face: mean of red, green and blue. */
function cornerColour(element: Element): number[] {
  const draw = new OffscreenCanvas(160, 90).getContext('2d');
  if (!draw) return [];
  draw.drawImage(element as HTMLVideoElement, 0, 0, 160, 90);
  const { data } = draw.getImageData(4, 40, 8, 8);
  return [0, 1, 2].map((of) => data.filter((_, i) => i % 4 === of).reduce((sum, value) => sum + value, 0) / 64);
}
