import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { WebSocketServer } from 'ws';
import type { Briefing, ChannelAuth } from '../contract.ts';
import type { Channel } from './Channel.ts';

const briefing = { id: 'b' } as Briefing;
const refusalOf = (reason: string) =>
  `44${JSON.stringify({ message: reason, data: { error: { reason, message: '' } } })}`;
const LET_IN = '40{"sid":"s"}';

/** The answer of a server that has too much to do. */
const NOTHING_YET = '';

/** The channel of a page at a server that answers so to each connection in turn, how often it connected, and how often it asked to be let in on each. */
async function pageAt(t: TestContext, answers: readonly string[]) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  const seen = { connections: 0, asked: [] as number[], heard: new EventEmitter() };
  server.on('connection', (line) => {
    const nr = seen.connections++;
    const answer = answers[nr] ?? LET_IN;
    line.send('0{"sid":"e","upgrades":[],"pingInterval":60000,"pingTimeout":60000,"maxPayload":1000000}');
    line.on('message', (data) => {
      if (!String(data).startsWith('40')) return;
      seen.asked[nr] = (seen.asked[nr] ?? 0) + 1;
      seen.heard.emit('asked');
      if (answer === NOTHING_YET) return;
      line.send(answer);
      if (answer !== LET_IN) line.close();
    });
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const location = { protocol: 'http:', host: `127.0.0.1:${port}`, hostname: '127.0.0.1', port: String(port) };
  Object.assign(globalThis, { window: new EventTarget(), location });
  const { Channel } = await import('./Channel.ts');
  const channel = new Channel({} as ChannelAuth, briefing);
  t.after(() => {
    channel.close();
    for (const line of server.clients) line.terminate();
    server.close();
  });
  return { channel, seen };
}

const becomes = (channel: Channel, link: string) =>
  new Promise<void>((resolve) => {
    const look = () => void (channel.state.get().link === link && resolve());
    channel.state.subscribe(look);
    look();
  });

test('CH11 a page that is refused for the moment comes back by itself, as often as it is refused so', {
  timeout: 30_000,
}, async (t) => {
  const { channel, seen } = await pageAt(t, ['store-unavailable', 'draining', 'node-full'].map(refusalOf));
  await becomes(channel, 'online');
  assert.deepEqual([seen.connections, channel.state.get().refusal], [4, undefined]);
});

test('CH7 a page that is refused for good says so, and does not come back', { timeout: 30_000 }, async (t) => {
  const { channel, seen } = await pageAt(t, [refusalOf('store-unavailable'), refusalOf('unauthenticated')]);
  await becomes(channel, 'refused');
  assert.deepEqual([seen.connections, channel.state.get().refusal?.reason], [2, 'unauthenticated']);
});

test('CH6 CH11 a page whose line is back while a slow server lets it in asks on a new connection, since at a node of the version before it would be its own older one', {
  timeout: 30_000,
}, async (t) => {
  const { channel, seen } = await pageAt(t, [NOTHING_YET]);
  await once(seen.heard, 'asked');
  window.dispatchEvent(new Event('online'));
  await once(seen.heard, 'asked');
  assert.deepEqual(seen.asked, [1, 1]);
  await becomes(channel, 'online');
});

test('CH11 a page that is let in while its next try is planned stays on the connection that it has', {
  timeout: 30_000,
}, async (t) => {
  const { channel, seen } = await pageAt(t, []);
  await once(seen.heard, 'asked');
  t.mock.timers.enable({ apis: ['setTimeout'] });
  // The answer is on its way.
  window.dispatchEvent(new Event('online'));
  await becomes(channel, 'online');
  t.mock.timers.tick(60_000);
  assert.deepEqual([channel.state.get().link, seen.connections], ['online', 1]);
});
