import { expect, type Page, test } from '@playwright/test';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

const PM = 'Thủ tướng Chính phủ';

test.describe.configure({ mode: 'serial' });

let server: Server;
let pm: Person;
let guest: Person;
let viewer: Person;
test.beforeAll(async ({ browser }) => {
  server = await Server.start();
  pm = await Person.sit(browser);
  guest = await Person.sit(browser);
  viewer = await Person.sit(browser);
});
test.afterAll(async () => {
  for (const person of [pm, guest, viewer]) await person?.leave();
  await server?.stop();
});

/** What a viewer's stage shows: which scene, and the shape and size of each picture by who is in it. */
const stageOf = (page: Page) =>
  page.locator('.commune-main .stage').evaluate((stage) => {
    const whole = stage.getBoundingClientRect();
    const tiles = [...stage.querySelectorAll('.tile')].map((tile) => {
      const box = tile.getBoundingClientRect();
      const picture = tile.querySelector('video');
      return {
        name: tile.querySelector('.name-plate')?.textContent ?? '',
        share: box.width / whole.width,
        shape: box.width / box.height,
        whole:
          box.left >= whole.left - 1 &&
          box.right <= whole.right + 1 &&
          box.top >= whole.top - 1 &&
          box.bottom <= whole.bottom + 1,
        fit: picture ? getComputedStyle(picture).objectFit : '',
        fills: picture ? Math.abs(picture.getBoundingClientRect().width - box.width) < 1 : false,
      };
    });
    return { scene: stage.getAttribute('data-scene'), tiles };
  });

const choose = (name: string) =>
  pm.page.getByRole('toolbar', { name: 'Hình phát tới mọi người' }).getByRole('button', { name });

test('PN9, PN10 the producer presses each layout once; a viewer sees it whole, in its shape, with names and places', async () => {
  await viewer.enter(server.communes[1] ?? '');
  await guest.enter(server.communes[0] ?? '');
  await pm.enter(server.link('Prime Minister'));
  await pm.button('Bắt đầu phát').click();
  await viewer.seesMoving(PM);
  await guest.switchKeysOn();
  await guest.page.keyboard.press('h');
  await pm.page.getByRole('button', { name: /Mời/ }).click();
  await viewer.seesMoving('Tân Định');

  const layouts = [
    { press: 'Chủ trì', scene: 'solo', shares: [1], hidden: true },
    { press: 'Người phát biểu', scene: 'solo', shares: [1] },
    { press: 'Hai bên', scene: 'pair', shares: [0.5, 0.5] },
    { press: 'Chủ trì lớn', scene: 'inset', shares: [1, 0.26] },
    { press: 'Người phát biểu lớn', scene: 'inset', shares: [1, 0.26] },
    { press: 'Lưới 4', scene: 'gallery', shares: [0.5, 0.5] },
    { press: 'Lưới 9', scene: 'gallery', shares: [0.5, 0.5] },
    { press: 'Lưới 16', scene: 'gallery', shares: [0.5, 0.5] },
    { press: 'Thẻ chờ', scene: 'card', shares: [], says: 'Micro đã tắt: mọi người đang thấy thẻ chờ' },
    { press: 'Tự động', scene: 'inset', shares: [1, 0.26] },
  ];
  const own = guest.page.getByRole('region', { name: 'Trạng thái của đơn vị' });
  for (const { press, scene, shares, hidden, says } of layouts) {
    const button = pm.page
      .getByRole('toolbar', { name: 'Hình phát tới mọi người' })
      .getByRole('button', { name: press, exact: true });
    await button.click();
    await expect(button).toHaveAttribute('aria-pressed', 'true');
    await expect
      .poll(
        async () => {
          const seen = await stageOf(viewer.page);
          return [seen.scene, seen.tiles.length];
        },
        { message: press },
      )
      .toEqual([scene, shares.length]);
    // The one on stage reads whether anybody sees them.
    await expect(own).toContainText(says ?? (hidden ? 'Đang phát tiếng, hình không hiện' : 'Mọi người đang thấy hình'));
    // PN15: after the card each of them is heard again by a press of their own.
    if (says) {
      await expect(guest.button('Bật tiếng')).toBeDisabled();
      await choose('Tự động').click();
      await expect(own).toContainText('Mọi người thấy hình, không nghe được tiếng của đơn vị.');
      for (const person of [pm, guest]) await person.button('Bật tiếng').click();
    }
    const { tiles } = await stageOf(viewer.page);
    for (const tile of tiles) {
      expect(tile.shape, press).toBeCloseTo(16 / 9, 1);
      expect(tile, press).toMatchObject({ whole: true, fit: 'contain', fills: true });
    }
    const largest = Math.max(...tiles.map(({ share }) => share), 0);
    const relative = tiles.map(({ share }) => share / largest).sort((a, b) => b - a);
    for (const [i, share] of shares.entries()) expect(relative[i]).toBeCloseTo(share / (shares[0] ?? 1), 1);
  }
  await choose('Hai bên').click();
  await expect(viewer.tile('Tân Định').locator('.name-plate')).toContainText('Quận 1, Thành phố Hồ Chí Minh');
  await viewer.seesMoving('Tân Định');
  await viewer.seesMoving(PM);
});

test('FL36 the leader mutes everybody else with one press; who was muted comes back by their own alone', async () => {
  const own = guest.page.getByRole('region', { name: 'Trạng thái của đơn vị' });
  await expect(own).toContainText('Mọi người đang thấy hình và nghe tiếng');
  await pm.button('Tắt micro 1 người khác').click();
  await expect(own).toContainText('Mọi người thấy hình, không nghe được tiếng của đơn vị.');
  await expect(own).toContainText('Bấm “Bật tiếng” khi muốn nói.');
  await expect(viewer.tile('Tân Định').locator('.name-plate')).toContainText('Tiếng đang tắt');
  await expect(pm.button(/^Tắt micro \d+ người khác/)).toHaveCount(0);
  await expect(pm.button('Tắt tiếng')).toBeVisible();
  await guest.button('Bật tiếng').click();
  await expect(own).toContainText('Mọi người đang thấy hình và nghe tiếng');
  await expect(viewer.tile('Tân Định').locator('.name-plate')).not.toContainText('tắt');
  await expect(pm.button('Tắt micro 1 người khác')).toBeVisible();
});

test('FL38 FL39 PN29 the leader gives a speaker time with two presses, changes it and ends it; the speaker reads it', async () => {
  const own = guest.page.getByRole('region', { name: 'Trạng thái của đơn vị' });
  const timer = own.getByRole('timer');
  await expect(timer).toHaveCount(0);
  const give = async (minutes: string): Promise<void> => {
    await pm.button(/hẹn giờ cho UBND phường Tân Định$/i).click();
    await pm.page.getByRole('menuitem', { name: minutes, exact: true }).click();
  };
  await give('3 phút');
  await expect(timer).toContainText('Thời gian phát biểu còn lại (3 phút)');
  await expect(timer.locator('strong')).toHaveText(/^(3:00|2:5\d)$/);
  await expect(pm.button(/^(3:00|2:5\d) còn lại, hẹn giờ cho UBND phường Tân Định$/)).toBeVisible();
  await expect(guest.page.locator('[aria-live=polite]').first()).toContainText('Thời gian phát biểu là 3 phút');
  await expect(viewer.page.getByRole('timer')).toHaveCount(0);
  await nothingSerious(pm.page);
  await nothingSerious(guest.page);
  await give('10 phút');
  await expect(timer).toContainText('(10 phút)');
  await give('Bỏ hẹn giờ');
  await expect(timer).toHaveCount(0);
  await expect(pm.button('Hẹn giờ cho UBND phường Tân Định')).toBeVisible();
  await give('15 phút');
  await expect(timer).toContainText('(15 phút)');
});

test('KP1 KP2 KP3 a single key changes what all see only once that is switched on, and never in a field; Help names the keys', async () => {
  await expect(choose('Hai bên')).toHaveAttribute('aria-pressed', 'true');
  // What was chosen, one after the other.
  await pm.page.getByRole('toolbar', { name: 'Hình phát tới mọi người' }).evaluate((toolbar) => {
    const chosen: string[] = [];
    Object.assign(window, { chosen });
    new MutationObserver((changes) => {
      for (const { target } of changes)
        if (target instanceof Element && target.ariaPressed === 'true')
          chosen.push(target.querySelector('span')?.textContent ?? '');
    }).observe(toolbar, { subtree: true, attributeFilter: ['aria-pressed'] });
  });
  const switchOfKeys = pm.button(/^Phím tắt$/);
  await expect(switchOfKeys).toHaveAttribute('aria-pressed', 'false');
  for (const key of ['7', '-', 'n', 'm']) await pm.page.keyboard.press(key);
  await choose('Lưới 16').click();
  await expect(choose('Lưới 16')).toHaveAttribute('aria-pressed', 'true');
  await pm.switchKeysOn();
  await pm.page.keyboard.press('/');
  await pm.page.keyboard.type('7');
  await expect(pm.page.getByRole('combobox').first()).toHaveValue('7');
  await pm.page.keyboard.press('Escape');
  await choose('Hai bên').click();
  await expect(choose('Hai bên')).toHaveAttribute('aria-pressed', 'true');
  const chosen = await pm.page.evaluate(() => (window as unknown as { chosen: string[] }).chosen);
  expect(chosen).toEqual(['Lưới 16', 'Hai bên']);
  await pm.button('Trợ giúp').click();
  const help = pm.page.getByRole('dialog', { name: 'Trợ giúp' });
  for (const key of ['M', '1 … 9, 0, -', 'N', '/', 'D', 'T', 'C', '?'])
    await expect(help.locator('kbd', { hasText: key }).first()).toBeVisible();
  await expect(help).toContainText('chỉ có tác dụng khi nút “Phím tắt” ở đầu trang đang bật');
  await nothingSerious(pm.page);
  await pm.page.keyboard.press('Escape');
});

test('PN9 the panel goes by keyboard, says what is on air, and axe finds nothing serious', async () => {
  await pm.page.keyboard.press('7');
  await expect(choose('Lưới 4')).toHaveAttribute('aria-pressed', 'true');
  await choose('Lưới 4').focus();
  await pm.page.keyboard.press('ArrowRight');
  await expect(choose('Lưới 9')).toBeFocused();
  await pm.page.keyboard.press('Enter');
  await expect(choose('Lưới 9')).toHaveAttribute('aria-pressed', 'true');
  await nothingSerious(pm.page);
  await nothingSerious(viewer.page);
});

test('PN12, PN14 the producer goes on to the next item by a key; all read it on the stage and in the agenda', async () => {
  await pm.page.keyboard.press('n');
  await expect(viewer.page.locator('.running-item')).toContainText('1. Khai mạc');
  await pm.conduct();
  const panel = pm.page.getByRole('region', { name: 'Chương trình' });
  await expect(panel.locator('[aria-current]')).toContainText('Khai mạc');
  await expect(viewer.page.locator('.running-item')).toContainText('1. Khai mạc');
  await pm.button(/Ý kiến của các địa phương/, panel).click();
  await expect(viewer.page.locator('.running-item')).toContainText('3. Ý kiến của các địa phương');
  await expect(viewer.page.locator('.agenda [aria-current]')).toContainText('Đang diễn ra');
  await expect(panel.getByText('/ 40 phút')).toBeVisible();
  // On a card it is said, not drawn.
  await pm.page.keyboard.press('-');
  await expect(viewer.page.locator('.stage [role=status].unseen', { hasText: 'Ý kiến' })).toBeAttached();
  await expect(viewer.page.locator('.running-item')).toHaveCount(0);
  await nothingSerious(pm.page);
  await pm.page.keyboard.press('8');
});

test('PN7, PN12 a late joiner and everybody after kill -9 see the layout that was chosen', async ({ browser }) => {
  const late = await Person.sit(browser, { phone: true });
  await late.enter(server.communes[2] ?? '');
  await expect(late.page.locator('.stage').first()).toHaveAttribute('data-scene', 'gallery');
  await expect(late.page.locator('.stage .tile')).toHaveCount(2);
  await expect(late.page.locator('.running-item')).toContainText('3. Ý kiến của các địa phương');
  for (const tile of (await stageOf(late.page)).tiles) expect(tile.shape).toBeCloseTo(16 / 9, 1);
  await expect(guest.page.getByRole('timer')).toContainText('(15 phút)');
  await server.killAndRestart();
  await viewer.seesMoving('Tân Định', 30_000);
  await expect(viewer.page.locator('.running-item')).toContainText('3. Ý kiến của các địa phương');
  for (const person of [viewer, late])
    await expect(person.page.locator('.stage').first()).toHaveAttribute('data-scene', 'gallery');
  for (const person of [pm, guest]) await person.isBack();
  // FL38, PN29: their own, though the item has a time as well.
  await expect(guest.page.getByRole('timer')).toHaveCount(1);
  await expect(guest.page.getByRole('timer')).toContainText('Thời gian phát biểu còn lại (15 phút)');
  await late.leave();
});

test('a pause is no broadcast: the sign is neither red nor counting', async () => {
  await expect(viewer.page.locator('.live-sign')).toContainText('Trực tiếp');
  await guest.button('Kết thúc phát biểu').click();
  await pm.button('Ngừng phát').click();
  await pm.button('Ngừng phát', pm.page.getByRole('dialog')).click();
  const sign = viewer.page.locator('.live-sign');
  await expect(sign).toHaveText('Tạm nghỉ');
  await expect(sign).toHaveClass(/off/);
  expect([...pm.problems, ...guest.problems, ...viewer.problems]).toEqual([]);
});
