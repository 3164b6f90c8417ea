import { test } from '@playwright/test';
import { DevPages } from './support/DevPages.ts';
import { Former } from './support/Former.ts';
import { folder, isWanted, sizes } from './support/pictures.ts';

/**
 * Pictures of every page for people to look at, written into the git-ignored `screenshots/`. Not a test of anything, so
 * it runs only when asked for: `SCREENSHOTS=1`, or a part of a name (`SCREENSHOTS=commune-call`); `LARGE=1` adds three
 * sizes. Those of real states are in screenshotsReal.spec.ts. At the end it says which pictures differ from those of the
 * run before; these are kept in `screenshots/former/`.
 */
const scenes: readonly [page: string, states: readonly string[], counts: readonly number[]][] = [
  ['signin', ['none', 'open'], [3]],
  ['password', ['none'], [3]],
  ['refused', ['none', 'not-found', 'broken', 'moved'], [3]],
  ['out', ['session-ended', 'removed', 'briefing-closed', 'replaced'], [3]],
  ['waiting', ['none'], [3]],
  ['screen', ['pairing', 'asking', 'idle', 'idle-none', 'empty', 'content', 'gallery-9', 'card'], [3]],
  [
    'stage',
    ['solo', 'pair', 'inset', 'voice', 'strip', 'gallery-4', 'gallery-9', 'gallery-16', 'content', 'card'],
    [3],
  ],
  ['check', ['good', 'weak', 'denied', 'remembered'], [3]],
  [
    'commune',
    ['live', 'before', 'call', 'ringing', 'green', 'hand', 'muted', 'weak', 'offline', 'holding', 'pause', 'missed'],
    [3],
  ],
  ['commune', ['directive', 'sheet', 'answer', 'unsent', 'recorded', 'asked', 'recall'], [3]],
  ['commune', ['question-write', 'question-sent', 'question-passed', 'question-answered', 'question-declined'], [3]],
  ['moderator', ['queue', 'queue-one', 'queue-many'], [10_056]],
  ['principal', ['queue', 'queue-one'], [10_056]],
  [
    'commune',
    [
      'rollcall',
      'rollcall-challenge',
      'rollcall-late',
      'rollcall-away',
      'rollcall-sent',
      'rollcall-recorded',
      'rollcall-confirm',
      'answers',
    ],
    [3],
  ],
  ['moderator', ['round', 'round-challenge', 'round-due', 'round-closed', 'round-form', 'round-form-more'], [10_056]],
  ['moderator', ['round-confirm', 'round-closed-confirm', 'wall-due-confirm'], [10_056]],
  ['commune', ['record-full'], [3]],
  ['moderator', ['round-record-full'], [10_056]],
  ['office', ['record-full'], [3]],
  ['moderator', ['wall', 'wall-due', 'wall-place', 'wall-confirm', 'wall-enter'], [3, 10_056]],
  ['office', ['none', 'ended'], [10_056]],
  [
    'office',
    ['schedule', 'schedule-none', 'schedule-plan', 'schedule-wrong', 'schedule-change', 'schedule-cancel'],
    [3],
  ],
  ['office', ['invite', 'inviting', 'screens', 'people', 'unit', 'unit-edit', 'link', 'slips'], [3]],
  ['office', ['readiness', 'readiness-none', 'people', 'unit'], [10_056]],
  ['office', ['upload', 'upload-none', 'upload-plan', 'upload-half', 'upload-done'], [10_056]],
  ['steward', ['steward', 'steward-none'], [10_056]],
  ['operator', ['nodes'], [1, 3, 12]],
  ['operator', ['nodes-drain'], [3]],
  [
    'principal',
    ['desk', 'compose', 'composed', 'review', 'board', 'board-map', 'board-map-unit', 'timeline', 'summary'],
    [10_056],
  ],
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
  ['principal', ['round-number', 'round-number-map', 'round-number-table'], [0, 3, 10_056]],
  ['moderator', ['round-number', 'round-number-map'], [10_056]],
  ['principal', ['round-number-coverage', 'round-number-place', 'round-number-unit'], [10_056]],
  ['principal', ['figures', 'figures-map', 'figures-table'], [0, 3, 10_056]],
  [
    'principal',
    ['figures-plain', 'figures-rate', 'figures-coverage', 'figures-place', 'figures-unit', 'figures-past'],
    [10_056],
  ],
  ['principal', ['figures-change', 'figures-change-table', 'figures-change-place'], [10_056]],
  ['moderator', ['figure-desk', 'figure-desk-reject'], [10_056]],
  ['office', ['figure-desk-office'], [0, 3, 10_056]],
  ['stage', ['staged', 'staged-series', 'staged-table', 'staged-mark', 'staged-communes'], [3]],
  ['stage', ['staged-lowest', 'staged-lowest-table'], [3]],
  ['stage', ['staged-broken', 'staged-broken-series'], [3]],
  ['stage', ['staged-rate', 'staged-rate-table'], [3]],
  ['wall', ['staged-broken', 'staged-rate'], [3]],
  ['stage', ['staged-announced', 'staged-announced-table'], [3]],
  ['stage', ['staged-coming', 'staged-coming-beside', 'staged-coming-series'], [3]],
  [
    'wall',
    ['staged', 'staged-mark', 'staged-communes', 'staged-silent', 'staged-announced', 'staged-coming', 'live'],
    [3],
  ],
  ['wall', ['staged-beside', 'staged-layout-map-beside', 'staged-layout-stage-beside'], [3]],
  ['wall', ['staged-layout-map', 'staged-layout-stage', 'staged-layout-figures', 'staged-layout-figures-beside'], [3]],
  ['stage', ['staged-beside', 'staged-beside-series', 'staged-beside-table'], [3]],
  ['commune', ['staged-beside', 'staged-coming'], [3]],
  ['commune', ['staged', 'staged-series', 'staged-table', 'staged-mark'], [3]],
  ['principal', ['staged'], [10_056]],
  ['commune', ['timer', 'timer-over'], [3]],
  ['principal', ['timer', 'timer-over'], [10_056]],
  ['moderator', ['timer', 'timer-over'], [10_056]],
  ['moderator', ['before', 'live', 'call', 'offline', 'staged'], [0, 3, 10_056]],
  ['moderator', ['room', 'room-elsewhere'], [10_056]],
  ['principal', ['rooms', 'rooms-ending', 'rooms-wall', 'room-visit'], [10_056]],
  ['commune', ['room', 'rooms-ending'], [10_056]],
];

test.skip(!process.env.SCREENSHOTS, 'asked for by SCREENSHOTS=1');

/** The clock stands still, so that what differs was changed by somebody. */
const NOW = '2026-11-26T02:41:07Z';
const former = new Former(folder);
let pages: DevPages;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  pages = await DevPages.create();
});
test.afterAll(async () => {
  await pages?.close();
  console.log(String(former));
});

// Nobody asked: Playwright is silent about a file without tests, and a silent file is one that was lost.
if (!process.env.SCREENSHOTS) test('pictures of every page', () => undefined);

for (const [page, states, counts] of scenes)
  for (const state of states)
    for (const count of counts)
      for (const [size, viewport] of Object.entries(sizes))
        for (const lang of ['vi', 'en'] as const)
          for (const theme of ['light', 'dark'] as const) {
            const name = `${page}-${state}-${count}-${size}-${lang}-${theme}`;
            if (!isWanted(name)) continue;
            test(name, async ({ browser }) => {
              const tab = await browser.newPage({ viewport, timezoneId: 'Asia/Ho_Chi_Minh' });
              await tab.clock.setFixedTime(NOW);
              const query = `page=${page}&state=${state}&n=${count}&lang=${lang}&theme=${theme}`;
              await tab.goto(pages.urlOf(query));
              await tab.locator('header, main').first().waitFor();
              await tab.evaluate(() => document.fonts.ready);
              // A busy machine is still opening parts of it.
              const opening = tab.getByText(/^(Đang mở…|Opening…|Đang tải số liệu…)$/).first();
              await opening.waitFor({ state: 'hidden', timeout: 5_000 }).catch(() => undefined);
              // Pictures and lists settle.
              await tab.waitForTimeout(count > 100 ? 1200 : 600);
              await former.replace(name, await tab.screenshot(), tab);
              await tab.close();
            });
          }
