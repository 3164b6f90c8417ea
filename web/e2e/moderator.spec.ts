import { expect, test } from '@playwright/test';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { reissueLink } from './support/reissueLink.ts';
import { Server } from './support/Server.ts';

const TONE_HZ = 1050;
const NAME = 'UBND phường Tân Định';

test.describe.configure({ mode: 'serial' });

let server: Server;
let pm: Person;
let moderator: Person;
let speaker: Person;
let viewer: Person;

test.beforeAll(async ({ browser }) => {
  server = await Server.start();
  // A steady tone instead of the false microphone's beep, which sounds on every frequency.
  pm = await Person.sit(browser, { toneHz: 440 });
  moderator = await Person.sit(browser);
  speaker = await Person.sit(browser, { toneHz: TONE_HZ });
  viewer = await Person.sit(browser);
});
test.afterAll(async () => {
  for (const person of [pm, moderator, speaker, viewer]) await person?.leave();
  await server?.stop();
});

test('presence: who is here and who never came, by filter and by name', async () => {
  await speaker.enter(server.communes[0] ?? '');
  await viewer.enter(server.communes[1] ?? '');
  await moderator.open(server.link('moderator'));
  const { page } = moderator;
  await expect(page.locator('.presence-total')).toContainText('2 / 273');
  await page.getByRole('radio', { name: 'Đang kết nối' }).click();
  await expect(page.getByText('2 đơn vị')).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'Phường Tân Định' })).toContainText('Đang kết nối · lần đầu');
  await page.getByRole('radio', { name: 'Chưa vào' }).click();
  await expect(page.getByText('271 đơn vị')).toBeVisible();
  await page.getByRole('radio', { name: 'Tất cả' }).click();
  await page.getByRole('searchbox').fill('ben nghe');
  await expect(page.getByRole('row').filter({ hasText: 'Phường Bến Nghé' })).toContainText('Chưa vào');
  await page.getByRole('searchbox').fill('');
});

test('queue and green room: the moderator sees and hears, nobody else does', async () => {
  await pm.enter(server.link('Prime Minister'));
  await pm.button('Bắt đầu phát').click();
  await viewer.seesMoving('Thủ tướng');
  const hand = moderator.page.locator('.hand').filter({ hasText: NAME });
  // Who was not taken reads that the hand is down.
  await speaker.button('Giơ tay phát biểu').click();
  await moderator.button('Từ chối', hand).click();
  await expect(speaker.page.locator('.toast')).toContainText('Tay của đơn vị đã được hạ xuống');
  await speaker.button('Giơ tay phát biểu').click();
  await moderator.button('Vào phòng chuẩn bị', hand).click();
  await expect(speaker.page.getByText('Chuẩn bị phát biểu')).toBeVisible();
  const seat = moderator.page.locator('.green-seat').filter({ hasText: NAME });
  await expect(seat.locator('video')).toBeVisible();
  await expect.poll(() => seat.locator('video').evaluate((v) => (v as HTMLVideoElement).videoWidth)).toBeGreaterThan(0);
  await moderator.button('Nghe thử', seat).click();
  await moderator.hears(TONE_HZ);
  await expect(viewer.tile(NAME)).toHaveCount(0);
  // Picture and sound are ticked by what arrives; the name is for a person to read.
  await expect(seat.getByRole('checkbox', { name: 'Có hình' })).toBeChecked();
  await expect(seat.getByRole('checkbox', { name: 'Có tiếng' })).toBeChecked();
  await seat.getByRole('checkbox', { name: 'Đúng tên' }).click();
  await expect(speaker.page.getByText('sẵn sàng phát biểu')).toBeVisible();
});

test('promote, hard mute and its undo', async () => {
  const seat = moderator.page.locator('.green-seat').filter({ hasText: NAME });
  await moderator.button('Đưa lên sóng', seat).click();
  // FL21: it is taken back as long as it is counted in the page of who was invited.
  await moderator.button('Dừng lại', seat).click();
  await expect(moderator.button('Đưa lên sóng', seat)).toBeVisible();
  await expect(viewer.tile(NAME)).toHaveCount(0);
  await moderator.button('Đưa lên sóng', seat).click();
  await viewer.seesMoving(NAME);
  await viewer.hears(TONE_HZ);
  // The list says so too, where the unit stands.
  await moderator.page.getByRole('searchbox').fill('tan dinh');
  await expect(moderator.page.getByRole('row').filter({ hasText: 'Phường Tân Định' })).toContainText('Đang phát');
  await moderator.page.getByRole('searchbox').fill('');
  const up = moderator.page.locator('.air-seat').filter({ hasText: NAME });
  await up.getByRole('button', { name: 'Tắt tiếng', exact: true }).click();
  await expect(speaker.page.getByText('Người điều hành đã tắt tiếng').first()).toBeVisible();
  await viewer.hearsNot(TONE_HZ);
  await expect(speaker.button('Bật tiếng')).toBeDisabled();
  await moderator.button('Bỏ tắt tiếng', up).click();
  await viewer.hears(TONE_HZ);
  // Five seconds to change one's mind.
  await up.getByRole('button', { name: 'Tắt tiếng', exact: true }).click();
  const toast = moderator.page.locator('.toast').filter({ hasText: 'Đã tắt tiếng' }).last();
  await toast.getByRole('button', { name: 'Hoàn tác' }).click();
  await expect(up.getByRole('button', { name: 'Tắt tiếng', exact: true })).toBeVisible();
  await expect(speaker.page.getByText('Đang phát tới mọi người')).toBeVisible();
});

test('demote to the green room and back, then down', async () => {
  const up = moderator.page.locator('.air-seat').filter({ hasText: NAME });
  await moderator.button(`Việc khác với ${NAME}`, up).click();
  await moderator.page.getByRole('menuitem', { name: 'Về phòng chuẩn bị' }).click();
  await expect(viewer.tile(NAME)).toHaveCount(0);
  const seat = moderator.page.locator('.green-seat').filter({ hasText: NAME });
  await moderator.button('Đưa lên sóng', seat).click();
  await viewer.seesMoving(NAME);
  await moderator.button('Kết thúc phát biểu', up).click();
  await expect(speaker.page.getByText('Đang xem và nghe')).toBeVisible();
});

test('a moderator calls from their list, and removes; the one put out reads why they are out', async () => {
  const { page } = moderator;
  await page.getByRole('searchbox').fill('tan dinh');
  await page.getByRole('button', { name: 'Gọi Phường Tân Định' }).click();
  await speaker.button('Nhận cuộc gọi').click();
  await viewer.seesMoving(NAME);
  const up = page.locator('.air-seat').filter({ hasText: NAME });
  await moderator.button(`Việc khác với ${NAME}`, up).click();
  await page.getByRole('menuitem', { name: 'Đưa ra khỏi phòng' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Lý do').fill('Nhầm đơn vị');
  await moderator.button('Đưa ra khỏi phòng', dialog).click();
  await expect(speaker.page.getByRole('heading', { name: 'Máy này đã được đưa ra khỏi phòng họp' })).toBeVisible();
  await expect(viewer.tile(NAME)).toHaveCount(0);
});

test('a link that was reissued: the old one says what happened, the new one works', async ({ browser }) => {
  const old = server.communes[2] ?? '';
  const fresh = await reissueLink(moderator, 'ben nghe', 'Phường Bến Nghé');
  const someone = await Person.sit(browser);
  await someone.open(old);
  await expect(someone.page.getByText('đã được thay bằng liên kết mới')).toBeVisible();
  await someone.open('about:blank');
  await someone.enter(fresh);
  await someone.leave();
  const stranger = await Person.sit(browser);
  await stranger.open(fresh);
  await expect(stranger.page.getByText('đã gắn với một máy khác')).toBeVisible();
  await stranger.leave();
});

test('axe finds nothing serious at the desk; nothing broke on any page', async () => {
  await nothingSerious(moderator.page);
  for (const person of [pm, moderator, speaker, viewer]) expect(person.problems).toEqual([]);
});
