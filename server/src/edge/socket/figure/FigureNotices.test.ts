import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { Server } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import { FigureMemory } from '../../../../test/support/FigureMemory.ts';
import { person } from '../../../../test/support/floorPeople.ts';
import { until } from '../../../../test/support/until.ts';
import { Crossings } from '../../../domain/figure/Crossings.ts';
import { FigureCards } from '../../../domain/figure/FigureCards.ts';
import { FigureService } from '../../../domain/figure/FigureService.ts';
import { LiveFigures } from '../../../domain/figure/LiveFigures.ts';
import { periodOf } from '../../../domain/figure/periods.ts';
import type { Notice } from '../../../protocol/channel.ts';
import type { Indicator } from '../../../protocol/figureDefinition.ts';
import type { Seat } from '../../../protocol/floor.ts';
import { rooms } from '../channel/rooms.ts';
import type { ChannelServer } from '../channel/types.ts';
import { FigureNotices } from './FigureNotices.ts';
import { FigureWatches } from './FigureWatches.ts';

const briefing = 'b';
const unit = (path: string) => ({ code: path.split('.').at(-1) ?? '', path, name: path });
const today = () => periodOf('day', Date.now());
const closers: (() => void)[] = [];
after(() => {
  for (const close of closers) close();
});

/** A node with a tree that may change, and real connections. */
async function world(paths: readonly string[], slow = () => undefined as unknown) {
  const store = new FigureMemory();
  let tree = paths.map(unit);
  const live = new LiveFigures({ store, units: () => tree, clock: { now: () => new Date() } });
  const cards = new FigureCards(live);
  const quick = cards.card.bind(cards);
  cards.card = (code, root) => {
    slow();
    return quick(code, root);
  };
  const find = (code: string) => tree.find((each) => each.code === code);
  const figures = new FigureService({ live, cards, store, tree: () => ({ find }) });
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const io = new Server(http) as unknown as ChannelServer;
  const watches = new FigureWatches();
  const lags: number[] = [];
  const notices = new FigureNotices(
    { io },
    {
      ...{
        live,
        cards,
        crossings: new Crossings(live),
        figures,
        watches,
        failed: (error) => assert.fail(String(error)),
      },
      told: (seconds) => lags.push(seconds),
    },
  );
  const clients: Socket[] = [];
  closers.push(() => {
    notices.close();
    for (const client of clients) client.close();
    void io.close();
  });
  io.use((socket, next) => {
    const { seat } = socket.handshake.auth as { seat: Seat };
    Object.assign(socket.data, { seat });
    void socket.join(rooms.device(briefing, seat.identity));
    next();
  });
  const watcher = async (path: string, root: string, indicators: readonly string[] = [store.indicator.code]) => {
    const { seat } = person(briefing, 'moderator', path);
    const client = connect(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, {
      ...{ auth: { seat }, transports: ['websocket'], forceNew: true },
    });
    clients.push(client);
    const heard: Notice<'figures'>[] = [];
    client.on('figures', (notice) => heard.push(notice));
    await new Promise<void>((resolve) => client.once('connect', resolve));
    const watch = (of: string) =>
      watches.emit('watch', {
        ...{ briefing, identity: seat.identity },
        watch: { indicators: of === '' ? [] : indicators, root: of },
      });
    watch(root);
    /** All that was sent to it before now. */
    const all = async () => {
      const told = new Promise<void>((resolve) => client.once('marker', resolve));
      (io as unknown as Server).to(client.id ?? '').emit('marker');
      await told;
      return heard;
    };
    const socket = io.of('/').sockets.get(client.id ?? '') ?? assert.fail('it is not connected');
    return { heard, all, watch, socket };
  };
  const record = async (values: Record<string, number>, of = store.indicator) => {
    const n = store.record(today(), values, of);
    await live.sweep();
    return n;
  };
  const move = async (to: readonly string[]) => {
    tree = to.map(unit);
    await live.reload();
  };
  /** From now on for few (FG92). */
  const close = async ({ version, ...indicator }: Indicator, seenBy: number) => {
    store.define({ indicators: [{ ...indicator, version: version + 1, seenBy }] });
    await live.sweep();
  };
  return { live, store, record, move, close, watcher, lags };
}

test('FG24 how long figures took from the record to whoever watches is told once for each notice, and not where nobody does', async () => {
  const { live, record, watcher, lags } = await world(['vn', 'vn.1', 'vn.1.11', 'vn.2', 'vn.2.21']);
  await live.reload();
  const pm = await watcher('vn', '1');
  await record({ 21: 1 });
  const n = await record({ 11: 2 });
  await until('they hear of it', () => pm.heard.some((notice) => notice.n === n));
  await pm.all();
  assert.equal(lags.length, 1);
  assert.ok((lags[0] ?? -1) >= 0);
});

test('FG23 who watches what then moves to another territory hears no more of it, and others do', async () => {
  const { live, record, move, watcher } = await world(['vn', 'vn.1', 'vn.1.11', 'vn.2', 'vn.2.21']);
  await live.reload();
  await record({ 11: 1 });
  const [pm, former, next] = [await watcher('vn', '11'), await watcher('vn.1', '11'), await watcher('vn.2', '21')];
  const first = await record({ 11: 2, 21: 2 });
  await until('all hear of it', () => [pm, former, next].every(({ heard }) => heard.some(({ n }) => n === first)));
  await move(['vn', 'vn.1', 'vn.2', 'vn.2.11', 'vn.2.21']);
  const second = await record({ 11: 3, 21: 3 });
  await until('the others hear of it', () => [pm, next].every(({ heard }) => heard.some(({ n }) => n === second)));
  assert.deepEqual(
    (await former.all()).filter(({ n }) => n === second),
    [],
  );
});

test('FG24 whoever watches something else leaves what they watched, and no room is looked at in which they are not', async (t) => {
  const { live, watcher } = await world(['vn', 'vn.1', 'vn.1.11', 'vn.2', 'vn.2.21']);
  await live.reload();
  const pm = await watcher('vn', '11');
  for (const root of ['1', '2', '21']) await watcher('vn', root);
  const leave = t.mock.method(pm.socket, 'leave');
  pm.watch('21');
  assert.deepEqual(
    leave.mock.calls.map(({ arguments: [room] }) => room),
    ['figures:11:beds-free'],
  );
  assert.ok(pm.socket.rooms.has('figures:21:beds-free'));
  pm.watch('');
  assert.deepEqual(
    [...pm.socket.rooms].filter((room) => room.startsWith('figures:')),
    [],
  );
});

test('FG24 between the notices of many territories others have their turn', async () => {
  const communes = Array.from({ length: 40 }, (_, i) => `${100 + i}`);
  let made = 0;
  const order: string[] = [];
  const { live, record, watcher } = await world(['vn', ...communes.map((code) => `vn.${code}`)], () => {
    made += 1;
    if (order.length === 0) return;
    order.push('card');
    // As long as that of a large territory.
    for (const until = performance.now() + 3; performance.now() < until; );
  });
  await live.reload();
  const all = await Promise.all(communes.map((root) => watcher('vn', root)));
  assert.equal(made, communes.length);
  order.push('begin');
  let others: NodeJS.Timeout | undefined;
  live.once('moved', () => {
    others = setInterval(() => order.push('other'), 1);
  });
  const n = await record(Object.fromEntries(communes.map((code) => [code, 5])));
  await until('all have heard', () => all.every(({ heard }) => heard.some((notice) => notice.n === n)));
  const between = order.slice(order.indexOf('card'), order.lastIndexOf('card'));
  clearInterval(others);
  assert.ok(between.includes('other'), order.join(' '));
});

test('FG24 of each territory the units that moved in it are told, in its order', async () => {
  const { live, record, watcher } = await world(['vn', 'vn.1', 'vn.1.11', 'vn.1.12', 'vn.2', 'vn.2.21', 'vn.2.22']);
  await live.reload();
  const watchers = await Promise.all(['vn', '1', '2', '12', '22'].map((root) => watcher('vn', root)));
  const first = await record({ 11: 1, 12: 1, 21: 1, 22: 1 });
  await until('all hear of the first', () => watchers.every(({ heard }) => heard.some((notice) => notice.n === first)));
  const n = await record({ 22: 7, 12: 6, 21: 5 });
  const told = await Promise.all(
    watchers.map(async ({ heard }) => {
      await until('it is told', () => heard.some((notice) => notice.n === n && notice.changed));
      return heard.find((notice) => notice.n === n)?.changed?.flatMap(({ units }) => units);
    }),
  );
  assert.deepEqual(told, [['12', '21', '22'], ['12'], ['21', '22'], ['12'], ['22']]);
});

test('FG101 who may see one of the figures no more that they watch is told which, and goes on hearing of the others', async () => {
  const { live, store, record, close, watcher } = await world(['vn', 'vn.1', 'vn.1.11', 'vn.2', 'vn.2.21']);
  await live.reload();
  const both = [store.indicator.code, store.other.code];
  const [pm, province] = [await watcher('vn', '1', both), await watcher('vn.1', '1', both)];
  const alone = await watcher('vn.1', '1', [store.other.code]);
  await record({ 11: 1 });
  const before = await record({ 11: 2 }, store.other);
  const all = [pm, province, alone];
  await until('all hear of it', () => all.every(({ heard }) => heard.some(({ n }) => n === before)));
  await close(store.indicator, 1);
  await until('it is told', () => province.heard.some(({ unseen }) => unseen !== undefined));
  assert.deepEqual(province.heard.find(({ unseen }) => unseen)?.unseen, [store.indicator.code]);
  const hidden = await record({ 11: 3 });
  const seen = await record({ 11: 4 }, store.other);
  await until('all hear of what they may see', () => all.every(({ heard }) => heard.some(({ n }) => n === seen)));
  const told = async ({ all: every }: typeof pm) =>
    (await every()).filter(({ n }) => n >= hidden).flatMap(({ cards }) => cards.map(({ indicator }) => indicator));
  assert.deepEqual([...new Set(await told(province))], [store.other.code]);
  assert.deepEqual([...new Set(await told(pm))].sort(), both.toSorted());
  assert.ok((await pm.all()).every(({ unseen }) => unseen === undefined));
  assert.ok((await alone.all()).every(({ unseen }) => unseen === undefined));
});

test('FG101 who comes to those who watch what is left is told what these were told since, and no notice is left out', async () => {
  const { live, store, record, close, watcher } = await world(['vn', 'vn.1', 'vn.1.11', 'vn.2', 'vn.2.21']);
  await live.reload();
  const province = await watcher('vn.1', '1', [store.indicator.code, store.other.code]);
  await record({ 11: 1 }, store.other);
  const alone = await watcher('vn.1', '1', [store.other.code]);
  // In one moment: what moved was told to nobody yet.
  const n = store.record(today(), { 11: 5 }, store.other);
  await live.sweep();
  await close(store.indicator, 1);
  const value = (cards: Notice<'figures'>['cards']) =>
    cards.find(({ indicator }) => indicator === store.other.code)?.value;
  for (const { heard } of [province, alone])
    await until('it is told', () => heard.some(({ n: at, cards }) => at >= n && value(cards) === 5));
});
