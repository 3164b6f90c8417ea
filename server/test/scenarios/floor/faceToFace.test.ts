import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dispose } from '@livekit/rtc-node';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { joinMedia } from '../../support/joinMedia.ts';
import { Meeting } from '../../support/Meeting.ts';
import type { RtcClient } from '../../support/RtcClient.ts';
import { TestNode } from '../../support/TestNode.ts';
import { throughout, until } from '../../support/until.ts';

/** One person: order channel and media of the same device. */
interface Person {
  readonly channel: ChannelClient;
  media: RtcClient;
}

let node: TestNode;
let meeting: Meeting;
let pm: Person;
let moderator: ChannelClient;
let chair: Person;
let viewer: Person;
let watcher: Person;
const media: RtcClient[] = [];
before(async () => {
  node = await TestNode.create();
  meeting = await Meeting.open(node);
  pm = await person(await meeting.enter('Prime'));
  moderator = await meeting.enter('moderator');
  chair = await person(await meeting.commune(0));
  viewer = await person(await introduced(await meeting.commune(1)));
  watcher = await person(await meeting.commune(2));
});
after(async () => {
  for (const client of media) await client.close();
  meeting?.close();
  await node?.close();
  await dispose();
});

/** They say at the door who they are; the order channel and media come after it. */
async function introduced(channel: ChannelClient): Promise<ChannelClient> {
  const { status } = await channel.program.post(`/api/briefings/${meeting.briefing}/join`, { person: who });
  assert.equal(status, 200);
  channel.socket.disconnect().connect();
  await channel.connected();
  return channel;
}
const who = { name: 'Trần Văn Hùng', title: 'Chủ tịch' };

async function join(channel: ChannelClient): Promise<RtcClient> {
  const client = await joinMedia(channel);
  media.push(client);
  return client;
}
const person = async (channel: ChannelClient): Promise<Person> => ({ channel, media: await join(channel) });
const unitOf = ({ channel }: Person) => channel.identity.split('.')[0] ?? '';
const sees = async (who: Person, whom: Person, colour: string): Promise<void> => {
  const eye = await who.media.watch(whom.channel.identity);
  await until(`${who.channel.identity} sees ${colour}`, () => eye.colour === colour);
};
/** Who does not see the green room knows a device in it by its sid. */
const tracksOf = ({ media }: Person, { channel, media: { me } }: Person): number =>
  (media.remote(channel.identity) ?? media.remote(me.sid ?? ''))?.trackPublications.size ?? 0;

test('PR2 who has media is here', async () => {
  await until('the three communes are here', () => {
    const rows = moderator.all('presence').flatMap((t) => t.counts.filter((c) => c.unit === '79'));
    return rows.at(-1)?.here === 3;
  });
});

test('FL12 the principal goes live and everybody sees him', async () => {
  await pm.channel.act('stage.goLive', {});
  await pm.media.publishColour('red');
  for (const who of [chair, viewer]) await sees(who, pm, 'red');
});

test('SC5 SC9 the called commune is seen and heard by all, face to face with the principal, until it is released', async () => {
  const call = await pm.channel.act('call.start', { unit: unitOf(chair) });
  await chair.channel.heardOf('call.ring', (c) => c.id === call.id);
  await chair.channel.act('call.accept', { call: call.id });
  await chair.media.publishColour('blue');
  await chair.media.publishTone(600);
  for (const who of [pm, viewer]) {
    await sees(who, chair, 'blue');
    const ear = await who.media.listen(chair.channel.identity);
    await until(`${who.channel.identity} hears the chair`, () => ear.hears(600));
  }
  await pm.channel.act('call.end', { call: call.id });
  for (const who of [pm, viewer]) await until('he is off the air', () => tracksOf(who, chair) === 0);
  // They insist; the server does not let them.
  const insisted = chair.media.publishColour('green').then(
    () => 'published',
    () => 'refused',
  );
  await throughout('nothing of him is on the air', () => tracksOf(viewer, chair) === 0, 2_000);
  assert.notEqual(await Promise.race([insisted, Promise.resolve('pending')]), 'published');
});

test('FL13 the principal loses his line: held, and seen again without anybody doing anything', async () => {
  await pm.media.close();
  await viewer.channel.sees('the holding card', (f) => f.speakers[0]?.place === 'holding');
  pm.media = await join(pm.channel);
  await viewer.channel.sees('the principal again', (f) => f.speakers[0]?.place === 'stage');
  await pm.media.publishColour('violet');
  await sees(viewer, pm, 'violet');
});

test('FL8 FL9 FL10 PS2 PS4 from the hand over the green room to the stage, muted and back, by their name', async () => {
  await viewer.channel.act('hand.raise', {});
  const { hands } = await moderator.sees('the hand', (f) => f.hands.length > 0);
  assert.deepEqual(hands[0]?.seat.person, who);
  const { rows } = await moderator.act('presence.list', { root: unitOf(viewer), limit: 1 });
  assert.deepEqual(rows[0]?.people, [who]);
  const named = (as: string) => {
    const { 'dh.person': name, 'dh.title': title } = watcher.media.remote(as)?.attributes ?? {};
    return { name, title };
  };
  await moderator.act('green.admit', { identity: viewer.channel.identity });
  await viewer.media.publishColour('yellow');
  await viewer.media.publishTone(900);
  const warm = () => tracksOf(watcher, viewer) === 2;
  await until('his tracks wait at the others', warm);
  assert.deepEqual(named(viewer.media.me.sid ?? ''), { name: undefined, title: undefined });
  const eye = await watcher.media.watch(viewer.media.me.sid ?? '');
  await throughout('no picture of the green room', () => eye.frames === 0, 700);
  await moderator.act('stage.promote', { identity: viewer.channel.identity });
  await viewer.channel.sees('who invites', (f) => f.speakers.some(({ invited }) => invited?.declined === false));
  await throughout('FL21: no picture before they take the place', () => eye.frames === 0, 700);
  await viewer.channel.act('stage.take', {});
  await until('on the air', () => eye.colour === 'yellow');
  assert.deepEqual(named(viewer.channel.identity), who);
  const ear = await watcher.media.listen(viewer.channel.identity);
  await until('heard', () => ear.hears(900));
  await moderator.act('seat.mute', { identity: viewer.channel.identity, muted: true });
  await until('not heard', () => !ear.hears(900));
  await moderator.act('stage.demote', { identity: viewer.channel.identity });
  await until('gone', () => tracksOf(watcher, viewer) === 0);
});

test('FL11 removed: media and channel end together', async () => {
  await moderator.act('seat.remove', { identity: viewer.channel.identity });
  await viewer.media.events.saw('disconnected');
  await viewer.channel.heardOf('farewell', (f) => f.reason === 'removed');
});

test('FL16 closed: everybody is told and out', async () => {
  const { epoch } = pm.channel.all('briefing').at(-1) ?? {};
  const { status } = await pm.channel.program.post(`/api/briefings/${meeting.briefing}/close`, { epoch });
  assert.equal(status, 200);
  await chair.channel.heardOf('farewell', (f) => f.reason === 'briefing-closed');
  await chair.media.events.saw('disconnected');
});
