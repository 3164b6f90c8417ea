import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dispose } from '@livekit/rtc-node';
import { PublisherBot } from '../../../../scripts/load/PublisherBot.ts';
import type { Layout } from '../../../src/protocol/programme.ts';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { joinMedia } from '../../support/joinMedia.ts';
import { Meeting } from '../../support/Meeting.ts';
import { cleanup } from '../../support/NativePeer.ts';
import { issueLinksFor } from '../../support/people.ts';
import type { VideoProbe } from '../../support/probes.ts';
import type { RtcClient } from '../../support/RtcClient.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import { until } from '../../support/until.ts';

/** On stage beside the principal, who sends nothing here. */
const PEOPLE = 7;
/** Width of each layer that the bots send. */
const [LOW, MIDDLE, HIGH] = [320, 640, 1280];
const FRAMES = 15;

let server: ServerProcess;
let meeting: Meeting;
let pm: ChannelClient;
const speakers: string[] = [];
const pictures: VideoProbe[] = [];
const bots: PublisherBot[] = [];
let viewer: RtcClient | undefined;
before(async () => {
  server = await ServerProcess.create();
  meeting = await Meeting.open(server);
  pm = await meeting.enter('Prime');
  const moderator = await meeting.enter('moderator');
  await pm.act('stage.goLive', {});
  const { rows } = await moderator.act('presence.list', { root: '79', states: ['never'], limit: PEOPLE });
  const units = rows.map(({ unit }) => unit);
  for (const secret of await issueLinksFor(server, 'seat', units)) {
    const channel = await meeting.withSecret(secret);
    const { identity, joined } = channel;
    await moderator.act('green.admit', { identity });
    const account = { url: joined.url, token: joined.token, room: joined.briefing.id, key: '', secret: '' };
    bots.push(await PublisherBot.create(account, identity));
    await moderator.act('stage.promote', { identity });
    await channel.act('stage.take', {});
    speakers.push(identity);
  }
  // A client that never says what it shows: all that it gets is the server's choice.
  viewer = await joinMedia(await meeting.commune(0));
  for (const identity of speakers) pictures.push(await viewer.watch(identity, 30_000));
});
after(async () => {
  await viewer?.close();
  await dispose();
  // Their threads hold the process, whether they are waited for or not.
  for (const bot of bots) void bot.close();
  meeting?.close();
  await server?.close();
  cleanup();
});

const show = (layout: Layout) => pm.act('programme.set', { layout });

/** Until those move at these widths, and of all others nothing comes meanwhile. */
async function comes(widths: Readonly<Record<number, number>>): Promise<void> {
  let from = pictures.map(({ frames }) => frames);
  const others = pictures.map((_, nr) => nr).filter((nr) => !(nr in widths));
  await until(
    `pictures as wide as ${JSON.stringify(widths)}, and no others`,
    () => {
      const isRight = Object.entries(widths).every(([nr, width]) => pictures[Number(nr)]?.width === width);
      const isStill = others.every((nr) => pictures[nr]?.frames === from[nr]);
      if (!isRight || !isStill) from = pictures.map(({ frames }) => frames);
      return Object.keys(widths).every((nr) => (pictures[Number(nr)]?.frames ?? 0) >= (from[Number(nr)] ?? 0) + FRAMES);
    },
    40_000,
  );
}

test('PN11 a gallery comes in small layers; of those who are not shown two wait small, and of others nothing comes', async () => {
  // The principal is one of the four.
  await show({ kind: 'gallery', most: 4 });
  await comes({ 0: MIDDLE, 1: MIDDLE, 6: MIDDLE, 5: LOW, 4: LOW });
  await show({ kind: 'gallery', most: 9 });
  await comes(Object.fromEntries(speakers.map((_, nr) => [nr, LOW])));
});

test('PN11 who is large comes whole, at once with the next choice', async () => {
  await show({ kind: 'solo', who: { by: 'device', identity: speakers[2] ?? '' } });
  await comes({ 2: HIGH, 6: LOW });
  await show({ kind: 'solo', who: { by: 'device', identity: speakers[3] ?? '' } });
  await comes({ 3: HIGH, 6: LOW });
  assert.equal(pm.all('programme').at(-1)?.layout.kind, 'solo');
});
