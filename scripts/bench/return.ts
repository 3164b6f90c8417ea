/**
 * Measures the principal's return on a new connection: when each viewer has a whole picture again, and what it cost. Its options:
 * usage: npm run dh -- bench return [--viewers N] [--returns N] [--pace P] [--json]
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
import type { Snapshot } from '../load/protocol.ts';
import { percentile } from '../load/summary.ts';

const usage = `Measures the principal's return on a new connection: when each viewer has a whole picture again, and what it cost.

usage: npm run dh -- bench return [--viewers N] [--returns N] [--pace P] [--json]

  --viewers  how many watch, LiveKit clients without decoders (default 300)
  --returns  how often the principal's connection is made anew (default 5)
  --pace     of the recorded frames of sound and picture so many are sent, 0..1 (default 0.33: a picture of 10 frames a second)
  --json     print the result as JSON

A whole server is started with the demo organisation. The principal leaves with a goodbye, as a page does that connects anew, joins
at once and sends again. Counted from their first packet to the first key frame that is complete at each viewer, and offers that
came to viewers meanwhile. Viewers are in several processes that take what the server leaves them, and one more, the witness, is
alone in a process that yields to nobody: where they are late and the witness is not, it is the bots that lack CPU, and their own
timers say it too. Goals: p95 under 1 s, no offers.`;

const { values } = parseArgs({
  options: {
    viewers: { type: 'string', default: '300' },
    returns: { type: 'string', default: '5' },
    pace: { type: 'string', default: '0.33' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const SETTLE_MS = 3_000;
const PATIENCE_MS = 15_000;
/** Between two looks, which cost the bots something. */
const LOOK_MS = 200;
const JOINS_PER_SECOND = 15;
const PROCESSES = 4;

const accountOf = ({ joined: { url, token, briefing } }: ChannelClient) => ({
  ...{ url, token, room: briefing.id, key: '', secret: '', bindAddress: '127.0.0.1' },
});

interface Return {
  /** From the principal's first packet to the first whole picture, of each viewer. */
  readonly delays: readonly number[];
  /** The same of the witness. */
  readonly witnessMs: number;
  /** How late timers of the viewers' processes were at most, which is in their delays. */
  readonly botsLateMs: number;
  /** From the goodbye to the first packet: what the principal's own way in takes. */
  readonly awayMs: number;
  readonly offers: number;
}

/** The witness first. */
async function look(audience: readonly Bots[]): Promise<Pick<Snapshot, 'viewers' | 'lateMs'>> {
  const all = await Promise.all(audience.map((some) => some.snapshot()));
  return { viewers: all.flatMap(({ viewers }) => viewers), lateMs: Math.max(...all.slice(1).map((s) => s.lateMs)) };
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
    const publish = async () =>
      own(await PublisherBot.create(accountOf(pm), pm.identity, { pace: Number(values.pace) }));
    let publisher = await publish();
    const { rows } = await pm.act('presence.list', { root: ROOT, states: ['never'], limit: viewers });
    // Where there are more viewers than units, some have two devices.
    const units = Array.from({ length: viewers + 1 }, (_, i) => rows[i % rows.length]?.unit ?? '');
    const links = (await issueLinksFor(server, 'seat', units)).map((secret) => `#l=${secret}`);
    const { url, room } = accountOf(pm);
    const enter = (own: readonly string[], yields: boolean) => {
      const account = { url, room, key: '', secret: '', links: own, bindAddress: '127.0.0.1' };
      return Bots.viewers(account, own.length, JOINS_PER_SECOND, { yields });
    };
    const audience = [own(await enter(links.splice(0, 1), false))];
    for (let left = PROCESSES; left > 0; left--)
      audience.push(own(await enter(links.splice(0, Math.ceil(links.length / left)), true)));
    const measured: Return[] = [];
    for (let i = 0; i < returns; i++) {
      await wait(SETTLE_MS);
      const before = await look(audience);
      const goodbye = performance.timeOrigin + performance.now();
      await publisher.close();
      publisher = await publish();
      const { sendingSince } = publisher;
      const end = sendingSince + PATIENCE_MS;
      let now = before;
      let botsLateMs = 0;
      do {
        await wait(LOOK_MS);
        now = await look(audience);
        botsLateMs = Math.max(botsLateMs, now.lateMs);
      } while (now.viewers.some(({ keyFrameAt = 0 }) => keyFrameAt < sendingSince) && Date.now() < end);
      const [witnessMs = PATIENCE_MS, ...delays] = now.viewers.map(({ keyFrameAt = 0 }) =>
        keyFrameAt < sendingSince ? PATIENCE_MS : keyFrameAt - sendingSince,
      );
      const offers = now.viewers.reduce((sum, one, nr) => sum + one.offers - (before.viewers[nr]?.offers ?? 0), 0);
      measured.push({ delays, witnessMs, botsLateMs, awayMs: sendingSince - goodbye, offers });
    }
    return measured;
  } finally {
    for (const thing of open) await thing.close();
  }
}

async function run(): Promise<void> {
  const measured = await measure(Number(values.viewers), Number(values.returns));
  if (values.json) return console.log(JSON.stringify(measured));
  for (const { delays, witnessMs, botsLateMs, awayMs, offers } of measured)
    console.log(
      `${delays.length} viewers: p50 ${percentile(delays, 50).toFixed(0)} ms, p95 ${percentile(delays, 95).toFixed(0)} ms, ` +
        `longest ${Math.max(...delays).toFixed(0)} ms after the first packet, the witness ${witnessMs.toFixed(0)} ms; ` +
        `bots late by at most ${botsLateMs.toFixed(0)} ms; away for ${awayMs.toFixed(0)} ms; ${offers} offers`,
    );
}

if (values.help) console.log(usage);
else {
  const failure: unknown = await run().catch((error: unknown) => error ?? 'failed');
  if (failure !== undefined) console.error(failure);
  // The threads of the principal's connections would keep the process.
  process.exit(failure === undefined ? 0 : 1);
}
