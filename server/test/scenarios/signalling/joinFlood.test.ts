import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { SessionDescription } from '@livekit/protocol';
import { WebSocket } from 'ws';
import { JoinTokens } from '../../support/joinTokens.ts';
import { OwnServer, ownKeys } from '../../support/OwnServer.ts';
import { SignalClient } from '../../support/SignalClient.ts';
import { freshRoom } from '../../support/Target.ts';
import { within } from '../../support/until.ts';

let node: OwnServer;
const tokens = new JoinTokens(ownKeys);
const opened: { close(): unknown }[] = [];
before(async () => {
  node = await OwnServer.start({ workers: 1, settings: { limits: { sdpBytesPerSecond: 10_000 } } });
});
afterEach(async () => {
  for (const client of opened.splice(0)) await client.close();
});
after(() => node.close());

const tokenOf = (room: string, identity: string) =>
  tokens.issueJoin({ room, identity, name: identity, attributes: {} }, {});

/** @returns 101, or the status of the refusal and when to come back */
async function knock(token: string): Promise<{ status: number; retryAfter: string | undefined }> {
  const socket = new WebSocket(`${node.url}/rtc?access_token=${token}&protocol=17&sdk=test`);
  opened.push({ close: () => socket.terminate() });
  socket.on('error', () => {});
  const answer = new Promise<{ status: number; retryAfter: string | undefined }>((resolve) => {
    socket.once('open', () => resolve({ status: 101, retryAfter: undefined }));
    socket.once('unexpected-response', (_, { statusCode = 0, headers }) =>
      resolve({ status: statusCode, retryAfter: headers['retry-after'] }),
    );
  });
  return within('the server lets it in or refuses it', answer);
}

test('JN1 sixty joins of one token in a moment: some are refused and told when to come back, others come in', async () => {
  const room = freshRoom('flood');
  const token = await tokenOf(room, 'eager');
  const seen = await Promise.all(Array.from({ length: 60 }, () => knock(token)));
  const refused = seen.filter(({ status }) => status !== 101);
  assert.ok(refused.length > 0 && refused.length <= 30, `${refused.length} were refused`);
  for (const { status, retryAfter } of refused) assert.deepEqual([status, Number(retryAfter) >= 1], [429, true]);
  assert.equal((await knock(await tokenOf(room, 'neighbour'))).status, 101);
});

test('JN1 questions whether one may join are counted as well', async () => {
  const url = `${node.url.replace('ws', 'http')}/rtc/validate?access_token=${await tokenOf(freshRoom('ask'), 'eager')}`;
  const seen = await Promise.all(Array.from({ length: 60 }, () => fetch(url)));
  const refused = seen.filter(({ status }) => status === 429);
  assert.ok(refused.length > 0 && refused.length <= 30, `${refused.length} were refused`);
  for (const { headers } of refused) assert.ok(Number(headers.get('retry-after')) >= 1);
});

test('JN2 who joins anew gets no new allowance of descriptions', async () => {
  const token = await tokenOf(freshRoom('anew'), 'eager');
  const offer = async () => {
    const client = await SignalClient.open(node.url, token);
    opened.push(client);
    await client.saw('join');
    const sdp = 'v=0\r\n'.repeat(19_000);
    client.send({ case: 'offer', value: new SessionDescription({ type: 'offer', sdp }) });
    return client.ended();
  };
  assert.notEqual((await offer()).reason, 'too much SDP', 'the first is refused for what it is');
  assert.equal((await offer()).reason, 'too much SDP');
});
