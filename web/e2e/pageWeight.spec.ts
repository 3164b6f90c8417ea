import { gzipSync } from 'node:zlib';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { build, type Plugin } from 'vite';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

/** What a commune may load, compressed, before it sees the picture. */
const BUDGET_BYTES = 300_000;
/** Of that, what is there for figures before any are shown. */
const FIGURES_AT_A_SEAT = 3_000;
/** What a desk may load more, compressed, once figures are looked at: a map of the country by its outlines is a part of it. */
const FIGURES_BYTES = 75_000;
const DOOR = /Vào phòng họp/;

let server: Server;
test.beforeAll(async () => {
  server = await Server.start({ DEMO_FIGURES: 'on' });
});
test.afterAll(() => server?.stop());

/**
 * What the line carries for a page from its opening until it is `ready`, and when there was something to see and to press.
 * @param first what can be pressed first
 */
async function weigh(browser: Browser, link: string, first: RegExp, ready: (person: Person) => Promise<void>) {
  const person = await Person.sit(browser);
  const protocol = await person.page.context().newCDPSession(person.page);
  await protocol.send('Network.enable');
  const names = new Map<string, string>();
  let bytes = 0;
  const files: string[] = [];
  const sizes: { readonly path: string; readonly bytes: number }[] = [];
  protocol.on('Network.responseReceived', ({ requestId, response }) => names.set(requestId, response.url));
  protocol.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const path = new URL(names.get(requestId) ?? 'about:blank').pathname;
    // What the line is measured with is not the page.
    if (path === '/api/line') return;
    bytes += encodedDataLength;
    sizes.push({ path, bytes: encodedDataLength });
    files.push(`${Math.round(encodedDataLength / 100) / 10} kB ${path}`);
  });
  await person.page.addInitScript(keepPaints);
  await person.open(link);
  await expect(person.button(first).first()).toBeEnabled();
  const usable = await person.page.evaluate(() => Math.round(performance.now()));
  const seen = await paints(person.page);
  await ready(person);
  const weight = { bytes, files, sizes };
  await person.leave();
  return { ...weight, ...seen, usable };
}

/** ms after the page was asked for, on this machine and without a line to speak of. */
const paints = (page: Page) =>
  page.evaluate(() => {
    const [first] = performance.getEntriesByName('first-contentful-paint');
    const { largest } = window as unknown as { largest: number };
    return { first: Math.round(first?.startTime ?? 0), largest: Math.round(largest) };
  });

function keepPaints(): void {
  const page = window as unknown as { largest: number };
  page.largest = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) page.largest = Math.max(page.largest, entry.startTime);
  }).observe({ type: 'largest-contentful-paint', buffered: true });
}

/** Bytes, of files that were loaded, that modules of these names take: by what they take of what is packed in them. */
async function shareOf(files: readonly { path: string; bytes: number }[], names: RegExp): Promise<number> {
  let sum = 0;
  const weigh: Plugin = {
    name: 'weigh',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        const bytes = files.find(({ path }) => unhashed(path) === unhashed(`/${file.fileName}`))?.bytes;
        if (bytes === undefined || file.type !== 'chunk') continue;
        const modules = Object.entries(file.modules).map(([id, { code }]) => ({ id, code: code ?? '' }));
        const packed = (some: typeof modules): number => gzipSync(some.map(({ code }) => code).join('\n')).length;
        const own = modules.filter(({ id }) => names.test(id));
        if (own.length > 0) sum += (bytes * packed(own)) / packed(modules);
      }
    },
  };
  const root = new URL('..', import.meta.url).pathname;
  await build({ root, logLevel: 'error', build: { write: false }, plugins: [weigh] });
  return Math.round(sum);
}

const unhashed = (path: string): string => path.replace(/-[\w-]{8}\.js$/, '.js');

/** Paths of all that the page has loaded or begun to load: a part that comes later names all of its files as soon as it is asked for. */
const asked = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const links = [...document.querySelectorAll<HTMLLinkElement>('link[href]')].map(({ href }) => href);
    const entries = performance.getEntriesByType('resource').map(({ name }) => name);
    return [...new Set([...links, ...entries])].map((url) => new URL(url).pathname);
  });

/** How often the page has been answered that it has a place. */
const joins = (): number =>
  performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/join')).length;

const say = (who: string, { bytes, first, largest, usable }: Awaited<ReturnType<typeof weigh>>): void =>
  console.log(
    `  ${who}: ${(bytes / 1000).toFixed(1)} kB, first contentful paint ${first} ms, largest ${largest} ms, usable ${usable} ms`,
  );

test('the commune page stays under 300 kB compressed before the picture, and loads nothing of the desks', async ({
  browser,
}) => {
  const commune = await weigh(browser, server.communes[0] ?? '', DOOR, async (person) => {
    // People look at their picture first: by then the page has joined at the door, where it can be called.
    await expect.poll(() => person.page.evaluate(joins)).toBeGreaterThan(0);
    await person.button(DOOR).click();
    await expect(person.page.locator('.holding')).toBeVisible();
  });
  say('commune', commune);
  console.log(`  ${commune.files.join('\n  ')}`);
  expect(commune.bytes).toBeLessThan(BUDGET_BYTES);
  expect(commune.first).toBeGreaterThan(0);
  expect(commune.largest).toBeGreaterThanOrEqual(commune.first);
  expect(commune.files.join()).not.toMatch(/Moderator|Principal|Office|[dD]esk|\.en-/);
  const figures = await shareOf(commune.sizes, /\/(web\/src\/(figure|staged)\/|protocol\/(figure|asked)\w*\.ts)/);
  console.log(`  of it figures: ${figures} bytes`);
  expect(figures).toBeGreaterThan(0);
  expect(figures).toBeLessThan(FIGURES_AT_A_SEAT);
});

test('what the pages of officials weigh, and when they are there, is printed; figures are at most 75 kB more once they are looked at', async ({
  browser,
}) => {
  let before: readonly string[] = [];
  const principal = await weigh(browser, server.link('Prime'), DOOR, async (person) => {
    const { page } = person;
    await person.button(DOOR).click();
    await expect(person.button('Bắt đầu phát')).toBeVisible();
    // The desk's files come by themselves after a while, whether anybody looks at figures or not.
    await expect.poll(async () => (await asked(page)).join()).toMatch(/OfficeDesk-\S*\.css/);
    const asksNoMore = async () => {
      const earlier = before.length;
      before = await asked(page);
      return before.length === earlier;
    };
    await expect.poll(asksNoMore, { intervals: [1_000] }).toBe(true);
    await page.getByRole('tab', { name: 'Số liệu' }).click();
    await page.locator('.figure-card').first().click({ timeout: 60_000 });
    await expect(page.locator('.border-name').first()).toBeVisible();
    await person.switchKeysOn();
    for (const key of ['t', 't', 'c']) await page.keyboard.press(key);
    await expect(page.getByRole('region', { name: 'Chọn đơn vị theo số liệu' })).toBeVisible();
  });
  const more = principal.sizes.filter(({ path }) => /\.(js|css)$/.test(path) && !before.includes(path));
  const figures = more.reduce((sum, { bytes }) => sum + bytes, 0);
  say('principal, with a map of figures', principal);
  console.log(`  of it figures: ${Math.round(figures / 1000)} kB in ${more.length} files`);
  expect(figures).toBeGreaterThan(0);
  expect(figures).toBeLessThan(FIGURES_BYTES);
  expect(principal.files.join()).toMatch(/Principal/);
  // Whoever runs a briefing is let in without a check.
  const moderator = await weigh(browser, server.link('moderator'), /Mở lượt điểm danh/, async ({ page }) => {
    await expect(page.locator('.stage')).toBeVisible();
  });
  say('moderator', moderator);
  expect(moderator.files.join()).toMatch(/Moderator/);
});
