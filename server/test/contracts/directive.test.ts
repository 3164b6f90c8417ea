import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { rowsHash } from '../../src/domain/record/rowsHash.ts';
import type { RecordRow } from '../../src/domain/record/seal.ts';
import { directiveSchema } from '../../src/protocol/directive.ts';
import type { Account } from '../../src/protocol/organisation.ts';
import { checkFollows, checkNumbers } from '../../src/store/postgres/record/projections/directives.ts';
import { DirectiveWorld, refusalOf } from '../support/DirectiveWorld.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: DirectiveWorld;
let pm: Account;
before(async () => {
  stores = await openStores({ country: true });
  world = await DirectiveWorld.create(stores.databaseUrl);
  pm = await world.person('principal', 'vn');
});
after(async () => {
  await world?.close();
  await stores?.close();
});

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

test('DR1 numbers have neither gaps nor doubles, however many are issued at once and whatever fails', async () => {
  const issuers = [await world.person('principal', '79'), await world.person('moderator', '79')] as const;
  const briefing = await world.liveBriefing(issuers[0]);
  const missing = [{ sha256: 'a'.repeat(64), name: 'x' }];
  const tries = Array.from({ length: 40 }, (_, i) =>
    world.issue(issuers[i % 2] as Account, {
      to: ['79'],
      briefing: i % 3 === 0 ? briefing : null,
      ...(i % 4 === 0 && { attachments: missing }),
    }),
  );
  const done = await Promise.allSettled(tries);
  const issued = done.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  assert.equal(issued.length, 30);
  assert.deepEqual(
    issued.map(({ number }) => number).sort((a, b) => a - b),
    Array.from({ length: 30 }, (_, i) => i + 1),
  );
  assert.ok(issued.every(({ issuer, year }) => issuer.unit === '79' && year >= 2026));
  assert.equal((await world.issue(pm, { to: ['79'] })).number, 1, 'another issuer counts for itself');
  assert.deepEqual(await checkNumbers(world.postgres), []);
});

test('DR2 its chain is that of the briefing, else of the office and the year; what follows goes to the same', async () => {
  const briefing = await world.liveBriefing(pm);
  const [unit = ''] = world.communes('79', 1);
  const chair = await world.person('seat', unit);
  const inside = await world.issue(pm, { to: [unit], briefing });
  const outside = await world.issue(pm, { to: [unit] });
  const chains: string[] = [];
  for (const directive of [inside, outside])
    chains.push((await world.act(chair, directive, { act: 'read' })).receipt.chain);
  assert.deepEqual(chains, [`briefing:${briefing}`, `office:vn:${outside.year}`]);
});

test('DR3 the same key answers the first directive, at once and later; the key of somebody else is refused', async () => {
  const key = randomUUID();
  const [first, ...others] = await Promise.all(
    [1, 2, 3, 4].map((n) => world.issue(pm, { key, title: `Lần ${n}`, to: ['01'] })),
  );
  assert.ok(first);
  for (const other of others) assert.deepEqual(other, first);
  assert.deepEqual(await world.issue(pm, { key, to: ['79'] }), first);
  assert.deepEqual(directiveSchema.parse(first), first);
  const other = await world.person('principal', 'vn');
  assert.equal(await refusalOf(world.issue(other, { key, to: ['01'] })), 'conflict');
});

test('DR4 in a briefing it has the second of it, and the briefing must be live', async () => {
  const briefing = await world.liveBriefing(pm, 754);
  const { second } = await world.issue(pm, { to: ['01'], briefing });
  assert.ok(second !== null && second >= 754 && second < 900, `second ${second}`);
  await world.closeBriefing(pm, briefing);
  assert.equal(await refusalOf(world.issue(pm, { to: ['01'], briefing })), 'briefing-closed');
  assert.equal(await refusalOf(world.issue(pm, { to: ['01'], briefing: randomUUID() })), 'not-found');
  assert.deepEqual(await world.store.find(randomUUID()), undefined);
});

test('DR5 a deadline that has passed is refused', async () => {
  assert.equal(await refusalOf(world.issue(pm, { deadline: inSeconds(-1) })), 'bad-request');
});

test('DR9 DR12 the addressees of the whole country are frozen, and the record vouches for them', async () => {
  const directive = await world.issue(pm, { except: ['79'] });
  assert.equal(directive.addressees, world.units.index.countBase(['vn']) - world.units.index.countBase(['vn.79']));
  const rows = await world.postgres.query<{ row: RecordRow }>(
    'SELECT to_jsonb(a) AS row FROM directive_addressees a WHERE directive = $1 ORDER BY path',
    [directive.id],
  );
  const [record] = await world.postgres.query<{ hash: string }>(
    'SELECT addressees_hash AS hash FROM directives WHERE id = $1',
    [directive.id],
  );
  assert.equal(rows.length, directive.addressees);
  assert.equal(record?.hash, rowsHash(rows.map(({ row }) => row)));
});

test('AK13 the table of current states is what the record says', async () => {
  assert.deepEqual(await checkFollows(world.postgres), []);
});
