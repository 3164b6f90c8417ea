import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { Closer } from '../../../src/lib/Closer.ts';
import { Browser } from '../../support/Browser.ts';
import { freePort } from '../../support/freePort.ts';
import { Meeting } from '../../support/Meeting.ts';
import { Namespace, noNamespaces } from '../../support/Namespace.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import type { Target } from '../../support/Target.ts';
import { TlsRelay } from '../../support/TlsRelay.ts';
import { UdpRelay } from '../../support/UdpRelay.ts';
import { trustedCertificate } from './reach.ts';
import { goodStretch, receivedOf } from './stretch.ts';
import { keepConnections } from './WholeServer.ts';

const skip = noNamespaces();
/** Each way. */
const DELAY_MS = 75;
/** What the page may weigh before the picture, as it comes over the line. */
const BUDGET_BYTES = 300_000;
const PATIENCE = { timeout: 60_000 };

/** Counts what the line carries for the page: files and answers, not what the line is measured with, nor media. */
async function weigh(page: Page): Promise<{ readonly bytes: number; readonly parts: readonly string[] }> {
  const protocol = await page.context().newCDPSession(page);
  const weight = { bytes: 0, parts: [] as string[] };
  const paths = new Map<string, string>();
  await protocol.send('Network.enable');
  protocol.on('Network.requestWillBeSent', ({ requestId, request }) =>
    paths.set(requestId, new URL(request.url).pathname),
  );
  protocol.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const path = paths.get(requestId) ?? '';
    if (path === '/api/line') return;
    weight.bytes += encodedDataLength;
    weight.parts.push(`${Math.round(encodedDataLength / 1000)} kB ${path}`);
  });
  return weight;
}

test('a commune on 300 kbit/s, 2 % of loss and 150 ms: the page comes, sounds, moves, and says in plain words what it does', {
  skip: skip ?? false,
  timeout: 230_000,
}, async (t) => {
  const closer = new Closer((name, error) => t.diagnostic(`closing ${name} failed: ${error}`));
  t.after(() => closer.close());
  const ns = closer.own('namespace', new Namespace());
  const [port, mediaPort] = [await freePort(), await freePort()];
  const url = `https://${ns.relay}:${port}`;
  const env = { HOST: ns.here, PORT: `${port}`, MEDIA_PORT: `${mediaPort}`, MEDIA_ANNOUNCED_ADDRESS: ns.relay };
  const { cert, key, argument } = await trustedCertificate(ns.relay);
  const server = closer.own('server', await ServerProcess.create({ ...env, PUBLIC_URL: url, TRUST_PROXY: ns.relay }));
  closer.own('page relay', await TlsRelay.open(ns.relay, { address: ns.here, port, cert, key }, DELAY_MS));
  closer.own('media relay', await UdpRelay.open(ns.relay, { address: ns.here, port: mediaPort }, DELAY_MS));
  const executable = ns.program(process.env.CHROMIUM ?? '/usr/bin/chromium');
  const [near, far] = await Promise.all([
    Browser.open({ host: ns.here }),
    Browser.open({ host: ns.here, executable, args: [argument] }),
  ]);
  closer.own('browser near', near);
  closer.own('browser far', far);

  const meeting = closer.own('meeting', await Meeting.open(server));
  const principal = await meeting.enter('Prime');
  await principal.act('stage.goLive', {});
  const { token, identity, briefing } = principal.joined;
  const here = `ws://${ns.here}:${port}`;
  const speaker = await near.join({} as Target, { room: briefing.id, identity, token, url: here });
  await speaker.publishTone(440, { dtx: false });
  const videoEncoding = { maxBitrate: 700_000, maxFramerate: 15 };
  await speaker.publishColour('red', { width: 640, height: 360, noise: true, simulcast: true, videoEncoding });

  ns.narrow({ kbit: 300, lossPercent: 2 });
  const page = await far.page();
  await page.context().grantPermissions(['camera', 'microphone'], { origin: url });
  await page.addInitScript({ content: keepConnections });
  const weight = await weigh(page);
  const link = server.links.find(({ who }) => who.startsWith('commune'))?.url ?? '';
  const begin = performance.now();
  const after = (what: string) => t.diagnostic(`${what} after ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  await page.goto(link, { ...PATIENCE, waitUntil: 'load' });
  after('the shell');
  await page.getByRole('button', { name: 'Vào phòng họp' }).click(PATIENCE);
  after('usable');
  await page.locator('.stage .tile video').waitFor(PATIENCE);
  after('the stage');
  t.diagnostic(`${Math.round(weight.bytes / 1000)} kB`);
  assert.ok(weight.bytes < BUDGET_BYTES, `${weight.bytes} bytes: ${weight.parts.join(', ')}`);

  await goodStretch(t, () => receivedOf(page));
  const note = page.locator('.commune-side .note');
  await note.filter({ hasText: 'Giữ tiếng rõ trước, hình tự giảm nét. Không cần làm gì.' }).waitFor(PATIENCE);
});
