import assert from 'node:assert/strict';
import { test } from 'node:test';
import { person } from '../../../test/support/floorPeople.ts';
import { DomainError } from '../../protocol/errors.ts';
import { STILL_BYTES } from '../../protocol/limits.ts';
import type { Account } from '../../protocol/organisation.ts';
import type { Content } from '../../protocol/programme.ts';
import type { LiveFloors } from '../floor/LiveFloors.ts';
import { Stills } from './Stills.ts';

const briefing = 'b';
const account = (id: string): Account => ({ id, role: 'moderator', unit: { path: 'vn.01' } }) as unknown as Account;
const [sharer, other] = [account('sharer'), account('other')];

/** A picture by its head. */
const picture = (text: string, size = 200) => {
  const bytes = Buffer.alloc(size);
  bytes.write('\x89PNG\r\n\x1a\n', 0, 'latin1');
  bytes.write('IHDR', 12, 'latin1');
  bytes.writeUInt32BE(1280, 16);
  bytes.writeUInt32BE(720, 20);
  bytes.write(text, 40);
  return bytes;
};
const upload = (bytes: Buffer, before: () => void = () => {}) => ({
  type: 'image/png',
  bytes: (async function* () {
    before();
    yield bytes;
  })(),
});

/** Another node, if there is one, and how often its pictures were asked for. */
class Other {
  asked = 0;
  lasts = 0;
  readonly stills: Stills | undefined;

  constructor(stills?: Stills) {
    this.stills = stills;
  }

  last(briefing: string) {
    this.lasts += 1;
    return this.stills?.last(briefing) ?? null;
  }

  image(briefing: string, sha256: string) {
    this.asked += 1;
    return this.stills?.imageHere(briefing, sha256) ?? null;
  }
}

function world(other = new Other()) {
  const shown: { content: Content | null; open: boolean } = {
    content: { kind: 'screen', identity: 'device' },
    open: true,
  };
  const speakers = [
    { seat: { identity: 'device', account: 'sharer' }, place: 'stage' },
    { seat: { identity: 'another', account: 'other' }, place: 'stage' },
  ];
  const stills = new Stills({
    floors: { get: () => ({ speakers }) } as unknown as LiveFloors,
    content: () => shown.content,
    briefing: () => (shown.open ? { scope: ['vn'] } : undefined),
    now: () => new Date('2026-11-26T02:41:07Z'),
    elsewhere: { last: async (id) => other.last(id), image: async (id, hash) => other.image(id, hash) },
  });
  return { stills, shown };
}
const refusalOf = async (work: () => unknown): Promise<string> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof DomainError) return error.reason;
    throw error;
  }
  return 'none';
};

test('SH5 a still comes from whoever has the screen on the stage, and from nobody else', async () => {
  const { stills, shown } = world();
  const still = await stills.take(sharer, briefing, upload(picture('one')));
  assert.deepEqual([still.identity, still.width, still.height], ['device', 1280, 720]);
  assert.equal(await refusalOf(() => stills.take(other, briefing, upload(picture('x')))), 'forbidden');
  const taken = () => {
    shown.content = { kind: 'screen', identity: 'another' };
  };
  const late = () => stills.take(sharer, briefing, upload(picture('two'), taken));
  assert.equal(await refusalOf(late), 'forbidden', 'another screen took its place while the picture came');
  shown.content = null;
  assert.equal(await refusalOf(() => stills.take(sharer, briefing, upload(picture('x')))), 'forbidden');
  shown.open = false;
  assert.equal(await refusalOf(() => stills.take(sharer, briefing, upload(picture('x')))), 'not-live');
});

test('SH5 what is no picture, too large, or one of too many, is refused', async () => {
  const { stills } = world();
  const take = (bytes: Buffer) => refusalOf(() => stills.take(sharer, briefing, upload(bytes)));
  assert.equal(await take(Buffer.from('<svg/>')), 'bad-request');
  assert.equal(await take(picture('big', STILL_BYTES + 1)), 'too-large');
  assert.equal(await take(picture('one')), 'none');
  assert.equal(await take(picture('two')), 'rate-limited');
});

test('SH6 the last two stills are kept, and none when something else is shown or the briefing has closed', async () => {
  const { stills, shown } = world();
  const hashes: string[] = [];
  for (const text of ['one', 'two', 'three'])
    hashes.push((await stills.take(sharer, briefing, upload(picture(text)))).sha256);
  assert.equal(stills.size, 2);
  const image = (nr: number) => refusalOf(() => stills.image(other, briefing, hashes[nr] ?? ''));
  assert.deepEqual([await image(0), await image(1), await image(2)], ['not-found', 'none', 'none']);
  shown.content = { kind: 'screen', identity: 'another' };
  stills.forget();
  assert.deepEqual([stills.size, await image(2)], [0, 'not-found']);
  shown.content = { kind: 'screen', identity: 'device' };
  assert.equal(await image(2), 'not-found', 'a screen that begins again has none of its stills of before');
});

test('SH6 the still of a briefing that closed is forgotten', async () => {
  const { stills, shown } = world();
  await stills.take(sharer, briefing, upload(picture('one')));
  shown.open = false;
  stills.forget();
  assert.equal(stills.size, 0);
});

test('CL46 SH7 at another node a still is told of, seen by who comes late, and fetched once, as long as a screen is shown', async () => {
  const { stills: first } = world();
  const link = new Other(first);
  const { stills: second, shown } = world(link);
  const device = (on: boolean) =>
    second.follow({ briefing, account: other, seat: { ...person(briefing, 'seat', 'vn.1').seat } }, on);
  assert.equal(await device(true), null);
  const still = await first.take(sharer, briefing, upload(picture('one')));
  assert.deepEqual(await device(true), still);
  assert.equal(await device(false), null);
  const images = await Promise.all([1, 2, 3].map(() => second.image(other, briefing, still.sha256)));
  assert.deepEqual(images[2]?.bytes, picture('one'));
  assert.equal(link.asked, 1);
  for (let i = 0; i < 100; i++)
    assert.equal(await refusalOf(() => second.image(other, briefing, String(i).padStart(64, '0'))), 'not-found');
  assert.equal(link.asked, 1, 'for hashes that somebody makes up no other node is asked');
  shown.content = null;
  assert.equal(await refusalOf(() => second.image(other, briefing, still.sha256)), 'not-found');
});

test('CL46 what another node has told of is fetched by its hash, and whoever comes late is told of it without a question', async () => {
  const { stills: first, shown: there } = world();
  const link = new Other(first);
  const { stills: second, shown } = world(link);
  const still = await first.take(sharer, briefing, upload(picture('one')));
  second.hear(still);
  const device = { briefing, account: other, seat: { ...person(briefing, 'seat', 'vn.1').seat } };
  for (let i = 0; i < 100; i++) assert.deepEqual(await second.follow(device, true), still);
  assert.equal(link.lasts, 0);
  assert.deepEqual((await second.image(other, briefing, still.sha256)).bytes, picture('one'));
  shown.content = there.content = { kind: 'screen', identity: 'another' };
  assert.equal(await second.follow(device, true), null, 'it was of a screen that is shown no more');
  assert.equal(await refusalOf(() => second.image(other, briefing, still.sha256)), 'not-found');
});
