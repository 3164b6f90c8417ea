import { type Browser, expect, test } from '@playwright/test';
import { firefoxProgram, launchFirefox, mediaAddress } from './support/firefox.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

const PM = 'Thủ tướng Chính phủ';
const QUESTION = 'Xã có mặt để nghe chỉ đạo không?';
// Neither is a harmonic of the other: Opus adds some.
const tones = { pm: 440, commune: 1050 } as const;

test.describe.configure({ mode: 'serial' });
test.skip(!firefoxProgram, 'SKIPPED: there is no Firefox here (apt-get install firefox-esr, or name one in FIREFOX)');
test.skip(!mediaAddress, 'SKIPPED: no network of its own could be made here (npm test makes it by unshare and ip)');

let server: Server;
let firefox: Browser;
let pm: Person;
let moderator: Person;
/** In Firefox; the others sit at Chromium. */
let commune: Person;

test.beforeAll(async ({ browser }) => {
  server = await Server.start({ MEDIA_LISTEN_IP: mediaAddress ?? '' });
  firefox = await launchFirefox();
  pm = await Person.sit(browser, { toneHz: tones.pm });
  moderator = await Person.sit(browser);
  commune = await Person.sit(firefox, { toneHz: tones.commune });
});
test.afterAll(async () => {
  for (const person of [pm, moderator, commune]) await person?.leave();
  await firefox?.close();
  await server?.stop();
});

test('a commune in Firefox sees the Prime Minister move and hears him', async () => {
  await commune.enter(server.communes[0] ?? '');
  await pm.enter(server.link('Prime Minister'));
  await pm.button('Bắt đầu phát').click();
  await commune.seesMoving(PM);
  await commune.hears(tones.pm);
});

test('it raises its hand, is called, accepts, and speaks: seen and heard in Chromium', async () => {
  await commune.switchKeysOn();
  await commune.page.keyboard.press('h');
  await expect(commune.page.getByText(/Đã ghi nhận giơ tay lúc/)).toBeVisible();
  await expect(pm.page.locator('.hand').filter({ hasText: 'UBND phường Tân Định' })).toBeVisible();
  await pm.page.getByRole('combobox').fill('tan dinh quan 1 ho chi minh');
  await pm.page
    .getByRole('option', { name: /^Phường/ })
    .first()
    .click();
  await pm.button(/^Gọi phường Tân Định/).click();
  await expect(commune.page.getByRole('dialog', { name: `${PM} đang gọi` })).toBeVisible();
  await commune.button('Nhận cuộc gọi').click();
  await expect(commune.page.getByText('Đang phát tới mọi người')).toBeVisible();
  await pm.seesMoving('UBND phường Tân Định');
  await pm.hears(tones.commune);
  await commune.seesMoving(PM);
  await commune.hears(tones.pm);
});

test('released, it is heard no more and watches on', async () => {
  await pm.button('Kết thúc cuộc gọi').click();
  await expect(commune.page.getByText('Đang xem và nghe')).toBeVisible();
  await pm.hearsNot(tones.commune);
  await commune.seesMoving(PM);
});

test('it answers a roll-call and has its receipt', async () => {
  await moderator.open(server.link('moderator'));
  await moderator.button('Mở lượt điểm danh').click();
  const form = moderator.page.getByRole('dialog', { name: 'Mở một lượt điểm danh' });
  await form.getByLabel('Câu hỏi').fill(QUESTION);
  await form.getByLabel('Chọn đơn vị').check();
  await form.getByRole('searchbox', { name: 'Thêm đơn vị' }).fill('Phường Tân Định');
  await form.locator('.unit-hit').filter({ hasText: 'Phường Tân ĐịnhQuận 1,' }).click();
  await moderator.button('Hỏi 1 đơn vị', form).click();
  await expect(commune.page.getByRole('dialog', { name: QUESTION })).toBeVisible();
  await commune.page.getByRole('radio', { name: 'Chủ tịch', exact: true }).check();
  await commune.button('Trả lời: có mặt').click();
  await expect(commune.page.getByRole('heading', { name: 'Đã ghi nhận lúc' })).toBeVisible();
  await expect(commune.page.getByText('Biên nhận số')).toBeVisible();
  await expect(moderator.page.locator('.round')).toContainText('1 / 1');
});

test('nothing broke on any page', () => {
  for (const person of [pm, moderator, commune]) expect(person.problems).toEqual([]);
});
