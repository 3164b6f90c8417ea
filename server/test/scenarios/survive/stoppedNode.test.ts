import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { issueLinkFor } from '../../support/people.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import { CLUSTER_SECRET, TestNode } from '../../support/TestNode.ts';
import { until, within } from '../../support/until.ts';

const cluster = { ALLOW_SECOND_NODE: '1', CLUSTER_SECRET };
let stopped: ServerProcess;
let other: TestNode;
let meeting: Meeting;
let chair: ChannelClient;
let pm: ChannelClient;
before(async () => {
  stopped = await ServerProcess.create({ ...cluster, NODE_ID: 'stopped' });
  const { databaseUrl, redisUrl } = stopped.stores;
  other = await TestNode.create({ ...cluster, DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, NODE_ID: 'other' });
  meeting = await Meeting.open(stopped);
  chair = await meeting.commune(0);
  const secret = await issueLinkFor(stopped, 'principal', 'vn');
  pm = await ChannelClient.open(other, await other.signIn(secret, 'far'), meeting.briefing);
  await until('who came first carries it, the other stands by', async () => (await carrier()) === 'stopped 1 other');
  await pm.act('stage.goLive', {});
});
after(async () => {
  stopped?.resume();
  pm?.close();
  meeting?.close();
  await other?.close();
  await stopped?.close();
});

/** Who carries the briefing, under which epoch, and who would take over. */
async function carrier(): Promise<string> {
  const sql = new Client(stopped.stores.databaseUrl);
  await sql.connect();
  const { rows } = await sql.query<{ words: string }>(
    `SELECT concat_ws(' ', node, epoch, standby_node) AS words FROM briefing_carriers WHERE briefing = $1`,
    [meeting.briefing],
  );
  await sql.end();
  return rows[0]?.words ?? 'nobody';
}

test('CL8 CL31 CL32 a node that was stopped does nothing of what waited for it, carries no briefing any more, and its devices learn what is true', async () => {
  const unit = chair.identity.slice(0, chair.identity.indexOf('.'));
  const call = async () => {
    const answer = await pm.ask('call.start', { unit, seconds: 60 });
    // Acts are limited, so it is asked slowly.
    await sleep(500);
    if ('error' in answer) return answer.error.reason;
    if (answer.ok.state === 'ringing') await pm.act('call.cancel', { call: answer.ok.id });
    return answer.ok.state;
  };
  await until('it rings at the node that will be stopped', async () => (await call()) === 'ringing', 30_000);
  stopped.pause();
  // It waits in the socket of the stopped node, and is no wish any more when that goes on.
  void chair.ask('hand.raise', {}).catch(() => undefined);
  await until('the stopped node counts as dead', async () => (await call()) === 'not-connected', 30_000);
  await until('the other carries it', async () => (await carrier()) === 'other 2');
  const why = new Promise<string>((resolve) => chair.socket.once('disconnect', resolve));
  stopped.resume();
  assert.equal(await within('its devices are cut', why), 'transport close');
  await chair.connected();
  await until('it rings there again', async () => (await call()) === 'ringing', 30_000);
  const { floor } = await pm.act('sync', {});
  assert.deepEqual(floor.hands, []);
  await until('who was stopped stands by', async () => (await carrier()) === 'other 2 stopped');
  await chair.sees('what the other node knows', ({ seq }) => seq >= floor.seq);
});
