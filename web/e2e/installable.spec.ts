import { expect, type Page, test } from '@playwright/test';
import { nothingSerious } from './support/nothingSerious.ts';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';
import { Upgraded } from './support/Upgraded.ts';

const TELEPHONE = '024 3823 1234';
const MINUTE_MS = 60_000;
/** A visit, and how many of them there may be: a browser that is busy may find the next worker at a later one. */
const A_VISIT = { timeout: 20_000 };
const SOME_VISITS = { timeout: 65_000 };
const SIGN_OUT = /^Đăng xuất$/;

// All other stories have browsers without workers.
test.use({ serviceWorkers: 'allow' });

let server: Server;
test.beforeAll(async () => {
  server = await Server.start({ SUPPORT_TELEPHONE: TELEPHONE });
});
test.afterAll(() => server?.stop());

/** The addresses under which this browser holds anything for this site, and all of what it holds, as text. */
const held = (page: Page) =>
  page.evaluate(async () => {
    const paths: string[] = [];
    let text = '';
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const answer = await cache.match(request);
        paths.push(request.url.slice(location.origin.length));
        text += request.url + JSON.stringify([...(answer?.headers ?? [])]) + (await answer?.text());
      }
    }
    return { paths: paths.toSorted(), text };
  });
const workers = (page: Page) =>
  page.evaluate(async () =>
    (await navigator.serviceWorker.getRegistrations()).map(({ active }) => active?.state ?? 'none'),
  );
/** Of the next worker and of this one; a failure then says how far the next has come. */
const inTurn = (page: Page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const { installing, waiting, active } = registration ?? {};
    return [installing, waiting, active].map((worker) => worker?.state ?? 'none');
  });
const manifest = (page: Page) => page.locator('link[rel=manifest]');
/** The page that nobody has signed in to: the sheet that asks about a sign-out says the same words. */
const door = (page: Page) => page.getByRole('heading', { name: 'Hãy mở liên kết cá nhân' });
/** With what the next page needs to be without a line. */
const installed = (page: Page) => expect.poll(() => workers(page)).toEqual(['activated']);

test('SW1 SW2 SW7 a commune loads nothing of the shell before its picture, and nothing of it that is somebody’s is held', async ({
  browser,
}) => {
  const chair = await Person.sit(browser);
  const link = server.communes[0] ?? '';
  await chair.page.clock.install();
  await chair.enter(link);
  expect(await workers(chair.page)).toEqual([]);
  await expect(manifest(chair.page)).toHaveCount(0);
  await chair.page.clock.fastForward(MINUTE_MS);
  await installed(chair.page);
  await expect(manifest(chair.page)).toHaveAttribute('href', '/manifest.vi.webmanifest');

  // The next visit goes through the worker.
  await chair.open('about:blank');
  await chair.enter(link);
  expect(await chair.page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  const { paths, text } = await held(chair.page);
  expect(paths).toContain('/unreachable.html');
  for (const path of paths) expect(path).toMatch(/^\/(unreachable\.html|assets\/(unreachable|icon)-[\w-]+\.\w+)$/);
  const session = await chair.page.evaluate(() => sessionStorage.getItem('dh.session'));
  for (const secret of [link.split('#l=')[1], session]) expect(text.includes(secret ?? '')).toBe(false);
  expect(chair.problems).toEqual([]);

  await chair.page.clock.fastForward(MINUTE_MS);
  await expect(manifest(chair.page)).toHaveCount(1);
  const refused = await chair.page.evaluate(async () => {
    const names: string[] = [];
    for (const attempt of [
      () => Reflect.get(self, 'trustedTypes').createPolicy('dh-shell', {}),
      () => navigator.serviceWorker.register('/sw.js?other'),
      () => new Worker('/sw.js'),
    ])
      try {
        await attempt();
        names.push('done');
      } catch (error) {
        names.push((error as Error).name);
      }
    return names;
  });
  expect(refused).toEqual(['TypeError', 'TypeError', 'TypeError']);
  await chair.leave();
});

test('SW1 the manifest is one that browsers install, in the language of the page; a screen of a hall has none', async ({
  browser,
}) => {
  const person = await Person.sit(browser, { language: 'en' });
  await person.open(server.url);
  await installed(person.page);
  const protocol = await person.page.context().newCDPSession(person.page);
  const { errors, data } = await protocol.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect(JSON.parse(data ?? '{}')).toMatchObject({ lang: 'en', start_url: '/', display: 'standalone' });
  const { installabilityErrors } = await protocol.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
  await person.open(`${server.url}/programme`);
  await expect(person.page.getByText(/\d{4}\s?\d{4}/).first()).toBeVisible();
  await expect(manifest(person.page)).toHaveCount(0);
  expect(person.problems).toEqual([]);
  await person.leave();
});

test('SW3 a link that is opened without a line says whom to ring, and comes back by itself, with the link', async ({
  browser,
}) => {
  const chair = await Person.sit(browser, { phone: true });
  const { page } = chair;
  const context = page.context();
  const link = server.communes[1] ?? '';
  await chair.open(server.url);
  await expect(door(page)).toBeVisible();
  await installed(page);
  await chair.open('about:blank');
  await context.setOffline(true);
  await chair.open(link);
  await expect(page.getByRole('heading', { name: 'Máy này đang mất mạng' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'This device is offline' })).toBeVisible();
  await expect(page.getByRole('link', { name: TELEPHONE })).toHaveAttribute('href', 'tel:02438231234');
  await expect(page.getByText(/Đã thử lúc/)).toBeVisible();
  expect(page.url()).toBe(link);
  await nothingSerious(page);
  expect((await held(page)).text).not.toContain(link.split('#l=')[1]);
  await context.setOffline(false);
  await expect(chair.button('Vào phòng họp')).toBeVisible();
  expect(page.url()).not.toContain('#');
  expect(chair.problems).toEqual([]);
  await chair.leave();
});

test('SW5 SW8 an installed page is still somebody’s when it is opened again, and a sign-out leaves no session', async ({
  playwright,
  launchOptions,
}, info) => {
  const { args = [], ...options } = launchOptions;
  /** A window without tabs and address, as an icon opens it, with what was left there the last time. */
  const start = () =>
    playwright.chromium.launchPersistentContext(info.outputPath('profile'), {
      ...options,
      args: [...args, `--app=${server.url}/`],
    });
  const first = await start();
  const empty = first.pages()[0] as Page;
  await expect(door(empty)).toBeVisible();
  // A link in the window that is here already.
  await empty.goto(server.communes[2] ?? '');
  await expect(empty.getByRole('button', { name: 'Vào phòng họp' })).toBeVisible();
  expect(empty.url()).not.toContain('#');
  await first.close();

  const context = await start();
  const page = context.pages()[0] as Page;
  await expect(page.getByRole('button', { name: 'Vào phòng họp' })).toBeVisible();
  const tab = await context.newPage();
  await tab.goto(server.url);
  // LK6: of a commune the cookie is enough.
  await expect(tab.getByRole('button', { name: 'Vào phòng họp' })).toBeVisible();
  await tab.close();

  await page.getByRole('button', { name: SIGN_OUT }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: SIGN_OUT }).click();
  await expect(door(page)).toBeVisible();
  // What is nobody's comes again, with the number to ring.
  await installed(page);
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(['dh.installation']);
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  expect((await context.cookies()).map(({ name }) => name)).toEqual(['dh.device']);
  await page.reload();
  await expect(door(page)).toBeVisible();
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole('link', { name: TELEPHONE })).toBeVisible();
  await context.close();
});

test('SW8 who signs out of an installed page on the whole screen, and keeps what others wrote, leaves no session', async ({
  playwright,
  launchOptions,
}, info) => {
  const { args = [], ...options } = launchOptions;
  const app = { ...options, args: [...args, `--app=${server.url}/`] };
  const context = await playwright.chromium.launchPersistentContext(info.outputPath('profile'), app);
  const page = context.pages()[0] as Page;
  await page.goto(server.link('moderator'));
  const signOut = page.getByRole('button', { name: SIGN_OUT });
  await expect(signOut.first()).toBeVisible();
  await page.evaluate(() => localStorage.setItem('dh.directive.draft.another', '{}'));
  const protocol = await context.newCDPSession(page);
  const { windowId } = await protocol.send('Browser.getWindowForTarget');
  await protocol.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'fullscreen' } });
  await page.waitForFunction(() => !matchMedia('(display-mode: standalone)').matches);
  await signOut.first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Đăng xuất, giữ lại' }).click();
  await expect(door(page)).toBeVisible();
  expect(await page.evaluate(() => Object.keys(localStorage))).not.toContain('dh.session');
  expect(await page.evaluate(() => Object.keys(localStorage))).toContain('dh.directive.draft.another');
  await context.close();
});

test('SW4 after an upgrade the page is the new one at once, and what its build has not is let go', async ({
  browser,
}) => {
  const site = await Upgraded.create(server.url);
  const person = await Person.sit(browser);
  const { page } = person;
  await person.open(site.url);
  await installed(page);
  await page.reload();
  const styles = async () => (await held(page)).paths.filter((path) => path.endsWith('.css'));
  expect(await styles()).toHaveLength(1);

  // The next version: its page has another title, and its page without a line no style.
  site.serve('/', (text) => text.replace('<title>', '<title>2 '));
  site.serve('/sw.js', (text) => text.replaceAll(/\/assets\/unreachable-[\w-]+\.css/g, '/unreachable.html'));
  const protocol = await page.context().newCDPSession(page);
  await protocol.send('ServiceWorker.enable');
  const next = async () => {
    const workers = await inTurn(page);
    // It may take over, and Chromium lets the one before be idle first: for half a minute, and longer beside other work.
    if (workers[1] === 'installed') await protocol.send('ServiceWorker.stopAllWorkers');
    return { styles: await styles(), workers, failed: site.failed };
  };
  await expect(async () => {
    await page.reload();
    await expect(page).toHaveTitle('2 Điều Hành');
    await expect.poll(next, A_VISIT).toEqual({ styles: [], workers: ['none', 'none', 'activated'], failed: [] });
  }).toPass(SOME_VISITS);
  await expect(door(page)).toBeVisible();

  // One that comes half: the worker before stays, with all that it holds.
  const whole = await held(page);
  site.serve('/sw.js', (text) => text.replaceAll(/\/assets\/unreachable-[\w-]+\.css/g, '/assets/lost.css'));
  await page.reload();
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update().catch(() => undefined));
  await expect.poll(() => workers(page)).toEqual(['activated']);
  expect((await held(page)).paths).toEqual(whole.paths);
  await expect(page).toHaveTitle('2 Điều Hành');
  expect(person.problems.filter((problem) => !problem.includes('404'))).toEqual([]);
  await person.leave();
  await site.close();
});

test('SW2 a browser that lends no storage, or takes it away, has the page by its line', async ({ browser }) => {
  const site = await Upgraded.create(server.url);
  const lost = "caches.open = () => Promise.reject(new DOMException('private', 'SecurityError'));";
  const person = await Person.sit(browser);
  const { page } = person;
  site.serve('/sw.js', (text) => lost + text);
  await person.open(site.url);
  await expect(door(page)).toBeVisible();
  await expect(manifest(page)).toHaveCount(1);
  await expect.poll(() => workers(page)).not.toEqual(['activated']);

  site.serve('/sw.js', (text) => `${text};addEventListener('activate', () => { ${lost} });`);
  await page.reload();
  await installed(page);
  await page.reload();
  await expect(door(page)).toBeVisible();
  expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  expect(person.problems).toEqual([]);
  await person.leave();
  await site.close();
});

test('SW3 SW6 while the server is away its page says so; one that was switched off comes back by itself, without a worker', async ({
  browser,
}) => {
  const person = await Person.sit(browser);
  const { page } = person;
  await person.open(server.url);
  await installed(page);
  await server.kill();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Chưa nối được tới máy chủ' })).toBeVisible();
  await expect(page.getByRole('link', { name: TELEPHONE })).toBeVisible();
  await server.restart({ SHELL_WORKER: 'off' });
  await expect(door(page)).toBeVisible();
  await expect.poll(() => workers(page)).toEqual([]);
  await expect.poll(() => page.evaluate(() => caches.keys())).toEqual([]);
  expect(person.problems).toEqual([]);
  await person.leave();
});
