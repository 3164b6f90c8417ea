import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { Meeting } from '../../support/Meeting.ts';
import { SignalClient } from '../../support/SignalClient.ts';
import { TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

const CAP = 100;
const IDLE = 400;

let node: TestNode;
let meeting: Meeting;
const opened: { destroy(): unknown }[] = [];
before(async () => {
  node = await TestNode.create({ CONNECTIONS_PER_ADDRESS: String(CAP) });
  meeting = await Meeting.open(node);
});
after(async () => {
  for (const socket of opened) socket.destroy();
  meeting?.close();
  await node?.close();
});

const port = () => Number(new URL(node.url).port);
function dial(): Socket {
  const socket = connect(port(), '127.0.0.1');
  opened.push(socket);
  socket.on('error', () => undefined);
  return socket.resume();
}

test('400 idle connections do not stay, and put out nobody who takes part', async () => {
  const moderator = await meeting.enter('moderator');
  const media = await SignalClient.open(moderator.joined.url, moderator.joined.token);
  opened.push({ destroy: () => media.close() });
  await media.saw('join');

  const idle = Array.from({ length: IDLE }, dial);
  const open = () => idle.filter((socket) => !socket.closed).length;
  await until('those over the cap are gone', () => open() <= CAP);
  assert.ok(moderator.socket.connected);
  assert.equal(media.closed, undefined);
  await moderator.act('sync', {});
  await until('none of them stays', () => open() === 0, 40_000);
  assert.equal((await moderator.program.get('/api/session')).status, 200);
  assert.ok(moderator.socket.connected);
  assert.equal(media.closed, undefined);
});
