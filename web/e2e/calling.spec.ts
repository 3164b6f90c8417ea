import { expect, test } from '@playwright/test';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { reissueLink } from './support/reissueLink.ts';
import { Server } from './support/Server.ts';

const PM = 'Thủ tướng Chính phủ';
const VOICE = 'UBND phường Tân Định';
const HAND = 'UBND phường Bến Nghé';

test.describe.configure({ mode: 'serial' });

let server: Server;
let pm: Person;
let moderator: Person;
/** Without a camera at first, then without anything. */
let voice: Person;
let hand: Person;

test.beforeAll(async ({ browser }) => {
  server = await Server.start();
  pm = await Person.sit(browser);
  moderator = await Person.sit(browser);
  voice = await Person.sit(browser, { toneHz: 500 });
  hand = await Person.sit(browser);
  await voice.page.addInitScript(lackDevices, ['video']);
});
test.afterAll(async () => {
  for (const person of [pm, moderator, voice, hand]) await person?.leave();
  await server?.stop();
});

test('PR9 SC14 who can be called stands first, with what will be seen of it; who is not invited can’t be chosen, and why', async () => {
  await moderator.open(server.link('moderator'));
  const link = await reissueLink(moderator, 'phuong da kao', 'Phường Đa Kao');
  server.links.set('commune left', link);
  await hand.page.addInitScript(listenToAnnouncements);
  await hand.page.context().grantPermissions(['camera', 'microphone', 'notifications']);
  await hand.page.addInitScript(keepNotices);
  await hand.enter(server.communes[2] ?? '');
  await voice.enter(server.communes[0] ?? '');
  await pm.enter(server.link('Prime Minister'));
  await pm.button('Bắt đầu phát').click();
  await hand.seesMoving(PM);

  await pm.page.getByRole('combobox').fill('tan dinh');
  const options = pm.page.getByRole('option');
  await expect(options.first()).toContainText('Phường Tân Định');
  await expect(options.first()).toContainText('Quận 1, Thành phố Hồ Chí Minh');
  await expect(options.first()).toContainText('Đang kết nối');
  await expect(options.first()).toContainText('không có camera, có micro');
  const states = await options.locator('.hit-line').allTextContents();
  const rank = states.map((state) => (state.startsWith('Đang kết nối') ? 0 : state.startsWith('Được mời') ? 1 : 2));
  expect(rank).toEqual([...rank].sort());
  expect(new Set(rank)).toEqual(new Set([0, 1, 2]));
  await expect(options.last()).toContainText('Không thuộc phiên họp này');
  await expect(options.last()).toHaveAttribute('aria-disabled', 'true');
  await nothingSerious(pm.page);
  await options.last().click({ force: true });
  await expect(pm.page.getByRole('listbox')).toBeVisible();
});

test('nobody is told that they are back when they come in for the first time', async () => {
  await expect(hand.page.locator('.line-sign')).toContainText('Đường truyền tốt');
  const heard = await hand.page.evaluate(() => (window as unknown as Heard).heard.join());
  expect(heard).toContain(PM);
  expect(heard).not.toContain('Đã nối lại');
});

test('the field is a combobox: arrows mark, Escape closes and clears, Enter takes the first that can be called', async () => {
  const field = pm.page.getByRole('combobox');
  await field.press('ArrowDown');
  const marked = pm.page.locator('[role="option"][aria-selected="true"]');
  await expect(marked).toHaveCount(1);
  expect(await field.getAttribute('aria-activedescendant')).toBe(await marked.getAttribute('id'));
  await field.press('ArrowUp');
  await expect(pm.page.getByRole('option').last()).toHaveAttribute('aria-selected', 'true');
  await field.press('Escape');
  await expect(field).toHaveAttribute('aria-expanded', 'false');
  await field.press('Escape');
  await expect(field).toHaveValue('');
  await field.fill('tan dinh');
  await expect(pm.page.getByRole('option').first()).toContainText('Đang kết nối');
  await field.press('Enter');
  await expect(pm.button(/^Gọi phường Tân Định/)).toBeFocused();
  await expect(pm.button(/^Gọi phường Tân Định/)).toContainText('không có camera, có micro');
});

test('FL18 a called unit without a camera is on air with its voice; a camera that comes late needs no new call', async () => {
  await pm.page.keyboard.press('Enter');
  const sheet = voice.page.getByRole('dialog');
  await expect(sheet).toContainText('Không có hình: chỉ phát tiếng nói.');
  await expect(sheet).toContainText('mọi người sẽ nghe tiếng và thấy tên đơn vị ngay');
  await voice.button('Nhận cuộc gọi').click();
  const own = voice.page.getByRole('region', { name: 'Trạng thái của đơn vị' });
  await expect(own).toContainText('Đang phát tiếng, không có hình');
  await expect(own).toContainText('Máy này không tìm thấy camera');
  await expect(voice.button('Tắt tiếng')).toBeVisible();
  await expect(voice.button('Bật hình')).toHaveCount(0);
  await voice.button('Tắt tiếng').click();
  await expect(voice.page.getByText('Micro đang tắt: không ai nghe lời đang nói.').first()).toBeVisible();
  await voice.button('Bật tiếng').click();
  // Who leads sees themselves as all see them, unless they want a mirror.
  const mirrored = pm.page.locator('.stage video.mirrored');
  await expect(pm.page.locator('.stage video').first()).toBeVisible();
  await expect(mirrored).toHaveCount(0);
  await pm.button('Xem mình như trong gương').click();
  await expect(mirrored).toHaveCount(1);
  await pm.button('Xem mình như trong gương').click();
  await expect(mirrored).toHaveCount(0);
  await expect(own).not.toContainText('Người điều hành');
  await expect(pm.page.locator('.running-call')).toContainText('không có camera, có micro');
  await expect(pm.page.locator('.running-call')).toContainText(/\d:\d\d/);
  await nothingSerious(voice.page);

  await voice.page.evaluate(giveDevices);
  await pm.seesMoving(VOICE);
  await expect(own).toContainText('Đang phát tới mọi người');
  await expect(pm.page.locator('.running-call')).not.toContainText('camera');
  await pm.button('Kết thúc cuộc gọi').click();
  await expect(own).toContainText('Bây giờ không ai thấy hình hay nghe tiếng của đơn vị');
});

test('without camera and microphone both ends say so, and “Thử lại” brings them on air', async () => {
  await voice.page.evaluate(takeDevices);
  await pm.page.getByRole('combobox').fill('tan dinh quan 1');
  await expect(pm.page.getByRole('option').first()).toContainText('không có camera và micro');
  await pm.page.getByRole('combobox').press('Enter');
  await pm.page.keyboard.press('Enter');
  await expect(voice.page.getByRole('dialog')).toContainText('Chưa có hình và tiếng');
  await voice.button('Nhận cuộc gọi').click();
  const own = voice.page.getByRole('region', { name: 'Trạng thái của đơn vị' });
  await expect(own).toContainText('Chưa phát hình và tiếng');
  await expect(own).toContainText('Mọi người chỉ thấy tên đơn vị.');
  await expect(pm.page.locator('.running-call')).toContainText('không có camera và micro');
  await expect(pm.button('Kết thúc cuộc gọi')).toBeVisible();
  await voice.page.evaluate(allowDevices);
  await voice.button('Thử lại', own).click();
  await pm.seesMoving(VOICE);
  await voice.button('Kết thúc phát biểu').click();
  await expect(pm.tile('Tân Định')).toHaveCount(0);
});

test('FL19 who was let in by a raised hand leaves with one press, from the stage and from the green room', async () => {
  await voice.button('Giơ tay phát biểu').click();
  await expect(voice.page.getByText('Đơn vị đang đứng đầu danh sách giơ tay.')).toBeVisible();
  await hand.button('Giơ tay phát biểu').click();
  await expect(hand.page.getByText('Đơn vị đứng thứ 2 trong danh sách giơ tay.')).toBeVisible();
  await voice.button('Bỏ giơ tay').click();
  await expect(hand.page.getByText('Đơn vị đang đứng đầu danh sách giơ tay.')).toBeVisible();
  const up = pm.page.locator('.hand').filter({ hasText: HAND });
  await expect(up).toContainText(/chờ \d:\d\d/);
  await expect(up).toContainText('Quận 1');
  // Units are told apart by the end of their names.
  expect(
    await up
      .locator('.hand-name > .clip')
      .first()
      .evaluate((name) => name.scrollWidth - name.clientWidth),
  ).toBe(0);
  await pm.button('Mời', up).click();
  await pm.seesMoving(HAND);
  await hand.button('Kết thúc phát biểu').click();
  await expect(pm.tile('Bến Nghé')).toHaveCount(0);
  await hand.button('Giơ tay phát biểu').click();
  await moderator.button('Vào phòng chuẩn bị', moderator.page.locator('.hand').filter({ hasText: HAND })).click();
  await expect(hand.page.getByText('Người điều hành thấy hình và nghe thử được.')).toBeVisible();
  await hand.button('Rời phòng chuẩn bị').click();
  await expect(hand.page.getByText('Đang xem và nghe')).toBeVisible();
  await expect(moderator.page.locator('.green-seat')).toHaveCount(0);
});

test('SC15 SC16 of a unit that is not here stand its telephones and who is near; it reads that it was looked for', async ({
  browser,
}) => {
  await pm.page.getByRole('combobox').fill('phuong da kao');
  await expect(pm.page.getByRole('option').first()).toContainText('Được mời, chưa kết nối');
  await pm.page.getByRole('combobox').press('Enter');
  const card = pm.page.getByRole('complementary', { name: 'Phường Đa Kao' });
  await expect(card.getByRole('link').first()).toHaveAttribute('href', /^tel:\d+/);
  await expect(card.getByRole('listitem').filter({ hasText: 'Phường Tân Định' })).toContainText('Đang kết nối');
  await expect(card.getByRole('listitem').filter({ hasText: 'Ban Điều hành' })).toContainText('Đang kết nối');
  await nothingSerious(pm.page);
  await pm.button('Nhắn là đã tìm đơn vị', card).click();
  await expect(card).toContainText(/Đã nhắn lúc \d\d:\d\d\. Đơn vị chưa mở\./);

  const late = await Person.sit(browser);
  await late.open(server.links.get('commune left') ?? '');
  await expect(late.page.getByText(`${PM} đã tìm đơn vị lúc`)).toBeVisible();
  await late.button('Đã rõ').click();
  await expect(card).toContainText(/UBND phường Đa Kao đã mở lúc \d\d:\d\d/);
  await expect(pm.button('Gọi Phường Đa Kao', card)).toBeVisible();
  await card.press('Escape');
  await expect(card).toHaveCount(0);
  await late.leave();
});

test('who looks at another window is told of a call: by the system, the title of the tab, and a sound', async () => {
  const told = () => hand.page.evaluate(() => (window as unknown as Noticed).told);
  await hand.page.evaluate(() => (window as unknown as Noticed).lookAway(true));
  const layouts = pm.page.getByRole('toolbar', { name: 'Hình phát tới mọi người' });
  await layouts.getByRole('button', { name: 'Chủ trì', exact: true }).click();
  await pm.page.getByRole('combobox').fill('ben nghe quan 1');
  await pm.page.getByRole('option').first().click();
  await pm.button(/^Gọi phường Bến Nghé/).click();
  await expect.poll(async () => (await told()).notices.length).toBe(1);
  const { notices, permission } = await told();
  expect(permission).toBe('granted');
  expect(notices[0]).toMatchObject({ title: 'Cuộc gọi tới đơn vị', open: true });
  expect(notices[0]?.body).toContain(`${PM} đang gọi`);
  await expect(hand.page).toHaveTitle('● Cuộc gọi tới đơn vị');
  // It is not promised to be seen while one picture was chosen that is another's.
  await expect(hand.page.getByRole('dialog')).toContainText('Hình của đơn vị hiện khi được chọn.');
  await layouts.getByRole('button', { name: 'Tự động', exact: true }).click();
  await expect(hand.page.getByRole('dialog')).toContainText('mọi người sẽ thấy hình và nghe tiếng của đơn vị ngay');
  await expect.poll(async () => (await told()).notes).toBeGreaterThan(1);
  await hand.page.evaluate(() => (window as unknown as Noticed).lookAway(false));
  await expect.poll(async () => (await told()).notices.map(({ open }) => open)).toEqual([false]);
});

test('how a call ended goes by itself, and stays in the list', async () => {
  await hand.button('Chưa thể trả lời').click();
  await expect(hand.button('Gửi câu trả lời')).toBeDisabled();
  await hand.page.getByLabel('Đang xử lý việc khẩn').check();
  await hand.button('Gửi câu trả lời').click();
  await expect(hand.page).not.toHaveTitle(/Cuộc gọi/);
  const outcome = pm.page.locator('.call-outcome');
  await expect(outcome).toContainText('Chưa thể trả lời (Đang xử lý việc khẩn)');
  const picture = await pm.tile(PM).boundingBox();
  await expect(outcome).toHaveCount(0, { timeout: 30_000 });
  expect(await pm.tile(PM).boundingBox()).toEqual(picture);
  await pm.conduct();
  await pm.page.getByText('Các cuộc gọi').click();
  await expect(pm.page.locator('.call-list li').first()).toContainText('Đang xử lý việc khẩn');
});

test('nothing broke on any page', () => {
  for (const person of [pm, moderator, voice, hand]) expect(person.problems).toEqual([]);
});

interface Lacking {
  lacks: string[];
}
interface Heard {
  heard: string[];
}

interface Noticed {
  told: { notices: { title: string; body: string; open: boolean }[]; notes: number; permission: string };
  lookAway(away: boolean): void;
}

/** Keeps what the system is asked to show and which notes sound; pages of Playwright are never hidden by themselves. */
function keepNotices(): void {
  const page = window as unknown as Noticed;
  page.told = { notices: [], notes: 0, permission: Notification.permission };
  let hidden = false;
  Object.defineProperty(document, 'hidden', { get: () => hidden });
  page.lookAway = (away) => {
    hidden = away;
    document.dispatchEvent(new Event('visibilitychange'));
  };
  window.Notification = class extends Notification {
    readonly #kept: { title: string; body: string; open: boolean };
    constructor(title: string, options?: NotificationOptions) {
      super(title, options);
      this.#kept = { title, body: options?.body ?? '', open: true };
      page.told.notices.push(this.#kept);
    }
    override close(): void {
      this.#kept.open = false;
      super.close();
    }
  };
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) {
    page.told.notes += 1;
    start.apply(this, when);
  };
}

/** Kinds of tracks that this computer does not have, until they are given. */
function lackDevices(lacks: string[]): void {
  const page = window as unknown as Lacking;
  page.lacks = lacks;
  if (!navigator.mediaDevices) return; // the empty page
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wish = {}) => {
    if (page.lacks.some((kind) => kind in wish)) throw new DOMException('not there', 'NotFoundError');
    return real(wish);
  };
}

/** A camera is plugged in: the browser says that something has changed. */
function giveDevices(): void {
  (window as unknown as Lacking).lacks = [];
  navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
}

/** Everything is unplugged. */
async function takeDevices(): Promise<void> {
  (window as unknown as Lacking).lacks = ['video', 'audio'];
  navigator.mediaDevices.enumerateDevices = async () => [];
  navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
}

/** Given again, without a word of the browser. */
function allowDevices(): void {
  (window as unknown as Lacking).lacks = [];
}

/** Everything that a live region of this page has said. */
function listenToAnnouncements(): void {
  const page = window as unknown as Heard;
  page.heard = [];
  new MutationObserver(() => {
    for (const region of document.querySelectorAll('[aria-live]')) page.heard.push(region.textContent ?? '');
  }).observe(document, { subtree: true, childList: true, characterData: true });
}
