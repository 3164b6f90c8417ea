import { expect, type Page, test } from '@playwright/test';
import { classesIn } from './support/classesIn.ts';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { keepPresses, lastPress } from './support/pressSent.ts';
import { Server } from './support/Server.ts';
import { keepToldAndShown, toldAndShown } from './support/toldAndShown.ts';

test.describe.configure({ mode: 'serial' });

/** What is pointed at, as the order channel says it and as it is written on the stage. */
const LONG_AN = { told: '"mark":{"kind":"unit","unit":"80"}', shown: 'Đang chỉ: Long An' };

let server: Server;
let pm: Person;
let office: Person;
let chair: Person;
let late: Person;
let wall: Page;

test.beforeAll(async ({ browser }) => {
  server = await Server.start({ DEMO_FIGURES: 'on' });
  [pm, chair, late] = [
    ...[await Person.sit(browser), await Person.sit(browser), await Person.sit(browser, { phone: true })],
  ] as [Person, Person, Person];
  await late.page.addInitScript(() => {
    const lines: RTCPeerConnection[] = [];
    Object.assign(globalThis, { lines });
    globalThis.RTCPeerConnection = new Proxy(RTCPeerConnection, {
      construct: (line, given) => {
        const made = Reflect.construct(line, given);
        lines.push(made);
        return made;
      },
    });
  });
  for (const { page } of [chair, late]) await keepToldAndShown(page, LONG_AN);
  await keepPresses(pm.page);
  wall = await (await browser.newContext({ viewport: { width: 1920, height: 540 } })).newPage();
});
test.afterAll(async () => {
  for (const person of [pm, chair, late]) await person?.leave();
  await wall?.context().close();
  await server?.stop();
});

/** FG160: on a map of tiles, and by the borders of the program when these have come. */
const PLACE = ':is(.staged-tile, .staged-place)';
const staged = (person: Person) => person.page.locator('.stage .staged');
const tile = (person: Person, name: string) => staged(person).locator(PLACE).filter({ hasText: name });

test('FG25 FG33 FG35 FG164 FG165 what is looked at comes on the stage, drawn by every page, and is said in one sentence', async () => {
  await chair.enter(server.communes[0] ?? '');
  await pm.enter(server.link('Prime'));
  await pm.button('Bắt đầu phát').click();
  await expect(pm.page.locator('.stage .tile')).toBeVisible({ timeout: 30_000 });
  await pm.page.getByRole('tab', { name: 'Số liệu' }).click();
  const name = pm.page.locator('.figure-name', { hasText: /^Ca mắc mới$/ });
  const card = pm.page.locator('.figure-card').filter({ has: name });
  // Every commune has reported once the days of the demo are there.
  const coverage = /(?<!\d)10\.056\/10\.056 đơn vị/;
  await expect(card).toContainText(coverage, { timeout: 60_000 });
  await card.click();
  await pm.button('Chiếu số liệu').click();
  await expect(pm.page.getByText('Mọi người đang xem số liệu này')).toBeVisible();
  await expect(staged(chair)).toBeVisible();
  await expect(staged(chair)).toContainText('SỐ LIỆU MÔ PHỎNG');
  await expect(staged(chair).locator('.staged-side > .staged-of').first()).toContainText(coverage);
  const classes = await classesIn(staged(chair).locator('.staged-legend'));
  expect(new Set(classes.map(([, colour]) => colour)).size).toBeGreaterThan(2);
  await expect.poll(() => classesIn(pm.page.locator('.figure-shades'))).toEqual(classes);
  for (const [sea, province] of [
    ['Hoàng Sa', 'Đà Nẵng'],
    ['Trường Sa', 'Khánh Hòa'],
  ] as const) {
    await expect(tile(chair, sea).getByText(sea)).toBeVisible();
    await expect(tile(chair, sea)).toContainText(province);
  }
  await expect(chair.page.locator('[aria-live="polite"]').first()).toContainText('Đang chiếu số liệu');
  await expect(staged(chair).getByRole('row')).toHaveCount(66);
  await expect(chair.page.locator('.stage .tile video')).toBeVisible();
  await nothingSerious(chair.page);
});

test('FG75 FG126 another figure stands beside it for all, as whoever shows it has chosen; what was announced is of no units', async () => {
  await pm.page.locator('.stage-beside summary').click();
  await pm.page.locator('.stage-beside').getByLabel('Ca mắc mới theo bản tin').check();
  const card = staged(chair).locator('.staged-card');
  await expect(card).toContainText('số công bố');
  await expect(card).not.toContainText('đơn vị');
  await nothingSerious(chair.page);
});

test('FG10 FG35 FG115 on the smallest stage the archipelagos are there by name, and the number has its coverage and its time', async () => {
  const size = chair.page.viewportSize() ?? { width: 1366, height: 768 };
  // Held sideways a phone gives the stage most of its height.
  await chair.page.setViewportSize({ width: 640, height: 230 });
  const height = () =>
    staged(chair)
      .locator('.staged-map')
      .evaluate((map) => map.clientHeight);
  await expect.poll(height).toBeLessThan(130);
  for (const sea of ['Hoàng Sa', 'Trường Sa']) await expect(tile(chair, sea).getByText(sea)).toBeVisible();
  // What has no room stands in a column that is not seen.
  const isSeen = (told: Element): boolean => {
    const [own, side] = [told, told.closest('.staged-side')].map((one) => one?.getBoundingClientRect());
    return own !== undefined && side !== undefined && own.right <= side.right + 1 && own.bottom <= side.bottom + 1;
  };
  const counted = staged(chair).locator('.staged-side > .staged-of').first();
  await expect.poll(() => counted.evaluate(isSeen)).toBe(true);
  await chair.page.setViewportSize(size);
});

test('FG25 FG27 FG75 FG115 a late joiner sees the same, and what the presenter points at is marked for all', async () => {
  await late.enter(server.communes[1] ?? '');
  await expect(staged(late)).toContainText('SỐ LIỆU MÔ PHỎNG');
  await expect(staged(late).locator('.staged-card')).toHaveCount(1);
  // FG115: on a telephone too what is written on a tile stays within it.
  await expect.poll(() => staged(late).locator('.staged-tile').evaluateAll(overflowing)).toEqual([]);
  await pm.page
    .locator('.tile-map')
    .getByRole('button', { name: /Bình Dương/ })
    .click();
  for (const person of [chair, late]) {
    await expect(staged(person).locator(`[data-marked="true"]${PLACE}`)).toHaveCount(1);
    await expect(staged(person)).toContainText('Đang chỉ: Bình Dương');
  }
});

test('FG170 a press on the map leaves the page at once', async () => {
  await expect.poll(async () => (await lastPress(pm.page)).order).toEqual(['sent', 'rest']);
});

test('FG106 where the picture waits, what is pointed at waits with it', async () => {
  // As a browser does on a line that comes in bursts.
  const waited = () =>
    late.page.evaluate(async () => {
      const { lines } = globalThis as unknown as { lines: RTCPeerConnection[] };
      const receivers = lines.flatMap((line) => line.getReceivers()).filter(({ track }) => track.kind === 'video');
      let [seconds, frames] = [0, 0];
      for (const receiver of receivers) {
        receiver.jitterBufferTarget = 4_000;
        for (const stats of (await receiver.getStats()).values()) {
          seconds += stats.jitterBufferDelay ?? 0;
          frames += stats.jitterBufferEmittedCount ?? 0;
        }
      }
      return { seconds, frames };
    });
  let before = await waited();
  let looks = 0;
  // Until pictures come late in each look of the page: at first they stand still, which is no waiting.
  await expect
    .poll(
      async () => {
        const now = await waited();
        const [seconds, frames] = [now.seconds - before.seconds, now.frames - before.frames];
        before = now;
        looks = frames > 1 && seconds / frames > 2.5 ? looks + 1 : 0;
        return looks;
      },
      { timeout: 60_000, intervals: [1_000] },
    )
    .toBeGreaterThan(2);
  // Out of the province that was pointed at before.
  await pm.page.locator('.tile-map button').first().press('Escape');
  await pm.page
    .locator('.tile-map')
    .getByRole('button', { name: /Long An/ })
    .click();
  const kept = async ({ page }: Person) => {
    await expect.poll(() => toldAndShown(page)).toBeDefined();
    return (await toldAndShown(page)) as NonNullable<Awaited<ReturnType<typeof toldAndShown>>>;
  };
  const [soon, waiting] = [await kept(chair), await kept(late)];
  const { at } = await lastPress(pm.page);
  console.log(
    `  from the press of whoever points to the mark on the stage of a unit: ${Math.round(soon.shown.at - at)} ms, told after ${Math.round(soon.told.at - at)}`,
  );
  expect(soon.shown.at, 'where pictures hardly wait it is shown first').toBeLessThan(waiting.shown.at);
  // Drawn at once, it would come between two of them.
  const between = waiting.shown.frames - waiting.told.frames;
  expect(between, 'pictures that were waiting when it was told are shown before it').toBeGreaterThan(1);
});

test('FG34 FG35 FG76 a wall shows them beside the stage, with the time, as its desk lays them out, and says when it is cut off', async () => {
  await wall.clock.install();
  let isCut = false;
  await wall.routeWebSocket(/\/socket\.io\//, (line) => {
    line.connectToServer().onMessage((message) => {
      if (!isCut) line.send(message);
    });
  });
  await wall.goto(`${server.url}/wall`);
  const code = ((await wall.locator('.screen-code').textContent()) ?? '').replace(/\D/g, '');
  await nothingSerious(wall);
  office = await pm.office();
  await office.button('Màn hình', office.page.locator('.desk-bar')).click();
  await office.page.getByLabel('Mã 8 số trên màn hình').fill(code);
  await office.page.getByLabel('Tên màn hình').fill('Tường số liệu');
  await office.button('Ghép màn hình').click();
  await expect(wall.locator(`.figure-wall ${PLACE}`).first()).toBeVisible();
  await expect(wall.locator(PLACE).filter({ hasText: 'Hoàng Sa' })).toContainText('Đà Nẵng');
  await expect(wall.locator('.figure-wall')).toContainText('SỐ LIỆU MÔ PHỎNG');
  await expect(wall.locator('.figure-wall')).toContainText('Đang chỉ: Long An');
  const [sign, title] = [await wall.locator('.demo-sign').boundingBox(), await wall.locator('h1').boundingBox()];
  expect((sign?.x ?? 0) + (sign?.width ?? 0), 'where the sign of a demo ends').toBeLessThan(title?.x ?? 0);
  await expect(wall.locator('.wall-clock time')).toHaveText(/^\d\d:\d\d:\d\d$/);
  await expect(wall.locator('.figure-wall .stage .tile')).toBeVisible();
  await expect(wall.locator('.staged-card')).toContainText('số công bố');
  await nothingSerious(wall);
  await nothingSerious(office.page);
  await office.page.getByLabel('Bố cục số liệu của Tường số liệu').selectOption('map');
  await expect(wall.locator('.wall-columns')).toHaveAttribute('data-layout', 'map');
  isCut = true;
  await wall.clock.fastForward(16_000);
  await expect(wall.locator('.wall-silent')).toContainText(/Không cập nhật từ \d\d:\d\d/);
  await expect(wall.locator('.wall-columns')).toHaveCSS('opacity', '0.45');
  isCut = false;
  await expect(wall.locator('.wall-silent')).toBeHidden();
  await pm.button('Quay lại phòng họp').click();
});

test('FG28 what leaves the stage is shown nowhere, and nothing broke on any page', async () => {
  await pm.button('Ngừng chiếu').click();
  for (const person of [chair, late]) await expect(staged(person)).toBeHidden();
  await expect(wall.locator(`.figure-wall ${PLACE}`)).toHaveCount(0);
  await chair.seesMoving(/./);
  for (const person of [pm, chair, late]) expect(person.problems).toEqual([]);
});

/** Tiles of which something that is written lies above or below. */
const overflowing = (tiles: Element[]): string[] =>
  tiles
    .filter((tile) => {
      const { top, bottom } = tile.getBoundingClientRect();
      const lines = [...tile.children].map((line) => line.getBoundingClientRect()).filter(({ height }) => height > 0);
      return lines.some((line) => line.top < top - 1 || line.bottom > bottom + 1);
    })
    .map(({ textContent }) => textContent ?? '');
