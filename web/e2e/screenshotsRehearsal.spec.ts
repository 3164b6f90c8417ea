import { expect, test } from '@playwright/test';
import { inDays, typeMoment } from './support/moments.ts';
import { Person } from './support/People.ts';
import { RealPictures } from './support/RealPictures.ts';
import { Server } from './support/Server.ts';
import { stillDevices } from './support/stillDevices.ts';

/** Real pictures as in screenshotsReal.spec.ts, of what is before a briefing: planned, moved, rehearsed, called off. */
const pictures = new RealPictures({
  plans: ['principal'],
  planning: ['principal'],
  lacking: ['principal'],
  door: ['commune'],
  tried: ['principal'],
  untried: ['principal'],
  moving: ['principal'],
  moved: ['principal', 'commune', 'late'],
  rehearsal: ['principal', 'moderator', 'commune', 'screen'],
  rehearsed: ['principal', 'commune'],
  leaving: ['principal'],
  left: ['principal', 'commune', 'late'],
});
test.skip(!pictures.isWanted, 'asked for by SCREENSHOTS=1, or SCREENSHOTS=real');
test.use({ launchOptions: async ({ launchOptions }, use) => use(await stillDevices(launchOptions)) });

const TITLE = 'Diễn tập ứng phó bão số 10';
/** PL30: the servers of a story do not carry the country. */
const REASON = 'Chỉ một vài máy vào';
const LATER = 'Giao ban tuần của Chính phủ';
let server: Server;
const people: Person[] = [];
test.beforeAll(async ({ browser }) => {
  await pictures.open(browser);
  server = await Server.start({ DEMO_FIGURES: 'on', SUPPORT_TELEPHONE: '024 3823 1234' });
});
test.afterAll(async () => {
  for (const person of people) await person.leave();
  await pictures.close();
  await server?.stop();
});

test('a rehearsal of the demo’s country, from its plan to its end, and a briefing that is called off', async ({
  browser,
}) => {
  test.setTimeout(1_800_000);
  for (let i = 0; i < 5; i++) people.push(await Person.sit(browser));
  const [pm, moderator, commune, late, screen] = people as [Person, Person, Person, Person, Person];
  await commune.open(server.communes[0] ?? '');
  await expect(commune.button('Vào phòng họp')).toBeVisible();
  await late.open(server.communes[1] ?? '');
  await expect(late.button('Vào phòng họp')).toBeVisible();

  await pm.enter(server.link('Prime Minister'));
  await pm.button('Chỉ đạo và hồ sơ').click();
  await pm.button('Lịch họp').click();
  const form = pm.page.getByRole('form', { name: 'Lên lịch phiên họp' });
  await pm.button('Lên lịch phiên họp').click();
  await form.getByLabel('Tên phiên họp').fill(LATER);
  await typeMoment(form, 'Ngày giờ họp', inDays(4));
  await form.getByLabel(/^Toàn bộ/).check();
  await form.getByLabel('Lý do vẫn tổ chức').fill(REASON);
  await pm.button('Lên lịch', form).click();
  const later = pm.page.getByRole('listitem').filter({ hasText: LATER });
  await expect(later).toBeVisible();
  // Two are planned: the desk stands alone.
  await pm.page.reload();
  await expect(later).toBeVisible();
  await pictures.take('plans', { principal: pm });
  await pm.button('Lên lịch phiên họp').click();
  await pictures.take('planning', { principal: pm });
  await pm.button('Lên lịch', form).click();
  await expect(form.getByRole('alert')).toBeFocused();
  await pictures.take('lacking', { principal: pm });
  await form.getByLabel('Tên phiên họp').fill(TITLE);
  await typeMoment(form, 'Ngày giờ họp', inDays(2));
  await form.getByLabel(/^Toàn bộ/).check();
  await form.getByLabel('Lý do vẫn tổ chức').fill(REASON);
  await pm.button('Thêm mục', form).click();
  await form.getByLabel('Mục 1: nội dung').fill('Khai mạc');
  await form.getByLabel('Mục 1: số phút').fill('10');
  await form.getByLabel('Đây là buổi diễn tập').check();
  await pm.button('Lên lịch', form).click();
  const item = pm.page.getByRole('listitem').filter({ hasText: TITLE });
  await expect(item).toBeVisible();

  for (const person of [commune, late]) {
    await person.page.reload();
    await person.button(TITLE).click();
    await expect(person.page.getByRole('note')).toContainText('DIỄN TẬP');
    await expect(person.page.getByText(/kbit\/s|Mbit\/s/).first()).toBeVisible();
  }
  await pictures.take('door', { commune });
  await pm.button('Thử máy', item).click();
  await expect(pm.page.getByText('2 đã thử máy')).toBeVisible({ timeout: 40_000 });
  await pictures.take('tried', { principal: pm });
  await pm.page.getByLabel('Chưa thử máy').check();
  await pictures.take('untried', { principal: pm });
  await pm.button(/^Quay lại$/).click();

  await commune.button('Vào phòng họp').click();
  await expect(commune.page.locator('.waiting-room')).toBeVisible();
  await pm.button('Sửa', item).click();
  const change = pm.page.getByRole('form', { name: 'Sửa phiên họp' });
  await typeMoment(change, 'Ngày giờ họp', inDays(3));
  await change.getByLabel('Lý do thay đổi').fill('Bão đổi hướng');
  await pictures.take('moving', { principal: pm });
  await pm.button('Lưu và thông báo', change).click();
  for (const { page } of [commune, late])
    await expect(page.getByRole('status').filter({ hasText: 'Bão đổi hướng' })).toBeVisible({ timeout: 60_000 });
  await pictures.take('moved', { principal: pm, commune, late });

  await pm.button('Mở phòng họp', item).click();
  await pm.page.getByRole('dialog').getByLabel('Lý do vẫn tổ chức').fill(REASON);
  await pm.button('Mở phòng họp', pm.page.getByRole('dialog')).click();
  await expect(pm.page.getByRole('note')).toContainText('DIỄN TẬP');
  await pm.button('Vào phòng họp').click();
  await moderator.open(server.link('moderator'));
  await moderator.button(/^Vào phòng họp/, moderator.page.getByRole('listitem').filter({ hasText: TITLE })).click();
  await screen.open(`${server.url}/programme`);
  const code = ((await screen.page.locator('.screen-code').textContent()) ?? '').replace(/\D/g, '');
  await pm.button('Chỉ đạo và hồ sơ').click();
  await pm.button('Màn hình', pm.page.locator('.desk-bar')).click();
  await pm.page.getByLabel('Mã 8 số trên màn hình').fill(code);
  await pm.page.getByLabel('Tên màn hình').fill('Tường hình hội trường');
  await pm.button('Ghép màn hình').click();
  await expect(screen.page.locator('.screen-code')).toHaveCount(0);
  await pm.button('Chỉ đạo và hồ sơ').click();
  await pm.button('Bắt đầu phát').click();
  await commune.seesMoving('Thủ tướng Chính phủ', 60_000);
  await screen.seesMoving('Thủ tướng Chính phủ', 60_000);
  await pictures.take('rehearsal', { principal: pm, moderator, commune, screen });
  await pm.button('Ngừng phát').click();
  await pm.page.getByRole('dialog').getByRole('button', { name: 'Ngừng phát' }).click();
  await pm.button('Đóng phiên họp').click();
  await pm.button('Đóng phiên họp', pm.page.getByRole('dialog')).click();
  await expect(pm.button('Tải biên bản: PDF')).toBeEnabled({ timeout: 60_000 });
  await pictures.take('rehearsed', { principal: pm, commune });

  for (const person of [commune, late]) {
    await person.page.reload();
    await person.button(LATER).click();
    await expect(person.button('Vào phòng họp')).toBeVisible();
  }
  await commune.button('Vào phòng họp').click();
  await expect(commune.page.locator('.waiting-room')).toContainText(LATER);
  await pm.page.getByRole('tab', { name: 'Lịch họp' }).or(pm.button('Lịch họp')).first().click();
  await pm.button('Huỷ phiên', later).click();
  await pm.page.getByRole('dialog').getByLabel('Lý do huỷ').fill('Thủ tướng đi thị sát vùng bão');
  await pictures.take('leaving', { principal: pm });
  await pm.button('Huỷ phiên họp', pm.page.getByRole('dialog')).click();
  for (const { page } of [commune, late])
    await expect(page.getByRole('status').filter({ hasText: `Đã huỷ: ${LATER}` })).toBeVisible({ timeout: 60_000 });
  await pictures.take('left', { principal: pm, commune, late });
});
