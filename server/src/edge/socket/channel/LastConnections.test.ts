import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { MemoryBus, type MemoryNode } from '../../../../test/support/MemoryBus.ts';
import { until } from '../../../../test/support/until.ts';
import { JoinNumbers } from '../../../cluster/membership/JoinNumbers.ts';
import { arrivalTopic } from '../../../cluster/topics/channel.ts';
import { LastConnections } from './LastConnections.ts';
import { rooms } from './rooms.ts';
import type { ChannelServer, ChannelSocket } from './types.ts';

const briefing = randomUUID();

/** Nodes on one bus, and which connections of each are there. @param fastMs by how much the clock of a node is ahead */
function cluster(...fastMs: number[]) {
  const bus = new MemoryBus();
  return fastMs.map((ahead, nr) => {
    const node: MemoryNode = bus.node(`n${nr}`);
    const sockets = new Map<string, ChannelSocket>();
    const adapter = { rooms: new Map<string, Set<string>>() };
    const end = (id: string) => {
      sockets.delete(id);
      for (const ids of adapter.rooms.values()) ids.delete(id);
    };
    const last = new LastConnections({
      ...{ self: node.self, end },
      io: { of: () => ({ adapter, sockets }) } as unknown as ChannelServer,
      arrivals: node.topic(arrivalTopic),
      joins: new JoinNumbers({ now: () => new Date(1_000_000 + ahead) }),
    });
    let ids = 0;
    const connect = (identity: string) => {
      const socket = { data: { briefing, seat: { identity } } } as ChannelSocket;
      last.came(socket);
      const id = `s${ids++}`;
      sockets.set(id, socket);
      const room = rooms.device(briefing, identity);
      adapter.rooms.set(room, (adapter.rooms.get(room) ?? new Set()).add(id));
    };
    return { connect, there: () => [...sockets.values()].map(({ data }) => data.seat.identity).join(' ') };
  });
}

test('CH6 of two tabs that connect to two nodes in the same moment one stays, whatever their clocks say', async () => {
  for (const ahead of [0, 500, -500]) {
    const [one, two] = cluster(0, ahead);
    assert.ok(one && two);
    for (const node of [one, two]) node.connect('tab');
    // What comes after it on the same ways has come.
    one.connect('a');
    two.connect('b');
    await until('one of them has gone', () => [one, two].filter(({ there }) => there().includes('tab')).length < 2);
    two.connect('a');
    one.connect('b');
    await until('what came later stays', () => one.there().endsWith('b') && two.there().endsWith('a'));
    const tabs = [one, two].filter(({ there }) => there().includes('tab'));
    assert.equal(tabs.length, 1, `${ahead} ms ahead`);
  }
});

test('CH6 a device that connects again, here or at another node, after it has been heard of, is the one that stays', async () => {
  // The clock of the second node is behind by more than what happens takes.
  const [one, two] = cluster(0, -5_000);
  assert.ok(one && two);
  one.connect('tab');
  one.connect('tab');
  assert.equal(one.there(), 'tab');
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  two.connect('tab');
  await until('it is there alone', () => one.there() === '' && two.there() === 'tab');
});
