import { test } from '@playwright/test';
import { createServer, type ViteDevServer } from 'vite';

/**
 * Pictures of every page for people to look at, written into the git-ignored `screenshots/`. Not a test of anything, so
 * it runs only when asked for: `SCREENSHOTS=1`, or a part of a name (`SCREENSHOTS=commune-call`); `LARGE=1` adds a
 * large screen and a wall of two.
 */
const wanted = process.env.SCREENSHOTS;
const sizes = {
  wide: { width: 1366, height: 768 },
  phone: { width: 390, height: 844 },
  ...(process.env.LARGE && { large: { width: 1920, height: 1080 }, wall: { width: 3840, height: 1080 } }),
} as const;
const scenes: readonly [page: string, states: readonly string[], counts: readonly number[]][] = [
  ['signin', ['none'], [3]],
  ['refused', ['none'], [3]],
  ['waiting', ['none'], [3]],
  ['check', ['good', 'weak', 'denied', 'remembered'], [3]],
  [
    'commune',
    ['live', 'before', 'call', 'ringing', 'green', 'hand', 'muted', 'weak', 'offline', 'holding', 'pause', 'missed'],
    [3],
  ],
  ['commune', ['directive', 'sheet', 'answer', 'unsent', 'recorded', 'asked', 'recall'], [3]],
  [
    'commune',
    [
      'rollcall',
      'rollcall-challenge',
      'rollcall-late',
      'rollcall-sent',
      'rollcall-recorded',
      'rollcall-confirm',
      'answers',
    ],
    [3],
  ],
  ['moderator', ['round', 'round-challenge', 'round-due', 'round-closed', 'round-form', 'round-form-more'], [10_056]],
  ['moderator', ['wall', 'wall-due', 'wall-place', 'wall-confirm', 'wall-enter'], [3, 10_056]],
  ['office', ['none', 'ended'], [10_056]],
  ['principal', ['desk', 'compose', 'composed', 'review', 'board', 'timeline', 'summary'], [10_056]],
  [
    'moderator',
    [
      'desk',
      'compose',
      'board',
      'board-place',
      'questions',
      'recalling',
      'attendance',
      'timeline',
      'correction',
      'reports',
      'summary',
    ],
    [10_056],
  ],
  ['principal', ['round', 'round-challenge', 'wall'], [10_056]],
  ['principal', ['preview', 'live', 'ringing', 'call', 'noanswer', 'offline'], [0, 3, 10_056]],
  ['principal', ['denied', 'nobody', 'all', 'pause', 'weak', 'place'], [10_056]],
  ['moderator', ['before', 'live', 'call', 'offline'], [0, 3, 10_056]],
];

test.skip(!wanted, 'asked for by SCREENSHOTS=1');

let server: ViteDevServer;
let site: string;
test.beforeAll(async () => {
  server = await createServer({
    root: new URL('..', import.meta.url).pathname,
    // Whoever edits meanwhile is not in the picture.
    server: { port: 0, watch: null },
    logLevel: 'error',
  });
  await server.listen();
  site = server.resolvedUrls?.local[0] ?? '';
});
test.afterAll(() => server?.close());

for (const [page, states, counts] of scenes)
  for (const state of states)
    for (const count of counts)
      for (const [size, viewport] of Object.entries(sizes))
        for (const lang of ['vi', 'en'] as const)
          for (const theme of ['light', 'dark'] as const) {
            const name = `${page}-${state}-${count}-${size}-${lang}-${theme}`;
            if (wanted !== '1' && !new RegExp(wanted ?? '').test(name)) continue;
            test(name, async ({ browser }) => {
              const tab = await browser.newPage({ viewport });
              await tab.goto(
                `${site}dev/index.html?page=${page}&state=${state}&n=${count}&lang=${lang}&theme=${theme}`,
              );
              await tab.locator('header, main').first().waitFor();
              await tab.evaluate(() => document.fonts.ready);
              // Pictures and lists settle.
              await tab.waitForTimeout(count > 100 ? 1500 : 700);
              await tab.screenshot({ path: new URL(`../screenshots/${name}.png`, import.meta.url).pathname });
              await tab.close();
            });
          }
