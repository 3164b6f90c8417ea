/**
 * Measures the principal's return on a new connection: when each viewer has a whole picture again, and what it cost. Its options:
 * usage: npm run dh -- bench return [--viewers N] [--returns N] [--json]
 */
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ROOT } from '../../server/src/demo/country.ts';
import type { ChannelClient } from '../../server/test/support/ChannelClient.ts';
import { Meeting } from '../../server/test/support/Meeting.ts';
import { issueLinksFor } from '../../server/test/support/people.ts';
import { ServerProcess } from '../../server/test/support/ServerProcess.ts';
import { Bots } from '../load/Bots.ts';
import { PublisherBot } from '../load/PublisherBot.ts';
import { percentile } from '../load/summary.ts';

const usage = `Measures the principal's return on a new connection: when each viewer has a whole picture again, and what it cost.

usage: npm run dh -- bench return [--viewers N] [--returns N] [--json]

  --viewers  how many watch, LiveKit clients without decoders (default 300)
  --returns  how often the principal's connection is made anew (default 5)
  --json     print the result as JSON

A whole server is started with the demo organisation. The principal leaves with a goodbye, as a page does that connects anew, joins
at once and sends again. Counted from their first packet to the first key frame that is complete at each viewer, and offers that
came to viewers meanwhile. Goals: p95 under 1 s, no offers.`;

const { values } = parseArgs({
  options: {
    viewers: { type: 'string', default: '300' },
    returns: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const SETTLE_MS = 3_000;
const PATIENCE_MS = 15_000;
const JOINS_PER_SECOND = 15;

const accountOf = ({ joined: { url, token, briefing } }: ChannelClient) => ({
  ...{ url, token, room: briefing.id, key: '', secret: '', bindAddress: '127.0.0.1' },
});

interface Return {
  /** From the principal's first packet to the first whole picture, of each viewer. */
  readonly delays: readonly number[];
  /** From the goodbye to the first packet: what the principal's own way in takes. */
  readonly awayMs: number;
  readonly offers: number;
}

async function measure(viewers: number, returns: number): Promise<Return[]> {
  const open: { close(): unknown }[] = [];
  const own = <T extends { close(): unknown }>(thing: T): T => {
    open.unshift(thing);
    return thing;
  };
  try {
    const server = own(await ServerProcess.create());
    const meeting = own(await Meeting.open(server));
    const pm = await meeting.enter('Prime');
    await pm.act('stage.goLive', {});
    let publisher = await PublisherBot.create(accountOf(pm), pm.identity);
    const { rows } = await pm.act('presence.list', { root: ROOT, states: ['never'], limit: viewers });
    // Where there are more viewers than units, some have two devices.
    const units = Array.from({ length: viewers }, (_, i) => rows[i % rows.length]?.unit ?? '');
    const secrets = await issueLinksFor(server, 'seat', units);
    const { url, room } = accountOf(pm);
    const links = secrets.map((secret) => `#l=${secret}`);
    const audience = own(
      await Bots.viewers(
        { url, room, key: '', secret: '', links, bindAddress: '127.0.0.1' },
        links.length,
        JOINS_PER_SECOND,
      ),
    );
    const measured: Return[] = [];
    for (let i = 0; i < returns; i++) {
      await wait(SETTLE_MS);
      const before = await audience.snapshot();
      const goodbye = performance.timeOrigin + performance.now();
      await publisher.close();
      publisher = await PublisherBot.create(accountOf(pm), pm.identity);
      const { sendingSince } = publisher;
      const end = sendingSince + PATIENCE_MS;
      let now = before;
      const late = () => now.viewers.filter(({ keyFrameAt }) => (keyFrameAt ?? 0) < sendingSince);
      do {
        await wait(50);
        now = await audience.snapshot();
      } while (late().length > 0 && Date.now() < end);
      measured.push({
        delays: now.viewers.map(({ keyFrameAt = 0 }) =>
          keyFrameAt < sendingSince ? PATIENCE_MS : keyFrameAt - sendingSince,
        ),
        awayMs: sendingSince - goodbye,
        offers: now.viewers.reduce((sum, viewer, nr) => sum + viewer.offers - (before.viewers[nr]?.offers ?? 0), 0),
      });
    }
    await publisher.close();
    return measured;
  } finally {
    for (const thing of open) await thing.close();
  }
}

if (values.help) {
  console.log(usage);
} else {
  const measured = await measure(Number(values.viewers), Number(values.returns));
  if (values.json) console.log(JSON.stringify(measured));
  else
    for (const { delays, awayMs, offers } of measured)
      console.log(
        `${delays.length} viewers: p50 ${percentile(delays, 50).toFixed(0)} ms, p95 ${percentile(delays, 95).toFixed(0)} ms, ` +
          `longest ${Math.max(...delays).toFixed(0)} ms after the first packet; away for ${awayMs.toFixed(0)} ms; ${offers} offers`,
      );
}
