import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, test } from 'node:test';
import { SignalConnection } from '../../../../scripts/load/signal.ts';
import { happens } from '../../support/happens.ts';
import { closed } from '../../support/openSharedPort.ts';
import { framedRequest } from '../../support/stun.ts';
import { TestNode } from '../../support/TestNode.ts';
import { within } from '../../support/until.ts';

const pair = { key: 'programs', secret: 'a secret of at least thirty-two characters' };
let node: TestNode;
after(() => node.close());

test('a whole node offers its page’s port for media, answers there, and cuts who leaves', async (t) => {
  node = await TestNode.create({ LIVEKIT_API_KEY: pair.key, LIVEKIT_API_SECRET: pair.secret });
  const viewer = await SignalConnection.open({ url: node.url, room: 'r', ...pair }, 'viewer', { canSubscribe: true });
  const offered = new Promise<string>((resolve) =>
    viewer.listen((message) => message.case === 'offer' && resolve(message.value.sdp)),
  );
  const sdp = await within('the offer', offered);
  const [, ufrag] = /a=ice-ufrag:(\S+)/.exec(sdp) ?? [];
  const [, password = ''] = /a=ice-pwd:(\S+)/.exec(sdp) ?? [];
  const tcp = [...sdp.matchAll(/^a=candidate:\S+ 1 tcp \d+ (\S+) (\d+) typ host tcptype passive/gm)];
  assert.deepEqual(
    tcp.map(([, address, port]) => `http://${address}:${port}`),
    [node.url],
    'the only way by TCP',
  );

  const socket = connect(node.app.port, '127.0.0.1');
  t.after(() => socket.destroy());
  await happens(socket, 'connect');
  socket.write(framedRequest(`${ufrag}:x`, { password, fingerprint: true }));
  const [answer] = await happens(socket, 'data');
  assert.equal((answer as Buffer).readUInt16BE(2), 0x0101, 'the worker answers with success');
  const end = closed(socket);
  viewer.close();
  await end;
});
