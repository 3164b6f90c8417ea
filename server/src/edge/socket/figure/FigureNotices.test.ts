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
import { FigureCards } from '../../../domain/figure/FigureCards.ts';
import { FigureService } from '../../../domain/figure/FigureService.ts';
import { LiveFigures } from '../../../domain/figure/LiveFigures.ts';
import { periodOf } from '../../../domain/figure/periods.ts';
import type { Notice } from '../../../protocol/channel.ts';
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
async function world(paths: readonly string[]) {
  const store = new FigureMemory();
  let tree = paths.map(unit);
  const live = new LiveFigures({ store, units: () => tree, clock: { now: () => new Date() } });
  const cards = new FigureCards(live);
  const find = (code: string) => tree.find((each) => each.code === code);
  const figures = new FigureService({ live, cards, store, tree: () => ({ find }) });
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const io = new Server(http) as unknown as ChannelServer;
  const watches = new FigureWatches();
  const notices = new FigureNotices(
    { io },
    { live, cards, figures, watches, failed: (error) => assert.fail(String(error)) },
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
  const watcher = async (path: string, root: string) => {
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
        watch: { indicators: of === '' ? [] : [store.indicator.code], root: of },
      });
    watch(root);
    /** All that was sent to it before now. */
    const all = async () => {
      const told = new Promise<void>((resolve) => client.once('marker', resolve));
      (io as unknown as Server).to(client.id ?? '').emit('marker');
      await told;
      return heard;
    };
    return { heard, all, watch };
  };
  const record = async (values: Record<string, number>) => {
    const n = store.record(today(), values);
    await live.sweep();
    return n;
  };
  const move = async (to: readonly string[]) => {
    tree = to.map(unit);
    await live.reload();
  };
  return { live, record, move, watcher };
}

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
