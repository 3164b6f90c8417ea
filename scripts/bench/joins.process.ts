import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { JoiningPage } from './JoiningPage.ts';
import { type Came, type Ground, type Order, type Part, parts, type Report, type Script } from './joinsProtocol.ts';

// A process of communes' pages. Takes its orders by IPC from `JoiningPages`.

const TICK_MS = 50;
const RESOLUTION_MS = 5;

let ground: Ground | undefined;
let secrets: string[] = [];
/** Of the next one; no two of all processes have the same. */
let next = 0;
const PLACES = 10_000;
let pages: JoiningPage[] = [];

const late = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
late.enable();

// A fifth of them at a time, as bots of `dh load` have it.
let turn = 0;
setInterval(() => {
  const now = performance.now();
  for (let i = turn++ % 5; i < pages.length; i += 5) pages[i]?.tick(now);
}, TICK_MS / 5);

const tell = (report: Report): unknown => process.send?.(report);

function sit(): JoiningPage {
  const secret = secrets.shift();
  if (!ground || secret === undefined) throw new Error('there are no more links');
  const page = new JoiningPage(ground, secret, next++);
  pages.push(page);
  return page;
}

/** Each begins when it is its turn, whether those before it are done or not. */
async function paced<T>(count: number, perSecond: number, work: (nr: number) => Promise<T>): Promise<T[]> {
  const begin = performance.now();
  const begun: Promise<T>[] = [];
  for (let i = 0; i < count; i++) {
    await wait(Math.max(0, begin + (1_000 * i) / perSecond - performance.now()));
    begun.push(work(i));
  }
  return Promise.all(begun);
}

async function doPart(part: Part, count: number, perSecond: number): Promise<void> {
  while (pages.length < count) sit();
  await paced(count, perSecond, async (i) => pages[i]?.do(part));
}

async function come(count: number, perSecond: number): Promise<Came> {
  const failures: string[] = [];
  late.reset();
  const before = process.cpuUsage();
  const ms = await paced(count, perSecond, async () => {
    const from = performance.now();
    try {
      const page = sit();
      for (const part of parts) await page.do(part);
      return performance.now() - from;
    } catch (error) {
      failures.push(String(error));
      return undefined;
    }
  });
  const { user, system } = process.cpuUsage(before);
  const lateP99Ms = Math.max(0, late.percentile(99) / 1e6 - RESOLUTION_MS);
  return { ms, failures, lateP99Ms, cpuSeconds: (user + system) / 1e6 };
}

function script(): Script {
  const [page] = pages;
  if (!page) throw new Error('nobody is there');
  return { answers: [...page.answers.values()], notices: page.notices, ...page.signalled };
}

async function leave(): Promise<void> {
  await Promise.all(pages.map((page) => page.leave()));
  pages = [];
}

async function obey(order: Order): Promise<void> {
  switch (order.type) {
    case 'ground':
      ({ ground } = order);
      secrets = [...order.secrets];
      next = order.nr * PLACES;
      tell({ type: 'done' });
      return;
    case 'part':
      await doPart(order.part, order.count, order.perSecond);
      tell({ type: 'done' });
      return;
    case 'come':
      tell({ type: 'came', came: await come(order.count, order.perSecond) });
      return;
    case 'script':
      tell({ type: 'script', script: script() });
      return;
    case 'leave':
      await leave();
      tell({ type: 'done' });
      return;
    case 'stop':
      await leave();
      process.exit(0);
  }
}

process.on('message', (order: Order) => {
  obey(order).catch((error: unknown) => tell({ type: 'failed', message: String(error) }));
});
process.on('disconnect', () => process.exit(1));
