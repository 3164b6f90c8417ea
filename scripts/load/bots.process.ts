import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { VideoQuality } from '@livekit/protocol';
import { FramedUdp } from '../../server/test/support/FramedUdp.ts';
import { PublisherBot } from './PublisherBot.ts';
import type { Order, Report, SeenState, Snapshot, ViewerState } from './protocol.ts';
import type { StreamReceiver } from './StreamReceiver.ts';
import { type Account, nodeOf } from './signal.ts';
import { ViewerBot } from './ViewerBot.ts';

// A process of bots: one publisher, or any number of viewers. Takes its orders by IPC from `Bots`.

const TICK_MS = 50;
const RESOLUTION_MS = 10;
/** A viewer that sees nothing this long after the last one began has failed. */
const PATIENCE_MS = 20_000;
/** Of a page that was put out: within this time it joins anew (its first tries, `fullJitter`), and so it does when after that time no media stands. */
const PAGE_RETURNS_MS = 500;
const PAGE_PATIENCE_MS = 15_000;
/** Of the senders of a bot: sound, and the lowest layer of the picture. */
const LOWEST = 2;

const viewers: ViewerBot[] = [];
/** How often each has joined anew. */
const returns = new Map<number, number>();
/** They join anew in a moment. */
const returning = new WeakSet<ViewerBot>();
const speakers: PublisherBot[] = [];
let ticker: NodeJS.Timeout | undefined;

const late = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
late.enable();

const tell = (report: Report): unknown => process.send?.(report);

async function view({ account, count, perSecond, taste }: Extract<Order, { type: 'view' }>): Promise<void> {
  // A fifth of the viewers at a time: the work of feedback is spread, as it is with browsers.
  let turn = 0;
  ticker = setInterval(() => {
    const now = performance.now();
    for (let i = turn++ % 5; i < viewers.length; i += 5) viewers[i]?.connection.tick(now);
  }, TICK_MS / 5);
  const shim = account.tcpPort === undefined ? undefined : await FramedUdp.open(account.tcpPort);
  const begin = performance.now();
  const run = `${process.pid}-${Date.now().toString(36)}`;
  const enter = (i: number): void => {
    const identity = `viewer-${run}-${i}`;
    const viewer = new ViewerBot(identity, { bindAddress: account.bindAddress, via: shim?.port, ...taste });
    viewers[i] = viewer;
    void viewer.join({ ...account, url: nodeOf(account, i) }, identity, i);
  };
  for (let i = 0; i < count; i++) {
    await wait(Math.max(0, begin + (i * 1000) / perSecond - performance.now()));
    enter(i);
  }
  if (taste.returns === 'as pages') setInterval(() => returnAsPages(enter), TICK_MS);
  else if (taste.returns) setInterval(() => bringBack(enter), 1000 / taste.returns);
  const end = performance.now() + PATIENCE_MS;
  const sees = ({ times }: ViewerBot): boolean => taste.quality === VideoQuality.OFF || times.firstVideo !== undefined;
  const settled = (viewer: ViewerBot): boolean =>
    viewer.failure !== undefined || (sees(viewer) && viewer.times.firstAudio !== undefined);
  while (!viewers.every(settled) && performance.now() < end) await wait(50);
}

/** One of those who were put out. */
function bringBack(enter: (i: number) => void): void {
  const i = viewers.findIndex(({ failure }) => failure !== undefined);
  if (i >= 0) joinAnew(i, enter);
}

function joinAnew(i: number, enter: (i: number) => void): void {
  void viewers[i]?.close();
  returns.set(i, (returns.get(i) ?? 0) + 1);
  enter(i);
}

/** All who were put out, or wait in vain, each after a while of its own. */
function returnAsPages(enter: (i: number) => void): void {
  const now = performance.now();
  for (const [i, viewer] of viewers.entries()) {
    const waits = viewer.connection.connectedAt === undefined && now - viewer.startedAt > PAGE_PATIENCE_MS;
    if ((viewer.failure === undefined && !waits) || returning.has(viewer)) continue;
    returning.add(viewer);
    setTimeout(() => joinAnew(i, enter), Math.random() * PAGE_RETURNS_MS);
  }
}

/** Those who are off the air again come back as others, since a page that publishes anew does, too. */
async function stand(accounts: readonly Account[], pace: number | undefined): Promise<void> {
  for (const [i, account] of accounts.entries()) {
    const before = speakers[i];
    if (before && !before.isOver) continue;
    await before?.close();
    const bot = await PublisherBot.enter(account, `speaker-${i}`, { pace });
    // As a browser begins. What one process of bots sends for a whole country is not to be what is measured.
    for (const sender of bot.senders.slice(LOWEST)) sender.setEnabled(false);
    speakers[i] = bot;
    bot.publishWhenAllowed().catch((error: unknown) => tell({ type: 'failed', message: String(error) }));
  }
  while (!speakers.every(({ sid }) => sid)) await wait(50);
}

function snapshot(): Snapshot {
  const first = viewers[0]?.startedAt ?? 0;
  const { user, system } = process.cpuUsage();
  const lateMs = Math.max(0, late.max / 1e6 - RESOLUTION_MS);
  late.reset();
  return {
    viewers: viewers.map((viewer, i) => ({ ...stateOf(viewer, first), returns: returns.get(i) ?? 0 })),
    speakers: speakers.map((speaker) => {
      const { sid, failure, allowedAt, sendingSince, senders } = speaker;
      const keyFramesAt = senders.flatMap((sender) => sender.keyFramesAt.map((at) => performance.timeOrigin + at));
      return { sid, failure, allowedAt, sendingSince, keyFramesAt };
    }),
    cpuSeconds: (user + system) / 1e6,
    lateMs,
  };
}

function stateOf(viewer: ViewerBot, first: number): Omit<ViewerState, 'returns'> {
  const receivers = [...viewer.connection.receivers.values()];
  const of = (
    some: readonly StreamReceiver[],
    field: 'packets' | 'frames' | 'expected' | 'recovered' | 'pictureRequests' | 'bytes' | 'late',
  ): number => some.reduce((total, receiver) => total + receiver[field], 0);
  const sum = (field: 'packets' | 'frames' | 'expected' | 'recovered' | 'pictureRequests' | 'bytes'): number =>
    of(receivers, field);
  const pauses = receivers.map((receiver) => ({ receiver, ms: receiver.takeLongestPause() }));
  const sounds = pauses.filter(({ receiver }) => receiver.kind === 'audio');
  const heard = sounds.map(({ receiver }) => receiver);
  const now = performance.now();
  return {
    times: viewer.times,
    startedAt: viewer.startedAt - first,
    failure: viewer.failure,
    connectedAt: since1970(viewer.connection.connectedAt),
    offers: viewer.offers,
    offeredAt: since1970(viewer.offeredAt),
    answeredAt: since1970(viewer.answeredAt),
    seen: seenBy(viewer),
    keyFrameAt: lastKeyFrame(receivers),
    reports: viewer.connection.reports,
    longestPauseMs: Math.max(0, ...pauses.map(({ ms }) => ms)),
    sound: {
      ...{ packets: of(heard, 'packets'), expected: of(heard, 'expected'), late: of(heard, 'late') },
      longestPauseMs: Math.max(0, ...sounds.map(({ receiver, ms }) => Math.max(ms, receiver.silentMs(now)))),
    },
    ...{ packets: sum('packets'), frames: sum('frames'), expected: sum('expected'), recovered: sum('recovered') },
    ...{ pictureRequests: sum('pictureRequests'), bytes: sum('bytes') },
  };
}

const since1970 = (at: number | undefined) => (at === undefined ? undefined : performance.timeOrigin + at);

function lastKeyFrame(receivers: readonly StreamReceiver[]): number | undefined {
  const at = receivers.flatMap(({ keyFrameAt }) => keyFrameAt ?? []);
  return at.length > 0 ? since1970(Math.max(...at)) : undefined;
}

function seenBy({ connection }: ViewerBot): SeenState[] {
  const of = Map.groupBy(connection.seen(), ([sid]) => sid);
  return [...of].map(([sid, streams]) => {
    const kind = (wanted: 'audio' | 'video') => streams.map(([, r]) => r).filter((r) => r.kind === wanted);
    const [sound, picture] = [kind('audio').at(-1), kind('video').at(-1)];
    return { sid, soundSince: since1970(sound?.flowsSince), pictureSince: since1970(picture?.shownSince) };
  });
}

async function obey(order: Order): Promise<void> {
  switch (order.type) {
    case 'publish':
      speakers.push(await PublisherBot.create(order.account, `publisher-${process.pid}`, { pace: order.pace }));
      tell({ type: 'ready' });
      return;
    case 'view':
      await view(order);
      tell({ type: 'ready' });
      return;
    case 'stand':
      await stand(order.accounts, order.pace);
      tell({ type: 'ready' });
      return;
    case 'watch':
      for (const viewer of viewers) viewer.watch(order.quality);
      tell({ type: 'ready' });
      return;
    case 'snapshot':
      tell({ type: 'snapshot', snapshot: snapshot() });
      return;
    case 'stop':
      clearInterval(ticker);
      await Promise.all([...speakers, ...viewers].map((bot) => bot.close()));
      // The library's threads would keep the process.
      process.exit(0);
  }
}

process.on('message', (order: Order) => {
  obey(order).catch((error: unknown) => tell({ type: 'failed', message: String(error) }));
});
// Nobody is left to obey.
process.on('disconnect', () => process.exit(1));
