/**
 * Fills one machine with as many viewers as an event has, at a low rate: memory, a cut, and the death of a worker. Its options:
 * usage: npm run dh -- bench full [--viewers N] [--witness N] [--rate R] [--pace P] [--cuts N] [--back R] [--json]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { ViewerState } from '../load/protocol.ts';
import { percentile } from '../load/summary.ts';
import { provideMediaWorker } from '../measure/mediaWorker.ts';
import { againInside, deafen, isInside } from './deafness.ts';
import { FullAudience, type Moment } from './FullAudience.ts';
import { type FullOrder, type FullUsage, ROOM, SPEAKERS } from './fullOrders.ts';

const usage = `Fills one machine with as many viewers as an event has, at a low rate: memory, a cut, and the death of a worker.

usage: npm run dh -- bench full [--viewers N] [--witness N] [--rate R] [--pace P] [--cuts N] [--back R] [--json]

  --viewers  how many (default 2594)
  --witness  of so many it is measured when they have picture and sound, and the others are deaf (default 200; 0: of all)
  --rate     how many join a second (default 20)
  --pace     of the recorded frames of sound and picture so many are sent, 0..1 (default 0.25: 4 and 5 a second);
             a whole picture that is asked for is sent with the next frame that was recorded
  --cuts     how often the speaker changes (default 4)
  --back     how many of those whose worker died join anew a second (default: each as a page does, within half a second, and
             again after 15 s in vain)
  --json     print the result as JSON

A server with two workers, and a briefing with two speakers, of whom one is on stage. Viewers are LiveKit clients with real ICE, DTLS
and SRTP and without decoders, who ask for the lowest layer: at that pace 9 packets a second each. They come in four parts, after
each of which memory is read. Then the speaker changes, counted from the order to the first whole picture of the other, and their
first sound. At last the worker of whoever is not on stage is killed: counted from its death to the first whole picture at each who
was on it. Server and bots share this machine; bots take what the server leaves them, and how late their own timers are is said with
each.

Before the first cut most viewers are made deaf: their connections stay, they are sent every packet, and the kernel throws away what
is sound or picture before it wakes them, since two cores do not decrypt for thousands what they can send to them. The witnesses are
left: every so many-th of those who came, in processes that go before all others, as on machines of their own; so do the speakers.
That takes a network of its own with rules (ip, unshare and nft), and root for the precedence; where there is none, all are measured.
Goal: a cut p95 under 500 ms.`;

const { values } = parseArgs({
  options: {
    viewers: { type: 'string', default: '2594' },
    witness: { type: 'string', default: '200' },
    rate: { type: 'string', default: '20' },
    pace: { type: 'string', default: '0.25' },
    cuts: { type: 'string', default: '4' },
    back: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const rate = Number(values.rate);

const PARTS = 4;
/** What joining, or a cut, has set off is over by then. */
const SETTLE_MS = 3_000;
const HOLD_MS = 8_000;
/** Whoever sees nothing of a cut by then does not see it. */
const PATIENCE_MS = 20_000;
/** The same of those whose worker died, all of whom join anew. */
const RETURN_PATIENCE_MS = 90_000;
/** Between two looks, which cost the bots something. */
const LOOK_MS = 1_000;

const latest = (late: ReturnType<FullAudience['takeLateMs']>): number => Math.max(late.witnesses, late.crowd);
const say = (line: string): void => (values.json ? undefined : console.log(line));
const tell = (what: string, list: readonly number[]): string =>
  `${what} p50 ${percentile(list, 50).toFixed(0)} ms, p95 ${percentile(list, 95).toFixed(0)} ms, longest ${percentile(list, 100).toFixed(0)} ms`;

interface Ground {
  readonly audience: FullAudience;
  ask(order: FullOrder): Promise<FullUsage>;
}

/** @returns what is used with ever more viewers */
async function fill({ audience, ask }: Ground) {
  const memory = [{ viewers: 0, ...(await ask('usage')) }];
  for (let part = 1; part <= PARTS; part++) {
    const viewers = Math.round((Number(values.viewers) * part) / PARTS);
    const count = viewers - (memory.at(-1)?.viewers ?? 0);
    await audience.add(count, rate, values.back ? Number(values.back) / PARTS : 'as pages');
    await wait(SETTLE_MS);
    const now = { viewers, ...(await ask('usage')) };
    memory.push(now);
    const { node, workers } = now;
    say(
      `${viewers} viewers: ${node.megabytes.toFixed(0)} MB in signalling, ${workers.megabytes.toFixed(0)} MB in workers`,
    );
  }
  return memory;
}

async function hold({ audience, ask }: Ground) {
  const [before, from] = [await ask('usage'), await audience.read()];
  audience.takeLateMs();
  await wait(HOLD_MS);
  const [after, held] = [await ask('usage'), await audience.read()];
  const grown = (field: 'packets' | 'expected'): number =>
    held.reduce((sum, viewer, i) => sum + viewer[field] - (from[i]?.[field] ?? 0), 0);
  const seconds = (after.at - before.at) / 1_000;
  const [packetsPerSecond, lost] = [grown('packets') / seconds, 1 - grown('packets') / grown('expected')];
  const botsLateMs = latest(audience.takeLateMs());
  const cores = {
    node: (after.node.cpu - before.node.cpu) / seconds,
    workers: (after.workers.cpu - before.workers.cpu) / seconds,
  };
  say(
    `held: ${packetsPerSecond.toFixed(0)} packets a second, ${(100 * lost).toFixed(2)} % lost; ${cores.node.toFixed(2)} cores in ` +
      `signalling, ${cores.workers.toFixed(2)} in workers; timers late by at most ${after.lateMs.toFixed(0)} ms in signalling and ` +
      `${botsLateMs.toFixed(0)} ms in bots; load average ${loadavg()[0]?.toFixed(1)}`,
  );
  return { packetsPerSecond, lost, cores, botsLateMs };
}

/** One speaker after the other. @param speaker who comes on stage @returns how long each viewer waited from the order, ms */
async function cut({ audience, ask }: Ground, speaker: number) {
  const { at, tookMs, toldMs, lateMs } = await ask('cut');
  const end = Date.now() + PATIENCE_MS;
  const waited = (viewer: ViewerState, moment: Moment): number => audience.since(viewer, speaker, moment) - at;
  let now: ViewerState[] = [];
  do {
    await wait(LOOK_MS);
    now = await audience.readWitnesses();
  } while (Date.now() < end && !now.every((viewer) => waited(viewer, 'pictureSince') >= 0));
  const sent = (await audience.readSpeakers())[speaker]?.keyFramesAt.filter((one) => one >= at) ?? [];
  const of = (moment: Moment): number[] =>
    now.map((viewer) => (waited(viewer, moment) >= 0 ? waited(viewer, moment) : PATIENCE_MS));
  return {
    soundSince: of('soundSince'),
    pictureSince: of('pictureSince'),
    sentMs: Math.min(...sent) - at,
    toldMs,
    tookMs,
    lateMs,
  };
}

/** The worker of whoever is not on stage dies. @returns what those notice who were on it, and the others */
async function death({ audience, ask }: Ground, speaker: number) {
  const look = async () => ({ measured: await audience.readWitnesses(), crowd: await audience.readCrowd() });
  const before = await look();
  audience.takeLateMs();
  const from = await ask('usage');
  const { at, died } = await ask('kill');
  const end = Date.now() + RETURN_PATIENCE_MS + (values.back ? (1_000 * died) / Number(values.back) : 0);
  const pauses: number[] = [];
  let [measured, crowd]: [Return[], Return[]] = [[], []];
  do {
    await wait(LOOK_MS);
    const now = await look();
    for (const [i, { longestPauseMs }] of now.measured.entries()) pauses[i] = Math.max(pauses[i] ?? 0, longestPauseMs);
    measured = returnsOf(before.measured, now.measured, (viewer) => audience.since(viewer, speaker, 'pictureSince'));
    crowd = returnsOf(before.crowd, now.crowd, ({ connectedAt = 0 }) => connectedAt);
    // The speaker who was on it does not come back.
  } while (
    Date.now() < end &&
    [...measured, ...crowd].filter((one) => one.tries > 0 && one.at >= at).length < died - 1
  );
  const after = await ask('usage');
  const back = (some: readonly Return[]) => some.flatMap((one) => (one.tries > 0 && one.at >= at ? [one.at - at] : []));
  const [backMs, connectedMs] = [back(measured), back(crowd)];
  return {
    ...{ backMs, connectedMs, failed: died - 1 - backMs.length - connectedMs.length },
    mostTries: Math.max(...[...measured, ...crowd].map(({ tries }) => tries)),
    othersPauseMs: pauses.filter((_, i) => measured[i]?.tries === 0),
    cpu: { node: after.node.cpu - from.node.cpu, seconds: (after.at - at) / 1_000 },
    lateMs: { signalling: after.lateMs, ...audience.takeLateMs() },
  };
}

interface Return {
  readonly tries: number;
  /** When they were back, ms since 1970. */
  readonly at: number;
}
const returnsOf = (
  before: readonly ViewerState[],
  now: readonly ViewerState[],
  at: (one: ViewerState) => number,
): Return[] => now.map((viewer, i) => ({ tries: viewer.returns - (before[i]?.returns ?? 0), at: at(viewer) }));

interface Late {
  readonly signalling: number;
  readonly witnesses: number;
  readonly crowd: number;
}
const tellLate = ({ signalling, witnesses, crowd }: Late): string =>
  `timers late by at most ${signalling.toFixed(0)} ms in signalling, ${witnesses.toFixed(0)} ms where it is measured and ` +
  `${crowd.toFixed(0)} ms at the others`;

async function measure(witnesses: number): Promise<void> {
  const child = fork(join(import.meta.dirname, 'full.process.ts'), { stdio: 'inherit' });
  const open: { close(): unknown }[] = [{ close: () => child.disconnect() }];
  try {
    const [where] = (await once(child, 'message')) as [{ url: string; key: string; secret: string }];
    const ended = once(child, 'exit').then(() => {
      throw new Error('the measured server has ended');
    });
    ended.catch(() => undefined);
    const ask = async (order: FullOrder): Promise<FullUsage> => {
      const answered = once(child, 'message');
      child.send(order);
      return (await Promise.race([answered, ended]))[0] as FullUsage;
    };
    const size = { viewers: Number(values.viewers), witnesses };
    const audience = new FullAudience({ ...where, room: ROOM, bindAddress: '127.0.0.1' }, size);
    open.unshift(audience);
    await audience.stand(SPEAKERS.length, Number(values.pace));
    await wait(SETTLE_MS);
    const ground = { audience, ask };

    const memory = await fill(ground);
    const held = await hold(ground);
    if (witnesses > 0) deafen();
    await wait(SETTLE_MS);
    audience.takeLateMs();
    const cuts: Awaited<ReturnType<typeof cut>>[] = [];
    for (let nr = 1; nr <= Number(values.cuts); nr++) {
      cuts.push(await cut(ground, nr % 2));
      await wait(SETTLE_MS);
    }
    await audience.readCrowd();
    const of = (field: Moment): number[] => cuts.flatMap((one) => one[field]);
    const told = (field: 'picture' | 'sound'): number[] => cuts.map(({ toldMs }) => toldMs[field]);
    const lateMs = { signalling: Math.max(0, ...cuts.map((one) => one.lateMs)), ...audience.takeLateMs() };
    say(
      `a cut, at ${of('pictureSince').length / cuts.length} viewers: ${tell('picture', of('pictureSince'))}; ` +
        `${tell('sound', of('soundSince'))}; before it, ${tell('the workers were told of pictures after', told('picture'))}, ` +
        `${tell('of sound', told('sound'))}; ${tell(
          'the camera sent a whole picture after',
          cuts.map(({ sentMs }) => sentMs),
        )}; ` +
        `${tell(
          'all was done, and viewers told by message, after',
          cuts.map(({ tookMs }) => tookMs),
        )}; ${tellLate(lateMs)}`,
    );

    const died = await death(ground, Number(values.cuts) % 2);
    say(
      `a worker died: ${tell(`of those who came anew, ${died.backMs.length} were without a picture for`, died.backMs)}; ` +
        (witnesses > 0
          ? `${tell(`the connection of ${died.connectedMs.length} others stood after`, died.connectedMs)}; `
          : '') +
        `in at most ${died.mostTries} tries; ${died.failed} did not come; signalling took ${died.cpu.node.toFixed(1)} s of a core in ` +
        `${died.cpu.seconds.toFixed(1)} s; ${tell('the others, between two packets', died.othersPauseMs)}; ${tellLate(died.lateMs)}`,
    );
    if (values.json) console.log(JSON.stringify({ memory, held, cuts, lateMs, died }));
  } finally {
    for (const each of open) await each.close();
  }
}

/** Once more in a network of its own where some are to be deaf. */
async function run(): Promise<void> {
  const witnesses = Number(values.witness);
  await provideMediaWorker();
  if (witnesses === 0 || isInside()) return measure(witnesses);
  const status = await againInside();
  if (status !== undefined) {
    process.exitCode = status;
    return;
  }
  say('this machine permits no network of its own with rules (ip, unshare, nft), so all are measured');
  await measure(0);
}

if (values.help) console.log(usage);
else await run();
