import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { MerkleTree } from '../../src/domain/record/merkle.ts';
import { receiptOf } from '../../src/domain/record/receipt.ts';
import { NO_SEAL, type RecordRow, recordHash } from '../../src/domain/record/seal.ts';
import { stamperOf } from '../../src/domain/record/stamp.ts';
import type { Receipt } from '../../src/protocol/record.ts';
import { receiptsOf } from '../../src/store/postgres/record/receipts.ts';
import { dh } from '../support/dh.ts';
import { areas } from '../support/official/areas.ts';
import { OfficialWorld } from '../support/official/OfficialWorld.ts';
import { openStores, type TestStores } from '../support/stores.ts';

/** Nothing listens there: what needs a database fails. */
const NO_DATABASE = { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' };

let stores: TestStores;
let world: OfficialWorld;
let folder: string;
let lines: readonly string[];
let receipt: Receipt;
const at = (name: string): string => join(folder, name);
const database = () => ({ DATABASE_URL: stores.databaseUrl });
before(async () => {
  stores = await openStores({ world: true });
  folder = await mkdtemp(join(tmpdir(), 'dh-audit-'));
  world = await OfficialWorld.create(stores.databaseUrl);
  for (const area of areas) await area(world);
  const rows = await world.postgres.query<{ row: Record<string, string | number> }>(
    'SELECT to_jsonb(t) AS row FROM floor_acts t WHERE chain IS NOT NULL ORDER BY seq LIMIT 1',
  );
  [receipt] = (await receiptsOf(
    world.postgres,
    'floor_acts',
    rows.map((r) => r.row),
  )) as [Receipt];
  await writeFile(at('receipt.json'), JSON.stringify(receipt));
  const exported = await dh('audit/export', [at('export.jsonl')], database());
  assert.equal(exported.status, 0, exported.err);
  lines = (await readFile(at('export.jsonl'), 'utf8')).trimEnd().split('\n');
});
after(async () => {
  await world?.close();
  await stores?.close();
  if (folder) await rm(folder, { recursive: true });
});

const heads = (out: string) => out.split('\n').filter((line) => /^\S+ \d+ [0-9a-f]{64}$/.test(line));

test('AU11 the database and its export are in order, and say the same of every chain', async () => {
  const live = await dh('audit/verify', [], database());
  assert.deepEqual([live.status, live.err], [0, '']);
  assert.match(live.out, /nothing is wrong/);
  const off = await dh('audit/verify', ['--export', at('export.jsonl')], NO_DATABASE);
  assert.deepEqual([off.status, off.err], [0, '']);
  assert.ok(heads(off.out).length > 2);
  assert.deepEqual(heads(off.out), heads(live.out));
});

test('AU11 an export is not written over another file', async () => {
  const { status, err } = await dh('audit/export', [at('export.jsonl')], database());
  assert.equal(status, 1);
  assert.match(err, /is there already/);
});

test('AU9 a receipt without the record is neither right nor wrong, and has an exit status of its own; so has an invented one', async () => {
  const row = { ...receipt.record, act: 'abdicate', chain: 'briefing:invented', seal: 1, leaf: 0 };
  const tree = new MerkleTree([recordHash('floor_acts', row as RecordRow)]);
  const invent = (name: string, when: string) => {
    const seal = { chain: 'briefing:invented', nr: 1, previous: NO_SEAL, root: tree.root, leaves: 1, at: when };
    return writeFile(at(name), JSON.stringify(receiptOf({ seal, tree }, 0, 'floor_acts', row as RecordRow)));
  };
  // From before every backup that was put back here.
  await invent('invented.json', '2026-08-01T01:00:00+00:00');
  const alone = await dh('audit/verify', ['--receipt', at('invented.json')], NO_DATABASE);
  assert.equal(alone.status, 3);
  assert.match(alone.out, /proves nothing yet/);
  assert.doesNotMatch(alone.out, /holds|nothing is wrong/);
  const against = await dh(
    'audit/verify',
    ['--receipt', at('invented.json'), '--export', at('export.jsonl')],
    NO_DATABASE,
  );
  assert.equal(against.status, 1);
  assert.match(against.out, /the chain is gone, of which .*invented\.json has seen seal 1/);
  await invent('later.json', '2026-09-15T01:00:00+00:00');
  const later = await dh('audit/verify', ['--receipt', at('later.json'), '--export', at('export.jsonl')], NO_DATABASE);
  assert.equal(later.status, 3, 'AU21 a restore may have lost its chain, and nothing says that it was ever given');
  const known = await dh(
    'audit/verify',
    ['--receipt', at('receipt.json'), '--export', at('export.jsonl')],
    NO_DATABASE,
  );
  assert.equal(known.status, 0);
});

test('AU9 a receipt is checked without a database, and says what it is about', async () => {
  const { status, out } = await dh('audit/verify', ['--receipt', at('receipt.json')], NO_DATABASE);
  assert.equal(status, 3);
  assert.ok(
    out.includes(
      `floor_acts, place ${receipt.leaf} of ${receipt.leaves} under seal ${receipt.seal} of ${receipt.chain}`,
    ),
  );
  assert.ok(out.includes(`"act": "${receipt.record.act}"`));
});

test('AU9 an altered receipt is broken, and is no witness', async () => {
  await writeFile(at('altered.json'), JSON.stringify({ ...receipt, record: { ...receipt.record, act: 'other' } }));
  const alone = await dh('audit/verify', ['--receipt', at('altered.json')], NO_DATABASE);
  assert.equal(alone.status, 1);
  assert.match(alone.out, /broken: .*altered\.json/);
  const both = await dh('audit/verify', ['--receipt', at('altered.json'), '--export', at('export.jsonl')], NO_DATABASE);
  assert.equal(both.status, 1);
  assert.match(both.out, /nothing is wrong/, 'with the record');
});

const STAMP_KEY = { id: '2026-01-01T00:00:00.000Z-aaaaaa', secret: Buffer.alloc(32, 1) };
const stamped = (one: Receipt): Receipt => ({ ...one, stamp: stamperOf([STAMP_KEY])?.(one.hash) });
/** What was said of each receipt, by the last part of its source. */
const verdicts = (out: string) =>
  out.split('\n').flatMap((line) => {
    const [, verdict, source] = /^(stands|lost|unproven|broken): \S*\/([^/:]+(?:, receipt \d)?): /.exec(line) ?? [];
    return verdict ? [`${source} ${verdict}`] : [];
  });

test('AU21 each of several receipts is judged by itself, in one list or many files, and the worst decides the exit status', async () => {
  const altered = { ...receipt, record: { ...receipt.record, act: 'other' } };
  const row = { ...receipt.record, act: 'abdicate' } as RecordRow;
  const tree = new MerkleTree([recordHash('floor_acts', row)]);
  const { chain, seal: nr, previous, at: when } = receipt;
  const invented = receiptOf(
    { seal: { chain, nr, previous, root: tree.root, leaves: 1, at: when }, tree },
    0,
    'floor_acts',
    row,
  );
  const forged = { ...receipt, stamp: { key: STAMP_KEY.id, mac: 'A'.repeat(43) } };
  await writeFile(at('keys.json'), JSON.stringify({ [STAMP_KEY.id]: STAMP_KEY.secret.toString('base64url') }));
  await writeFile(at('several.json'), JSON.stringify([receipt, stamped(receipt), altered, invented, forged]));
  await writeFile(at('again.json'), JSON.stringify(receipt));
  const ask = (...files: readonly string[]) => {
    const named = files.flatMap((file) => ['--receipt', at(file)]);
    return dh('audit/verify', [...named, '--keys', at('keys.json'), '--export', at('export.jsonl')], NO_DATABASE);
  };
  const all = await ask('several.json', 'again.json');
  assert.deepEqual(verdicts(all.out), [
    ...['several.json, receipt 1 stands', 'several.json, receipt 2 stands', 'several.json, receipt 3 broken'],
    ...['several.json, receipt 4 broken', 'several.json, receipt 5 broken', 'again.json stands'],
  ]);
  assert.equal(all.status, 1);
  assert.match(all.out, /receipt 4: seal \d+ of briefing:\S+ is another one on record; nothing here knows its stamp/);
  assert.equal((await ask('receipt.json', 'again.json')).status, 0);
  await writeFile(
    at('evidence.json'),
    JSON.stringify({ contradictions: [{ receipt, found: { seal: null, row: null } }] }),
  );
  assert.deepEqual(verdicts((await ask('evidence.json')).out), ['evidence.json stands'], 'AU24 what a page saved');
  const unread = await ask('note-that-is-none.json', 'again.json');
  assert.deepEqual([verdicts(unread.out), unread.status], [['again.json stands'], 2]);
  const alone = await dh('audit/verify', ['--receipt', at('again.json'), '--receipt', at('receipt.json')], NO_DATABASE);
  assert.deepEqual([verdicts(alone.out), alone.status], [['again.json unproven', 'receipt.json unproven'], 3]);
});

test('AU21 the receipt of a row that was altered past the server is broken, and the stamp says whose fault it is', async () => {
  await writeFile(at('keys.json'), JSON.stringify({ [STAMP_KEY.id]: STAMP_KEY.secret.toString('base64url') }));
  await writeFile(at('stamped.json'), JSON.stringify(stamped(receipt)));
  const change = (copy: string[]) => {
    const line = index('row', '"floor_acts"');
    copy[line] = (copy[line] as string).replace(/"act":"[^"]+"/, '"act":"other"');
  };
  const { status, said } = await altered(change, ['--receipt', at('stamped.json'), '--keys', at('keys.json')]);
  assert.equal(status, 1);
  assert.match(
    said,
    /says something else on record in act; this installation gave the receipt, by its stamp: the record was altered/,
  );
});

/** Writes an export with one line altered, and says what verification finds. */
async function altered(change: (lines: string[]) => void, args: readonly string[] = []) {
  const copy = [...lines];
  change(copy);
  await writeFile(at('altered.jsonl'), `${copy.join('\n')}\n`);
  const { status, out, err } = await dh('audit/verify', ['--export', at('altered.jsonl'), ...args], NO_DATABASE);
  return { status, said: out + err };
}

const index = (kind: string, more = '') => {
  const found = lines.findIndex((line) => line.startsWith(`{"kind":"${kind}"`) && line.includes(more));
  assert.ok(found >= 0, kind);
  return found;
};

test('AU11 an altered row of an export is named, and its receipt says in which column', async () => {
  const change = (copy: string[]) => {
    const line = index('row', '"floor_acts"');
    copy[line] = (copy[line] as string).replace(/"act":"[^"]+"/, '"act":"other"');
  };
  const plain = await altered(change);
  assert.equal(plain.status, 1);
  assert.match(
    plain.said,
    /broken: briefing:\S+: floor_acts \(briefing \S+, seq 1\) was altered; it stands at place 0 under seal \d+/,
  );
  const { said } = await altered(change, ['--receipt', at('receipt.json')]);
  assert.match(said, /\(its receipt differs in act\)/);
});

test('AU11 lines that are gone, doubled, exchanged or cut off are noticed', async () => {
  const seal = index('seal');
  for (const [what, change] of [
    ['a seal is gone', (copy: string[]) => copy.splice(seal, 1)],
    ['a row is gone', (copy: string[]) => copy.splice(index('row'), 1)],
    ['a covered row is gone', (copy: string[]) => copy.splice(index('covered'), 1)],
    ['a row twice', (copy: string[]) => copy.splice(index('row'), 0, lines[index('row')] as string)],
    ['the end is gone', (copy: string[]) => copy.pop()],
    ['half of it', (copy: string[]) => copy.splice(Math.floor(copy.length / 2))],
    ['a line that is none', (copy: string[]) => copy.splice(seal, 1, 'x')],
  ] as const) {
    const { status, said } = await altered(change);
    assert.notEqual(status, 0, `${what}: ${said}`);
    assert.match(said, /broken: |is not what an export says there/, what);
  }
});

test('AU3 newest seals that are gone are missed by a note of the last seals, and by a receipt', async () => {
  const live = await dh('audit/verify', [], database());
  await writeFile(at('note.txt'), live.out);
  const fine = await dh('audit/verify', ['--expect', at('note.txt')], database());
  assert.equal(fine.status, 0, fine.out);
  const chain = receipt.chain;
  const cut = (copy: string[]) => {
    const head = index('chain', `"${chain}"`);
    const last = copy.findIndex((line, i) => i > head && !/^\{"kind":"(seal|row|covered)"/.test(line));
    const seals = copy
      .slice(head, last)
      .filter((line) => line.startsWith('{"kind":"seal"'))
      .map((line) => JSON.parse(line));
    const newest = seals.at(-1);
    const before = seals.at(-2);
    copy[head] = JSON.stringify({ kind: 'chain', chain, head: { nr: before.nr, hash: before.hash } });
    const from = copy.findIndex((line) => line.startsWith('{"kind":"seal"') && JSON.parse(line).hash === newest.hash);
    const removed = copy.splice(from, last - from);
    copy[copy.length - 1] = JSON.stringify({ kind: 'end', lines: lines.length - removed.length });
  };
  assert.match((await altered(cut)).said, /nothing is wrong/, 'nobody can know');
  const { status, said } = await altered(cut, ['--expect', at('note.txt')]);
  assert.equal(status, 1);
  assert.match(
    said,
    new RegExp(
      `broken: ${chain}: it ends with seal \\d+, while .*note.txt has seen seal \\d+: the newest seals are gone`,
    ),
  );
});

test('AU3 what could not be checked has another exit status than what is broken', async () => {
  for (const [args, words] of [
    [['--export', at('nothing')], /ENOENT|no such file/],
    [['--receipt', at('note.txt')], /is no receipt/],
    [['--expect', at('receipt.json')], /names no last seal/],
    [[], /away|ECONNREFUSED/],
    [['--what'], /Unknown option/],
  ] as const) {
    const { status, err } = await dh('audit/verify', args, NO_DATABASE);
    assert.equal(status, 2, args.join(' '));
    assert.match(err, words);
  }
});

test('AU11 a record of a newer version is refused', async () => {
  const { status, said } = await altered((copy) => {
    copy[0] = (copy[0] as string).replace('"migrations":[', '"migrations":["9999-later.sql",');
  });
  assert.equal(status, 2);
  assert.match(said, /newer version than this program: it has 9999-later\.sql/);
});
