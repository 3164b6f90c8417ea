import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dispose } from '@livekit/rtc-node';
import { countryRows } from '../../../src/demo/country.ts';
import { participantAttributes } from '../../../src/protocol/briefing.ts';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { joinMedia } from '../../support/joinMedia.ts';
import { Meeting } from '../../support/Meeting.ts';
import { issueLinkFor } from '../../support/people.ts';
import type { RtcClient } from '../../support/RtcClient.ts';
import { TestNode } from '../../support/TestNode.ts';
import { throughout, until } from '../../support/until.ts';

/** One person: order channel and media of the same device. */
interface Person {
  readonly channel: ChannelClient;
  readonly media: RtcClient;
}

let node: TestNode;
let meeting: Meeting;
let pm: Person;
let leader: Person;
let commune: Person;
let stranger: Person;
const media: RtcClient[] = [];
const enter = async (channel: ChannelClient): Promise<Person> => {
  const person = { channel, media: await joinMedia(channel) };
  media.push(person.media);
  return person;
};
before(async () => {
  node = await TestNode.create();
  meeting = await Meeting.open(node);
  pm = await enter(await meeting.enter('Prime'));
  leader = await enter(await meeting.enter('moderator'));
  commune = await enter(await meeting.commune(0));
  stranger = await enter(await meeting.withSecret(await issueLinkFor(node, 'seat', await communeOf('74'))));
});
after(async () => {
  for (const client of media) await client.close();
  meeting?.close();
  await node?.close();
  await dispose();
});

/** The first commune of a province. */
async function communeOf(province: string): Promise<string> {
  const rows = await countryRows();
  const districts = new Set(rows.flatMap((row) => (row.parent === province ? [row.code] : [])));
  const found = rows.find(({ parent }) => parent !== null && districts.has(parent));
  assert.ok(found, `no commune in ${province}`);
  return found.code;
}
/** Whom a client knows to be there, by their devices. */
const known = ({ media }: Person): string[] =>
  [...media.room.remoteParticipants.values()].map((p) => p.attributes[participantAttributes.identity] ?? p.identity);

test('TR1 TR2 TR3 a province holds its session: its communes see and hear it, the others nothing of it, and all come back', async () => {
  await pm.channel.act('stage.goLive', {});
  await pm.media.publishColour('red');
  await pm.media.publishTone(440);
  const [red, alsoRed] = [
    await commune.media.watch(pm.channel.identity),
    await stranger.media.watch(pm.channel.identity),
  ];
  const tone = await commune.media.listen(pm.channel.identity);
  await until('both communes see red', () => red.colour === 'red' && alsoRed.colour === 'red');
  await until('the commune hears 440 Hz', () => tone.hears(440));

  await leader.channel.act('stage.open', { unit: '79' });
  const floor = await commune.channel.sees('the stage of its province', (f) => f.stage?.unit === '79');
  assert.deepEqual(
    floor.speakers.map((s) => s.seat.identity),
    [leader.channel.identity],
  );
  await leader.media.publishColour('blue');
  await leader.media.publishTone(880);
  const blue = await commune.media.watch(leader.channel.identity);
  const province = await commune.media.listen(leader.channel.identity);
  await until('the commune sees blue', () => blue.colour === 'blue');
  await until('the commune hears 880 Hz', () => province.hears(880));
  const frames = { commune: red.frames, stranger: alsoRed.frames };
  await until('the other province sees red on', () => alsoRed.frames > frames.stranger + 15);
  assert.ok(red.frames - frames.commune < 5, 'the nation is still forwarded to the commune');

  assert.deepEqual(known(stranger), [pm.channel.identity], 'the other province is told who is on the stage');
  assert.deepEqual(known(pm), [], 'so is the nation');
  assert.equal(
    stranger.channel.all('floor').some((f) => f.stage || f.speakers.length > 1),
    false,
  );
  const mine = await pm.channel.sees('the list of stages', (f) => f.stages?.[0]?.shown === true);
  assert.deepEqual(
    mine.stages?.map((s) => [s.unit, s.people.length]),
    [['79', 1]],
  );

  await leader.channel.act('stage.close', { unit: '79' });
  await commune.channel.sees('the nation', (f) => !f.stage && f.speakers[0]?.seat.unit === 'vn');
  const back = red.frames;
  await until('the commune sees red again', () => red.frames > back + 10 && red.colour === 'red');
  await until('the commune hears 440 Hz again', () => tone.hears(440));
  await until('the stage of the province is gone', () => !known(commune).includes(leader.channel.identity));
  for (const { media } of [commune, stranger, pm, leader])
    assert.equal(
      media.events.of('reconnecting').length + media.events.of('disconnected').length,
      0,
      'nobody reconnects',
    );
});

test('TR5 TR9 an official looks into a session and goes back, alone', async () => {
  await leader.channel.act('stage.open', { unit: '79' });
  await leader.media.publishColour('green');
  await commune.media.watch(leader.channel.identity);
  await pm.channel.act('stage.enter', { unit: '79' });
  await pm.channel.sees('the province', (f) => f.stage?.unit === '79');
  const eye = await pm.media.watch(leader.channel.identity);
  await until('the principal sees green', () => eye.colour === 'green');
  assert.deepEqual(known(stranger), [pm.channel.identity]);
  await pm.channel.act('stage.enter', { unit: null });
  await until('the principal is told that it is gone', () => known(pm).length === 0);
  await throughout('the commune sees on', () => known(commune).includes(leader.channel.identity), 200);
  const acts = await actsOnRecord();
  assert.deepEqual(acts.slice(-3), ['stage.open', 'stage.enter', 'stage.enter']);
});

test('TR10 TR11 TR12 TR13 a whole tier breaks out, looks up, and is back after a countdown that every room is told', async () => {
  await pm.channel.act('stage.back', { unit: 'vn', seconds: 0 });
  await commune.channel.sees('the nation', (f) => !f.stage);
  await until('who stood there is gone', () => !known(commune).includes(leader.channel.identity));
  const { open, empty } = await pm.channel.act('stage.breakOut', { unit: 'vn' });
  assert.equal(empty, open - 1, 'one province has its official here');
  await commune.channel.sees('its province', (f) => f.stage?.unit === '79');
  await leader.media.publishColour('yellow');
  const eye = await commune.media.watch(leader.channel.identity);
  await until('the commune sees yellow', () => eye.colour === 'yellow');
  assert.equal(stranger.channel.floor.stage, undefined, 'nobody leads its province');
  assert.deepEqual(known(stranger), [pm.channel.identity]);

  await pm.channel.act('stage.gather', { unit: 'vn', eyes: true });
  await commune.channel.sees('the nation', (f) => !f.stage && f.speakers[0]?.seat.unit === 'vn');
  await pm.channel.act('stage.gather', { unit: 'vn', eyes: false });
  await commune.channel.sees('its province again', (f) => f.stage?.unit === '79');
  const seen = eye.frames;
  await until('the commune sees its province again, by the same track', () => eye.frames > seen + 10);

  await pm.channel.act('stage.back', { unit: 'vn', seconds: 1 });
  await commune.channel.heardOf('floor', (f) => f.stage?.unit === '79' && f.backAt !== undefined);
  await commune.channel.sees('the nation', (f) => !f.stage && f.backAt === undefined);
  await pm.channel.sees('no stage below', (f) => !f.stages && !f.gathers);
  await until('who stood there is gone', () => !known(commune).includes(leader.channel.identity));
  assert.ok((await actsOnRecord()).includes('stage.back-due'));
  const unit = commune.channel.identity.split('.')[0];
  const { status, body } = await commune.channel.program.get(`/api/briefings/${meeting.briefing}/shown/${unit}`);
  assert.equal(status, 200);
  const shown = body.shown.map((stage: { unit: string | null }) => stage.unit);
  assert.deepEqual(shown.slice(-4), ['79', null, '79', null]);
  for (const { media } of [commune, stranger, pm, leader]) assert.equal(media.events.of('reconnecting').length, 0);
});

async function actsOnRecord(): Promise<string[]> {
  const { Postgres } = await import('../../../src/store/postgres/base/Postgres.ts');
  const postgres = await Postgres.create(node.stores.databaseUrl, () => undefined, 1);
  try {
    const rows = await postgres.query<{ act: string }>('SELECT act FROM floor_acts ORDER BY briefing, seq');
    return rows.map(({ act }) => act);
  } finally {
    await postgres.close();
  }
}
