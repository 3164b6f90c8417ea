import { expect, type Page, test } from '@playwright/test';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

test.describe.configure({ mode: 'serial' });

let server: Server;
let pm: Person;
let commune: Person;

test.beforeAll(async ({ browser }) => {
  server = await Server.start();
  pm = await Person.sit(browser, { language: 'en' });
  commune = await Person.sit(browser, { language: 'en' });
});
test.afterAll(async () => {
  await pm?.leave();
  await commune?.leave();
  await server?.stop();
});

/** Tab until the control with that name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
    });
    if (name.test(focused)) return;
  }
  throw new Error(`no control named ${name} can be reached by Tab`);
}

test('KP4 the whole story by keyboard alone, in English: check, go live, call, answer, mute, release, end', async () => {
  await commune.open(server.communes[0] ?? '');
  await expect(commune.page.getByRole('heading', { name: 'Check this device first' })).toBeVisible();
  await expect(commune.page.getByText('If you can see yourself here')).toBeVisible();
  await nothingSerious(commune.page);
  await tabTo(commune.page, /^Enter the briefing/);
  await commune.page.keyboard.press('Enter');
  await expect(commune.page.locator('.holding')).toContainText('has not started yet');
  await nothingSerious(commune.page);

  await pm.open(server.link('Prime Minister'));
  await expect(pm.button('Enter the briefing')).toBeVisible();
  await tabTo(pm.page, /^Enter the briefing/);
  await pm.page.keyboard.press('Enter');
  await expect(pm.button('Go live')).toBeVisible();
  await nothingSerious(pm.page);
  await tabTo(pm.page, /^Go live/);
  await pm.page.keyboard.press('Enter');
  await commune.seesMoving('Thủ tướng');

  for (const person of [commune, pm]) {
    await tabTo(person.page, /^Shortcut keys$/);
    await person.page.keyboard.press('Enter');
    await expect(person.button('Shortcut keys')).toHaveAttribute('aria-pressed', 'true');
  }
  await commune.page.keyboard.press('h');
  await expect(commune.page.getByText(/Hand raised, recorded at/)).toBeVisible();
  await commune.page.keyboard.press('h');
  await expect(commune.page.getByText(/Hand raised, recorded at/)).toHaveCount(0);

  await pm.page.keyboard.press('/');
  await pm.page.keyboard.type('tan dinh quan 1 ho chi minh');
  await expect(pm.page.getByRole('option').first()).toHaveText(/^Phường Tân Định/);
  await pm.page.keyboard.press('ArrowDown');
  await pm.page.keyboard.press('Enter');
  await expect(pm.button(/^Call Phường Tân Định/)).toBeFocused();
  await pm.page.keyboard.press('Enter');

  await expect(commune.page.getByRole('dialog')).toContainText('is calling');
  await nothingSerious(commune.page);
  await commune.page.keyboard.press('Escape');
  await expect(commune.page.getByRole('dialog')).toBeVisible();
  await commune.page.keyboard.press('Enter');
  await expect(commune.page.getByText('On air to everyone')).toBeVisible();
  await pm.seesMoving('UBND phường Tân Định');
  await nothingSerious(pm.page);

  await commune.page.keyboard.press('m');
  await expect(commune.page.getByText('Picture on air, no sound')).toBeVisible();
  await commune.page.keyboard.press('m');
  await expect(commune.page.getByText('On air to everyone')).toBeVisible();

  await commune.page.keyboard.press('?');
  const help = commune.page.getByRole('dialog', { name: 'Help' });
  await expect(help).toContainText('MMute or unmute');
  // KP4: whoever is on stage is asked, and the focus is on staying there.
  await tabTo(commune.page, /^Check this device again$/);
  await commune.page.keyboard.press('Enter');
  const asked = commune.page.getByRole('dialog', { name: 'Leave the briefing to check this device?' });
  await expect(asked).toContainText('This device is on air.');
  await nothingSerious(commune.page);
  await commune.page.keyboard.press('Enter');
  await expect(asked).toHaveCount(0);
  await expect(commune.page.getByText('On air to everyone')).toBeVisible();
  await commune.page.keyboard.press('Escape');
  await expect(commune.page.getByRole('dialog')).toHaveCount(0);

  await tabTo(pm.page, /^End the call/);
  await pm.page.keyboard.press('Enter');
  await expect(commune.page.getByText('Watching and listening')).toBeVisible();
  await tabTo(pm.page, /^Go off air$/);
  await pm.page.keyboard.press('Enter');
  await expect(pm.page.getByRole('dialog')).toContainText('Stop broadcasting?');
  await pm.page.keyboard.press('Tab');
  await pm.page.keyboard.press('Enter');
  await expect(commune.page.locator('.holding')).toContainText('paused');
  for (const person of [pm, commune]) expect(person.problems).toEqual([]);
});

test('sound only: the picture is asked for no more, and comes back', async () => {
  await pm.button('Go live').click();
  await commune.seesMoving('Thủ tướng');
  await commune.button('Sound only').click();
  await expect(commune.page.locator('.stage video')).toHaveCount(0);
  await expect(commune.page.getByText('The picture is off to spare the connection')).toBeVisible();
  await commune.button('Show the picture').click();
  await commune.seesMoving('Thủ tướng');
});

test('the language changes at once and is kept', async () => {
  await commune.page.getByRole('button', { name: 'Chuyển sang tiếng Việt' }).click();
  await expect(commune.button('Giơ tay phát biểu')).toBeVisible();
  expect(await commune.page.locator('html').getAttribute('lang')).toBe('vi');
  await commune.page.reload();
  await expect(commune.page.getByRole('heading', { name: 'Kiểm tra máy trước khi vào' })).toBeVisible();
});

test('without a link the page says where to find one', async ({ browser }) => {
  const stranger = await Person.sit(browser);
  await stranger.open(server.url);
  await expect(stranger.page.getByRole('heading', { name: 'Hãy mở liên kết cá nhân' })).toBeVisible();
  await nothingSerious(stranger.page);
  await stranger.open('about:blank');
  await stranger.open(`${server.url}/#l=${'x'.repeat(43)}`);
  await expect(stranger.page.getByText('Không có liên kết này')).toBeVisible();
  expect(stranger.page.url()).not.toContain('xxx');
  await stranger.leave();
});
