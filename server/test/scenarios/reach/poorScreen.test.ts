import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { noNamespaces } from '../../support/Namespace.ts';
import { until } from '../../support/until.ts';
import { makeScreen, readScreen, type ScreenLook } from './textScreen.ts';
import { WholeServer } from './WholeServer.ts';

const skip = noNamespaces();
const PATIENCE = { timeout: 60_000 };
/** Share of the strokes on a shared screen that is read rightly. */
const READABLE = 0.98;

test('SH4 SH7 SH8 on 300 kbit/s, 2 % of loss and 150 ms, the text of a shared screen is readable, by stills', {
  skip: skip ?? false,
  timeout: 300_000,
}, async (t) => {
  const world = await WholeServer.open(t);
  const pm = await world.page(world.near);
  const commune = await world.page(world.far);
  await pm.addInitScript({ content: makeScreen });
  await commune.setViewportSize({ width: 1366, height: 768 });
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();
  await world.onPoorLine(pm, commune, PATIENCE);
  const sizes: Promise<string>[] = [];
  commune.on('requestfinished', (request) => {
    if (!request.url().includes('/stills/')) return;
    sizes.push(request.sizes().then(({ responseBodySize }) => `${Math.round(responseBodySize / 1000)}`));
  });

  await button(pm, 'Chia sẻ màn hình').click(PATIENCE);
  const readable = (nr: number) =>
    until(
      `page ${nr} of the shared screen is readable`,
      async () => {
        const seen = await commune.evaluate<ScreenLook>(readScreen(nr));
        return seen.by === 'still' && seen.read >= READABLE ? seen : undefined;
      },
      120_000,
    );
  const shared = Date.now();
  const first = await readable(0);
  t.diagnostic(`readable ${Date.now() - shared} ms after the press, ${first.width}x${first.height}`);
  for (const nr of [1, 2]) {
    const turned = Date.now();
    await pm.evaluate(`turnScreen(${nr})`);
    await readable(nr);
    t.diagnostic(`its next page is readable after ${Date.now() - turned} ms`);
  }
  t.diagnostic(`stills: ${(await Promise.all(sizes)).join(', ')} kB`);
  assert.ok(first.height >= 720, `${first.height} lines`);
  await commune.getByText(/^Ảnh chụp màn hình, cập nhật lúc \d\d:\d\d:\d\d$/).waitFor(PATIENCE);
  // Nothing of the picture is wanted any more: no element shows it.
  await commune.locator('.stage .screen-view video').waitFor({ state: 'detached', ...PATIENCE });
});
