import assert from 'node:assert/strict';
import { createServer } from 'node:https';
import { test } from 'node:test';
import { SharedPort } from '../../../src/edge/sharedPort/index.ts';
import { servePage } from '../../support/Browser.ts';
import { freePort } from '../../support/freePort.ts';
import { noNamespaces } from '../../support/Namespace.ts';
import { joinable, Reach, trustedCertificate } from './reach.ts';

const skip = noNamespaces();

test('through a firewall that lets only the page’s TCP port out: https page, picture and sound both ways', {
  skip: skip ?? false,
  timeout: 120_000,
}, async (t) => {
  let port = 0;
  const world = await Reach.open(t, async (ns) => {
    port = await freePort();
    return { sfu: { tcp: { host: ns.here, ports: [port] } } };
  });
  const { ns, node, closer } = world;
  const { cert, key, argument } = await trustedCertificate(ns.here);
  const web = createServer({ cert, key }, (request, response) => {
    if (request.url?.startsWith('/rtc')) node.app(request, response);
    else void servePage(request, response);
  });
  web.on('upgrade', (request, socket, head) => {
    if (!node.signals.handleUpgrade(request, socket, head)) socket.destroy();
  });
  const one = await SharedPort.create({
    setting: 'PORT',
    host: ns.here,
    port,
    web,
    secureUrl: `https://${ns.here}:${port}`,
    media: { ownerOf: (ufrag) => node.sfu.ownerOf(ufrag), processes: 1, died: assert.fail },
  });
  closer.defer('port', () => one.close(0));

  ns.allowOnlyTcp(port);
  const url = `https://${ns.here}:${port}`;
  const [near, far] = await Promise.all([world.browserHere(), world.browserThere([argument])]);
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
