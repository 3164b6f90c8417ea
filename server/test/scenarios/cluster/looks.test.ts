import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dispose } from '@livekit/rtc-node';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import { ChannelClient } from '../../support/ChannelClient.ts';
import { joinMedia } from '../../support/joinMedia.ts';
import { Meeting } from '../../support/Meeting.ts';
import { issueLinkFor } from '../../support/people.ts';
import type { RtcClient } from '../../support/RtcClient.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import { CLUSTER_SECRET, Program } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

/** A commune of a province that holds no session of its own. */
const HIEP_THANH = '25741';

/** One person: order channel and media of the same device. */
interface Person {
  readonly channel: ChannelClient;
  readonly media: RtcClient;
}

let one: ServerProcess;
/** The principal's, which dies. */
let two: ServerProcess;
let meeting: Meeting;
let pm: Person;
let leader: Person;
/** Who leads the nation with the principal, and a commune: they are shown the main room. */
let deputy: Person;
let commune: Person;
let postgres: Postgres;
const open: { close(): unknown }[] = [];
before(async () => {
  const shared = { ALLOW_SECOND_NODE: '1', CLUSTER_SECRET, PIPE_ADDRESS: '127.0.0.1' };
  one = await ServerProcess.create({ ...shared, NODE_ID: 'one' });
  const { databaseUrl: DATABASE_URL, redisUrl: REDIS_URL } = one.stores;
  two = await ServerProcess.create({ ...shared, DATABASE_URL, REDIS_URL, NODE_ID: 'two' });
  for (const { url } of [one, two])
    await until(`${url} is ready`, async () => (await fetch(`${url}/readyz`)).ok, 30_000);
  postgres = await Postgres.create(DATABASE_URL, () => undefined, 1);
  meeting = await Meeting.open(one);
  pm = await enter(two, 'principal', 'vn');
  [leader, deputy] = [await enter(two, 'moderator', '79'), await enter(one, 'moderator', 'vn')];
  commune = await enter(one, 'seat', HIEP_THANH);
});
after(async () => {
  for (const client of open) await client.close();
  await postgres?.close();
  meeting?.close();
  await two?.close();
  await one?.close();
  await dispose();
});

async function enter(node: ServerProcess, role: string, unit: string): Promise<Person> {
  return at(node, await node.signIn(await issueLinkFor(one, role, unit), `${role} ${unit}`));
}

async function at(node: ServerProcess, program: Program): Promise<Person> {
  const channel = await ChannelClient.open(node, program, meeting.briefing);
  const media = await joinMedia(channel);
  open.push(media, channel);
  return { channel, media };
}

/** Where somebody reads that the principal is, and at what they look. */
const reads = ({ channel }: Person, place: string, away: object | undefined) =>
  channel.sees(`${place} ${JSON.stringify(away)}`, ({ speakers: [speaker] }) => {
    return speaker?.place === place && JSON.stringify(speaker.away) === JSON.stringify(away);
  });

const sees = (person: Person) => person.media.sees(pm.channel.identity, 'red');
/** As pages do while they have no place on the stage that they are shown (TR20). */
const sendsNothing = async ({ media }: Person) => {
  for (const { sid } of [...media.me.trackPublications.values()]) await media.me.unpublishTrack(sid ?? '');
};

test('TR20 TR21 a leader on stage looks into a room: the main room reads so at each node, officials who lead them at which, and is back by itself', async () => {
  await pm.channel.act('stage.goLive', {});
  await pm.media.publishColour('red');
  await sees(commune);
  await leader.channel.act('stage.open', { unit: '79' });
  await leader.media.publishColour('blue');

  await pm.channel.act('stage.enter', { unit: '79' });
  await pm.channel.sees(
    'the room, and not themselves',
    (f) => f.stage?.unit === '79' && f.speakers[0]?.seat.unit === '79',
  );
  await sendsNothing(pm);
  await pm.media.sees(leader.channel.identity, 'blue');
  await reads(commune, 'stage', {});
  await reads(deputy, 'stage', { room: 'Thành phố Hồ Chí Minh' });
  assert.ok(!JSON.stringify(commune.channel.heard).includes('Hồ Chí Minh'), 'to the commune it is not said at which');
  await until(
    'no picture of theirs is left',
    () => commune.media.remote(pm.channel.identity)?.trackPublications.size === 0,
  );
  await commune.channel.heardOf('floor.air', ({ since, beforeMs }) => since === null && beforeMs > 0);
  await until('nobody in the room is told who looks', () => leader.channel.floor.speakers.length === 1);

  await leader.channel.act('stage.close', { unit: '79' });
  await pm.channel.sees('themselves again', (f) => !f.stage && f.speakers[0]?.seat.unit === 'vn');
  await pm.media.publishColour('red');
  for (const person of [commune, deputy]) await reads(person, 'stage', undefined);
  await sees(commune);
  await commune.channel.heardOf('floor.air', ({ since, beforeMs }) => since !== null && beforeMs > 0);
});

test('TR21 CL42 FL13 the node of a leader who looks into a room dies: their line is said to be down, and when they are at another they look on, and go back', async () => {
  await leader.channel.act('stage.open', { unit: '79' });
  await pm.channel.act('stage.enter', { unit: '79' });
  await sendsNothing(pm);
  await reads(commune, 'stage', {});
  await two.kill();
  await commune.channel.sees('a line that is down', ({ speakers: [speaker] }) => speaker?.place === 'holding', 60_000);
  const program = Object.assign(new Program(one.url), { token: pm.channel.program.token });
  pm = await at(one, program);
  await reads(commune, 'stage', {});
  await pm.channel.sees('the room', (f) => f.stage?.unit === '79');
  await pm.channel.act('stage.enter', { unit: null });
  await pm.media.publishColour('red');
  await reads(commune, 'stage', undefined);
  await sees(commune);

  const acts = await postgres.query<{ act: string; changes: object[] }>(
    `SELECT act, changes FROM floor_acts WHERE briefing = $1 AND changes @> '[{"kind": "entered"}]' ORDER BY seq`,
    [meeting.briefing],
  );
  const { identity } = pm.channel;
  const looked = (stage: string | null) => [{ kind: 'entered', identity, stage }];
  const said = acts.map(({ act, changes }) => [act, changes.filter((c) => 'kind' in c && c.kind === 'entered')]);
  assert.deepEqual(said, [
    ['stage.enter', looked('vn.79')],
    ['stage.close', looked(null)],
    ['stage.enter', looked('vn.79')],
    ['stage.enter', looked(null)],
  ]);
});
