import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Attachments } from '../../src/domain/directive/Attachments.ts';
import { ATTACHMENT_BYTES } from '../../src/protocol/limits.ts';
import type { Account } from '../../src/protocol/organisation.ts';
import { PgAttachments } from '../../src/store/postgres/directive/PgAttachments.ts';
import { DirectiveWorld, refusalOf } from '../support/DirectiveWorld.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: DirectiveWorld;
let pm: Account;
let unit: string;
before(async () => {
  stores = await openStores({ country: true });
  world = await DirectiveWorld.create(stores.databaseUrl);
  pm = await world.person('principal', 'vn');
  [unit = ''] = world.communes('79', 1);
});
after(async () => {
  await world?.close();
  await stores?.close();
});

async function* pieces(bytes: Buffer, size = 65_536): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const pdf = (size: number) => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(size - 9)]);
const upload = (bytes: Buffer, { by = pm, name = 'chỉ thị.pdf', type = 'application/pdf' } = {}) =>
  world.attachments.upload(by, { name, type, bytes: pieces(bytes) });
const taken = async (by: Account, sha256: string) => {
  const { bytes, ...file } = await world.attachments.download(by, sha256);
  const all: Buffer[] = [];
  for await (const piece of bytes) all.push(piece);
  return { ...file, bytes: Buffer.concat(all), pieces: all.length };
};

test('DR23 a file is kept once under the hash of its bytes, and comes back in pieces as it was', async () => {
  const bytes = pdf(1_000_003);
  const one = await upload(bytes);
  assert.deepEqual(one, {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    name: 'chỉ thị.pdf',
    type: 'application/pdf',
    size: 1_000_003,
  });
  const other = await world.person('moderator', '79');
  assert.deepEqual(await upload(bytes, { by: other, name: 'bản khác' }), { ...one, name: 'bản khác.pdf' });
  const { attachments } = await world.issue(pm, { to: [unit], attachments: [{ sha256: one.sha256, name: 'a/b' }] });
  assert.deepEqual(attachments, [{ ...one, name: 'a_b.pdf' }]);
  const file = await taken(pm, one.sha256);
  assert.ok(file.bytes.equals(bytes) && file.pieces === 4);
  assert.deepEqual([file.name, file.type, file.size], ['a_b.pdf', 'application/pdf', 1_000_003]);
});

test('DR24 what is too large is refused before all of it was read; what is another type is refused', async () => {
  const most = await upload(pdf(ATTACHMENT_BYTES));
  assert.equal(most.size, ATTACHMENT_BYTES);
  let read = 0;
  async function* endless(): AsyncGenerator<Buffer> {
    for (;;) {
      read += 65_536;
      yield Buffer.alloc(65_536, '%PDF-');
    }
  }
  const big = { name: 'x.pdf', type: 'application/pdf', bytes: endless() };
  assert.equal(await refusalOf(world.attachments.upload(pm, big)), 'too-large');
  assert.ok(read <= ATTACHMENT_BYTES + 2 * 65_536);
  assert.equal(await refusalOf(upload(Buffer.from('<html>'))), 'bad-request');
  assert.equal(await refusalOf(upload(Buffer.alloc(0))), 'bad-request');
  assert.equal(await refusalOf(upload(Buffer.from('<html>'), { type: 'text/html' })), 'bad-request');
});

test('DR24 what no directive has of one account has an end; others, and what one has, are not counted', async () => {
  const attachments = new Attachments(new PgAttachments(world.postgres), world.store, 5_000);
  const moderator = await world.person('moderator', '01');
  const keep = (by: Account) =>
    attachments.upload(by, { name: 'a.pdf', type: 'application/pdf', bytes: pieces(pdf(2_000)) });
  const { sha256 } = await keep(moderator);
  await keep(moderator);
  assert.equal(await refusalOf(keep(moderator)), 'rate-limited');
  await keep(await world.person('moderator', '48'));
  await world.issue(moderator, { to: ['01'], attachments: [{ sha256, name: 'a.pdf' }] });
  await keep(moderator);
});

test('DR24 one account uploads four at a time, and may go on when one is up', async () => {
  const gates = Array.from({ length: 4 }, () => Promise.withResolvers<void>());
  const slow = gates.map(({ promise }, i) => {
    async function* bytes(): AsyncGenerator<Buffer> {
      await promise;
      yield pdf(400 + i);
    }
    return world.attachments.upload(pm, { name: 'x.pdf', type: 'application/pdf', bytes: bytes() });
  });
  assert.equal(await refusalOf(upload(pdf(500))), 'rate-limited');
  await upload(pdf(500), { by: await world.person('moderator', '79') });
  gates[0]?.resolve();
  await slow[0];
  await upload(pdf(500));
  for (const { resolve } of gates) resolve();
  await Promise.all(slow);
});

test('DR24 only those who issue directives upload', async () => {
  const chair = await world.person('seat', unit);
  assert.equal(await refusalOf(upload(pdf(100), { by: chair })), 'forbidden');
});

test('DR25 a directive with a file that is not there is refused; what nobody uses for a day goes', async () => {
  const used = await upload(pdf(200));
  const unused = await upload(pdf(201));
  const again = await upload(pdf(202));
  const missing = { to: [unit], attachments: [used, { sha256: 'b'.repeat(64), name: 'x' }] };
  assert.equal(await refusalOf(world.issue(pm, missing)), 'bad-request');
  await world.issue(pm, { to: [unit], attachments: [used] });
  await world.postgres.query(`UPDATE attachments SET uploaded_at = uploaded_at - interval '25 hours'`);
  await world.postgres.query('UPDATE attachments SET uploaded_at = clock_timestamp() WHERE sha256 = $1', [
    again.sha256,
  ]);
  const store = new PgAttachments(world.postgres);
  assert.ok((await store.sweep()) >= 1);
  const left = await world.postgres.query<{ sha256: string }>(
    'SELECT sha256 FROM attachment_bytes WHERE sha256 = ANY($1)',
    [[used, unused, again].map(({ sha256 }) => sha256)],
  );
  assert.deepEqual(new Set(left.map(({ sha256 }) => sha256)), new Set([used.sha256, again.sha256]));
  assert.equal(await refusalOf(world.issue(pm, { to: [unit], attachments: [unused] })), 'bad-request');
});

test('DR25 who knows the hash of a file that is not theirs can put it into no directive, and so never has it', async () => {
  const { sha256 } = await upload(pdf(310));
  const [mine, other] = [await world.person('moderator', '79'), await world.person('moderator', '01')];
  const borrow = (by: Account) => world.issue(by, { to: [by.unit.code], attachments: [{ sha256, name: 'x.pdf' }] });
  assert.equal(await refusalOf(borrow(other)), 'bad-request', 'nobody has it yet but the one who uploaded it');
  await world.issue(pm, { to: [unit], attachments: [{ sha256, name: 'mật.pdf' }] });
  assert.equal(await refusalOf(borrow(other)), 'bad-request', 'it is addressed to another province');
  assert.equal(await refusalOf(world.attachments.download(other, sha256)), 'not-found');
  assert.equal((await borrow(mine)).attachments[0]?.sha256, sha256, 'who may read it may pass it on');
  await upload(pdf(311), { by: other });
  assert.equal(await refusalOf(borrow(other)), 'bad-request');
});

test('DR26 who may read a directive that has it may download it, under the name that it has there', async () => {
  const file = await upload(pdf(300));
  const [, beside = ''] = world.communes('79', 2);
  const [mine, others] = [await world.person('seat', unit), await world.person('seat', beside)];
  assert.equal(await refusalOf(world.attachments.download(pm, file.sha256)), 'not-found', 'no directive has it yet');
  await world.issue(pm, { to: [unit], attachments: [{ ...file, name: 'một.pdf' }] });
  assert.equal((await taken(mine, file.sha256)).name, 'một.pdf');
  assert.equal(await refusalOf(world.attachments.download(others, file.sha256)), 'not-found');
  await world.issue(pm, { to: [beside], attachments: [{ ...file, name: 'hai.pdf' }] });
  assert.equal((await taken(others, file.sha256)).name, 'hai.pdf');
  assert.equal((await taken(mine, file.sha256)).name, 'một.pdf');
});
