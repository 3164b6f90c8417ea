import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, afterEach, before, test } from 'node:test';
import {
  DisconnectReason,
  LeaveRequest_Action,
  SessionDescription,
  SignalRequest,
  UpdateVideoLayers,
} from '@livekit/protocol';
import { JoinTokens } from '../../support/joinTokens.ts';
import { OwnServer, ownKeys } from '../../support/OwnServer.ts';
import { SignalClient } from '../../support/SignalClient.ts';
import { freshRoom } from '../../support/Target.ts';
import { until, within } from '../../support/until.ts';

let node: OwnServer;
const tokens = new JoinTokens(ownKeys);
const opened: SignalClient[] = [];
before(async () => {
  node = await OwnServer.start({ workers: 1 });
});
afterEach(async () => {
  for (const client of opened.splice(0)) await client.close();
});
after(() => node.close());

async function join(room: string, identity: string, query?: string): Promise<SignalClient> {
  const token = await tokens.issueJoin({ room, identity, name: identity, attributes: {} }, {});
  const client = await SignalClient.open(node.url, token, query);
  opened.push(client);
  await client.saw('join');
  await client.saw('offer');
  return client;
}

/** A witness in the same room, who must notice nothing but the coming and going of the other. */
async function withWitness(act: (bad: SignalClient, room: string) => Promise<void>): Promise<void> {
  const room = freshRoom('bad');
  const witness = await join(room, 'witness');
  const bad = await join(room, 'bad');
  await act(bad, room);
  const asked = BigInt(Date.now());
  witness.send({ case: 'pingReq', value: { timestamp: asked } as never });
  const pong = await witness.saw('pongResp');
  assert.equal(pong.lastPingTimestamp, asked);
  assert.equal(witness.closed, undefined);
  await until('bad is gone', () => node.rooms.get(room)?.participants.size === 1);
  const told = witness.all('update').flatMap((update) => update.participants.map((p) => p.identity));
  assert.ok(told.every((identity) => ['bad', 'witness'].includes(identity)));
}

test('a few frames of nonsense are ignored, and many end the socket', () =>
  withWitness(async (bad) => {
    for (let i = 0; i < 5; i++) bad.socket.send(Buffer.from([0xff, 0xff, i]));
    bad.send({ case: 'ping', value: 1n });
    await bad.saw('pong');
    for (let i = 0; i < 5; i++) bad.socket.send(Buffer.from([0xff, 0xff, i]));
    assert.deepEqual(await bad.ended(), { code: 1007, reason: 'malformed messages' });
    assert.ok((node.ignored.get('malformed') ?? 0) >= 10);
  }));

test('messages that are not served are counted, and hurt nobody', () =>
  withWitness(async (bad) => {
    bad.send({ case: 'updateLayers', value: new UpdateVideoLayers({ trackSid: 'TR_x' }) });
    bad.socket.send(new SignalRequest().toBinary());
    bad.send({ case: 'ping', value: 1n });
    await bad.saw('pong');
    assert.equal(node.ignored.get('updateLayers'), 1);
    await bad.close();
  }));

test('a frame that is too large ends its socket', () =>
  withWitness(async (bad) => {
    bad.socket.send(Buffer.alloc(400_000));
    assert.equal((await bad.ended()).code, 1009);
  }));

test('a flood of messages ends its socket, and a new socket does not help', () =>
  withWitness(async (bad, room) => {
    const sid = (await bad.saw('join')).participant?.sid;
    for (let i = 0; i < 700; i++) bad.send({ case: 'ping', value: 1n });
    assert.deepEqual(await bad.ended(), { code: 1008, reason: 'too many messages' });
    const token = await tokens.issueJoin({ room, identity: 'bad', name: '', attributes: {} }, {});
    const again = await SignalClient.open(node.url, token, `&reconnect=1&sid=${sid}`);
    opened.push(again);
    await again.saw('reconnect');
    for (let i = 0; i < 200; i++) again.send({ case: 'ping', value: 1n });
    assert.equal((await again.ended()).code, 1008);
  }));

test('an offer that is no SDP puts its sender out of step, and him alone', () =>
  withWitness(async (bad) => {
    bad.send({
      case: 'offer',
      value: new SessionDescription({ type: 'offer', sdp: 'v=0\r\nm=audio nonsense', id: 1 }),
    });
    const leave = await bad.saw('leave');
    assert.equal(leave.reason, DisconnectReason.STATE_MISMATCH);
    assert.equal(leave.action, LeaveRequest_Action.RECONNECT);
    await bad.ended();
  }));

test('an answer to another offer does the same', () =>
  withWitness(async (bad) => {
    bad.send({ case: 'answer', value: new SessionDescription({ type: 'answer', sdp: 'v=0', id: 0 }) });
    assert.equal((await bad.saw('leave')).reason, DisconnectReason.STATE_MISMATCH);
  }));

test('a client that never answers an offer is told to connect anew', async () => {
  const room = freshRoom('mute');
  const bad = await join(room, 'bad');
  assert.equal((await bad.saw('leave', 20_000)).action, LeaveRequest_Action.RECONNECT);
  await bad.ended();
  assert.equal(node.rooms.get(room)?.participants.size, 0);
});

test('a client that sends JSON is answered in JSON', async () => {
  const client = await join(freshRoom('json'), 'an');
  const texts: string[] = [];
  client.socket.removeAllListeners('message');
  client.socket.on('message', (data, binary) => {
    if (!binary) texts.push(data.toString());
  });
  client.socket.send(JSON.stringify({ ping: '1' }));
  await until('a pong as text', () => texts.some((text) => 'pong' in JSON.parse(text)));
});

test('a wrong token is refused before the upgrade', async () => {
  await assert.rejects(SignalClient.open(node.url, 'bad'), /401/);
  const late = await tokens.issueJoin({ room: 'r', identity: 'an', name: '', attributes: {} }, {}, -3600);
  await assert.rejects(SignalClient.open(node.url, late), /401/);
});

test('a resume of a session that is not there gets Leave RECONNECT as its first frame', async () => {
  const token = await tokens.issueJoin({ room: freshRoom('gone'), identity: 'an', name: '', attributes: {} }, {});
  const client = await SignalClient.open(node.url, token, '&reconnect=1&sid=PA_nobody');
  opened.push(client);
  assert.equal((await client.saw('leave')).action, LeaveRequest_Action.RECONNECT);
  assert.equal(client.received[0]?.message.case, 'leave');
  await client.ended();
});

test("one identity can't resume another's session", async () => {
  const room = freshRoom('theft');
  const an = await join(room, 'an');
  const sid = (await an.saw('join')).participant?.sid;
  const token = await tokens.issueJoin({ room, identity: 'thief', name: '', attributes: {} }, {});
  const thief = await SignalClient.open(node.url, token, `&reconnect=1&sid=${sid}`);
  opened.push(thief);
  assert.equal((await thief.saw('leave')).action, LeaveRequest_Action.RECONNECT);
  assert.equal(an.closed, undefined);
});

test('upgrades that are no WebSocket, and addresses that are none, leave nobody behind', async () => {
  const { port } = new URL(node.url);
  const room = freshRoom('half');
  const token = await tokens.issueJoin({ room, identity: 'half', name: '', attributes: {} }, {});
  const ask = (path: string) => {
    const answered = new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1');
      let text = '';
      socket.on('data', (data) => {
        text += data;
      });
      socket.on('close', () => resolve(text));
      socket.on('error', () => resolve(text));
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    });
    return within(`an answer to ${path}`, answered);
  };
  assert.match(await ask(`/rtc?access_token=${token}`), /^HTTP\/1\.1 400/);
  await ask('//');
  await ask('/rtc/v2');
  await until('nobody is there', () => (node.rooms.get(room)?.participants.size ?? 0) === 0);
  await join(freshRoom('half'), 'an');
});
