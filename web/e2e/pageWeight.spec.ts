import { type Browser, expect, type Page, test } from '@playwright/test';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

/** What a commune may load, compressed, before it sees the picture. */
const BUDGET_BYTES = 300_000;
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
  protocol.on('Network.responseReceived', ({ requestId, response }) => names.set(requestId, response.url));
  protocol.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const path = new URL(names.get(requestId) ?? 'about:blank').pathname;
    // What the line is measured with is not the page.
    if (path === '/api/line') return;
    bytes += encodedDataLength;
    files.push(`${Math.round(encodedDataLength / 100) / 10} kB ${path}`);
  });
  await person.page.addInitScript(keepPaints);
  await person.open(link);
  await expect(person.button(first).first()).toBeEnabled();
  const usable = await person.page.evaluate(() => Math.round(performance.now()));
  const seen = await paints(person.page);
  await ready(person);
  const weight = { bytes, files };
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

/** How often the page has been answered that it has a place. */
const joins = (): number =>
  performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/join')).length;

const say = (who: string, { bytes, first, largest, usable }: Awaited<ReturnType<typeof weigh>>): void =>
  console.log(
    `  ${who}: ${Math.round(bytes / 1000)} kB, first contentful paint ${first} ms, largest ${largest} ms, usable ${usable} ms`,
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
});

test('what the pages of officials weigh, and when they are there, is printed', async ({ browser }) => {
  const principal = await weigh(browser, server.link('Prime'), DOOR, async (person) => {
    await person.button(DOOR).click();
    await expect(person.button('Bắt đầu phát')).toBeVisible();
  });
  say('principal', principal);
  expect(principal.files.join()).toMatch(/Principal/);
  // Whoever runs a briefing is let in without a check.
  const moderator = await weigh(browser, server.link('moderator'), /Mở lượt điểm danh/, async ({ page }) => {
    await expect(page.locator('.stage')).toBeVisible();
  });
  say('moderator', moderator);
  expect(moderator.files.join()).toMatch(/Moderator/);
});
