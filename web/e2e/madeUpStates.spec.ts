import { expect, type Page, test } from '@playwright/test';
import { devPagesOfFile } from './support/DevPages.ts';

/** Of a picture that is one of several, a plate's largest part, with what whole pixels cost. */
const SIXTH = 1 / 6 + 0.004;

const pages = devPagesOfFile();

const gallery = ['three', 'gallery-9', 'gallery-16'] as const;
const places = [
  {
    page: 'stage',
    sizes: [
      [390, 844],
      [1366, 768],
      [1920, 1080],
    ],
  },
  {
    page: 'screen',
    sizes: [
      [1920, 1080],
      [3840, 1080],
    ],
  },
  {
    page: 'wall',
    sizes: [
      [1920, 1080],
      [3840, 1080],
    ],
  },
] as const;

for (const { page: name, sizes } of places)
  test(`PN25 plates on ${name} take a sixth of a picture at most, and keep still while people speak`, async ({
    browser,
  }) => {
    for (const state of gallery) {
      const [speaks, rests] = [await platesOf('one'), await platesOf('none')];
      expect(rests, `${state}: nobody speaks, and one does`).toEqual(speaks);

      async function platesOf(voice: string) {
        const page = await pages.open(browser, `page=${name}&state=${state}&voice=${voice}`, sizes[0]);
        await expect.poll(() => page.locator('.tile .name-plate').count()).toBeGreaterThan(2);
        await page.evaluate(() => document.fonts.ready);
        const found = [];
        for (const size of sizes) {
          await page.setViewportSize({ width: size[0], height: size[1] });
          await expect.poll(() => page.evaluate(isLaidOut)).toBe(true);
          const plates = await page.locator('.tile').evaluateAll(measured);
          for (const [i, { part, letters }] of plates.entries()) {
            expect(part, `${state} ${size.join('x')}, plate ${i}`).toBeLessThanOrEqual(SIXTH);
            expect(letters, `${state} ${size.join('x')}, letters ${i}`).toBeGreaterThanOrEqual(11);
          }
          found.push(plates.map(({ place }) => place));
        }
        await page.close();
        return found;
      }
    }
  });

/** The stage has told its pictures where they stand in a window of this size. */
function isLaidOut(): boolean {
  const stage = document.querySelector<HTMLElement>('.stage');
  return stage?.style.getPropertyValue('--stage-width') === `${stage?.clientWidth}px`;
}

const measured = (tiles: Element[]) =>
  tiles.map((tile) => {
    const plate = tile.querySelector('.name-plate') as Element;
    const [box, all] = [plate.getBoundingClientRect(), tile.getBoundingClientRect()];
    const [left, top, width, height] = [box.left, box.top, box.width, box.height].map(Math.round);
    const letters = Number.parseFloat(getComputedStyle(plate.querySelector('strong') as Element).fontSize);
    return { part: (box.width * box.height) / (all.width * all.height), place: { left, top, width, height }, letters };
  });

test('PN26 on a phone that lies the picture has most of the screen, and a raised hand is read whole', async ({
  browser,
}) => {
  for (const lang of ['vi', 'en']) {
    const page = await pages.open(browser, `page=commune&state=hand&lang=${lang}`, [844, 390]);
    const part = () =>
      page
        .locator('.tile')
        .first()
        .evaluate((tile) => {
          const { width, height } = tile.getBoundingClientRect();
          return (width * height) / (innerWidth * innerHeight);
        });
    await expect.poll(part).toBeGreaterThan(0.5);
    await expect(page.locator('.own-words')).toBeInViewport({ ratio: 1 });
    await expect(page.locator('.live-sign')).toBeInViewport({ ratio: 1 });
    await expect(page.locator('.toolbar-main .button')).toBeInViewport({ ratio: 1 });
    await page.close();
  }
});

test('PN43 on a phone, however it is held, pages say the title of the briefing', async ({ browser }) => {
  for (const size of [
    [390, 844],
    [844, 390],
  ] as const)
    for (const name of ['commune', 'moderator', 'principal']) {
      const page = await pages.open(browser, `page=${name}&state=live&n=3`, size);
      const title = page.locator('.topbar .who > span');
      await expect(title, `${name} ${size.join('x')}`).toBeInViewport({ ratio: 1 });
      await expect(title).toHaveText(/^Hội nghị Thủ tướng/);
      await page.close();
    }
});

test('SL24 an upright page takes most of the width of a wall', async ({ browser }) => {
  for (const name of ['screen', 'wall'])
    for (const size of [
      [1920, 1080],
      [3840, 1080],
    ] as const) {
      const page = await pages.open(browser, `page=${name}&state=content-upright`, size);
      await expect(page.locator('.slide-page canvas[data-old=false]').first()).toBeVisible();
      const part = () =>
        page.locator('.stage-content').evaluate((content) => {
          // Each column has a canvas of its own, as wide as the column.
          const columns = [...content.querySelectorAll('.slide-page canvas')];
          const width = columns.reduce((sum, one) => sum + one.getBoundingClientRect().width, 0);
          return width / content.getBoundingClientRect().width;
        });
      await expect.poll(part, { message: `${name} ${size.join('x')}` }).toBeGreaterThan(0.6);
      await page.close();
    }
});

test('FG210 on a wall the legend is whole, and no number on the map is cut', async ({ browser }) => {
  for (const size of [
    [1920, 1080],
    [3840, 1080],
  ] as const)
    for (const state of ['staged', 'staged-coming', 'staged-layout-map', 'staged-layout-map-beside', 'staged-beside']) {
      const page = await pages.open(browser, `page=wall&state=${state}`, size);
      await expect(page.locator('.staged-tile .staged-value, .staged-borders').first()).toBeAttached();
      await expect.poll(() => page.evaluate(cutWords), { message: `${state} ${size.join('x')}` }).toEqual([]);
      await page.close();
    }
});

/** What of the legend and of the archipelagos ends outside of what holds it. */
function cutWords(): string[] {
  const cut: string[] = [];
  const look = (holder: Element | null, words: Element) => {
    const range = document.createRange();
    range.selectNodeContents(words);
    const [text, box] = [range.getBoundingClientRect(), holder?.getBoundingClientRect()];
    if (!box || text.width === 0) return;
    const isIn = text.left >= box.left - 1 && text.right <= box.right + 1 && text.bottom <= box.bottom + 1;
    if (!isIn) cut.push(words.textContent ?? '');
  };
  for (const line of document.querySelectorAll('.staged-column .staged-legend li'))
    look(line.closest('.staged-column'), line);
  for (const tile of document.querySelectorAll('.staged-tile.sea')) for (const line of tile.children) look(tile, line);
  return cut;
}

test('FG138 a wall without figures is not mostly black, on one screen and on two side by side', async ({ browser }) => {
  for (const size of [
    [1920, 1080],
    [3840, 1080],
  ] as const)
    for (const state of ['solo', 'inset', 'pair', 'three', 'gallery-9']) {
      const page = await pages.open(browser, `page=wall&state=${state}`, size);
      const filled = () =>
        page.evaluate(() => {
          const areas = [...document.querySelectorAll('.wall-columns .tile, .wall-columns .wall-beside')].map((one) => {
            const { width, height } = one.getBoundingClientRect();
            return one.checkVisibility() ? width * height : 0;
          });
          return areas.reduce((sum, area) => sum + area, 0) / (innerWidth * innerHeight);
        });
      await expect.poll(filled, { message: `${state} ${size.join('x')}` }).toBeGreaterThan(0.4);
      await page.close();
    }
});

test('SN17 a screen that is asked to carries a frame: emblem, title, live sign and clock, over no picture', async ({
  browser,
}) => {
  for (const size of [
    [1920, 1080],
    [3840, 1080],
    [1080, 1920],
  ] as const) {
    const plain = await pages.open(browser, 'page=screen&state=gallery-4', size);
    await expect(plain.locator('.programme-frame')).toHaveCount(0);
    await plain.close();
    const page = await pages.open(browser, 'page=screen&state=gallery-4&frame', size);
    const frame = page.locator('.programme-frame');
    await expect(frame.locator('img')).toBeVisible();
    await expect(frame).toContainText('Hội nghị Thủ tướng');
    await expect(frame).toContainText('Trực tiếp');
    await expect(frame.getByRole('timer')).toBeVisible();
    const [bar, stage] = [await frame.boundingBox(), await page.locator('.stage').boundingBox()];
    expect((bar?.y ?? 0) + (bar?.height ?? 0)).toBeLessThanOrEqual((stage?.y ?? 0) + 1);
    expect(bar?.height ?? 0).toBeLessThan(size[1] * 0.12);
    await page.close();
  }
});

test('FL33 a leader whose line dropped reads that it is made anew, not that somebody waits for them', async ({
  browser,
}) => {
  const page = await pages.open(browser, 'page=principal&state=holding', [1366, 768]);
  await expect(page.locator('.stage')).toContainText('Đang nối lại đường truyền');
  await expect(page.getByText('Mất tín hiệu từ Thủ tướng')).toHaveCount(0);
  // What they say of what others see is what those read, and no card.
  await expect(page.locator('.stage')).toContainText('Các trang khác đang báo mất tín hiệu từ máy này.');
  await expect(page.locator('.stage')).not.toContainText('thẻ chờ');
  const other = await pages.open(browser, 'page=commune&state=holding', [1366, 768]);
  await expect(other.locator('.stage')).toContainText('Mất tín hiệu từ Thủ tướng');
  // FL23: it is the speaker who is lost, and no server that is waited for.
  await expect(other.locator('[data-line=stopped]')).toContainText('Chưa có hình mới.');
  await expect(other.locator('body')).not.toContainText('máy chủ');
  for (const one of [page, other]) await one.close();
});

test('FL34 “there is no camera” is said only where there is none; else what lacks and how to grant it', async ({
  browser,
}) => {
  const open = async (query: string) => {
    const page = await browser.newPage();
    await page.goto(pages.urlOf(query));
    return page;
  };
  const denied = await open('page=check&state=denied');
  await expect(denied.locator('.check-camera')).toContainText('Camera chưa được phép');
  await expect(denied.locator('.check-camera')).toContainText(
    'Trình duyệt chưa cho dùng camera và micro. Bấm biểu tượng ngay trước địa chỉ trang',
  );
  await expect(denied.getByText('Micro chưa được phép')).toBeVisible();
  await expect(denied.getByText('Tốt: xem và nghe rõ.')).toBeVisible();
  await expect(denied.getByText(/[Kk]hông có (camera|micro)|phát biểu rõ/)).toHaveCount(0);
  const missing = await open('page=check&state=missing');
  await expect(missing.locator('.check-camera')).toContainText('Không có camera');
  await expect(missing.getByText('Không có micro.')).toBeVisible();
  const silent = await open('page=check&state=silent');
  await expect(silent.locator('.check-camera')).toContainText('Trình duyệt chưa cho dùng micro.');
  await expect(silent.getByText('Micro chưa được phép')).toBeVisible();
  await expect(silent.getByText('Tốt: xem và nghe rõ.')).toBeVisible();
  const good = await open('page=check&state=good');
  await expect(good.getByText('Tốt: xem rõ và phát biểu rõ.')).toBeVisible();
  for (const [state, says] of [
    ['voice', 'Không có camera: chỉ có tiếng'],
    ['voice-denied', 'Camera chưa được phép: chỉ có tiếng'],
  ] as const) {
    const stage = await open(`page=stage&state=${state}`);
    await expect(stage.locator('.tile-note').filter({ hasText: says })).toBeVisible();
    await stage.close();
  }
  for (const page of [denied, missing, silent, good]) await page.close();
});

test('FL35 in the green room the name plate is read before “Đúng tên” is asked', async ({ browser }) => {
  const page = await pages.open(browser, 'page=moderator&state=live', [1366, 768]);
  const seat = page.locator('.green-seat').first();
  const [plate, check] = [seat.locator('.green-name'), seat.getByRole('checkbox', { name: 'Đúng tên' })];
  await expect(plate).toContainText('Bảng tên dưới hình:');
  await expect(plate).toContainText('Trần Văn Hùng, Chủ tịch');
  await expect(plate).toContainText('UBND Xã Xuân Bắc');
  expect((await plate.boundingBox())?.y).toBeLessThan((await check.boundingBox())?.y ?? 0);
  await page.close();
});

test('BR20 who waits sees the emblem, the clock, themselves, their level, the agenda and what will be asked', async ({
  browser,
}) => {
  for (const [width, height] of [
    [1366, 768],
    [390, 844],
  ] as const) {
    const page = await browser.newPage({ viewport: { width, height } });
    await page.goto(pages.urlOf('page=waiting&state=good'));
    const main = page.getByRole('main');
    await expect(main.locator('img')).toBeVisible();
    await expect(main.locator('.waiting-clock')).toContainText(/\d\d:\d\d/);
    await expect
      .poll(() => main.locator('.waiting-view video').evaluate((video: HTMLVideoElement) => video.videoWidth))
      .toBeGreaterThan(0);
    await expect(main.getByRole('heading', { name: 'Chương trình' })).toBeVisible();
    await expect(main).toContainText('Đơn vị có thể được hỏi gì');
    await expect(main).toContainText('Chỉ đạo.');
    expect(await page.evaluate(() => document.scrollingElement?.scrollWidth)).toBe(width);
    await page.close();
  }
});

test('PN27 a viewer pins one picture, enlarges it and puts it into a window of its own, for themselves alone', async ({
  browser,
}) => {
  for (const size of [
    [1366, 768],
    [390, 844],
  ] as const) {
    const page = await pages.open(browser, 'page=commune&state=call', size);
    await expect(page.locator('.tile')).toHaveCount(2);
    await page.getByRole('button', { name: 'Cách xem trên máy này' }).click();
    await page.getByLabel('Xem lớn').selectOption({ index: 1 });
    await expect(page.locator('.stage')).toHaveAttribute('data-scene', 'solo');
    await expect(page.locator('.tile')).toHaveCount(1);
    const width = () => page.locator('.tile').evaluate((tile) => tile.clientWidth);
    const before = await width();
    await page.getByRole('button', { name: 'Phóng to' }).click();
    await expect.poll(width).toBeGreaterThan(before * 1.4);
    const stage = page.locator('.stage').first();
    expect(await stage.evaluate((one) => one.scrollWidth > one.clientWidth)).toBe(true);
    await expect(page.getByRole('button', { name: 'Thu nhỏ' })).toBeInViewport({ ratio: 1 });
    if (await page.evaluate(() => document.pictureInPictureEnabled)) {
      await page.getByRole('button', { name: 'Hình trong cửa sổ nổi' }).click();
      await expect.poll(() => page.evaluate(() => document.pictureInPictureElement?.tagName)).toBe('VIDEO');
    }
    await page.getByRole('button', { name: 'Cách xem trên máy này' }).click();
    await expect(page.locator('.tile')).toHaveCount(2);
    await page.close();
  }
});

test('PN30 the button of a viewer’s tools keeps its corner when somebody comes on stage, and lies over no small picture', async ({
  browser,
}) => {
  const box = async (page: Page, selector: string) => {
    const found = page.locator(selector).first();
    await expect(found).toBeVisible();
    return (await found.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  };
  for (const size of [
    [1366, 768],
    [390, 844],
    [844, 390],
  ] as const) {
    const places = [];
    for (const state of ['live', 'call']) {
      const page = await pages.open(browser, `page=commune&state=${state}`, size);
      await expect(page.locator('.tile')).toHaveCount(state === 'live' ? 1 : 2);
      const { x, y } = await box(page, '.viewer-tools .button');
      places.push([Math.round(x), Math.round(y)]);
      await page.close();
    }
    expect(places[1], size.join('x')).toEqual(places[0]);
    const page = await pages.open(browser, 'page=commune&state=room', size);
    const [small, button] = [await box(page, '.above-picture'), await box(page, '.viewer-tools .button')];
    const apart =
      button.x + button.width <= small.x ||
      button.x >= small.x + small.width ||
      button.y >= small.y + small.height ||
      button.y + button.height <= small.y;
    expect(apart, `${size.join('x')}: beside the small picture`).toBe(true);
    await page.close();
  }
});

test('FL40 of an official whose room opened silent it is said that the camera is off, not that a picture is loading', async ({
  browser,
}) => {
  for (const who of ['commune', 'moderator']) {
    const page = await pages.open(browser, `page=${who}&state=room-silent`, [1366, 768]);
    await expect(page.locator('.stage').first()).toContainText('Camera đang tắt');
    await expect(page.locator('.stage').first()).not.toContainText('Đang lấy hình');
    await page.close();
  }
});

test('FL37 at the door the loudspeaker is chosen, and blur is offered only where the browser has it', async ({
  browser,
}) => {
  const plain = await browser.newPage();
  await plain.goto(pages.urlOf('page=check&state=good'));
  // Which loudspeaker is asked where one is listened to: before that nothing of it is loaded.
  await plain.getByRole('button', { name: 'Nghe thử' }).click();
  await expect(plain.getByLabel('Phát tiếng ra').locator('option').nth(1)).toBeAttached();
  await plain.getByLabel('Phát tiếng ra').selectOption({ index: 1 });
  const kept = () => plain.evaluate(() => JSON.parse(localStorage.getItem('dh.loudspeaker') ?? '{}').device as string);
  await expect.poll(kept).toBe(await plain.getByLabel('Phát tiếng ra').inputValue());
  await expect(plain.getByLabel('Làm mờ phía sau người ngồi')).toHaveCount(0);
  await plain.close();
  const able = await browser.newPage();
  await able.addInitScript(() => {
    // What a browser says whose system blurs by itself; no headless one does.
    MediaStreamTrack.prototype.getCapabilities = () => ({ backgroundBlur: [false, true] }) as MediaTrackCapabilities;
  });
  await able.goto(pages.urlOf('page=check&state=good'));
  await expect(able.getByLabel('Làm mờ phía sau người ngồi')).toBeVisible();
  await able.close();
});
