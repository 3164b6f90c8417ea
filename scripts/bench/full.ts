/**
 * Fills one machine with as many viewers as an event has, at a low rate: memory, a cut, and the death of a worker. Its options:
 * usage: npm run dh -- bench full [--viewers N] [--rate R] [--cuts N] [--json]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { VideoQuality } from '@livekit/protocol';
import { Bots } from '../load/Bots.ts';
import type { ViewerState } from '../load/protocol.ts';
import { percentile } from '../load/summary.ts';
import { provideMediaWorker } from '../measure/mediaWorker.ts';
import { type FullOrder, type FullUsage, ROOM, SPEAKERS } from './fullOrders.ts';

const usage = `Fills one machine with as many viewers as an event has, at a low rate: memory, a cut, and the death of a worker.

usage: npm run dh -- bench full [--viewers N] [--rate R] [--cuts N] [--json]

  --viewers  how many (default 2594)
  --rate     how many join a second (default 20)
  --cuts     how often the speaker changes (default 4)
  --json     print the result as JSON

A server with two workers, and a briefing with two speakers, of whom one is on stage. Viewers are LiveKit clients with real ICE, DTLS
and SRTP, who take the sound alone: 17 packets a second each; the picture is negotiated, and stands still. They come in four parts,
after each of which memory is read. Then the speaker changes, counted from the order to the first sound of the other, and at
last the worker of whoever is not on stage is killed: whoever was on it joins anew, at the rate at which all came, counted until they hear.
Server and bots share this machine.`;

const { values } = parseArgs({
  options: {
    viewers: { type: 'string', default: '2594' },
    rate: { type: 'string', default: '20' },
    cuts: { type: 'string', default: '4' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const rate = Number(values.rate);

const PARTS = 4;
/** What joining, or a cut, has set off is over by then. */
const SETTLE_MS = 5_000;
const HOLD_MS = 10_000;
/** Whoever hears nothing by then does not hear. */
const PATIENCE_MS = 20_000;

const say = (line: string): void => (values.json ? undefined : console.log(line));
const tell = (what: string, list: readonly number[]): string =>
  `${what} p50 ${percentile(list, 50).toFixed(0)} ms, p95 ${percentile(list, 95).toFixed(0)} ms, longest ${percentile(list, 100).toFixed(0)} ms`;

async function run(): Promise<void> {
  await provideMediaWorker();
  const child = fork(join(import.meta.dirname, 'full.process.ts'), { stdio: 'inherit' });
  const open: { close(): unknown }[] = [{ close: () => child.disconnect() }];
  const own = <T extends { close(): Promise<unknown> }>(thing: T): T => {
    open.unshift(thing);
    return thing;
  };
  try {
    const [where] = (await once(child, 'message')) as [{ url: string; key: string; secret: string }];
    const died = once(child, 'exit').then(() => {
      throw new Error('the measured server has ended');
    });
    died.catch(() => undefined);
    const ask = async (order: FullOrder): Promise<FullUsage> => {
      const answered = once(child, 'message');
      child.send(order);
      return (await Promise.race([answered, died]))[0] as FullUsage;
    };
    const account = { ...where, room: ROOM, bindAddress: '127.0.0.1' };
    const speakers = own(Bots.speakers());
    await speakers.stand(SPEAKERS.map(() => account));
    await wait(SETTLE_MS);
    const sids = (await speakers.snapshot()).speakers.map(({ sid }) => sid);

    const memory = [{ viewers: 0, ...(await ask('usage')) }];
    const audiences: Bots[] = [];
    for (let part = 1; part <= PARTS; part++) {
      const count = Math.round((Number(values.viewers) * part) / PARTS) - (memory.at(-1)?.viewers ?? 0);
      audiences.push(
        own(
          await Bots.viewers(account, count, rate, { quality: VideoQuality.OFF, returns: rate / PARTS, yields: true }),
        ),
      );
      await wait(SETTLE_MS);
      const now = { viewers: (memory.at(-1)?.viewers ?? 0) + count, ...(await ask('usage')) };
      memory.push(now);
      const { node, workers } = now;
      say(
        `${now.viewers} viewers: ${node.megabytes.toFixed(0)} MB in signalling, ${workers.megabytes.toFixed(0)} MB in workers`,
      );
    }
    const read = async (): Promise<ViewerState[]> =>
      (await Promise.all(audiences.map((some) => some.snapshot()))).flatMap((snapshot) => snapshot.viewers);
    const grown = (from: readonly ViewerState[], to: readonly ViewerState[], field: 'packets' | 'expected'): number =>
      to.reduce((sum, viewer, i) => sum + viewer[field] - (from[i]?.[field] ?? 0), 0);
    const gone = (await speakers.snapshot()).speakers.find(({ failure }) => failure !== undefined);
    if (gone) throw new Error(`a speaker is no longer there: ${gone.failure}`);
    const [before, from] = [await ask('usage'), await read()];
    await wait(HOLD_MS);
    const [after, held] = [await ask('usage'), await read()];
    const [seconds, packets] = [(after.at - before.at) / 1_000, grown(from, held, 'packets')];
    const lost = 1 - packets / grown(from, held, 'expected');
    const cores = {
      node: (after.node.cpu - before.node.cpu) / seconds,
      workers: (after.workers.cpu - before.workers.cpu) / seconds,
    };
    say(
      `held: ${(packets / seconds).toFixed(0)} packets a second, ${(100 * lost).toFixed(2)} % lost; ` +
        `${cores.node.toFixed(2)} cores in signalling, ${cores.workers.toFixed(2)} in workers; load average ${loadavg()[0]?.toFixed(1)}`,
    );

    /** How long after that moment each of them hears a speaker. */
    const heard = async (
      sid: string | undefined,
      at: number,
      count: number,
      whose: (viewer: ViewerState, i: number) => boolean,
    ) => {
      const end = Date.now() + PATIENCE_MS + (1_000 * count) / rate;
      const since = (viewer: ViewerState) => viewer.seen.find((seen) => seen.sid === sid)?.soundSince ?? 0;
      for (;;) {
        const some = (await read()).filter(whose);
        if ((some.length >= count && some.every((viewer) => since(viewer) >= at)) || Date.now() > end)
          return some.map((viewer) => (since(viewer) >= at ? since(viewer) - at : PATIENCE_MS));
        await wait(1_000);
      }
    };
    const cutMs: number[] = [];
    for (let cut = 1; cut <= Number(values.cuts); cut++) {
      const { at } = await ask('cut');
      cutMs.push(...(await heard(sids[cut % 2], at, 0, () => true)));
      await wait(SETTLE_MS);
    }
    say(tell('order to sound', cutMs));

    const joinedAnew = (await read()).map(({ returns }) => returns);
    const { at, died: peers } = await ask('kill');
    const speaker = sids[Number(values.cuts) % 2];
    const backMs = await heard(speaker, at, peers - 1, (viewer, i) => viewer.returns > (joinedAnew[i] ?? 0));
    const end = await read();
    const failed = end.filter(({ failure }) => failure !== undefined).length;
    say(
      `a worker of ${peers} peers died: ${backMs.length} came anew, ${tell('heard again', backMs)}; ${failed} did not come`,
    );
    if (values.json)
      console.log(JSON.stringify({ memory, cores, packetsPerSecond: packets / seconds, lost, cutMs, backMs, failed }));
  } finally {
    for (const each of open) await each.close();
  }
}

if (values.help) console.log(usage);
else await run();
