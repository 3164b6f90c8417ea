import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Still } from '../../../src/protocol/slides.ts';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { type Program, TestNode } from '../../support/TestNode.ts';

let node: TestNode;
let meeting: Meeting;
let pm: ChannelClient;
let chair: ChannelClient;
let other: ChannelClient;
before(async () => {
  node = await TestNode.create();
  meeting = await Meeting.open(node);
  pm = await meeting.enter('Prime');
  chair = await meeting.commune(0);
  other = await meeting.commune(1);
  await pm.act('stage.goLive', {});
  await pm.act('programme.set', { content: { kind: 'screen', identity: pm.identity } });
  await chair.heardOf('programme', ({ content }) => content?.kind === 'screen');
});
after(async () => {
  meeting?.close();
  await node?.close();
});

/** A picture by its head; nobody decodes it on the server. */
const picture = (text: string) => {
  const bytes = Buffer.alloc(200);
  bytes.write('\x89PNG\r\n\x1a\n', 0, 'latin1');
  bytes.write('IHDR', 12, 'latin1');
  bytes.writeUInt32BE(1280, 16);
  bytes.writeUInt32BE(720, 20);
  bytes.write(text, 40);
  return bytes;
};
async function take(by: Program, text: string): Promise<{ status: number; body: Still }> {
  const response = await fetch(`${node.url}/api/briefings/${meeting.briefing}/stills`, {
    method: 'POST',
    headers: { authorization: `Bearer ${by.token}`, 'content-type': 'image/png' },
    body: new Uint8Array(picture(text)),
  });
  return { status: response.status, body: (await response.json()) as Still };
}
const fetched = (by: Program, sha256: string) => by.get(`/api/briefings/${meeting.briefing}/stills/${sha256}`);

test('SH5 SH7 a still is told to those who asked, also to one who comes late, and fetched by its hash', async () => {
  assert.deepEqual(await chair.act('still.follow', { on: true }), { still: null });
  const { status, body: first } = await take(pm.program, 'one');
  assert.equal(status, 200, JSON.stringify(first));
  assert.equal((await take(chair.program, 'mine')).status, 403);
  assert.deepEqual(await chair.heardOf('still', ({ nr }) => nr === first.nr), first);
  assert.deepEqual((await other.act('still.follow', { on: true })).still, first, 'it is there for whoever comes late');
  const answer = await fetched(chair.program, first.sha256);
  assert.equal(answer.headers.get('content-type'), 'image/png');
  assert.equal(answer.headers.get('cache-control'), 'no-store', 'nor does a browser keep it');
  const nobody = await fetch(`${node.url}/api/briefings/${meeting.briefing}/stills/${first.sha256}`);
  assert.equal(nobody.status, 401);

  await chair.act('still.follow', { on: false });
  const second = (await take(pm.program, 'two')).body;
  await other.heardOf('still', ({ nr }) => nr === second.nr);
  assert.deepEqual(
    [chair.all('still').length, pm.all('still').length],
    [1, 0],
    'nobody is told who does not want to be',
  );
});

test('SH6 when the screen is shown no more its stills are gone', async () => {
  const { still } = await other.act('still.follow', { on: true });
  assert.ok(still);
  assert.equal((await fetched(other.program, still.sha256)).status, 200);
  await pm.act('programme.set', { content: null });
  assert.deepEqual(await other.act('still.follow', { on: true }), { still: null });
  assert.equal((await fetched(other.program, still.sha256)).status, 404);
  assert.equal((await take(pm.program, 'three')).status, 403);
});
