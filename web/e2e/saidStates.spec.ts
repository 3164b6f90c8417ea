import { expect, type Page, test } from '@playwright/test';
import { troubled } from './support/controls.ts';
import { devPagesOfFile } from './support/DevPages.ts';

const pages = devPagesOfFile();

test('PN36 behind a card neither the called, nor the invited, nor the caller read that somebody is seen or heard', async ({
  browser,
}) => {
  const called = await pages.open(browser, 'page=commune&state=ringing-card', [1366, 768]);
  const sheet = called.getByRole('dialog');
  await expect(sheet).toContainText('Mọi người đang thấy thẻ chờ. Khi nhận, chưa ai thấy hình, nghe tiếng của đơn vị.');
  await expect(sheet).not.toContainText('mọi người sẽ');
  const invited = await pages.open(browser, 'page=commune&state=invited-card', [1366, 768]);
  await expect(invited.getByRole('dialog')).toContainText('đếm hết rồi vẫn chưa ai thấy hình, nghe tiếng');
  const caller = await pages.open(browser, 'page=principal&state=call-card', [1366, 768]);
  const running = caller.locator('.running-call');
  await expect(running).toContainText('Đã nối với xã Tân Phú');
  await expect(running).toContainText('hai bên chưa nghe nhau');
  await expect(running).not.toContainText('nói chuyện');
  await expect(running).not.toContainText(/\d:\d\d/);
  for (const page of [called, invited, caller]) await page.close();
});

test('FL44 the door says of an earlier check that camera and microphone opened, and not that all was well', async ({
  browser,
}) => {
  const page = await browser.newPage();
  await page.goto(pages.urlOf('page=check&state=remembered'));
  await expect(page.locator('.check-before')).toContainText(/Lần trước \(.*\) camera và micro mở được\./);
  await expect(page.getByText('mọi thứ đều tốt')).toHaveCount(0);
  await page.close();
});

test('FL45 a leader mutes a called unit too, when it is the only other one on stage', async ({ browser }) => {
  for (const state of ['call', 'call-three'] as const) {
    const page = await pages.open(browser, `page=principal&state=${state}`, [1366, 768]);
    const others = state === 'call' ? 1 : 3;
    await expect(page.getByRole('button', { name: `Tắt micro ${others} người khác` })).toBeInViewport({ ratio: 1 });
    await page.close();
  }
});

test('FL46 a unit that speaks in a room reads that it is on air to this room', async ({ browser }) => {
  const own = (page: Page) => page.getByRole('region', { name: 'Trạng thái của đơn vị' });
  const room = await pages.open(browser, 'page=commune&state=room-air', [1366, 768]);
  await expect(own(room)).toContainText('Đang phát tới phòng họp này');
  const common = await pages.open(browser, 'page=commune&state=call', [1366, 768]);
  await expect(own(common)).toContainText('Đang phát tới mọi người');
  for (const page of [room, common]) await page.close();
});

test('SN18 a screen says of a briefing that is late that its room is waited for, and not that it comes next', async ({
  browser,
}) => {
  for (const [state, says] of [
    ['idle', 'Tiếp theo: Hội nghị Thủ tướng'],
    ['idle-late', 'Chờ mở phòng họp: Hội nghị Thủ tướng'],
  ] as const) {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await page.goto(pages.urlOf(`page=screen&state=${state}`));
    await expect(page.getByRole('status')).toContainText(says);
    await page.close();
  }
});

test('BR20 in a rehearsal nobody reads that they will be given a directive', async ({ browser }) => {
  const page = await browser.newPage();
  await page.goto(pages.urlOf('page=waiting&state=rehearsal'));
  await expect(page.getByRole('main')).toContainText('Điểm danh.');
  await expect(page.getByRole('main')).not.toContainText('Chỉ đạo.');
  await page.close();
});

test('FL23 PN39 a leader beside a lost speaker reads that they are lost, however small the picture, and nothing of a line', async ({
  browser,
}) => {
  const page = await pages.open(browser, 'page=principal&state=call-lost', [1366, 768]);
  await expect(page.locator('.running-call')).toContainText('Mất tín hiệu từ xã Tân Phú');
  await expect(page.locator('.tile-short')).toBeVisible();
  await expect(page.locator('.tile-short')).toHaveText('Mất tín hiệu');
  await expect(page.locator('.line-sign')).toContainText('Đường truyền tốt');
  await expect(page.locator('[data-line]')).toHaveCount(0);
  await page.close();
});

test('PN38 on a phone that lies a unit in the green room reads its state in whole lines', async ({ browser }) => {
  const page = await pages.open(browser, 'page=commune&state=green', [844, 390]);
  const title = page.locator('.own-words h2');
  const lines = await title.evaluate((element) => {
    const { lineHeight } = getComputedStyle(element);
    return Math.round(element.getBoundingClientRect().height / Number.parseFloat(lineHeight));
  });
  expect(lines).toBe(1);
  expect(await title.evaluate(isWhole)).toBe(true);
  await page.close();
});

test('PN42 in a room what is written in place of a picture lies under neither button nor small picture', async ({
  browser,
}) => {
  for (const size of [
    [390, 844],
    [1366, 768],
  ] as const) {
    const page = await pages.open(browser, 'page=commune&state=room-silent', size);
    const name = page.locator('.stage .tile-plate strong').first();
    await expect(page.locator('.viewer-tools .button')).toBeVisible();
    expect(await name.evaluate(isWhole), size.join('x')).toBe(true);
    await page.close();
  }
});

test('FL47 at 1024 px a moderator reads who asks to speak, whose page it is, and of which place the figures are', async ({
  browser,
}) => {
  const page = await pages.open(browser, 'page=moderator&state=live', [1024, 640]);
  const names = page.locator('.queue .hand .hand-name > :first-child');
  await expect(names.first()).toHaveText('UBND Phường Phúc Xá');
  await names.first().scrollIntoViewIfNeeded();
  expect(await names.first().evaluate(isWhole)).toBe(true);
  await expect(page.locator('.queue .hand').first().getByRole('button')).toHaveCount(2);
  const who = await page.locator('.topbar .who strong').boundingBox();
  expect(who?.width ?? 0).toBeGreaterThan(100);
  for (const place of await page.locator('.list-line.group .group-name').all())
    expect((await place.boundingBox())?.width ?? 0).toBeGreaterThan(60);
  await page.close();
});

test('FL47 at 1366 px the name of a unit in the list is read whole, beside what it does', async ({ browser }) => {
  const page = await pages.open(browser, 'page=moderator&state=live', [1366, 768]);
  const names = page.locator('.presence .list-line:not(.group) .list-name > :first-child');
  await expect(names).toHaveCount(3);
  for (const name of await names.all()) {
    expect(await name.evaluate(isWhole)).toBe(true);
    expect(await name.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBeLessThanOrEqual(1);
  }
  await page.close();
});

test('KP9 at 1024 px nothing of the layouts lies on the leader’s picture', async ({ browser }) => {
  const page = await pages.open(browser, 'page=principal&state=live', [1004, 640]);
  const [picture, panel] = [
    await page.locator('.pictures-frame').boundingBox(),
    await page.locator('.principal-producer').boundingBox(),
  ];
  const end = (picture?.y ?? 0) + (picture?.height ?? 0);
  expect(end).toBeLessThanOrEqual((panel?.y ?? 0) + 1);
  const layouts = await page.locator('.producer-layouts').boundingBox();
  expect(layouts?.y ?? 0).toBeGreaterThanOrEqual(end - 1);
  await page.close();
});

test('PN41 on a phone that lies the picture with the digits and the first choices are in sight together', async ({
  browser,
}) => {
  const page = await pages.open(browser, 'page=commune&state=rollcall-challenge', [844, 390]);
  const sheet = page.getByRole('dialog');
  await expect(sheet.locator('.answer-stage')).toBeInViewport({ ratio: 0.9 });
  await expect(sheet.getByText('Phó Chủ tịch')).toBeInViewport({ ratio: 1 });
  await page.close();
});

test('FL55 who comes on stage reads that picture and sound are being connected, not that they are off', async ({
  browser,
}) => {
  const page = await pages.open(browser, 'page=commune&state=call-starting', [1366, 768]);
  await expect(page.getByRole('region', { name: 'Trạng thái của đơn vị' })).toContainText('Đang nối hình và tiếng');
  for (const name of ['Tắt tiếng', 'Tắt hình']) await expect(page.getByRole('button', { name })).toBeDisabled();
  for (const name of ['Bật tiếng', 'Bật hình']) await expect(page.getByRole('button', { name })).toHaveCount(0);
  await page.close();
});

/** Runs in the page. Nothing lies over its ends or its middle, and nothing cuts it. */
function isWhole(element: Element): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const y = (top + bottom) / 2;
  return [left + 2, (left + right) / 2, right - 2].every((x) => {
    const over = document.elementFromPoint(x, y);
    return over !== null && (element.contains(over) || over.contains(element));
  });
}

test('PN44 one sees oneself as all do, at the door, in the waiting room and before the broadcast; a mirror is asked for', async ({
  browser,
}) => {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  for (const [query, place] of [
    ['page=check&state=good', '.check-picture'],
    ['page=waiting&state=good', '.waiting-view'],
    ['page=principal&state=before', '.own-picture'],
  ] as const) {
    await page.goto(pages.urlOf(query));
    const own = page.locator(place);
    await expect(own.locator('video')).toBeVisible();
    await expect(own.locator('video.mirrored')).toHaveCount(0);
    await own.getByRole('button', { name: 'Xem mình như trong gương' }).click();
    await expect(own.locator('video.mirrored')).toHaveCount(1);
  }
  await page.close();
});

test('SN19 a wall says the whole title of the briefing, with figures and without', async ({ browser }) => {
  for (const size of [
    [1920, 1080],
    [3840, 1080],
  ] as const)
    for (const state of ['live', 'staged']) {
      const page = await pages.open(browser, `page=wall&state=${state}`, size);
      const title = page.getByRole('heading', { level: 1 });
      await expect(title).toContainText('huyện đảo');
      const [wide, high, line] = await title.evaluate((said) => [
        said.scrollWidth - said.clientWidth,
        said.scrollHeight - said.clientHeight,
        Number.parseFloat(getComputedStyle(said).fontSize),
      ]);
      expect(wide, `${state} ${size.join('x')}`).toBe(0);
      // Marks above and below letters may reach out of their line; a line that is cut is more than that.
      expect(high, `${state} ${size.join('x')}`).toBeLessThan((line ?? 0) / 2);
      await page.close();
    }
});

test('KP14 an office after a briefing has a switch for its keys and a help that names them; off, none acts', async ({
  browser,
}) => {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.goto(pages.urlOf('page=office&state=ended'));
  const help = page.getByRole('dialog', { name: 'Trợ giúp' });
  await page.getByRole('button', { name: 'Trợ giúp' }).click();
  await expect(help.locator('kbd')).toHaveText(['T', 'C', '?']);
  await expect(help).toContainText('khi nút “Phím tắt” ở đầu trang đang bật');
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
  const keys = page.getByRole('button', { name: 'Phím tắt' });
  await expect(keys).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('?');
  // Whatever that press opened would be there by the next one.
  await keys.click();
  await expect(help).toHaveCount(0);
  await expect(keys).toHaveAttribute('aria-pressed', 'true');
  await keys.evaluate((button) => button.blur());
  await page.keyboard.press('?');
  await expect(help).toBeVisible();
  await page.close();
});

test('PN56 a part that cannot be loaded says so in its place, and the page goes on', async ({ browser }) => {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.route(/\/assets\/HelpSheet/, (route) => route.abort());
  await page.clock.install();
  await page.goto(pages.urlOf('page=commune&state=live'));
  await expect(page.locator('.stage').first()).toBeVisible();
  await page.getByRole('button', { name: 'Trợ giúp' }).click();
  const said = page.getByText('Phần này chưa tải được.');
  // Forty tries, each after its pause.
  await expect
    .poll(async () => {
      await page.clock.runFor(11_000);
      return said.count();
    })
    .toBe(1);
  await expect(page.locator('.stage').first()).toBeVisible();
  await page.close();
});

test('FL56 a count of weak lines names the lost ones that are in it', async ({ browser }) => {
  for (const [lang, words] of [
    ['vi', /[\d.]+ đường truyền yếu hoặc đang mất/],
    ['en', /[\d,]+ with a weak or lost connection/],
  ] as const) {
    const page = await pages.open(browser, `page=principal&state=live&n=10056&lang=${lang}`, [1366, 768]);
    await expect(page.getByText(words).first()).toBeVisible();
    await page.close();
  }
});

test('KP15 two calls at once lie on nothing of a leader’s page, and each is ended from its column', async ({
  browser,
}) => {
  for (const size of [
    [1366, 768],
    [1024, 640],
  ] as const) {
    const page = await pages.open(browser, 'page=principal&state=call-two', size);
    await expect(page.locator('.running-call')).toHaveCount(2);
    const parts = '.principal-producer, .principal-acts, .principal-strip';
    await expect.poll(() => troubled(page, parts, 'li.hand, .calls'), { message: String(size) }).toEqual([]);
    const column = (await page.locator('.calls').boundingBox()) as { y: number; height: number };
    const acts = (await page.locator('.principal-acts').boundingBox()) as typeof column;
    expect(column.y, String(size)).toBeGreaterThanOrEqual(acts.y + acts.height);
    expect(column.y + column.height, String(size)).toBeLessThanOrEqual(size[1]);
    await expect(page.getByRole('button', { name: 'Kết thúc cuộc gọi' })).toBeInViewport({ ratio: 1 });
    const cancel = page.getByRole('button', { name: 'Huỷ cuộc gọi' });
    await cancel.focus();
    await expect(cancel).toBeInViewport({ ratio: 1 });
    await page.close();
  }
});

test('PN45 what a page says over its pictures lies under none of them, however many there are', async ({ browser }) => {
  for (const size of [
    [1366, 768],
    [390, 844],
  ] as const) {
    const page = await pages.open(browser, 'page=commune&state=blocked-three', size);
    await expect(page.locator('.tile')).toHaveCount(3);
    const note = page.locator('.stage-note.urgent');
    for (const part of [note.locator('span'), note.getByRole('button', { name: 'Bật tiếng' })])
      expect(await part.evaluate(isWhole), String(size)).toBe(true);
    await page.close();
  }
});

test('PN46 the frame of a small picture whose person speaks cuts nothing of the name on it', async ({ browser }) => {
  const page = await pages.open(browser, 'page=stage&state=strip&voice=beside', [747, 420]);
  const speaker = page.locator('.tile[data-speaking="true"]');
  await expect(speaker.locator('.name-plate[data-room="unit"]')).toBeVisible();
  const layers = await speaker.evaluate((tile) =>
    [getComputedStyle(tile, '::after'), getComputedStyle(tile.querySelector('.name-plate') as Element)].map(
      ({ zIndex }) => Number(zIndex) || 0,
    ),
  );
  expect(layers[1]).toBeGreaterThan(layers[0] ?? 0);
  await page.close();
});

test('PN47 the switch of a mirror is seen on a light picture, and turns left and right, not top and bottom', async ({
  browser,
}) => {
  const page = await pages.open(browser, 'page=principal&state=live', [1366, 768]);
  const own = page.getByRole('button', { name: 'Xem mình như trong gương' });
  await expect(own).not.toHaveCSS('background-color', 'rgba(0, 0, 0, 0)');
  await expect(own.locator('svg')).toHaveClass(/dashed-vertical/);
  await page.close();
});
