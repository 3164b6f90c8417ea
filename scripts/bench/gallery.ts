/**
 * Measures what a viewer receives of galleries of 4, 9 and 16, beside one picture of 720p. Its options:
 * usage: npm run dh -- bench gallery [--people N] [--seconds N] [--json]
 */
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { sfuConfigSchema } from '@dieu-hanh/sfu-config';
import type { Layout } from '../../server/src/protocol/programme.ts';
import type { ChannelClient } from '../../server/test/support/ChannelClient.ts';
import { Meeting } from '../../server/test/support/Meeting.ts';
import { issueLinksFor } from '../../server/test/support/people.ts';
import { ServerProcess } from '../../server/test/support/ServerProcess.ts';
import { PublisherBot } from '../load/PublisherBot.ts';
import { recordLayers } from '../load/recordLayers.ts';
import { ViewerBot } from '../load/ViewerBot.ts';

const usage = `Measures what a viewer receives of galleries of 4, 9 and 16, beside one picture of 720p.

usage: npm run dh -- bench gallery [--people N] [--seconds N] [--json]

  --people   how many are on stage (default 16)
  --seconds  how long each layout is measured (default 8)
  --json     print the result as JSON

A whole server is started with the demo organisation. Communes on stage send what Chromium encoded before in the layers that the
server asks for, of a picture so rich that it fills their bit rates. The viewer is a client without decoders. Counted is
what comes of pictures, without headers. Goal: every gallery under the one picture.`;

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '16' },
    seconds: { type: 'string', default: '8' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** Until every picture comes as the layout has it. */
const SETTLE_MS = 4_000;
const TICK_MS = 50;
const layers = sfuConfigSchema.parse({}).simulcast.camera.map(({ height, frameRate, bitrate }) => ({
  ...{ width: (height * 16) / 9, height, fps: frameRate, bitrate },
}));

interface Measured {
  readonly layout: string;
  readonly kbit: number;
  readonly packets: number;
  /** Pictures of which anything came. */
  readonly pictures: number;
}

const accountOf = ({ joined: { url, token, briefing } }: ChannelClient) => ({
  ...{ url, token, room: briefing.id, key: '', secret: '' },
});

async function measure(people: number, seconds: number): Promise<Measured[]> {
  const open: { close(): unknown }[] = [];
  const own = <T extends { close(): unknown }>(thing: T): T => {
    open.unshift(thing);
    return thing;
  };
  try {
    const server = own(await ServerProcess.create());
    const meeting = own(await Meeting.open(server));
    const pictures = await recordLayers(layers);
    const pm = await meeting.enter('Prime');
    const moderator = await meeting.enter('moderator');
    await pm.act('stage.goLive', {});
    const show = (layout: Layout) => pm.act('programme.set', { layout });
    await show({ kind: 'gallery', most: 16 });

    const { rows } = await moderator.act('presence.list', { root: '79', states: ['never'], limit: people });
    const secrets = await issueLinksFor(
      server,
      'seat',
      rows.map((row) => row.unit),
    );
    let first: string | undefined;
    for (const secret of secrets) {
      const channel = await meeting.withSecret(secret);
      await moderator.act('green.admit', { identity: channel.identity });
      own(await PublisherBot.create(accountOf(channel), channel.identity, { pictures }));
      await moderator.act('stage.promote', { identity: channel.identity });
      await channel.act('stage.take', {});
      first ??= channel.identity;
    }

    const seat = await meeting.commune(0);
    const viewer = own(new ViewerBot(seat.identity, {}));
    await viewer.join(accountOf(seat), seat.identity);
    const ticker = setInterval(() => viewer.connection.tick(performance.now()), TICK_MS);
    own({ close: () => clearInterval(ticker) });

    const look = () => {
      const pictures = [...viewer.connection.receivers.values()].filter(({ kind }) => kind === 'video');
      return new Map(pictures.map(({ ssrc, bytes, packets }) => [ssrc, { bytes, packets }]));
    };
    const one: Layout = { kind: 'solo', who: { by: 'device', identity: first ?? '' } };
    const galleries = ([4, 9, 16] as const).map((most): Layout => ({ kind: 'gallery', most }));
    const measured: Measured[] = [];
    for (const layout of [...galleries, one]) {
      await show(layout);
      await wait(SETTLE_MS);
      const [before, from] = [look(), performance.now()];
      await wait(seconds * 1000);
      const [after, took] = [look(), performance.now() - from];
      const grown = [...after].map(([ssrc, now]) => {
        const was = before.get(ssrc) ?? { bytes: 0, packets: 0 };
        return { bytes: now.bytes - was.bytes, packets: now.packets - was.packets };
      });
      const sum = (of: 'bytes' | 'packets') => grown.reduce((n, picture) => n + picture[of], 0);
      measured.push({
        layout: layout.kind === 'gallery' ? `gallery of ${layout.most}` : 'one of 720p',
        kbit: Math.round((sum('bytes') * 8) / took),
        packets: Math.round((sum('packets') * 1000) / took),
        pictures: grown.filter(({ packets }) => packets > 0).length,
      });
    }
    return measured;
  } finally {
    for (const thing of open) await thing.close();
  }
}

if (values.help) {
  console.log(usage);
} else {
  const measured = await measure(Number(values.people), Number(values.seconds));
  if (values.json) console.log(JSON.stringify(measured));
  else
    for (const { layout, kbit, packets, pictures } of measured)
      console.log(`${layout.padEnd(13)} ${`${kbit}`.padStart(5)} kbit/s  ${packets} packets/s of ${pictures} pictures`);
  const one = measured.at(-1)?.kbit ?? 0;
  process.exitCode = measured.slice(0, -1).every(({ kbit }) => kbit < one) ? 0 : 1;
}
