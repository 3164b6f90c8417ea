/**
 * Measures how many requests for a whole picture reach a publisher whose viewers at two nodes lose packets. Its options:
 * usage: npm run dh -- bench shield [--viewers N] [--loss PERCENT] [--seconds S] [--json]
 */
import { loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { VideoQuality } from '@livekit/protocol';
import { LinkedServers } from '../../server/test/support/LinkedServers.ts';
import { Bots } from '../load/Bots.ts';
import { PublisherBot } from '../load/PublisherBot.ts';
import { provideMediaWorker } from '../measure/mediaWorker.ts';

const usage = `Measures how many requests for a whole picture reach a publisher whose viewers at two nodes lose packets.

usage: npm run dh -- bench shield [--viewers N] [--loss PERCENT] [--seconds S] [--json]

  --viewers  how many, half of them at each node (default 200)
  --loss     of the packets, which never come, however often they are repeated (default 3)
  --seconds  how long it is measured (default 20)
  --json     print the result as JSON

Two servers with a worker each, halls and signalling; media goes between them by encrypted pipes, what they say to each other by a
bus within one process. The publisher sends three layers; viewers are LiveKit clients without decoders, of whom a third asks for each
layer. A viewer asks for a whole picture when a packet does not come after ten repetitions, and again each second until one is
whole. Goal: the publisher is asked at most once for each layer and second.`;

const { values } = parseArgs({
  options: {
    viewers: { type: 'string', default: '200' },
    loss: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const LAYERS = [VideoQuality.LOW, VideoQuality.MEDIUM, VideoQuality.HIGH] as const;
const JOINS_PER_SECOND = 10;
/** What joining has asked for has come by then. */
const SETTLE_MS = 4_000;
/** What is asked in the granted time is asked at its end, whose timer may be early by so much. */
const TIMER_MS = 10;

interface Layer {
  readonly layer: string;
  readonly requests: number;
  /** Between two of them, ms; undefined: there were not two. */
  readonly shortestMs: number | undefined;
}

interface Result {
  readonly viewers: number;
  readonly seconds: number;
  /** Of viewers, for whole pictures. */
  readonly asked: number;
  /** Share of the packets that did not come to them. */
  readonly lost: number;
  readonly layers: readonly Layer[];
}

async function measure(viewers: number, loss: number, seconds: number): Promise<Result> {
  const open: { close(): Promise<unknown> }[] = [];
  const own = <T extends { close(): Promise<unknown> }>(thing: T): T => {
    open.unshift(thing);
    return thing;
  };
  try {
    const nodes = own(await LinkedServers.start(2));
    const account = (at: number) => {
      const { url, key, secret } = nodes.at(at);
      return { url, key, secret, room: 'shield', bindAddress: '127.0.0.1' };
    };
    const publisher = own(await PublisherBot.create(account(0), 'publisher'));
    const each = Math.ceil(viewers / 2 / LAYERS.length);
    const audiences = await Promise.all(
      [0, 1].flatMap((at) =>
        LAYERS.map((quality) => Bots.viewers(account(at), each, JOINS_PER_SECOND / 2, { quality, loss })),
      ),
    );
    audiences.forEach(own);
    await wait(SETTLE_MS);
    const read = async () => (await Promise.all(audiences.map((some) => some.snapshot()))).flatMap((s) => s.viewers);
    const before = await read();
    const from = performance.now();
    await wait(1_000 * seconds);
    const to = performance.now();
    const after = await read();
    const failed = after.find(({ failure }) => failure !== undefined);
    if (failed) throw new Error(`a viewer failed: ${failed.failure}`);
    const grown = (field: 'pictureRequests' | 'packets' | 'expected'): number =>
      after.reduce((sum, viewer, i) => sum + viewer[field] - (before[i]?.[field] ?? 0), 0);
    return {
      ...{ viewers: after.length, seconds: (to - from) / 1_000 },
      asked: grown('pictureRequests'),
      lost: 1 - grown('packets') / grown('expected'),
      layers: publisher.senders.slice(1).map(({ pictureRequests }, i) => {
        const moments = pictureRequests.filter((at) => at >= from && at < to);
        const pauses = moments.slice(1).map((at, nr) => at - (moments[nr] ?? at));
        const shortestMs = pauses.length > 0 ? Math.min(...pauses) : undefined;
        return {
          layer: VideoQuality[LAYERS[i] ?? VideoQuality.OFF].toLowerCase(),
          requests: moments.length,
          shortestMs,
        };
      }),
    };
  } finally {
    for (const thing of open) await thing.close();
  }
}

const isShielded = ({ seconds, layers }: Result): boolean =>
  layers.every(
    ({ requests, shortestMs = Number.POSITIVE_INFINITY }) => requests <= seconds + 1 && shortestMs >= 1_000 - TIMER_MS,
  );

function print(result: Result): void {
  const { viewers, asked, seconds, lost, layers } = result;
  console.log(
    `${viewers} viewers at two nodes lost ${(100 * lost).toFixed(1)} % of their packets, and asked for ${asked} whole pictures in ${seconds.toFixed(1)} s (${(asked / seconds).toFixed(0)} a second); load average ${loadavg()[0]?.toFixed(1)}`,
  );
  for (const { layer, requests, shortestMs } of layers)
    console.log(
      `${layer.padEnd(6)}  the publisher was asked ${requests} times, ${(requests / seconds).toFixed(2)} a second (goal 1)` +
        (shortestMs === undefined ? '' : `, at the shortest after ${shortestMs.toFixed(0)} ms`),
    );
}

if (values.help) console.log(usage);
else {
  await provideMediaWorker();
  const result = await measure(Number(values.viewers), Number(values.loss) / 100, Number(values.seconds));
  if (values.json) console.log(JSON.stringify(result));
  else print(result);
  // The library's threads would keep the process.
  process.exit(isShielded(result) ? 0 : 1);
}
