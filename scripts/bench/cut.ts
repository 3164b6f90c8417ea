/**
 * Measures a change of speaker, and of the programme: from the order to the first decoded picture at every viewer. Its
 * options:
 * usage: npm run dh -- bench cut [--viewers N] [--cuts N] [--json]
 */
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { dispose, type RemoteTrack, VideoStream } from '@livekit/rtc-node';
import type { Notice } from '../../server/src/protocol/channel.ts';
import type { Layout } from '../../server/src/protocol/programme.ts';
import { ChannelClient } from '../../server/test/support/ChannelClient.ts';
import { joinMedia } from '../../server/test/support/joinMedia.ts';
import { Meeting } from '../../server/test/support/Meeting.ts';
import { issueLinksFor } from '../../server/test/support/people.ts';
import type { RtcClient } from '../../server/test/support/RtcClient.ts';
import { ServerProcess } from '../../server/test/support/ServerProcess.ts';
import { within } from '../../server/test/support/until.ts';
import { percentile } from '../load/summary.ts';

const usage = `Measures a change of speaker, and of the programme: from the order to the first decoded picture at every viewer.

usage: npm run dh -- bench cut [--viewers N] [--cuts N] [--json]

  --viewers  how many watch, each a LiveKit client that decodes (default 50)
  --cuts     how often the speaker changes, and then the programme (default 10)
  --json     print the result as JSON

A whole server is started with the demo organisation. Two communes wait in the green room and are invited in turn; that they come is
the order, which goes over the order channel and is on record in PostgreSQL before anything is cut. Then both are on stage, and a producer shows one alone, then the other, and then
each after a card, during which nothing of them is forwarded. Each choice is told to every device by the order channel. A publisher
is asked for a key frame once a second at most: a choice that comes sooner after another waits for it. Server, speakers and viewers
share this machine. Goal: p95 under 500 ms of all.`;

const { values } = parseArgs({
  options: {
    viewers: { type: 'string', default: '50' },
    cuts: { type: 'string', default: '10' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** What is quiet for so long before a cut is over. */
const SETTLE_MS = 700;
/** `keyFrameRequestDelayMs` of sfu-config. */
const KEY_FRAME_MS = 1_000;
/** Who has no picture by then never gets one. */
const PATIENCE_MS = 5_000;

/**
 * When the next picture of a track comes: performance.now(), Infinity when none comes. Pictures are handed out only for that long, so that
 * this process has time to notice them; decoding goes on all the time.
 */
async function nextPicture(track: RemoteTrack): Promise<number> {
  const reader = new VideoStream(track).getReader();
  const picture = reader.read().then(() => performance.now());
  const at = await Promise.race([picture, wait(PATIENCE_MS, Number.POSITIVE_INFINITY)]);
  void reader.cancel().catch(() => undefined);
  return at;
}

const CARD: Layout = { kind: 'card', text: 'Giải lao' };

/** When a device is told that this one is shown alone: performance.now(). */
const hearsAlone = ({ socket }: ChannelClient, identity: string): Promise<number> =>
  new Promise((resolve) => {
    const hear = ({ layout }: Notice<'programme'>): void => {
      if (layout.kind !== 'solo' || layout.who.by !== 'device' || layout.who.identity !== identity) return;
      socket.off('programme', hear);
      resolve(performance.now());
    };
    socket.on('programme', hear);
  });

async function measure(viewers: number, cuts: number) {
  const open: { close(): unknown }[] = [];
  const own = <T extends { close(): unknown }>(thing: T): T => {
    open.unshift(thing);
    return thing;
  };
  try {
    const server = own(await ServerProcess.create());
    const meeting = own(await Meeting.open(server));
    const pm = await meeting.enter('Prime');
    const moderator = await meeting.enter('moderator');
    await pm.act('stage.goLive', {});

    const speakers: { identity: string; sid: string; channel: ChannelClient }[] = [];
    for (const channel of [await meeting.commune(0), await meeting.commune(1)]) {
      const { identity } = channel;
      await moderator.act('green.admit', { identity });
      const media = own(await joinMedia(channel));
      await media.publishColour('green');
      speakers.push({ identity, sid: media.me.sid ?? '', channel });
    }

    const { rows } = await moderator.act('presence.list', { root: '79', states: ['never'], limit: viewers });
    const secrets = await issueLinksFor(
      server,
      'seat',
      rows.map((row) => row.unit),
    );
    const screens: RemoteTrack[][] = [];
    const devices: ChannelClient[] = [];
    for (const secret of secrets) {
      const program = await server.signIn(secret, 'viewer');
      const channel = own(await ChannelClient.open(server, program, meeting.briefing));
      devices.push(channel);
      const media: RtcClient = own(await joinMedia(channel));
      screens.push(await Promise.all(speakers.map((s) => media.track(s.sid, 'video', 20_000))));
    }

    const cutMs: number[] = [];
    const commitMs: number[] = [];
    for (let cut = 0; cut < cuts; cut++) {
      const which = cut % 2;
      const speaker = speakers[which];
      if (!speaker) throw new Error('nobody is to be cut to');
      const { identity, channel } = speaker;
      await wait(SETTLE_MS);
      await moderator.act('stage.promote', { identity });
      const pictures = screens.flatMap((tracks) => tracks[which] ?? []).map(nextPicture);
      const ordered = performance.now();
      await channel.act('stage.take', {});
      commitMs.push(performance.now() - ordered);
      for (const at of await Promise.all(pictures)) cutMs.push(at - ordered);
      await moderator.act('stage.demote', { identity, to: 'green' });
    }
    for (const { identity, channel } of speakers) {
      await moderator.act('stage.promote', { identity });
      await channel.act('stage.take', {});
    }
    const toldMs: number[] = [];
    const shownMs = { people: [] as number[], card: [] as number[] };
    for (const from of ['people', 'card'] as const)
      for (let choice = 0; choice < cuts; choice++) {
        const which = choice % 2;
        // Before the first one nobody is alone.
        if (from === 'card' || choice === 0) await pm.act('programme.set', { layout: CARD });
        await wait(SETTLE_MS + KEY_FRAME_MS);
        const identity = speakers[which]?.identity ?? '';
        const pictures = screens.flatMap((tracks) => tracks[which] ?? []).map(nextPicture);
        const pressed = performance.now();
        const told = devices.map((device) => hearsAlone(device, identity));
        await pm.act('programme.set', { layout: { kind: 'solo', who: { by: 'device', identity } } });
        for (const at of await within('every device is told', Promise.all(told), PATIENCE_MS))
          toldMs.push(at - pressed);
        for (const at of await Promise.all(pictures)) shownMs[from].push(at - pressed);
      }
    const of = (list: number[]) => ({
      p50: Math.round(percentile(list, 50)),
      p95: Math.round(percentile(list, 95)),
      max: Math.round(Math.max(...list)),
    });
    const programme = { toldMs: of(toldMs), shownMs: of(shownMs.people), fromCardMs: of(shownMs.card) };
    return { viewers: screens.length, cuts, pictureMs: of(cutMs), recordedMs: of(commitMs), programme };
  } finally {
    for (const thing of open) await thing.close();
    await dispose();
  }
}

function say(what: string, { p50, p95, max }: { p50: number; p95: number; max: number }): void {
  console.log(`${what}  p50 ${p50} ms  p95 ${p95} ms  longest ${max} ms`);
}

if (values.help) {
  console.log(usage);
} else {
  const result = await measure(Number(values.viewers), Number(values.cuts));
  const { pictureMs, recordedMs, programme } = result;
  if (values.json) console.log(JSON.stringify(result));
  else {
    console.log(`${result.viewers} viewers, ${result.cuts} cuts and choices`);
    say('order to first picture  ', pictureMs);
    say('order to record         ', recordedMs);
    say('programme to all devices', programme.toldMs);
    say('programme to its picture', programme.shownMs);
    say('the same from a card    ', programme.fromCardMs);
  }
  process.exitCode = Math.max(pictureMs.p95, ...Object.values(programme).map(({ p95 }) => p95)) < 500 ? 0 : 1;
}
