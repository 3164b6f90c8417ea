import assert from 'node:assert/strict';
import { test } from 'node:test';
import { otherDevice, person } from '../../../test/support/floorPeople.ts';
import { seededRandom } from '../../../test/support/sdp/mutate.ts';
import { Presence } from './Presence.ts';
import { PresenceExchange } from './PresenceExchange.ts';
import type { PresenceGap, PresenceNews } from './ports.ts';

const B = 'b';
const units = ['vn.79.760.1', 'vn.79.760.2', 'vn.79.761.3', 'vn.01.001'];
const people = units.map((path) => person(B, 'seat', path));
const devices = [...people, ...people.map((p) => otherDevice(p))].map(({ seat }) => seat);

type Envelope = { readonly from: string } & (
  | { readonly news: readonly PresenceNews[] }
  | { readonly gap: PresenceGap }
);

/** Nodes over the real exchange; what they say waits until somebody carries it. */
class Nodes {
  readonly wire: Envelope[] = [];
  readonly all = new Map<string, { presence: Presence; exchange: PresenceExchange; saved: Map<string, boolean> }>();
  /** What a node knows of who lives; undefined: nothing. */
  knows: (boot: string) => boolean = () => true;
  now = Date.UTC(2026, 8, 2);
  /** By which the clocks of all were set, ms. */
  set = 0;

  async add(boot: string) {
    const saved = new Map<string, boolean>();
    const presence = new Presence({
      store: {
        load: async () => ({
          expected: units.map((path) => ({ code: path.slice(path.lastIndexOf('.') + 1), path })),
          seen: [],
          aliveAt: null,
        }),
        save: async (_, rows) => {
          for (const { unit, present } of rows) saved.set(unit, present);
        },
      },
      names: { name: () => 'Unit', path: () => 'vn' },
      clock: { now: () => new Date(this.now + this.set) },
      boot,
    });
    const exchange = new PresenceExchange({
      presence,
      others: () =>
        this.knows(boot) ? [...this.all.keys()].filter((b) => b !== boot).map((b) => ({ boot: b })) : undefined,
      tell: (news) => this.wire.push(structuredClone({ from: boot, news })),
      ask: (gap) => this.wire.push({ from: boot, gap }),
      elapsed: () => this.now,
      pace: (next) => next(),
    });
    this.all.set(boot, { presence, exchange, saved });
    presence.on('opened', (briefing) => exchange.begin(briefing));
    await presence.open(B);
    return { presence, exchange, saved };
  }

  deliver(message: Envelope): void {
    for (const [boot, { exchange }] of this.all) {
      if (boot === message.from) continue;
      if ('news' in message) exchange.hear(message.news, { boot: message.from });
      else exchange.asked(message.gap);
    }
  }

  /** Some seconds in which nothing gets lost. */
  settle(seconds = 8): void {
    for (let second = 0; second < seconds; second++) {
      this.now += 1_000;
      for (const { exchange } of this.all.values()) {
        exchange.tellNews();
        exchange.beat();
      }
      while (this.wire.length > 0) this.deliver(this.wire.shift() as Envelope);
    }
  }

  /** All that anybody can read of it. */
  seen(boot: string) {
    const presence = this.all.get(boot)?.presence;
    const of = (unit: string) => {
      const { seats, ...there } = presence?.there(B, unit) ?? { seats: [] };
      return { ...there, seats: seats.map(({ identity }) => identity).sort() };
    };
    return {
      counts: presence?.counts(B, 'vn'),
      units: units.map((path) => of(path.slice(path.lastIndexOf('.') + 1))),
    };
  }
}

const sighting = ({ identity, unit, path }: (typeof devices)[0]) => ({ briefing: B, identity, unit, path });

test('PR10 CL40 whatever is lost, late, twice or out of order: nodes agree, and on what is true', async () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = seededRandom(seed);
    const any = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const nodes = new Nodes();
    for (const boot of ['one', 'two', 'three']) await nodes.add(boot);
    const channels = new Set<string>();
    const media = new Set<string>();
    const old: Envelope[] = [];
    for (let step = 0; step < 150; step++) {
      nodes.now += Math.floor(random() * 400);
      const boot = any([...nodes.all.keys()]);
      const { presence, exchange } = nodes.all.get(boot) as NonNullable<ReturnType<typeof nodes.all.get>>;
      const seat = any(devices);
      const key = `${boot} ${seat.identity}`;
      const what = Math.floor(random() * 7);
      if (what === 0 && !channels.has(key)) {
        channels.add(key);
        presence.channelOpened(B, seat);
      } else if (what === 1 && channels.delete(key)) presence.channelClosed(B, seat.identity);
      else if (what === 2) {
        media.add(key);
        presence.media(sighting(seat), any(['good', 'weak', 'lost'] as const));
      } else if (what === 3 && media.delete(key)) presence.media(sighting(seat), 'off');
      else if (what === 4) exchange.tellNews();
      else if (what === 5) exchange.beat();
      else if (nodes.wire.length > 0) {
        const [message] = nodes.wire.splice(Math.floor(random() * nodes.wire.length), 1) as [Envelope];
        old.push(message);
        if (random() < 0.6) nodes.deliver(message);
        if (random() < 0.3) nodes.deliver(any(old));
      }
    }
    nodes.settle();
    const one = nodes.seen('one');
    for (const message of old) nodes.deliver(message);
    while (nodes.wire.length > 0) nodes.deliver(nodes.wire.shift() as Envelope);
    for (const boot of ['two', 'three']) assert.deepEqual(nodes.seen(boot), one, `seed ${seed}: ${boot}`);
    assert.deepEqual(nodes.seen('one'), one, `seed ${seed}: what is old changes nothing`);
    for (const [i, path] of units.entries()) {
      const at = (keys: Set<string>) =>
        devices.filter((d) => d.path === path && [...keys].some((key) => key.endsWith(` ${d.identity}`)));
      const there = one.units[i];
      const state = at(media).length > 0 ? 'here' : at(channels).length > 0 ? 'door' : undefined;
      if (state) assert.equal(there?.presence, state, `seed ${seed}: ${path}`);
      else assert.match(there?.presence ?? '', /gone|never/, `seed ${seed}: ${path}`);
      assert.deepEqual(
        there?.seats,
        at(channels)
          .map(({ identity }) => identity)
          .sort(),
        `seed ${seed}: ${path}`,
      );
    }
  }
});

test('PR10 of two nodes the one counts to which the device came later', async () => {
  const nodes = new Nodes();
  const [one, two] = [await nodes.add('one'), await nodes.add('two')];
  const [seat] = devices as [(typeof devices)[0]];
  one.presence.media(sighting(seat), 'good');
  nodes.now += 1_000;
  two.presence.media(sighting(seat), 'weak');
  nodes.settle();
  for (const boot of ['one', 'two']) assert.equal(nodes.seen(boot).units[0]?.line, 'weak');
  assert.equal(nodes.seen('one').counts?.[0]?.weak, 1, 'and it counts once');
});

test('PR11 a device that goes to another node is never gone, at any of them', async () => {
  const nodes = new Nodes();
  const [one, two] = [await nodes.add('one'), await nodes.add('two'), await nodes.add('three')];
  const [seat] = devices as [(typeof devices)[0]];
  one.presence.channelOpened(B, seat);
  nodes.settle();
  const states = () => [...nodes.all.keys()].map((boot) => nodes.seen(boot).units[0]?.presence);
  for (const { presence } of nodes.all.values()) presence.takeChanged();
  one.presence.channelClosed(B, seat.identity);
  assert.deepEqual(states(), ['door', 'door', 'door']);
  assert.equal(one.presence.ringableHere(B, seat.unit), false);
  nodes.settle(1);
  two.presence.channelOpened(B, seat);
  assert.deepEqual(states(), ['door', 'door', 'door']);
  nodes.settle();
  assert.deepEqual(states(), ['door', 'door', 'door']);
  for (const { presence } of nodes.all.values()) assert.equal(presence.takeChanged().size, 0, 'nobody was told');
  two.presence.channelClosed(B, seat.identity);
  const left = new Date(nodes.now).toISOString();
  assert.deepEqual(states(), ['door', 'door', 'door']);
  nodes.settle();
  assert.deepEqual(states(), ['gone', 'gone', 'gone']);
  for (const boot of nodes.all.keys()) assert.equal(nodes.seen(boot).units[0]?.lastSeen, left);
});

test('PR11 a device whose media goes to another node is never at the door, wherever its order channel is', async () => {
  for (const channelAt of ['one', 'two', 'three']) {
    const nodes = new Nodes();
    const [one, two] = [await nodes.add('one'), await nodes.add('two'), await nodes.add('three')];
    const [seat] = devices as [(typeof devices)[0]];
    nodes.all.get(channelAt)?.presence.channelOpened(B, seat);
    one.presence.media(sighting(seat), 'good');
    nodes.settle();
    const states = () => [...nodes.all.keys()].map((boot) => nodes.seen(boot).units[0]?.presence);
    for (const { presence } of nodes.all.values()) presence.takeChanged();
    one.presence.media(sighting(seat), 'off');
    nodes.settle(1);
    assert.deepEqual(states(), ['here', 'here', 'here']);
    two.presence.media(sighting(seat), 'good');
    nodes.settle();
    assert.deepEqual(states(), ['here', 'here', 'here']);
    for (const { presence } of nodes.all.values()) assert.equal(presence.takeChanged().size, 0, 'nobody was told');
    two.presence.media(sighting(seat), 'off');
    nodes.settle();
    assert.deepEqual(states(), ['door', 'door', 'door'], 'it came to no other');
  }
});

test('PR11 how long a device may be on its way does not depend on clocks that are set', async () => {
  const nodes = new Nodes();
  const [one] = [await nodes.add('one'), await nodes.add('two')];
  const [seat] = devices as [(typeof devices)[0]];
  one.presence.channelOpened(B, seat);
  one.presence.media(sighting(seat), 'good');
  nodes.settle();
  one.presence.media(sighting(seat), 'off');
  nodes.settle(1);
  nodes.set -= 3_600_000;
  nodes.settle();
  for (const boot of ['one', 'two']) assert.equal(nodes.seen(boot).units[0]?.presence, 'door');
});

test('PR11 a unit whose media was at a node that died is here until it comes to another, and its device is known to have none', async () => {
  const nodes = new Nodes();
  const [one, two] = [await nodes.add('one'), await nodes.add('two')];
  const [seat] = devices as [(typeof devices)[0]];
  one.presence.channelOpened(B, seat);
  two.presence.media(sighting(seat), 'good');
  nodes.settle();
  one.presence.retain(new Set(['one']));
  assert.equal(nodes.seen('one').units[0]?.presence, 'here');
  assert.equal(one.presence.hasMedia(B, seat.identity), false);
});

test('PR11 a node that is alone says at once that somebody left', async () => {
  const nodes = new Nodes();
  const { presence, exchange } = await nodes.add('one');
  const [seat] = devices as [(typeof devices)[0]];
  presence.channelOpened(B, seat);
  exchange.tellNews();
  exchange.beat();
  exchange.beat();
  presence.channelClosed(B, seat.identity);
  assert.equal(nodes.seen('one').units[0]?.presence, 'gone');
  assert.deepEqual(nodes.wire, [], 'and tells nobody');
});

test('CL41 with a node goes what it told, its old words bring nobody back, and while nobody knows who lives all stays', async () => {
  const nodes = new Nodes();
  const [one, two] = [await nodes.add('one'), await nodes.add('two')];
  const [seat, neighbour] = devices as [(typeof devices)[0], (typeof devices)[0]];
  two.presence.media(sighting(seat), 'good');
  two.presence.media(sighting(neighbour), 'good');
  two.presence.channelOpened(B, seat);
  two.exchange.tellNews();
  const [told] = nodes.wire.filter((m) => 'news' in m);
  nodes.settle();
  one.presence.media(sighting(neighbour), 'good');
  const orphaned: unknown[] = [];
  one.presence.on('orphaned', (...said) => orphaned.push(said));
  const here = () =>
    nodes
      .seen('one')
      .units.slice(0, 2)
      .map(({ presence }) => presence);
  nodes.knows = () => false;
  nodes.all.delete('two');
  nodes.settle();
  assert.deepEqual(here(), ['here', 'here']);
  nodes.knows = () => true;
  nodes.settle();
  assert.deepEqual(here(), ['gone', 'here']);
  assert.deepEqual(orphaned, [[B, [seat.identity]]], 'the other is here');
  if (told) nodes.deliver(told);
  assert.deepEqual(here(), ['gone', 'here']);
  await one.presence.save();
  assert.equal(one.saved.get(seat.unit), false, 'nobody else could write it');
});

test('CL41 a node that comes back under the same boot is told of anew', async () => {
  const nodes = new Nodes();
  const [, two] = [await nodes.add('one'), await nodes.add('two')];
  const [seat] = devices as [(typeof devices)[0]];
  two.presence.channelOpened(B, seat);
  nodes.settle();
  nodes.all.delete('two');
  nodes.settle();
  assert.equal(nodes.seen('one').units[0]?.presence, 'gone');
  nodes.all.set('two', two);
  nodes.settle();
  assert.equal(nodes.seen('one').units[0]?.presence, 'door');
});

test('CL40 a briefing that was opened anew at a node begins anew at the others', async () => {
  const nodes = new Nodes();
  const [, two] = [await nodes.add('one'), await nodes.add('two')];
  const [seat, neighbour] = devices as [(typeof devices)[0], (typeof devices)[0]];
  two.presence.channelOpened(B, seat);
  nodes.settle();
  await two.presence.close(B);
  nodes.now += 1;
  await two.presence.open(B);
  two.presence.channelOpened(B, neighbour);
  nodes.settle();
  assert.deepEqual(
    nodes
      .seen('one')
      .units.slice(0, 2)
      .map(({ presence }) => presence),
    ['gone', 'door'],
  );
});

test('CL40 a country that comes within half a minute costs others two messages a second, and its whole state a few dozen', async () => {
  const nodes = new Nodes();
  const [one, two] = [await nodes.add('one'), await nodes.add('two')];
  nodes.settle();
  const most = 11_000;
  let [messages, bytes] = [0, 0];
  for (let second = 0; second < 30; second++) {
    for (let i = 0; i < Math.ceil(most / 30); i++) {
      const { seat } = person(B, 'seat', `vn.79.760.x${second}-${i}`);
      two.presence.channelOpened(B, seat);
      two.presence.media(sighting(seat), 'good');
    }
    two.exchange.tellNews();
    two.exchange.beat();
    messages += nodes.wire.length;
    bytes += JSON.stringify(nodes.wire).length;
    while (nodes.wire.length > 0) nodes.deliver(nodes.wire.shift() as Envelope);
    nodes.now += 1_000;
  }
  assert.ok(messages / 30 <= 3, `${messages} messages in 30 s`);
  assert.ok(bytes / 30 < 400_000, `${bytes} bytes in 30 s`);
  await one.presence.close(B);
  await one.presence.open(B);
  for (let i = 0; i < 1; i++) nodes.deliver(nodes.wire.shift() as Envelope);
  assert.ok(nodes.wire.length <= 45, `${nodes.wire.length} messages`);
  while (nodes.wire.length > 0) nodes.deliver(nodes.wire.shift() as Envelope);
  assert.equal(one.presence.ringable(B, 'x29-366'), true);
});
