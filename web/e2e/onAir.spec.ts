import { expect, test } from '@playwright/test';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

const PM = 'Thủ tướng Chính phủ';
const NAME = 'UBND phường Tân Định';
const LEADER = 'Ban Điều hành Thành phố Hồ Chí Minh';
const ROOM = 'phòng họp của Thành phố Hồ Chí Minh';
const TONE_HZ = 1050;

test.describe.configure({ mode: 'serial' });

let server: Server;
let pm: Person;
let moderator: Person;
let speaker: Person;
let viewer: Person;

test.beforeAll(async ({ browser }) => {
  server = await Server.start();
  pm = await Person.sit(browser, { toneHz: 440 });
  moderator = await Person.sit(browser, { toneHz: 700 });
  speaker = await Person.sit(browser, { toneHz: TONE_HZ });
  viewer = await Person.sit(browser, { phone: true });
});
test.afterAll(async () => {
  for (const person of [pm, moderator, speaker, viewer]) await person?.leave();
  await server?.stop();
});

const count = ({ page }: Person) => page.getByRole('dialog', { name: /^Sắp phát tới/ });
const callSpeaker = async (): Promise<void> => {
  const field = pm.page.getByRole('combobox').first();
  await field.fill('tan dinh');
  await expect(pm.page.getByRole('option').first()).toContainText('Tân Định');
  await field.press('Enter');
  await pm.button(/^Gọi phường Tân Định/).click();
};
const handOf = ({ page }: Person) => page.locator('.hand').filter({ hasText: NAME });

test('FL21 who is invited from the queue counts in their own page, and nothing of them is sent before', async () => {
  await speaker.enter(server.communes[0] ?? '');
  await viewer.enter(server.communes[1] ?? '');
  await moderator.open(server.link('moderator'));
  await pm.enter(server.link('Prime Minister'));
  await pm.button('Bắt đầu phát').click();
  await viewer.seesMoving(PM);
  await speaker.button('Giơ tay phát biểu').click();
  await pm.button('Mời', handOf(pm)).click();
  await expect(count(speaker)).toContainText(`${PM} mời lên sóng.`);
  await expect(speaker.button('Không', count(speaker))).toBeFocused();
  // As long as it counts, nobody has anything of it. A count lasts three seconds, so it is looked at once.
  expect(await viewer.tile(NAME).count()).toBe(0);
  await viewer.seesMoving(NAME);
  await viewer.hears(TONE_HZ);
  await expect(count(speaker)).toHaveCount(0);
  await speaker.button('Kết thúc phát biểu').click();
  await expect(viewer.tile(NAME)).toHaveCount(0);
});

test('FL21 who says no is never on air, and who invited reads it', async () => {
  await speaker.button('Giơ tay phát biểu').click();
  await pm.button('Mời', handOf(pm)).click();
  await speaker.button('Không', count(speaker)).click();
  await expect(handOf(pm)).toContainText(`Đơn vị trả lời “Không” với lời mời lên sóng của ${PM}.`);
  await expect(moderator.page.locator('.green-seat')).toContainText('trả lời “Không”');
  await expect(speaker.page.getByText('Đã trả lời “Không”: đơn vị không lên sóng')).toBeVisible();
  await expect(viewer.tile(NAME)).toHaveCount(0);
  await pm.button('Rút lời mời', handOf(pm)).click();
  await expect(speaker.page.getByText('Đang xem và nghe')).toBeVisible();
  await expect(handOf(pm)).toHaveCount(0);
});

test('FL21 from the green room too: who is put on air sees the count, and not only who puts them there', async () => {
  await speaker.button('Giơ tay phát biểu').click();
  await moderator.button('Vào phòng chuẩn bị', handOf(moderator)).click();
  const seat = moderator.page.locator('.green-seat').filter({ hasText: NAME });
  await expect(seat.locator('video')).toBeVisible();
  await moderator.button('Đưa lên sóng', seat).click();
  await expect(count(speaker)).toBeVisible();
  await speaker.button('Không', count(speaker)).click();
  await expect(seat).toContainText(`Đơn vị trả lời “Không” với lời mời lên sóng của ${LEADER}.`);
  await expect(viewer.tile(NAME)).toHaveCount(0);
  await moderator.button('Đưa lên sóng', seat).click();
  await viewer.seesMoving(NAME);
  await expect(seat).toHaveCount(0);
  await speaker.button('Kết thúc phát biểu').click();
});

test('SC17 a moderator does not end the call of the leader', async () => {
  await callSpeaker();
  await speaker.button('Nhận cuộc gọi').click();
  await viewer.seesMoving(NAME);
  await expect(count(speaker)).toHaveCount(0);
  const running = moderator.page.locator('.running-call');
  await expect(running).toContainText('Đang nói chuyện với');
  await expect(running).toContainText(`Cuộc gọi của ${PM}`);
  await expect(running.getByRole('button')).toHaveCount(0);
  const up = moderator.page.locator('.air-seat').filter({ hasText: NAME });
  await expect(moderator.button('Kết thúc phát biểu', up)).toHaveCount(0);
  await pm.button('Kết thúc cuộc gọi').click();
  await expect(viewer.tile(NAME)).toHaveCount(0);
});

test('FL22 TR22 opening a room that takes communes from the speaker is asked first; it opens silent, and says who opened it', async () => {
  const panel = moderator.page.getByRole('region', { name: 'Phòng họp riêng' });
  await moderator.button(`Mở ${ROOM}`, panel).click();
  const asked = moderator.page.getByRole('dialog');
  await expect(asked).toContainText(
    `2 đơn vị trực thuộc đang kết nối sẽ chuyển sang phòng này, không thấy, không nghe ${PM} nữa.`,
  );
  await nothingSerious(moderator.page);
  await moderator.button('Mở phòng', asked).click();
  await expect(viewer.page.locator('.room-plate')).toContainText('Thành phố Hồ Chí Minh');
  await expect(panel).toContainText('Chưa ai ở đây thấy hình, nghe tiếng của trang này.');
  await expect(viewer.tile(LEADER).locator('video')).toHaveCount(0);
  await viewer.hearsNot(700);
  await pm.conduct();
  await expect(pm.page.getByRole('region', { name: 'Phòng họp riêng' })).toContainText(`${LEADER} mở`);
  await moderator.button('Bật hình', panel).click();
  await viewer.seesMoving(LEADER);
  await expect(panel).toContainText('Tiếng của trang này chưa phát.');
  await viewer.hearsNot(700);
  await moderator.button('Bật tiếng', panel).click();
  await viewer.hears(700);
  // What was turned on by hand stays so when the page is loaded anew.
  await moderator.page.reload();
  await viewer.hears(700);
});

test('TR22 a look into a room takes the leader off the air: asked first', async () => {
  const country = pm.page.getByRole('region', { name: 'Phòng họp riêng' });
  await pm.button(`Vào xem ${ROOM}`, country).click();
  const asked = pm.page.getByRole('dialog');
  await expect(asked).toContainText('Người đang xem sẽ không thấy, không nghe quý vị cho tới khi trở lại.');
  await pm.button('Huỷ', asked).click();
  await expect(pm.button('Ngừng phát')).toBeVisible();
  await pm.button(`Vào xem ${ROOM}`, country).click();
  await pm.button('Vào xem', asked).click();
  await expect(pm.page.getByText('Thiết bị này đang xem').first()).toBeVisible();
  await pm.button('Trở về').first().click();
  await expect(pm.button('Ngừng phát')).toBeVisible();
  await moderator.button(`Kết thúc ${ROOM}`).click();
  await moderator.button('Kết thúc phòng họp', moderator.page.getByRole('dialog')).click();
  await viewer.seesMoving(PM);
});

test('RC11 RC24 the digits leave the picture at the deadline, late answers need none, and their sheet covers nothing', async () => {
  await moderator.button('Mở lượt điểm danh').click();
  const form = moderator.page.getByRole('dialog');
  await form.getByLabel('Câu hỏi').fill('Có mặt?');
  await form.getByLabel('30 giây').first().check();
  await form.getByText('Tuỳ chọn khác').click();
  await form.getByLabel('Kèm hai chữ số').check();
  await moderator.button(/^Hỏi /, form).click();
  const sheet = viewer.page.getByRole('dialog', { name: 'Có mặt?' });
  await expect(sheet.getByLabel('Hai chữ số trên hình')).toBeVisible();
  // Escape leaves a line of it, which opens it again.
  await viewer.page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  const line = viewer.page.getByRole('region', { name: 'Điểm danh' });
  await viewer.button('Trả lời điểm danh', line).click();
  await expect(sheet).toBeVisible();
  // Nobody touches it: at the deadline it is a line by itself, and the stage is free.
  await expect(viewer.button('Trả lời muộn', line)).toBeVisible({ timeout: 120_000 });
  await expect(sheet).toHaveCount(0);
  await nothingSerious(viewer.page);
  await viewer.button('Trả lời muộn', line).click();
  await expect(sheet).toContainText('Không cần hai chữ số');
  await expect(sheet.getByLabel('Hai chữ số trên hình')).toHaveCount(0);
  await sheet.getByText('Chủ tịch', { exact: true }).click();
  await viewer.button('Trả lời muộn: có mặt', sheet).click();
  await expect(viewer.page.getByText('Trả lời muộn, không kiểm chứng').first()).toBeVisible();
  await viewer.button('Quay lại phòng họp').click();
});

test('FL23 a speaker whose tab is killed is lost on every page, and the clock of the call stands for nothing', async () => {
  await callSpeaker();
  await speaker.button('Nhận cuộc gọi').click();
  await viewer.seesMoving(NAME);
  for (const person of [pm, moderator, speaker, viewer]) expect(person.problems).toEqual([]);
  const killedAt = Date.now();
  await speaker.page.goto('chrome://crash').catch(() => undefined);
  for (const { page } of [pm, moderator])
    await expect(page.locator('.running-call')).toContainText('Mất tín hiệu từ', { timeout: 10_000 });
  await expect(viewer.page.locator('.stage')).toContainText(`Mất tín hiệu từ ${NAME}`);
  console.log(`  lost on every page ${Date.now() - killedAt} ms after the tab was killed`);
  await expect(viewer.page.locator('.stage')).not.toContainText('Hình tạm dừng');
});

test('FL57 whose place on air is kept reads at the door that they are on air as soon as they enter', async () => {
  const again = await speaker.page.context().newPage();
  await speaker.page.close();
  await again.goto(new URL('/', server.communes[0] ?? '').href);
  await expect(again.getByRole('button', { name: 'Vào phòng họp' })).toBeVisible();
  await expect(again.getByText('vào phòng là mọi người thấy và nghe đơn vị ngay')).toBeInViewport();
  await pm.button('Kết thúc cuộc gọi').first().click();
  await expect(again.getByText('vào phòng là mọi người thấy và nghe đơn vị ngay')).toHaveCount(0);
});

test('FL58 who asked to speak and left is told as not connected, is not counted, and keeps the place', async () => {
  const second = speaker.page.context().pages().at(-1) ?? speaker.page;
  await second.getByRole('button', { name: 'Vào phòng họp' }).click();
  await viewer.button('Giơ tay phát biểu').click();
  const queue = pm.page.getByRole('region', { name: 'Xin phát biểu' });
  const queued = moderator.page.getByRole('region', { name: 'Giơ tay' });
  await expect(queue.locator('.hand')).toHaveCount(1);
  await second.getByRole('button', { name: 'Giơ tay phát biểu' }).click();
  await expect(queue.locator('h2 .count')).toHaveText('2');
  const root = new URL('/', server.communes[1] ?? '').href;
  const context = viewer.page.context();
  await viewer.page.close();
  const gone = '.hand.away';
  for (const rows of [queue, queued]) {
    await expect(rows.locator(gone)).toContainText('Mất kết nối. Khi nối lại vẫn giữ thứ tự.', { timeout: 30_000 });
    await expect(rows.locator('h2 .count')).toHaveText('1');
    await expect(rows.locator('.hand').last()).toHaveClass(/away/);
  }
  await expect(queue.getByRole('button', { name: 'Mời' })).toHaveCount(1);
  await expect(queue.locator(gone).getByRole('button')).toHaveCount(0);
  await expect(queued.locator(gone).getByRole('button')).toHaveText(['Từ chối']);
  for (const { page } of [pm, moderator]) await nothingSerious(page);
  // At the door it is reached again.
  const back = await context.newPage();
  await back.goto(root);
  for (const rows of [queue, queued]) {
    await expect(rows.locator(gone)).toHaveCount(0);
    await expect(rows.locator('h2 .count')).toHaveText('2');
    await expect(rows.locator('.hand').last()).toContainText(NAME);
  }
});
