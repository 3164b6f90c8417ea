import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { dispose } from '@livekit/rtc-node';
import { participantAttributes } from '../../../src/protocol/briefing.ts';
import { ChannelClient } from '../../support/ChannelClient.ts';
import { dh } from '../../support/dh.ts';
import { joinMedia } from '../../support/joinMedia.ts';
import { issueLinkFor } from '../../support/people.ts';
import type { RtcClient } from '../../support/RtcClient.ts';
import { databaseEnv } from '../../support/serverOf.ts';
import { type Program, secretOf, TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

/** A commune of the first district of the province, and one of another. */
const [TAN_DINH, OF_ANOTHER] = ['26734', '26764'];

/** One person: order channel and media of the same device. */
interface Person {
  readonly channel: ChannelClient;
  readonly media: RtcClient;
}

let node: TestNode;
let pm: Person;
let leader: Person;
let district: Person;
let commune: Person;
let other: Person;
let briefing: string;
const open: { close(): unknown }[] = [];
before(async () => {
  node = await TestNode.create();
  const chair = await node.signIn(await leaderLink());
  const nation = await node.signIn(node.secret('Prime'));
  const planned = { title: 'Giao ban thành phố', scheduledAt: new Date().toISOString(), stage: '79', scope: ['79'] };
  briefing = (await chair.post('/api/briefings', planned)).body.id;
  await chair.post(`/api/briefings/${briefing}/open`);
  leader = await enter(chair);
  district = await enter(await node.signIn(await districtLink(nation), 'district'));
  commune = await enter(await node.signIn(await issueLinkFor(node, 'seat', TAN_DINH), 'commune'));
  other = await enter(await node.signIn(await issueLinkFor(node, 'seat', OF_ANOTHER), 'other'));
  pm = await enter(nation);
});
after(async () => {
  for (const client of open) await client.close();
  await node?.close();
  await dispose();
});

async function enter(program: Program): Promise<Person> {
  const channel = await ChannelClient.open(node, program, briefing);
  const media = await joinMedia(channel);
  open.push(media, channel);
  return { channel, media };
}

/** Of the province's own principal, as an operator makes one. */
async function leaderLink(): Promise<string> {
  const args = ['create', '--role', 'principal', '--unit', '79', '--name', 'Chủ tịch UBND Thành phố Hồ Chí Minh'];
  const { status, out, err } = await dh('account/main', args, databaseEnv(node.stores.databaseUrl));
  assert.equal(status, 0, err);
  return secretOf(out.trim().split(' ').at(-1) ?? '');
}

/** Of an official of the first district, whom the principal of the nation makes. */
async function districtLink(nation: Program): Promise<string> {
  const account = { name: 'Ban Điều hành Quận 1', role: 'moderator', unit: '760' };
  const { body: made } = await nation.post('/api/accounts', account);
  return secretOf((await nation.post(`/api/accounts/${made.id}/links`)).body.url);
}

/** Whom a client knows to be there, by their devices. */
const known = ({ media }: Person): string[] =>
  [...media.room.remoteParticipants.values()].map((p) => p.attributes[participantAttributes.identity] ?? p.identity);
const standing = ({ channel }: Person) => channel.floor.speakers.map(({ seat }) => seat.identity);

test('TR1 TR5 the principal of a province goes live in a briefing of the province, and nobody else in it may', async () => {
  assert.equal(await district.channel.refusal('stage.goLive', {}), 'forbidden');
  await leader.channel.act('stage.goLive', {});
  await leader.media.publishColour('red');
  for (const person of [commune, other, district, pm]) await person.media.sees(leader.channel.identity, 'red');
  const moderator = await node.signIn(await issueLinkFor(node, 'moderator', '74'), 'neighbour');
  const refused = await moderator.post(`/api/briefings/${briefing}/join`);
  assert.deepEqual([refused.status, refused.body.error.reason], [404, 'not-found'], 'CH15');
});

test('TR1 TR3 TR10 TR11 TR14 its districts break out with their communes, are visited and looked at, and come back, as provinces of the nation', async () => {
  const { open: all, empty } = await leader.channel.act('stage.breakOut', { unit: '79' });
  assert.equal(empty, all - 1, 'one district has its official here');
  await commune.channel.sees('its district', (floor) => floor.stage?.unit === '760');
  await district.media.publishColour('blue');
  await commune.media.sees(district.channel.identity, 'blue');
  await district.channel.sees('itself alone', () => standing(district).join() === district.channel.identity);
  assert.equal(other.channel.floor.stage, undefined, 'nobody leads its district');
  assert.deepEqual(known(other), [leader.channel.identity], 'and of the one that is led it is told nobody');
  assert.equal(await district.channel.refusal('stage.breakOut', { unit: '79' }), 'outside-territory');

  await leader.channel.act('stage.visit', { unit: '760' });
  await leader.media.publishColour('green');
  await commune.media.sees(leader.channel.identity, 'green');
  await commune.channel.sees('both', (floor) => floor.speakers.length === 2);
  await leader.channel.act('stage.leave', {});
  await commune.channel.sees('its own official alone', (floor) => floor.speakers.length === 1);

  await leader.channel.act('stage.gather', { unit: '79', eyes: true });
  await commune.channel.sees('the province', (floor) => !floor.stage);
  await leader.channel.act('stage.gather', { unit: '79', eyes: false });
  await commune.channel.sees('its district again', (floor) => floor.stage?.unit === '760');
});

test('TR3 TR5 TR7 who leads the nation sees all its rooms from above, and looks into one unseen', async () => {
  const { stages = [] } = await pm.channel.sees('its room with its units', (floor) =>
    (floor.stages ?? []).some(({ unit, shown }) => unit === '760' && shown),
  );
  assert.ok(stages.length > 1);
  assert.deepEqual(
    stages.filter(({ people }) => people.length > 0).map(({ unit, people }) => [unit, people]),
    [['760', ['Ban Điều hành Quận 1']]],
  );
  await until('they know who stands above', () => known(pm).join() === leader.channel.identity);
  await pm.channel.act('stage.enter', { unit: '760' });
  await pm.media.sees(district.channel.identity, 'blue');
  await commune.channel.sees('nobody else', () => standing(commune).join() === district.channel.identity);
  assert.ok(!known(commune).includes(pm.channel.identity));
  await district.channel.act('green.admit', { identity: commune.channel.identity });
  const isWaiting = ({ channel }: Person) =>
    channel.sees('who waits', (floor) =>
      floor.speakers.some(({ seat, place }) => seat.unit === TAN_DINH && place === 'green'),
    );
  for (const person of [pm, district, commune]) await isWaiting(person);
  for (const person of [leader, other])
    assert.ok(!standing(person).includes(commune.channel.identity), 'on a stage that they are not shown');
  await district.channel.act('stage.demote', { identity: commune.channel.identity, to: 'audience' });
  await pm.channel.act('stage.enter', { unit: null });
});

test('TR6 TR13 RC1 in it officials of a district ask their own communes, and no others', async () => {
  const ask = { key: randomUUID(), question: 'Có mặt?', seconds: 600 };
  assert.equal(await district.channel.refusal('round.open', { ...ask, scope: ['79'] }), 'outside-territory');
  const round = await district.channel.act('round.open', { ...ask, scope: ['760'] });
  assert.equal(round.expected, 10);
  await commune.channel.heardOf('round', (told) => told.round.id === round.id);
  await commune.channel.act('round.answer', { round: round.id, key: randomUUID(), answerer: 'chair' });
  for (const { channel } of [leader, pm])
    await channel.heardOf('round.tick', (tick) =>
      tick.counts.some(({ unit, answered }) => unit === '760' && answered === 1),
    );
  assert.equal(other.channel.all('round').length, 0);

  await leader.channel.act('stage.back', { unit: '79', seconds: 0 });
  await commune.channel.sees('the province', (floor) => !floor.stage);
  const shown = await commune.channel.program.get(`/api/briefings/${briefing}/shown/${TAN_DINH}`);
  const units = shown.body.shown.map(({ unit }: { unit: string | null }) => unit);
  assert.deepEqual(units, [null, '760', null, '760', null]);
  for (const { media } of [pm, leader, district, commune, other])
    assert.equal(media.events.of('reconnecting').length + media.events.of('disconnected').length, 0);
});
