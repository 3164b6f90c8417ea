import { expect, test } from '@playwright/test';
import { Person } from './support/People.ts';
import { Server } from './support/Server.ts';

/** What a commune may load, compressed, before it sees the picture. */
const BUDGET_BYTES = 300_000;

test('the commune page stays under 300 kB compressed before the picture, and loads nothing of the desks', async ({
  browser,
}) => {
  const server = await Server.start();
  try {
    const commune = await Person.sit(browser);
    const protocol = await commune.page.context().newCDPSession(commune.page);
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
    await commune.enter(server.communes[0] ?? '');
    await expect(commune.page.locator('.holding')).toBeVisible();
    console.log(`  ${Math.round(bytes / 1000)} kB\n  ${files.join('\n  ')}`);
    expect(bytes).toBeLessThan(BUDGET_BYTES);
    expect(files.join()).not.toMatch(/Moderator|Principal|Office|[dD]esk|\.en-/);
    await commune.leave();
  } finally {
    await server.stop();
  }
});
