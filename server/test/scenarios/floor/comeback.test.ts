import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { io } from 'socket.io-client';
import { type ConnectRefusal, connectRefusalSchema } from '../../../src/protocol/channel.ts';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { TestNode } from '../../support/TestNode.ts';
import { until, within } from '../../support/until.ts';

/** A node that may let in one device a second: three are a large audience for it. */
let node: TestNode;
let meeting: Meeting;
let closed = false;
before(async () => {
  node = await TestNode.create({ RETURNS_PER_SECOND: '1' });
  meeting = await Meeting.open(node);
});
after(async () => {
  meeting?.close();
  if (!closed) await node?.close();
});
const windows = (client: ChannelClient) => client.all('comeback').map(({ withinMs }) => withinMs);

/** Twelve devices knock in the same moment. @returns what the first of them heard that was refused */
async function turnedAway({ program, identity }: ChannelClient): Promise<ConnectRefusal | undefined> {
  const auth = { token: program.token, briefing: meeting.briefing, identity };
  const options = { transports: ['websocket'], auth, reconnection: false, forceNew: true };
  const crowd = Array.from({ length: 12 }, () => io(node.url, options));
  const heard = crowd.map(
    (socket) =>
      new Promise<unknown>((resolve) => {
        socket.once('connect', () => resolve(undefined));
        socket.once('connect_error', (error) => resolve('data' in error ? error.data : undefined));
      }),
  );
  const refusals = (await within('each of the crowd hears yes or no', Promise.all(heard))).filter(
    (data) => data !== undefined,
  );
  for (const socket of crowd) socket.close();
  return refusals.length > 0 ? connectRefusalSchema.parse(refusals[0]) : undefined;
}

test('CH11 a growing audience is told within which time to come back, a crowd at the door is turned away, and a draining node says farewell with it', async () => {
  const pm = await meeting.enter('Prime');
  await until('the first is told', () => windows(pm).at(-1) === 1000);
  const moderator = await meeting.enter('moderator');
  await until('both are told of two', () => [pm, moderator].every((client) => windows(client).at(-1) === 2000));
  const chair = await meeting.commune(0);
  await until('a third learns the same', () => windows(chair).at(-1) === 2000);
  chair.close();
  moderator.close();
  await until('who is left hears that it is shorter', () => windows(pm).at(-1) === 1000);

  const full = await until('one of a crowd is turned away', () => turnedAway(moderator), 30_000);
  assert.equal(full.error.reason, 'node-full');
  assert.ok((full.withinMs ?? 0) >= 2000, `${full.withinMs} ms`);

  closed = true;
  await node.close();
  await until('the page lost its connection', () => pm.socket.disconnected);
  const farewell = pm.all('farewell').at(-1);
  assert.equal(farewell?.reason, 'draining');
  assert.ok((farewell?.withinMs ?? 0) >= 1000, `${farewell?.withinMs} ms`);
});
