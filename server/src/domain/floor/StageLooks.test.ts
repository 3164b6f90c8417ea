import assert from 'node:assert/strict';
import { test } from 'node:test';
import { person } from '../../../test/support/floorPeople.ts';
import { DomainError } from '../../protocol/errors.ts';
import type { Place, Speaker } from '../../protocol/floor.ts';
import { LOOK_BYTES } from '../../protocol/limits.ts';
import type { BriefingActor } from '../shared/actor.ts';
import { applyChanges, emptyFloor, type FloorState, stagesOf } from './FloorState.ts';
import { LOOK_EVERY_MS, LOOK_FRESH_MS } from './limits.ts';
import { StageLooks } from './StageLooks.ts';

const briefing = 'b';
const pm = person(briefing, 'principal', 'vn');
const [hn, hcm] = [person(briefing, 'moderator', 'vn.01'), person(briefing, 'moderator', 'vn.79')];
const commune = person(briefing, 'seat', 'vn.79.760');

/** The head of a JPEG, after a segment of its own. */
function jpeg(width = 320, height = 180, size = 200): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.writeUInt32BE(0xffd8ffe0, 0);
  bytes.writeUInt16BE(16, 4);
  bytes.writeUInt16BE(0xffc0, 20);
  bytes.writeUInt16BE(17, 22);
  bytes.writeUInt16BE(height, 25);
  bytes.writeUInt16BE(width, 27);
  return bytes;
}
const sent = async function* (bytes: Buffer) {
  yield bytes;
};
const refusalOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof DomainError) return error.reason;
    throw error;
  }
  return 'none';
};

/** One node, with Hà Nội and Thành phố Hồ Chí Minh in rooms of their own. */
class World {
  ms = Date.parse('2026-11-26T02:41:07Z');
  floor: FloorState;
  readonly here = new Map([
    ['vn.01', 300],
    ['vn.79', 200],
    ['vn.79.760', 10],
  ]);
  readonly asked: string[] = [];
  /** To other nodes. */
  readonly given: string[] = [];
  readonly looks: StageLooks;
  open = true;

  constructor(isHere: (identity: string) => boolean = () => true, other?: World) {
    const open = ['vn.01', 'vn.79'].map((path) => ({ unit: path.slice(3), path, name: path, since: this.now() }));
    this.floor = applyChanges(emptyFloor(briefing), [
      ...open.map((stage) => ({ kind: 'stage', stage }) as const),
      ...open.map(({ path }) => ({ kind: 'main', path, stage: path }) as const),
    ]);
    this.looks = new StageLooks({
      floors: { get: () => this.floor, stages: (floor) => stagesOf(floor, 'vn') },
      briefing: () => (this.open ? { scope: ['vn'] } : undefined),
      devices: { isHere: (_, identity) => isHere(identity), here: (_, path) => this.here.get(path) ?? 0 },
      elsewhere: {
        pictures: async (id, territory) => other?.looks.here(id, territory) ?? [],
        give: async (id, picture) => {
          this.given.push(picture.identity);
          return other?.looks.hear(id, picture) ?? false;
        },
      },
      clock: { now: () => new Date(this.ms) },
    });
    this.looks.on('asked', (_, identity) => this.asked.push(identity));
  }

  now = () => new Date(this.ms).toISOString();

  stands({ seat }: BriefingActor, stage: string, place: Place = 'stage'): void {
    const speaker: Speaker = { seat, place, since: this.now(), muted: false, checked: false, call: null, stage };
    this.floor = applyChanges(this.floor, [{ kind: 'speaker', speaker }]);
  }

  look = (actor = pm) => this.looks.look(actor.account, briefing);
  send = ({ account, seat }: BriefingActor, bytes = jpeg()) =>
    this.looks.take(account, seat.identity, briefing, sent(bytes));
  /** Of those asked since the last time. */
  taken = () => this.asked.splice(0);
  pass = (ms = LOOK_EVERY_MS) => {
    this.ms += ms;
  };
}

test('TR15 officials see the open stages of their territory with how many units are shown each, and nobody else does', async () => {
  const world = new World();
  world.stands(hcm, 'vn.79');
  const of = async (actor: BriefingActor) => (await world.look(actor)).map(({ path, watching }) => [path, watching]);
  assert.deepEqual(await of(pm), [
    ['vn.01', 0],
    ['vn.79', 200],
  ]);
  assert.deepEqual(await of(hn), [['vn.01', 0]], 'nobody stands there, so nobody is shown it');
  assert.equal(await refusalOf(world.look(commune)), 'forbidden');
  world.open = false;
  assert.equal(await refusalOf(world.look(pm)), 'not-live');
});

test('TR15 who is shown a stage below another watches that one', async () => {
  const world = new World();
  const stage = { unit: '760', path: 'vn.79.760', name: '760', since: world.now() };
  world.floor = applyChanges(world.floor, [
    { kind: 'stage', stage },
    { kind: 'main', path: stage.path, stage: stage.path },
  ]);
  world.stands(hcm, 'vn.79');
  world.stands(commune, stage.path);
  assert.deepEqual(
    (await world.look(hcm)).map(({ path, watching }) => [path, watching]),
    [
      ['vn.79', 190],
      ['vn.79.760', 10],
    ],
  );
});

test('TR15 a device is asked for a picture while somebody looks, once in so long however many look', async () => {
  const world = new World();
  world.stands(hcm, 'vn.79');
  world.stands(hn, 'vn.01', 'holding');
  await Promise.all([world.look(), world.look(), world.look(hcm)]);
  assert.deepEqual(world.taken(), [hcm.seat.identity], 'one without a line is not asked');
  await world.send(hcm);
  const [, look] = await world.look();
  assert.deepEqual([look?.picture?.identity, look?.picture?.at], [hcm.seat.identity, world.now()]);
  assert.deepEqual(Buffer.from(look?.picture?.bytes ?? '', 'base64'), jpeg());
  assert.deepEqual(world.taken(), []);
  world.pass();
  await world.look();
  assert.deepEqual(world.taken(), [hcm.seat.identity]);
});

test('TR15 a picture is taken from who was asked, once, and only a small JPEG', async () => {
  const world = new World();
  world.stands(hcm, 'vn.79');
  assert.equal(await refusalOf(world.send(hcm)), 'forbidden', 'nobody looks');
  await world.look();
  assert.equal(await refusalOf(world.send(hn)), 'forbidden');
  assert.equal(await refusalOf(world.send(hcm, jpeg(320, 180, LOOK_BYTES + 1))), 'too-large');
  assert.equal(await refusalOf(world.send(hcm, jpeg(60_000, 60_000))), 'bad-request');
  assert.equal(await refusalOf(world.send(hcm, Buffer.from('<svg/>'))), 'bad-request');
  assert.equal(await refusalOf(world.send(hcm)), 'none');
  assert.equal(await refusalOf(world.send(hcm)), 'forbidden');
});

test('TR15 how large a picture is, its head says in one way: what decoders would read in another is no small JPEG', async () => {
  const world = new World();
  world.stands(hcm, 'vn.79');
  await world.look();
  const bytes = jpeg();
  // A marker without a length: a decoder goes on right behind it, where there is another head.
  for (const marker of [0x01, 0xd0, 0xd8, 0xff, 0x00]) {
    bytes[3] = marker;
    assert.equal(await refusalOf(world.send(hcm, bytes)), 'bad-request', marker.toString(16));
  }
  bytes[3] = 0xe0;
  bytes.writeUInt16BE(1, 4);
  assert.equal(await refusalOf(world.send(hcm, bytes)), 'bad-request', 'shorter than its own length');
  assert.equal(await refusalOf(world.send(hcm)), 'none');
});

test('TR15 whoever goes on to another stage gives the picture that was asked for there', async () => {
  for (const isAnswered of [true, false]) {
    const world = new World();
    world.stands(hcm, 'vn.79');
    await world.look();
    if (isAnswered) await world.send(hcm);
    world.pass(1_000);
    world.stands(hcm, 'vn.01');
    await world.look();
    assert.equal(await refusalOf(world.send(hcm)), 'none');
    assert.deepEqual(
      (await world.look()).map(({ picture }) => picture?.identity),
      [hcm.seat.identity, undefined],
    );
  }
});

test('TR15 a picture that is longer on its way than the next look is shown all the same', async () => {
  const world = new World();
  world.stands(hcm, 'vn.79');
  await world.look();
  const slow = async function* () {
    yield jpeg().subarray(0, 100);
    world.pass();
    await world.look();
    yield jpeg().subarray(100);
  };
  await world.looks.take(hcm.account, hcm.seat.identity, briefing, slow());
  assert.equal((await world.look())[1]?.picture?.identity, hcm.seat.identity);
});

test('TR15 a clock that is set back makes no picture fresh, and nobody waits until it has caught up', async () => {
  const world = new World();
  world.stands(hcm, 'vn.79');
  await world.look();
  await world.send(hcm);
  world.taken();
  world.pass(-3_600_000);
  assert.equal((await world.look())[1]?.picture, null);
  assert.deepEqual(world.taken(), [hcm.seat.identity]);
  await world.send(hcm);
  assert.equal((await world.look())[1]?.picture?.identity, hcm.seat.identity);
  world.pass(-3_600_000);
  world.looks.forget();
  assert.equal(world.looks.size, 0);
});

test('TR15 the picture is of who came last; one that sends none makes room for the next', async () => {
  const world = new World();
  world.stands(hcm, 'vn.79');
  await world.look();
  await world.send(hcm);
  world.pass();
  world.stands(commune, 'vn.79');
  const asked = async () => {
    world.pass();
    world.taken();
    await world.look();
    return world.taken()[0];
  };
  assert.equal(await asked(), commune.seat.identity);
  assert.equal(await asked(), hcm.seat.identity, 'the commune has no camera');
  await world.send(hcm);
  assert.equal(await asked(), hcm.seat.identity);
});

test('TR15 a picture is shown as long as it is fresh and its device stands there, and forgotten with those who look', async () => {
  const world = new World();
  world.stands(hcm, 'vn.79');
  await world.look();
  await world.send(hcm);
  const picture = async () => (await world.look())[1]?.picture?.identity;
  assert.equal(await picture(), hcm.seat.identity);
  world.stands(hcm, 'vn.79', 'holding');
  assert.equal(await picture(), undefined);
  world.stands(hcm, 'vn.79');
  world.pass(LOOK_FRESH_MS + 1);
  assert.equal(await picture(), undefined);
  world.pass(LOOK_FRESH_MS + 1);
  world.looks.forget();
  assert.equal(world.looks.size, 0);
});

test('TR15 each node asks the devices at it, and who looks at one sees the pictures of all', async () => {
  const two = new World((identity) => identity === hcm.seat.identity);
  const one = new World((identity) => identity === hn.seat.identity, two);
  for (const world of [one, two]) {
    world.stands(hn, 'vn.01');
    world.stands(hcm, 'vn.79');
  }
  await one.look();
  assert.deepEqual([one.taken(), two.taken()], [[hn.seat.identity], [hcm.seat.identity]]);
  await one.send(hn);
  await two.send(hcm);
  assert.deepEqual(
    (await one.look()).map(({ picture }) => picture?.identity),
    [hn.seat.identity, hcm.seat.identity],
  );
});

test('TR15 a picture that comes to another node than its page is at is handed on to that one, if it was asked for', async () => {
  const two = new World((identity) => identity === hcm.seat.identity);
  const one = new World((identity) => identity === hn.seat.identity, two);
  for (const world of [one, two]) world.stands(hcm, 'vn.79');
  assert.equal(await refusalOf(one.send(hcm)), 'forbidden', 'nobody looks');
  await one.look();
  two.pass(700);
  assert.equal(await refusalOf(one.send(hcm, jpeg(60_000, 60_000))), 'bad-request');
  assert.equal(await refusalOf(one.send(hcm)), 'none');
  const [, look] = await one.look();
  assert.deepEqual([look?.picture?.identity, look?.picture?.at], [hcm.seat.identity, two.now()]);
  assert.equal(await refusalOf(one.send(hcm)), 'forbidden', 'once');
  assert.deepEqual(one.given, Array(3).fill(hcm.seat.identity));
  // Who stands nowhere, or is here, troubles no other node.
  for (const actor of [commune, hn]) assert.equal(await refusalOf(one.send(actor)), 'forbidden');
  assert.equal(one.given.length, 3);
});
