import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import { createServer as createTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { localCertificate, Port } from '../../../src/edge/port/index.ts';
import { servePage } from '../../support/Browser.ts';
import { noNamespaces } from '../../support/Namespace.ts';
import { joinable, Reach } from './reach.ts';

const skip = noNamespaces();

async function freePort(host: string): Promise<number> {
  const server = createTcp().listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

test('through a firewall that lets only the page’s TCP port out: https page, picture and sound both ways', {
  skip: skip ?? false,
  timeout: 120_000,
}, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'tls-'));
  t.after(() => rm(folder, { recursive: true }));
  let port = 0;
  const world = await Reach.open(t, async (ns) => {
    port = await freePort(ns.here);
    return { sfu: { pagePort: port } };
  });
  const { ns, node, closer } = world;
  const certificate = await localCertificate(folder, [ns.here]);
  const [cert, key] = await Promise.all([readFile(certificate.cert), readFile(certificate.key)]);
  const web = createServer({ cert, key }, (request, response) => {
    if (request.url?.startsWith('/rtc')) node.app(request, response);
    else void servePage(request, response);
  });
  web.on('upgrade', (request, socket, head) => {
    if (!node.signals.handleUpgrade(request, socket, head)) socket.destroy();
  });
  const one = await Port.create({
    host: ns.here,
    port,
    web,
    tcpPortOf: (ufrag) => node.sfu.tcpPortOf(ufrag),
    secureUrl: `https://${ns.here}:${port}`,
    mediaHost: node.sfu.mediaHost,
  });
  closer.defer('port', () => one.close(0));

  ns.allowOnlyTcp(port);
  const url = `https://${ns.here}:${port}`;
  // This Chromium trusts this one key, as a device would that got our authority; it takes no other certificate.
  const spki = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
  const trusted = createHash('sha256').update(spki).digest('base64');
  const [near, far] = await Promise.all([
    world.browserHere(),
    world.browserThere([`--ignore-certificate-errors-spki-list=${trusted}`]),
  ]);
  const here = await near.join(joinable(node), { room: 'r', identity: 'here' });
  await Promise.all([here.publishColour('red'), here.publishTone(440)]);
  const there = await far.visit(url);
  assert.equal(await there.page.evaluate('isSecureContext'), true);
  await there.join(joinable(node, url.replace('https', 'wss')), { room: 'r', identity: 'there' });
  await Promise.all([there.publishColour('green'), there.publishTone(880)]);

  await Promise.all([
    there.sees('here', 'red', 30_000),
    there.hears('here', 440, 30_000),
    here.sees('there', 'green', 30_000),
    here.hears('there', 880, 30_000),
  ]);
  assert.ok(one.counts.media >= 2, 'both of his connections came by the page’s port');
  assert.equal(one.counts.garbage, 0);
});
