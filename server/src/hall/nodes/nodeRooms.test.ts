import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { DisconnectReason, ParticipantInfo } from '@livekit/protocol';
import { randomOf } from '../../../test/support/randomOf.ts';
import { until } from '../../../test/support/until.ts';
import type { Sender } from '../../cluster/bus/envelope.ts';
import { isLater } from '../../cluster/membership/isLater.ts';
import { JoinNumbers } from '../../cluster/membership/JoinNumbers.ts';
import { type RoomsMessage, roomsTopic } from '../../cluster/topics/rooms.ts';
import { NodeRooms } from './NodeRooms.ts';
import type { OwnPerson, OwnRoom } from './OwnRoom.ts';

const SEEDS = Number(process.env.SEEDS ?? 200);
const STEPS = 40;
const ROOMS = ['a', 'b'];
const IDENTITIES = ['an', 'binh', 'chi', 'dung'];

/** Somebody as a room would have them. */
function personOf(identity: string, join: number, name: string): OwnPerson {
  const known = new ParticipantInfo({ identity, sid: `PA_${join}`, name, version: 1 });
  const rules = { allParticipants: true, rules: [] };
  return {
    ...{ identity, sid: known.sid, join, place: 'open', stage: '', rules, publications: new Map() },
    views: { known, veiled: known },
  };
}

/** A node that follows the rule of duplicate identities, as rooms do. */
class FakeNode {
  readonly self: Sender;
  readonly rooms: NodeRooms;
  readonly people = new Map<string, Map<string, OwnPerson>>();
  readonly own = new Map<string, OwnRoom>();
  readonly living = new Set<string>();
  constructor(index: number) {
    this.self = { node: `n${index}`, boot: `00000000-0000-4000-8000-00000000000${index}` };
    const clock = { now: () => new Date(1_000_000 + index * 700) };
    const others = { others: async () => [...this.living].map((boot) => ({ node: boot, boot })) };
    this.rooms = new NodeRooms({ self: this.self, joins: new JoinNumbers(clock), others });
    this.rooms.elsewhere.on('person', (room, identity) => this.#yield(room, identity));
    this.rooms.elsewhere.on('came', (room, identity, joined) => {
      const here = this.people.get(room)?.get(identity);
      if (here && isLater(joined, { join: here.join, boot: this.self.boot })) this.leave(room, identity);
    });
  }
  open(room: string): void {
    if (this.own.has(room)) return;
    const about = { sid: `RM_${room}_${this.self.node}`, createdAt: Number(this.self.node.slice(1)), metadata: '' };
    const facts = { ...about, metadataAt: 0, emptyTimeout: 1, departureTimeout: 1, maxParticipants: 0 };
    this.people.set(room, new Map());
    const counts = () => [this.people.get(room)?.size ?? 0, 0] as const;
    this.own.set(
      room,
      this.rooms.open({
        name: room,
        about: facts,
        get counts() {
          return counts();
        },
      }),
    );
  }
  end(room: string): void {
    const own = this.own.get(room);
    if (!own || this.people.get(room)?.size) return;
    this.own.delete(room);
    this.rooms.ended(room, own);
  }
  join(room: string, identity: string): void {
    this.open(room);
    this.leave(room, identity);
    this.show(room, personOf(identity, this.rooms.joins.next(), ''));
  }
  show(room: string, person: OwnPerson): void {
    this.people.get(room)?.set(person.identity, person);
    this.own.get(room)?.changed(person);
  }
  leave(room: string, identity: string): void {
    const person = this.people.get(room)?.get(identity);
    if (!person) return;
    this.people.get(room)?.delete(identity);
    this.own.get(room)?.gone(person, DisconnectReason.CLIENT_INITIATED);
  }
  #yield(room: string, identity: string): void {
    const there = this.rooms.elsewhere.person(room, identity);
    const here = this.people.get(room)?.get(identity);
    if (!there || !here) return;
    const joined = { join: here.join, boot: this.self.boot };
    if (isLater({ join: there.join, boot: there.node.boot }, joined)) this.leave(room, identity);
  }
}

/** Nodes on a bus that loses messages, is late, and falls apart; of one sender it keeps the order. */
class Weather {
  readonly nodes: FakeNode[];
  readonly #random: () => number;
  readonly #waiting: { from: FakeNode; to: FakeNode; text: string }[] = [];
  cut = new Set<FakeNode>();
  loss: number;

  constructor(random: () => number, count: number) {
    this.#random = random;
    this.loss = random() * 0.5;
    this.nodes = Array.from({ length: count }, (_, i) => new FakeNode(i + 1));
    for (const node of this.nodes) {
      for (const other of this.nodes) if (other !== node) node.living.add(other.self.boot);
      node.rooms.start((message) => this.#say(node, message));
    }
  }
  #say(from: FakeNode, message: RoomsMessage): void {
    const text = JSON.stringify(roomsTopic.schema.parse(message));
    for (const to of this.nodes) {
      const lost = this.cut.has(from) !== this.cut.has(to) || this.#random() < this.loss;
      if (to !== from && !lost) this.#waiting.push({ from, to, text });
    }
  }
  /** @param most of what is on its way; from each sender to each receiver in order */
  async deliver(most = Number.POSITIVE_INFINITY): Promise<void> {
    for (let i = 0; i < most && this.#waiting.length > 0; i++) {
      const chosen = this.#waiting[Math.floor(this.#random() * this.#waiting.length)];
      const at = this.#waiting.findIndex((m) => m.from === chosen?.from && m.to === chosen.to);
      const [message] = this.#waiting.splice(at, 1);
      if (message) message.to.rooms.hear(JSON.parse(message.text), message.from.self);
      if (this.#waiting.length === 0) await turn();
    }
    await turn();
  }
  /** What comes with time: everybody says how far they are, and is asked. */
  async calm(): Promise<void> {
    this.loss = 0;
    this.cut = new Set();
    await turn();
    await this.deliver();
    for (let i = 0; i < 3; i++) {
      for (const { rooms } of this.nodes) rooms.digest();
      await this.deliver();
    }
  }
  close(): void {
    for (const { rooms } of this.nodes) rooms.close();
  }
}

const seeds = process.env.SEED ? [Number(process.env.SEED)] : Array.from({ length: SEEDS }, (_, i) => i);

test('ND1, ND2, ND5 whatever is lost, late or cut off, all nodes come to see the same people, each once', async () => {
  for (const seed of seeds) {
    const rand = randomOf(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(rand() * list.length)] as T;
    const weather = new Weather(rand, 2 + Math.floor(rand() * 3));
    try {
      for (let step = 0; step < STEPS; step++) {
        const node = pick(weather.nodes);
        const [room, identity] = [pick(ROOMS), pick(IDENTITIES)];
        const what = rand();
        if (what < 0.4) node.join(room, identity);
        else if (what < 0.55) node.leave(room, identity);
        else if (what < 0.7) {
          const person = node.people.get(room)?.get(identity);
          if (person) node.show(room, personOf(identity, person.join, `name ${step}`));
        } else if (what < 0.75) node.end(room);
        else if (what < 0.8) weather.cut = rand() < 0.5 ? new Set([node]) : new Set();
        else if (what < 0.85) node.rooms.digest();
        else await weather.deliver(Math.floor(rand() * 10));
      }
      await weather.calm();
      for (const room of ROOMS) {
        const there = weather.nodes.flatMap(({ people }) => [...(people.get(room)?.values() ?? [])]);
        const truth = there.map(({ identity, join, views }) => `${identity} ${join} ${views.known.name}`).sort();
        assert.equal(new Set(there.map(({ identity }) => identity)).size, there.length, 'an identity at two nodes');
        for (const node of weather.nodes) {
          const { elsewhere } = node.rooms;
          const seen = [...elsewhere.identities(room)].flatMap((identity) => elsewhere.person(room, identity) ?? []);
          const told = seen.map(({ identity, join, info }) => {
            return `${identity} ${join} ${ParticipantInfo.fromBinary(Buffer.from(info, 'base64')).name}`;
          });
          const own = [...(node.people.get(room)?.values() ?? [])];
          const all = [...told, ...own.map(({ identity, join, views }) => `${identity} ${join} ${views.known.name}`)];
          assert.deepEqual(all.sort(), truth, `room ${room} at ${node.self.node}`);
          assert.equal(elsewhere.counts(room)[0] + own.length, there.length, 'counts');
        }
      }
    } catch (error) {
      throw new Error(`seed ${seed} (SEED=${seed} repeats it)`, { cause: error });
    } finally {
      weather.close();
    }
  }
});

test('ND3 whom nobody lists as living is gone with all that they had, and nobody while that is not known', async () => {
  const weather = new Weather(() => 0.99, 2);
  const [one, two] = weather.nodes as [FakeNode, FakeNode];
  one.join('a', 'an');
  await weather.calm();
  assert.equal(two.rooms.elsewhere.person('a', 'an')?.identity, 'an');
  const gone: string[] = [];
  two.rooms.elsewhere.on('person', (_room, identity) => gone.push(identity));
  two.rooms.elsewhere.forget(one.self);
  assert.deepEqual([two.rooms.elsewhere.person('a', 'an'), gone], [undefined, ['an']]);
  assert.deepEqual(two.rooms.elsewhere.nodes('a'), []);
  weather.close();
});

test('ND3 what a node said before it died comes late and brings nobody back; one that was cut off is asked anew', async () => {
  const [living, said]: [Set<string>, RoomsMessage[]] = [new Set(), []];
  const clock = { now: () => new Date() };
  const others = { others: async () => [...living].map((boot) => ({ node: 'two', boot })) };
  const self = { node: 'one', boot: '00000000-0000-4000-8000-000000000001' };
  const rooms = new NodeRooms({ self, joins: new JoinNumbers(clock), others, newMs: 0 });
  rooms.start((message) => said.push(message));
  const weather = new Weather(() => 0.99, 2);
  const [, two] = weather.nodes as [FakeNode, FakeNode];
  const told: RoomsMessage[] = [];
  two.rooms.start((message) => told.push(message));
  two.join('a', 'an');
  await turn();
  const last = told.findLast(({ kind }) => kind === 'changes') as RoomsMessage;
  rooms.hear(last, two.self);
  assert.equal(rooms.elsewhere.person('a', 'an')?.identity, 'an');
  await until('it is taken for dead', () => rooms.elsewhere.nodes('a').length === 0);
  rooms.hear(last, two.self);
  assert.equal(rooms.elsewhere.person('a', 'an'), undefined);
  living.add(two.self.boot);
  said.length = 0;
  await until('it is asked', () => said.some((message) => message.kind === 'ask' && message.of === two.self.boot));
  rooms.hear(last, two.self);
  assert.equal(rooms.elsewhere.person('a', 'an')?.identity, 'an');
  rooms.close();
  weather.close();
});

test('ND5 the later number wins, of equal ones the same at each node; a clock that is ahead pulls the others along', () => {
  const clock = { ms: 5_000 };
  const joins = new JoinNumbers({ now: () => new Date(clock.ms) });
  const first = joins.next();
  assert.equal(first, 5_000_000);
  assert.equal(joins.next(), first + 1);
  joins.heard(5_020_000);
  assert.equal(joins.next(), 5_020_001);
  clock.ms = 1_000;
  assert.equal(joins.next(), 5_020_002, 'never backwards');
  joins.heard(10 ** 12);
  assert.equal(joins.next(), 5_020_003, 'nor far ahead for one that is wrong');
  assert.ok(isLater({ join: 2, boot: 'a' }, { join: 1, boot: 'b' }));
  assert.ok(isLater({ join: 1, boot: 'b' }, { join: 1, boot: 'a' }));
  assert.ok(!isLater({ join: 1, boot: 'a' }, { join: 1, boot: 'b' }));
});
