import { expect, test } from '@playwright/test';
import { Person } from './support/People.ts';
import { RealPictures } from './support/RealPictures.ts';
import { Server } from './support/Server.ts';
import { stillDevices } from './support/stillDevices.ts';

/**
 * Pictures of states that nobody made up: a server of the demo's country, people who do what they do in a briefing, and
 * each page as it then is, in all sizes, both languages and themes. The same command takes them (screenshots.spec.ts);
 * `SCREENSHOTS=real` these alone. Clocks stand still while a picture is taken, and who sits before a camera hardly moves:
 * what differs from the run before was changed by somebody.
 */
const states = {
  nobody: ['principal', 'moderator', 'screen'],
  waiting: ['principal', 'moderator', 'check', 'commune', 'screen'],
  live: ['principal', 'moderator', 'commune', 'screen'],
  calling: ['principal'],
  called: ['commune'],
  talking: ['principal', 'moderator', 'commune', 'other', 'screen'],
  hands: ['principal', 'moderator', 'commune'],
  green: ['moderator', 'commune'],
  asking: ['principal', 'moderator', 'commune'],
  answered: ['commune', 'moderator'],
  wall: ['moderator'],
  desk: ['moderator'],
  room: ['principal', 'moderator', 'commune'],
  rooms: ['principal', 'moderator', 'commune'],
  gathering: ['principal', 'moderator', 'commune'],
  pause: ['principal', 'commune', 'screen'],
  closing: ['principal'],
  closed: ['principal', 'moderator', 'commune', 'screen'],
  record: ['principal', 'moderator'],
  next: ['principal'],
} as const;
const pictures = new RealPictures(states);
test.skip(!pictures.isWanted, 'asked for by SCREENSHOTS=1, or SCREENSHOTS=real');
test.use({ launchOptions: async ({ launchOptions }, use) => use(await stillDevices(launchOptions)) });

const PM = 'Thủ tướng Chính phủ';
const QUESTION = 'Lãnh đạo có mặt để nghe chỉ đạo không?';
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

test('a briefing of the demo’s country, from an empty room to its end', async ({ browser }) => {
  test.setTimeout(1_800_000);
  for (let i = 0; i < 6; i++) people.push(await Person.sit(browser));
  const [pm, moderator, one, two, three, screen] = people as [Person, Person, Person, Person, Person, Person];
  await pm.enter(server.link('Prime Minister'));
  await moderator.open(server.link('moderator'));
  await expect(moderator.page.locator('.stage')).toBeVisible();
  await screen.open(`${server.url}/programme`);
  await expect(screen.page.locator('.screen-code')).toBeVisible();
  await pictures.take('nobody', { principal: pm, moderator, screen });
  await pair(pm, screen);

  await one.enter(server.communes[0] ?? '');
  await two.enter(server.communes[1] ?? '');
  await three.open(server.communes[2] ?? '');
  await expect(three.button('Vào phòng họp')).toBeVisible();
  await pictures.take('waiting', { principal: pm, moderator, commune: one, check: three, screen });
  await three.button('Vào phòng họp').click();

  await pm.button('Bắt đầu phát').click();
  // Three seconds: of this one state one picture, of the second of them.
  await expect(pm.page.locator('.count-in')).toContainText('2');
  await pictures.one('real-principal-counting-wide-vi-dark', pm.page);
  await expect(pm.button('Ngừng phát')).toBeVisible();
  for (const commune of [one, two, three]) await commune.seesMoving(PM);
  await pictures.take('live', { principal: pm, moderator, commune: one, screen });

  const cancel = pm.button('Huỷ cuộc gọi');
  const ring = async (): Promise<void> => {
    if (await cancel.isVisible()) await cancel.click();
    await expect(one.button('Nhận cuộc gọi')).toHaveCount(0);
    await pm.page.getByRole('combobox').first().fill('tan dinh quan 1 ho chi minh');
    await pm.page.getByRole('option', { name: /^Phường Tân Định.*Quận 1/ }).click();
    await pm.button(/^Gọi phường Tân Định/).click();
    await expect(one.button('Nhận cuộc gọi')).toBeVisible();
  };
  await pictures.take('calling', { principal: pm }, { pictures: 5, again: ring });
  await pictures.take('called', { commune: one }, { pictures: 5, again: ring });
  await ring();
  await one.button('Nhận cuộc gọi').click();
  await pm.seesMoving('UBND phường Tân Định');
  await pictures.take('talking', { principal: pm, moderator, commune: one, other: two, screen });
  await pm.button('Kết thúc cuộc gọi').click();
  await expect(one.page.getByText('Đang xem và nghe')).toBeVisible();

  // One after the other: who is first is let in.
  for (const [i, commune] of [one, two, three].entries()) {
    await commune.button('Giơ tay phát biểu').click();
    await expect(moderator.page.locator('.hands .hand')).toHaveCount(i + 1);
  }
  await pictures.take('hands', { principal: pm, moderator, commune: two });
  await moderator.button('Vào phòng chuẩn bị').first().click();
  await expect(moderator.page.locator('.green-seat video')).toBeVisible();
  await pictures.take('green', { moderator, commune: one });

  await moderator.button('Mở lượt điểm danh').click();
  const form = moderator.page.getByRole('dialog', { name: 'Mở một lượt điểm danh' });
  await form.getByLabel('Câu hỏi').fill(QUESTION);
  await form.getByRole('radio', { name: '10 phút' }).check();
  await moderator.button(/^Hỏi [\d.]+ đơn vị/, form).click();
  await expect(two.page.getByRole('dialog', { name: QUESTION })).toBeVisible();
  await pictures.take('asking', { principal: pm, moderator, commune: two });
  const sheet = two.page.getByRole('dialog', { name: QUESTION });
  await sheet.getByRole('radio', { name: 'Chủ tịch', exact: true }).check();
  await two.page.keyboard.press('Enter');
  await expect(two.page.getByRole('heading', { name: 'Đã ghi nhận lúc' })).toBeVisible();
  // What became of an answer goes by itself after twelve seconds.
  await pictures.take('answered', { moderator, commune: two });
  await moderator.button('Mở bảng điểm danh').click();
  await pictures.take('wall', { moderator });
  await moderator.button('Chỉ đạo và hồ sơ').click();
  await pictures.take('desk', { moderator });
  await moderator.button('Chỉ đạo và hồ sơ').click();

  await moderator.button('Quay lại').click();
  await rooms(pm, moderator, two);

  await pm.button('Ngừng phát').click();
  await pm.page.getByRole('dialog').getByRole('button', { name: 'Ngừng phát' }).click();
  await expect(two.page.locator('.holding')).toContainText('tạm nghỉ');
  await pictures.take('pause', { principal: pm, commune: two, screen });
  await pm.button('Đóng phiên họp').click();
  await expect(pm.page.getByRole('dialog')).toBeVisible();
  await pictures.take('closing', { principal: pm });
  await pm.button('Đóng phiên họp', pm.page.getByRole('dialog')).click();
  for (const official of [pm, moderator])
    await expect(official.button('Tải biên bản: PDF')).toBeEnabled({ timeout: 60_000 });
  await pictures.take('closed', { principal: pm, moderator, commune: two, screen });
  for (const official of [pm, moderator]) await official.page.locator('.happened-seal').scrollIntoViewIfNeeded();
  await pictures.take('record', { principal: pm, moderator });
  await pm.button('Lên lịch phiên tiếp theo như phiên này').click();
  await expect(pm.page.getByLabel('Tên phiên họp')).toBeVisible();
  await pictures.take('next', { principal: pm });
});

/** By the code that it shows. */
async function pair(official: Person, screen: Person): Promise<void> {
  const code = ((await screen.page.locator('.screen-code').textContent()) ?? '').replace(/\D/g, '');
  await official.button('Chỉ đạo và hồ sơ').click();
  await official.button('Màn hình', official.page.locator('.desk-bar')).click();
  await official.page.getByLabel('Mã 8 số trên màn hình').fill(code);
  await official.page.getByLabel('Tên màn hình').fill('Tường hình hội trường');
  await official.button('Ghép màn hình').click();
  await expect(screen.page.locator('.screen-code')).toHaveCount(0);
  await official.button('Chỉ đạo và hồ sơ').click();
}

/** A room of a province, the rooms of all, and the seconds in which all are called back. */
async function rooms(pm: Person, moderator: Person, commune: Person): Promise<void> {
  await moderator.button(/^Mở phòng họp của Thành phố Hồ Chí Minh/).click();
  await moderator.button('Mở phòng', moderator.page.getByRole('dialog')).click();
  await moderator.button('Bật hình').first().click();
  await commune.seesMoving('Ban Điều hành Thành phố Hồ Chí Minh');
  await pictures.take('room', { principal: pm, moderator, commune });
  const breakOut = async (): Promise<void> => {
    await pm.button(/^Chia phòng riêng/).click();
    await pm.button('Chia phòng riêng', pm.page.getByRole('dialog')).click();
    await expect(pm.page.getByText('Đã mở 19 phòng họp riêng')).toBeVisible();
  };
  await pm.conduct();
  await breakOut();
  await pictures.take('rooms', { principal: pm, moderator, commune });
  const stay = pm.button('Huỷ đếm ngược');
  const callBack = async (): Promise<void> => {
    // On a busy machine the seconds may be over.
    if (await pm.button(/^Chia phòng riêng/).isVisible()) await breakOut();
    if (await stay.isVisible()) await stay.click();
    await pm.button('Kết thúc các phòng riêng').click();
    await pm.button('Kết thúc các phòng riêng', pm.page.getByRole('dialog')).click();
    await expect(commune.page.locator('.room-ends')).toBeVisible();
  };
  await pictures.take('gathering', { principal: pm, moderator, commune }, { pictures: 2, again: callBack });
  // Of this state no picture may have been asked for.
  if (!(await stay.isVisible())) await callBack();
  await expect(commune.page.locator('.room-plate')).toContainText('trở lại phòng họp chung');
  await commune.seesMoving(PM);
  await expect(commune.page.locator('.room-plate')).not.toContainText('trở lại');
}
