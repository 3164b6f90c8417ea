import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { countryRows } from '../../server/src/demo/country.ts';
import { gridGeoJson, treeOf } from '../../server/test/support/figure/gridGeoJson.ts';
import { classesIn } from './support/classesIn.ts';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

test.describe.configure({ mode: 'serial' });

let server: Server;
let folder: string;
let pm: Person;
let chair: Person;
let moderator: Person;
let wall: Page;
test.beforeAll(async ({ browser }) => {
  server = await Server.start({ DEMO_FIGURES: 'on' });
  folder = await mkdtemp(join(tmpdir(), 'dh-borders-'));
  pm = await Person.sit(browser);
  chair = await Person.sit(browser, { phone: true });
  moderator = await Person.sit(browser);
  wall = await (await browser.newContext({ viewport: { width: 3840, height: 1080 } })).newPage();
});
test.afterAll(async () => {
  for (const person of [pm, chair, moderator]) await person?.leave();
  await wall?.context().close();
  await server?.stop();
  if (folder) await rm(folder, { recursive: true });
});

const ofTheSea = async (map: Locator): Promise<void> => {
  for (const name of [/^Quần đảo Hoàng Sa, Đà Nẵng/, /^Quần đảo Trường Sa, Khánh Hòa/])
    await expect(map.getByRole('button', { name })).toBeVisible();
};
const staged = (page: Page) => page.locator('.staged-map.by-borders');
const bothSeas = async (page: Page): Promise<void> => {
  for (const [sea, province] of [
    ['Hoàng Sa', 'Đà Nẵng'],
    ['Trường Sa', 'Khánh Hòa'],
  ] as const)
    await expect(staged(page).locator('.staged-place').filter({ hasText: sea })).toContainText(province);
};

/** Where nothing but the archipelagos has room for its name. */
async function onTheSmallestStage(page: Page, look: () => Promise<void>): Promise<void> {
  const size = page.viewportSize() ?? { width: 1366, height: 768 };
  // Held sideways a phone gives the stage most of its height.
  await page.setViewportSize({ width: 640, height: 230 });
  await expect.poll(() => staged(page).evaluate((map) => map.clientHeight)).toBeLessThan(130);
  await look();
  await page.setViewportSize(size);
}

/** Holds borders back from a page. @returns lets them come */
async function heldBack(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route('**/api/figures/borders*', async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
}

/** Of a map at a desk: each province, with how it is written there. */
const writtenOn = (map: Locator) =>
  map.locator('.border-name').evaluateAll((names) =>
    names.flatMap((name) => {
      const { width, height } = name.getBoundingClientRect();
      const text = [...name.children].filter((one) => one.checkVisibility()).map((one) => one.textContent);
      return name.classList.contains('hidden') || width === 0 || height === 0 ? [] : [text.join(' ').trim()];
    }),
  );

test('FG160 FG161 FG163 without an operator’s borders the country is drawn by those of the program, each province with its number or its rank, at a desk and on a telephone', async () => {
  const { page } = pm;
  await pm.enter(server.link('Prime Minister'));
  await pm.switchKeysOn();
  await page.getByRole('tab', { name: 'Số liệu' }).click();
  await page
    .locator('.figure-card')
    .filter({ hasText: /Tổng số ca mắc.*462/ })
    .click({ timeout: 120_000 });
  const map = page.locator('.border-map');
  await expect(map).toBeVisible();
  await ofTheSea(map);
  const value = await map
    .getByRole('button', { name: /^Thành phố Đà Nẵng/ })
    .locator('.map-value')
    .textContent();
  expect(value).toMatch(/\d/);
  await expect(map.getByRole('button', { name: /^Quần đảo Hoàng Sa/ }).locator('.map-value')).toHaveText(value ?? '');
  await expect(page.getByRole('region', { name: 'Màu trên bản đồ' })).toBeInViewport();
  for (const size of [
    { width: 1366, height: 768 },
    { width: 390, height: 844 },
    { width: 844, height: 390 },
  ]) {
    await page.setViewportSize(size);
    await expect.poll(async () => (await writtenOn(map)).filter((text) => text !== '').length).toBe(65);
    if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/desk-${size.width}.png` });
    await nothingSerious(page);
  }
  if (process.env.LOOK) await page.locator('.figure-map').evaluate((one) => one.scrollIntoView());
  await page.setViewportSize({ width: 1366, height: 768 });
  await expect(page.getByRole('region', { name: 'Xếp từ cao xuống thấp' }).getByRole('listitem')).toHaveCount(63);
  await page.getByRole('radio', { name: 'Ô', exact: true }).click();
  for (const width of [390, 1366]) {
    await page.setViewportSize({ width, height: 768 });
    const told = page.locator('.map-tile:not(.sea)').filter({ has: page.locator('.map-value, .map-rank') });
    await expect(told).toHaveCount(63);
    for (const one of await page.locator('.map-tile > .map-rank').all()) await expect(one).toHaveText(/^\d{1,2}$/);
  }
  await page.getByRole('radiogroup', { name: 'Bản đồ hoặc bảng' }).getByRole('radio', { name: 'Bản đồ' }).click();
  await map.getByRole('button', { name: /^Thành phố Hà Nội/ }).press('Enter');
  await expect(page.locator('.map-tile').filter({ hasText: 'Quận Ba Đình' })).toBeVisible();
  expect(pm.problems).toEqual([]);
});

test('FG35 FG124 a map is drawn by the borders that an operator has given, by keyboard too; a file without an archipelago is refused', async () => {
  const { page } = pm;
  const units = treeOf(await countryRows());
  const file = join(folder, 'country.geojson');
  const country = gridGeoJson(units, 4);
  await writeFile(
    file,
    JSON.stringify({ ...country, features: country.features.filter(({ properties }) => properties.code !== '498') }),
  );
  await expect(server.dh('figures', 'map', file)).rejects.toThrow('Hoàng Sa');
  await writeFile(file, JSON.stringify(country));
  expect(await server.dh('figures', 'map', file)).toContain('10056 units');

  await page.reload();
  await pm.button(/Vào phòng họp/).click();
  await pm.switchKeysOn();
  await page.getByRole('tab', { name: 'Số liệu' }).click();
  const come = await heldBack(page);
  await page.locator('.figure-card').first().click({ timeout: 60_000 });
  const map = page.locator('.border-map');
  const name = (words: string | RegExp) => map.getByRole('button', { name: words });
  await page.locator('.map-tile').filter({ hasText: 'Nghệ An' }).focus();
  come();
  await expect(name(/^Tỉnh Nghệ An/)).toBeFocused();
  await ofTheSea(map);
  await nothingSerious(page);
  await name(/^Thành phố Hà Nội/).focus();
  await page.keyboard.press('ArrowDown');
  await expect(map.locator(':focus')).toHaveAttribute('aria-label', /đơn vị$/);
  await name(/^Thành phố Hà Nội/).focus();
  await page.keyboard.press('Enter');
  await expect(name(/^Quận Ba Đình/)).toBeFocused();
  await nothingSerious(page);
  await page.getByRole('radio', { name: 'Ô', exact: true }).click();
  await expect(page.locator('.map-tile').first()).toBeVisible();
  await page.keyboard.press('t');
  await expect(page.getByRole('grid')).toBeVisible();
  await page.keyboard.press('t');
  await expect(page.locator('.map-tile').first()).toBeVisible();
  await page.getByRole('radiogroup', { name: 'Bản đồ hoặc bảng' }).getByRole('radio', { name: 'Bản đồ' }).click();
  await expect(map).toBeVisible();
  expect(pm.problems).toEqual([]);
});

test('FG121 FG35 FG164 FG165 FG166 what is on the stage is drawn by them on every page and on a wall, to whoever comes late too, and what is pointed at stands out', async () => {
  const { page } = pm;
  await pm.button('Quay lại').click();
  await pm.button('Bắt đầu phát').click();
  await expect(page.locator('.stage .tile')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('tab', { name: 'Số liệu' }).click();
  await page.locator('.figure-card').first().click();
  await pm.button('Chiếu số liệu').click();
  await chair.enter(server.communes[0] ?? '');
  await bothSeas(chair.page);
  const legend = ({ page }: Person) => page.locator('.staged-legend');
  await expect(legend(chair)).toBeInViewport();
  const classes = await classesIn(legend(chair));
  expect(new Set(classes.map(([, colour]) => colour)).size).toBeGreaterThan(2);
  await expect(chair.page.locator('.staged').getByRole('row')).toHaveCount(66);
  await onTheSmallestStage(chair.page, async () => {
    for (const sea of ['Hoàng Sa', 'Trường Sa'])
      await expect(staged(chair.page).locator('.staged-place').getByText(sea)).toBeVisible();
    // Lines would lead to numbers that are not shown there.
    await expect(staged(chair.page).locator('.map-leaders')).toBeHidden();
  });
  await page
    .locator('.border-map')
    .getByRole('button', { name: /^Tỉnh Nghệ An/ })
    .press('Enter');
  await expect(staged(chair.page).locator('[data-marked="true"]')).toContainText('Nghệ An');
  await nothingSerious(chair.page);
  await wall.goto(`${server.url}/wall`);
  const code = ((await wall.locator('.screen-code').textContent()) ?? '').replace(/\D/g, '');
  const office = await pm.office();
  await office.button('Màn hình', office.page.locator('.desk-bar')).click();
  await office.page.getByLabel('Mã 8 số trên màn hình').fill(code);
  await office.page.getByLabel('Tên màn hình').fill('Tường số liệu');
  await office.button('Ghép màn hình').click();
  await bothSeas(wall);
  const ends = wall.locator('.staged-ends .staged-extremes');
  await expect(ends).toHaveCount(2);
  for (const end of await ends.all()) {
    await expect(end.locator('li')).toHaveCount(10);
    await expect(end.locator('li').last()).toBeInViewport({ ratio: 1 });
  }
  await expect(ends.first().locator('li').first()).toContainText('1. ');
  await expect.poll(() => classesIn(wall.locator('.staged-legend'))).toEqual(classes);
  if (process.env.LOOK) await wall.screenshot({ path: `${process.env.LOOK}/wall.png` });
  if (process.env.LOOK) await chair.page.screenshot({ path: `${process.env.LOOK}/stage-390.png` });
  await nothingSerious(wall);
  await pm.button('Quay lại phòng họp').click();
  for (const person of [pm, chair]) expect(person.problems).toEqual([]);
});

test('FG35 FG68 FG125 the map of a directive to one city is drawn by them in the whole country, with both archipelagos, and the page is sent no borders that it has', async () => {
  const { page } = pm;
  await page.keyboard.press('d');
  const desk = page.getByRole('region', { name: 'Hồ sơ phiên họp' });
  await desk.getByLabel('Tên chỉ đạo').fill('Mở giường');
  await desk.getByLabel('Nội dung').fill('Trực đủ 24 giờ.');
  await desk.getByText('Chọn địa bàn').click();
  await desk.getByRole('combobox', { name: 'Thêm địa bàn' }).fill('ho chi minh');
  await page.getByRole('option', { name: /^Thành phố Hồ Chí Minh/ }).click();
  await pm.button('Xem lại và giao').click();
  await pm.button('Giao tới 273 đơn vị').click();
  await expect(desk.getByRole('article', { name: 'Mở giường' })).toBeVisible({ timeout: 60_000 });
  const asked = page.waitForResponse(/api\/figures\/borders/);
  await desk.getByRole('radio', { name: 'Bản đồ' }).check({ force: true });
  expect(await (await asked).json()).toEqual({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const map = desk.locator('.border-map');
  await ofTheSea(map);
  await nothingSerious(page);
  await map.getByRole('button', { name: /^Thành phố Hồ Chí Minh/ }).press('Enter');
  await expect(map.getByRole('button', { name: /^Quận 1/ }).first()).toBeVisible();
  expect(pm.problems).toEqual([]);
});

test('FG32 FG35 FG124 so is the map of a number that is asked, and takes nobody there when borders come', async () => {
  const { page } = moderator;
  await moderator.open(server.link('moderator'));
  await moderator.button('Mở lượt điểm danh').click();
  const form = page.getByRole('dialog', { name: 'Mở một lượt điểm danh' });
  await form.getByLabel('Hỏi một con số').check();
  await form.getByLabel('Hỏi số gì?').fill('Giường trống');
  await form.getByLabel('Tính bằng gì?').fill('giường');
  await form.getByLabel('Nhiều nhất').fill('5.000');
  await moderator.button(/^Hỏi [\d.]+ đơn vị/, form).click();
  const come = await heldBack(page);
  await moderator.button('Bản đồ con số').click();
  const map = page.locator('.border-map');
  await page.locator('.map-tile').first().press('ArrowRight');
  await moderator.button('Quay lại').focus();
  come();
  await expect(map.getByRole('button', { name: /^Quận 1/ }).first()).toBeVisible();
  await expect(moderator.button('Quay lại')).toBeFocused();
  await nothingSerious(page);
  expect(moderator.problems).toEqual([]);
});
