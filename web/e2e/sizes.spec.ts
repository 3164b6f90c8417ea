import { expect, type Locator, type Page, test } from '@playwright/test';
import { beyond, covered, troubled, underSign } from './support/controls.ts';
import { Person } from './support/People.ts';
import { allSizes } from './support/pictures.ts';
import { Server } from './support/Server.ts';

const PM = 'Thủ tướng Chính phủ';
const QUESTION = 'Lãnh đạo có mặt để nghe chỉ đạo không?';
/** Sizes with little height: a phone, and a laptop whose page is enlarged twice. */
const low = ['phone', 'zoomed'] as const;
/** The smallest laptop that is still found. */
const viewports = { ...allSizes, small: { width: 1024, height: 640 } } as const;
const laptops = ['wide', 'small'] as const;
/** Of the height of such a page, the picture's. */
const LEAST = 0.4;

test.describe.configure({ mode: 'serial' });

let server: Server;
let pm: Person;
let moderator: Person;
let commune: Person;
test.beforeAll(async ({ browser }) => {
  server = await Server.start({ DEMO_FIGURES: 'on' });
  [pm, moderator, commune] = [await Person.sit(browser), await Person.sit(browser), await Person.sit(browser)];
});
test.afterAll(async () => {
  for (const person of [pm, moderator, commune]) await person?.leave();
  await server?.stop();
});

test('while names are on their way, no place is named by its code', async () => {
  const { page } = pm;
  const names = Promise.withResolvers<void>();
  await page.route('**/api/roster?*', async (route) => {
    await names.promise;
    await route.continue();
  });
  await pm.enter(server.link('Prime Minister'));
  const named = async () => [...new Set(await page.locator('.presence-map .place-name').allTextContents())];
  await expect.poll(named).toEqual(['…']);
  names.resolve();
  await expect.poll(named).toContain('Đồng Nai');
  await page.unrouteAll();
});

test('no page is wider than its window, none is covered by the sign of a demo, and pictures keep their height', async () => {
  await commune.open(server.url);
  await expect(commune.page.locator('.demo-sign')).toBeVisible();
  await fits(commune.page, 'signing in');
  await commune.open(server.communes[0] ?? '');
  await expect(commune.button('Vào phòng họp')).toBeVisible();
  await fits(commune.page, 'the check');
  await at(commune.page, 'zoomed', async () => {
    const field = commune.page.getByLabel('Chức vụ');
    await field.focus();
    await isSeen(field);
  });
  await commune.button('Vào phòng họp').click();
  await moderator.open(server.link('moderator'));
  await pm.button('Bắt đầu phát').click();
  await commune.seesMoving(PM);
  await fits(commune.page, 'a commune');
  await fits(pm.page, 'the principal');
  await fits(moderator.page, 'a moderator');
  for (const size of low) {
    await at(commune.page, size, () => keepsHeight(commune.page, '.commune-main .stage'));
    await at(pm.page, size, () => keepsHeight(pm.page, '.pictures-frame'));
    await at(moderator.page, size, async () => {
      await keepsHeight(moderator.page, '.on-air .small-stage');
      await expect(moderator.page.locator('.on-air .small-stage')).toBeInViewport({ ratio: 1 });
    });
  }
});

test('digits that change are of one width: no clock moves what stands beside it', async () => {
  const widths = await pm.page.locator('.clock').evaluate((clock) => {
    const probe = clock.cloneNode() as HTMLElement;
    probe.style.cssText = 'position: fixed; min-width: 0';
    clock.after(probe);
    const found = ['00:00:00', '11:11:11', '17:44:41'].map((time) => {
      probe.textContent = time;
      return probe.getBoundingClientRect().width;
    });
    probe.remove();
    return found;
  });
  expect(new Set(widths).size, String(widths)).toBe(1);
});

test('who asks to speak is read whole at a laptop, in both languages, and rooms leave the picture its place', async () => {
  const { page } = pm;
  await commune.button('Giơ tay phát biểu').click();
  await expect(page.locator('.strip-card .hand')).toHaveCount(1);
  const language = page.locator('.switches [lang]');
  for (const other of ['EN', 'VI']) {
    await expect(language).toHaveText(other);
    await expect
      .poll(() => page.locator('.strip-card .hand-name > *').evaluateAll(cut), { message: other })
      .toEqual([]);
    await language.click();
  }
  await expect(language).toHaveText('EN');
  await pm.conduct();
  await pm.button(/^Chia phòng riêng/).click();
  await pm.button('Chia phòng riêng', page.getByRole('dialog')).click();
  await expect(pm.button('Kết thúc các phòng riêng')).toBeVisible();
  await expect.poll(() => page.locator('.strip-card').evaluateAll(overflowing)).toEqual([]);
  const [picture, producer] = [page.locator('.pictures-frame'), page.locator('.principal-producer')];
  const gap = async () =>
    ((await producer.boundingBox())?.y ?? 0) -
    ((await picture.boundingBox())?.y ?? 0) -
    ((await picture.boundingBox())?.height ?? 0);
  await expect.poll(gap, { message: 'between the picture and its choices' }).toBeGreaterThan(4);
  await pm.button('Kết thúc các phòng riêng').click();
  await pm.button('Kết thúc các phòng riêng', page.getByRole('dialog')).click();
  await expect(pm.button('Huỷ đếm ngược')).toBeInViewport({ ratio: 1 });
  // They count down for most of what is otherwise waited.
  await expect(pm.button(/^Chia phòng riêng/)).toBeVisible({ timeout: 60_000 });
  await commune.button('Bỏ giơ tay').click();
});

test('KP9 a leader at a laptop has every control whole, whoever is on stage and whatever runs, and the stage stands still', async ({
  browser,
}) => {
  const { page } = pm;
  const second = await Person.sit(browser);
  await second.enter(server.communes[1] ?? '');
  const boxes = () => page.locator('.pictures-frame').evaluate((frame) => frame.getBoundingClientRect().toJSON());
  const before = new Map<string, { top: number; height: number }>();
  const isWhole = async (what: string): Promise<void> => {
    for (const size of laptops)
      await at(page, size, async () => {
        const where = `${what}, ${size}`;
        const parts = '.topbar, .principal-producer, .principal-acts, .principal-strip';
        await expect.poll(() => troubled(page, parts), { message: where }).toEqual([]);
        const { top, height } = await boxes();
        const first = before.get(size) ?? { top, height };
        before.set(size, first);
        expect(Math.max(Math.abs(top - first.top), Math.abs(height - first.height)), where).toBeLessThanOrEqual(1);
        // What is higher than the window moves when something in it is come to.
        const excess = () => page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
        expect(await excess(), `${where}: higher than the window`).toBeLessThanOrEqual(0);
        const status = page.locator('.principal-acts > [role=status]');
        expect(await status.evaluate((said) => said.clientHeight), `${where}: lines of the status`).toBeLessThan(60);
      });
  };
  await isWhole('alone');
  await pm.button('Thẻ chờ').click();
  await expect(page.getByLabel('Chữ trên thẻ chờ')).toBeVisible();
  await isWhole('a card');
  await pm.button('Tự động').click();
  await pm.button('Bật tiếng').click();
  for (const person of [commune, second]) {
    await person.button('Giơ tay phát biểu').click();
    await pm.button('Mời', page.locator('.strip-card .hand')).click();
    await expect(person.button('Kết thúc phát biểu')).toBeVisible();
  }
  await expect(page.locator('.strip-card .hand').filter({ has: page.getByText('Kết thúc phát biểu') })).toHaveCount(2);
  await isWhole('three on stage');
  for (const unit of ['Tân Định', 'Đa Kao']) {
    await pm.button(new RegExp(`hẹn giờ cho UBND phường ${unit}$`, 'i')).click();
    await page.getByRole('menuitem', { name: '15 phút' }).click();
    await expect(pm.button(new RegExp(`còn lại, hẹn giờ cho UBND phường ${unit}$`))).toBeVisible();
  }
  await isWhole('three on stage, two with a timer');
  await pm.button('Chỉ một hình').click();
  await page.getByRole('menuitem', { name: 'UBND phường Tân Định' }).click();
  await expect(commune.page.locator('.stage').first()).toHaveAttribute('data-scene', 'solo');
  await pm.button('Tự động').click();
  await pm.conduct();
  await pm.button('Bắt đầu mục 1').click();
  await expect(page.locator('.running-item')).toBeVisible();
  await isWhole('an agenda');
  await pm.button(/^Chia phòng riêng/).click();
  await pm.button('Chia phòng riêng', page.getByRole('dialog')).click();
  await expect(pm.button('Kết thúc các phòng riêng')).toBeInViewport({ ratio: 1 });
  await isWhole('rooms');
  await pm.button('Kết thúc các phòng riêng').click();
  await pm.button('Kết thúc các phòng riêng', page.getByRole('dialog')).click();
  await expect(pm.button(/^Chia phòng riêng/)).toBeVisible({ timeout: 60_000 });
  await second.button('Kết thúc phát biểu').click();
  await page.locator('.unit-search [role=combobox]').fill('da kao quan 1 ho chi minh');
  await page
    .getByRole('option', { name: /^Phường Đa Kao/ })
    .first()
    .click();
  await pm.button(/^Gọi phường Đa Kao/).click();
  await expect(pm.button('Huỷ cuộc gọi')).toBeVisible();
  await isWhole('it rings');
  await second.button('Nhận cuộc gọi').click();
  await expect(pm.button('Kết thúc cuộc gọi')).toBeVisible();
  await isWhole('a call, three on stage');
  await pm.button('Hẹn giờ cho UBND phường Đa Kao').click();
  await page.getByRole('menuitem', { name: '10 phút' }).click();
  await expect(pm.button(/còn lại, hẹn giờ cho UBND phường Đa Kao$/)).toBeVisible();
  await isWhole('a call with a timer, three on stage');
  await pm.button('Kết thúc cuộc gọi').click();
  await second.leave();
  await commune.button('Kết thúc phát biểu').click();
  await page.getByRole('tab', { name: /^Đang kết nối/ }).click();
});

test('KP12 nothing lies over a button, as the pages stand and where the focus comes, at a laptop and on a phone', async () => {
  for (const [name, { page }] of Object.entries({ leader: pm, moderator, commune }))
    for (const size of ['wide', 'phone'] as const)
      await at(page, size, async () => {
        await expect.poll(() => covered(page, size === 'wide'), { message: `${name}, ${size}` }).toEqual([]);
      });
});

test('FG115 on a wall every name on a map is whole, few units fill it, and its head is one row at a laptop', async () => {
  const { page } = pm;
  // What is said below the number changes with the hour; its controls stand in one row, or in two beside these lines.
  const controls = () => page.locator('.figure-controls').evaluate(({ clientHeight }) => clientHeight);
  const lowest = () =>
    page.locator('.tile-map').evaluate((map) => {
      const { top, height } = map.getBoundingClientRect();
      const ends = [...map.querySelectorAll('.map-tile')].map((tile) => tile.getBoundingClientRect().bottom);
      return (Math.max(...ends) - top) / height;
    });
  await page.getByRole('tab', { name: 'Số liệu' }).click();
  await page.locator('.figure-card').first().click({ timeout: 60_000 });
  await expect(page.locator('.border-name').first()).toBeVisible();
  await at(page, 'wide', async () => {
    await expect.poll(controls).toBeLessThan(50);
    await page.getByRole('radio', { name: 'Thay đổi' }).click();
    await expect(page.locator('.figure-against')).toBeVisible();
    await expect.poll(controls, { message: 'against another period' }).toBeLessThan(100);
    await page.getByRole('radio', { name: 'Giá trị' }).click();
  });
  const map = page.locator('.tile-map');
  await at(page, 'wall', async () => {
    await expect.poll(() => page.locator('.map-name').evaluateAll(cut)).toEqual([]);
    await map.getByRole('button', { name: /^Thành phố Hồ Chí Minh/ }).click();
    await expect.poll(() => page.locator('.map-name').evaluateAll(cut)).toEqual([]);
    await expect.poll(lowest, { message: 'districts fill it' }).toBeGreaterThan(0.75);
    await map.getByRole('button', { name: /^Quận 1:/ }).click();
    await expect(map.getByRole('button', { name: /^Phường Tân Định/ })).toBeVisible();
    await expect.poll(lowest, { message: 'wards fill it' }).toBeGreaterThan(0.75);
  });
  await pm.button('Quay lại').click();
  await page.getByRole('tab', { name: 'Đang kết nối' }).click();
});

test('on a phone whoever is found is read below the field, and a call with its end stays in sight', async () => {
  const { page } = pm;
  const end = pm.button('Kết thúc cuộc gọi');
  await at(page, 'phone', async () => {
    await page.getByRole('combobox').fill('tan dinh');
    const found = page.getByRole('option').filter({ hasText: 'Đang kết nối' });
    await isSeen(found);
    await found.click();
    const call = pm.button(/^Gọi phường Tân Định/);
    await isSeen(call);
    await call.click();
    await isSeen(pm.button('Huỷ cuộc gọi'));
    await commune.button('Nhận cuộc gọi').click();
    await isSeen(end);
  });
  for (const size of ['zoomed', 'wide'] as const) await at(page, size, () => isSeen(end));
  await end.click();
  await expect(commune.button('Giơ tay phát biểu')).toBeVisible();
});

test('KP11 what is wrong is read where it is: no button lies over it', async () => {
  await at(moderator.page, 'wide', () => isSeen(moderator.button('Mở lượt điểm danh')));
  await moderator.button('Mở lượt điểm danh').click();
  const form = moderator.page.getByRole('dialog', { name: 'Mở một lượt điểm danh' });
  await form.getByLabel('Câu hỏi').fill(QUESTION);
  await moderator.button(/^Hỏi [\d.]+ đơn vị/, form).click();
  const sheet = commune.page.getByRole('dialog', { name: QUESTION });
  await expect(sheet).toBeVisible();
  await fits(commune.page, 'a roll-call');
  // What runs is in sight at once, and of one province that is asked its districts are.
  await at(moderator.page, 'wide', async () => {
    await isSeen(moderator.page.locator('.on-air .round-state'));
    await expect.poll(() => troubled(moderator.page, '.on-air .round-panel')).toEqual([]);
  });
  await expect(pm.page.locator('.territory .place-name').filter({ hasText: /^Quận 1$/ })).toBeVisible();
  for (const size of low)
    await at(commune.page, size, async () => {
      await expect(sheet.getByRole('radio', { name: 'Chủ tịch', exact: true })).toBeFocused();
      await commune.page.keyboard.press('Enter');
      const wrong = sheet.getByRole('alert').filter({ hasText: 'Hãy chọn ai trả lời' });
      await isSeen(wrong);
      await isSeen(sheet.getByRole('radio', { name: 'Chủ tịch', exact: true }));
    });
});

test('the wall, the desk and what is left when all is over fit as well, and a plan says what it lacks', async () => {
  await moderator.button('Mở bảng điểm danh').click();
  await expect(moderator.page.locator('.wall .place').first()).toBeVisible();
  await fits(moderator.page, 'the wall');
  for (const size of low) await at(moderator.page, size, () => keepsHeight(moderator.page, '.wall .small-stage'));
  await moderator.button('Chỉ đạo và hồ sơ').click();
  await expect(moderator.page.locator('.desk-bar')).toBeVisible();
  await fits(moderator.page, 'the desk');
  // Whoever turns a tablet reads on.
  const tool = moderator.page.locator('.desk-bar [aria-current=page]');
  await moderator.button('Tham dự', moderator.page.locator('.desk-bar')).click();
  for (const size of ['phone', 'wide', 'wall'] as const)
    await at(moderator.page, size, () => expect(tool, size).toHaveText('Tham dự'));
  await pm.button('Ngừng phát').click();
  await pm.button('Ngừng phát', pm.page.getByRole('dialog')).click();
  await pm.button('Đóng phiên họp').click();
  await pm.button('Đóng phiên họp', pm.page.getByRole('dialog')).click();
  await expect(pm.page.locator('.happened-seal')).toBeAttached({ timeout: 60_000 });
  await fits(pm.page, 'what happened');
  await expect(commune.page.getByText('Phiên họp đã kết thúc')).toBeVisible();
  await fits(commune.page, 'the end at a commune');
  const books = commune.page.locator('.folds > summary');
  await expect(books).toHaveCount(3);
  const edges = await books.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().left));
  expect(new Set(edges).size, String(edges)).toBe(1);
  await pm.button('Lên lịch phiên tiếp theo như phiên này').click();
  const plan = pm.page.getByRole('form', { name: 'Lên lịch phiên họp' });
  const title = plan.getByLabel('Tên phiên họp');
  await title.fill('');
  await fits(pm.page, 'a plan');
  for (const size of low)
    await at(pm.page, size, async () => {
      await plan.getByRole('button', { name: 'Lên lịch', exact: true }).click();
      await isSeen(plan.getByText('Nhập tên phiên họp.'));
      await title.focus();
      await isSeen(title);
    });
});

/** In another size; the page is as it was afterwards. */
async function at(page: Page, size: keyof typeof viewports, act: () => Promise<void>): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize(viewports[size]);
  await act();
  if (before) await page.setViewportSize(before);
}

/** In each size: nothing lies beyond the right edge unless it is scrolled within something, nor in the sign's margin. */
async function fits(page: Page, what: string): Promise<void> {
  for (const size of Object.keys(allSizes) as (keyof typeof allSizes)[])
    await at(page, size, async () => {
      await expect.poll(() => page.evaluate(beyond), { message: `${what}, ${size}` }).toEqual([]);
      await expect.poll(() => page.evaluate(underSign), { message: `${what}, ${size}: under the sign` }).toEqual([]);
    });
}

async function keepsHeight(page: Page, picture: string): Promise<void> {
  // Lengths are kept in parts of a pixel.
  const lacking = () =>
    page
      .locator(picture)
      .evaluate((element, least) => Math.round(least * innerHeight - element.getBoundingClientRect().height), LEAST);
  await expect.poll(lacking, { message: `pixels that ${picture} lacks` }).toBeLessThanOrEqual(0);
}

/** In sight, and what lies there is it itself, or belongs to it. */
async function isSeen(what: Locator): Promise<void> {
  await expect(what).toBeInViewport({ ratio: 0.9 });
  const covering = () =>
    what.evaluate((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      const found = document.elementFromPoint(left + width / 2, top + height / 2);
      const own = element.closest('label, .field') ?? element;
      return found && (own.contains(found) || found.contains(element))
        ? ''
        : (found?.outerHTML.slice(0, 200) ?? 'nothing');
    });
  await expect.poll(covering).toBe('');
}

/** What is shortened to fit. */
const cut = (elements: Element[]): string[] =>
  elements
    .filter((element) => element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight + 2)
    .map(({ textContent }) => textContent ?? '');

/** Cards that are wider within than they are. */
const overflowing = (cards: Element[]): string[] =>
  cards.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).map(({ textContent }) => textContent ?? '');
