import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { StartRefusal } from '../../lib/StartRefusal.ts';
import { readPullList } from './readPullList.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dh-pulls-'));
});
after(() => rm(folder, { recursive: true, force: true }));

const gso = { source: 'gso', url: 'https://gso.gov.vn/figures.csv', type: 'text/csv', everyMinutes: 60 };
async function read(list: unknown) {
  const file = join(folder, 'pulls.json');
  await writeFile(file, typeof list === 'string' ? list : JSON.stringify(list));
  return readPullList(file);
}

test('FG40 files that the list names lie beside it, and what is asked has one name', async () => {
  const [one, other] = await read([
    { ...gso, credential: { file: 'gso.key' }, ca: '/etc/ssl/gso.pem' },
    { ...gso, source: 'gso-2', networks: ['10.0.0.0/8'] },
  ]);
  assert.deepEqual(one?.credential, { file: join(folder, 'gso.key'), header: 'authorization' });
  assert.deepEqual([one?.ca, one?.everyMs, one?.mode], ['/etc/ssl/gso.pem', 3_600_000, 'partial']);
  assert.equal(one?.asks, other?.asks);
  assert.notEqual((await read([{ ...gso, type: 'application/json' }]))[0]?.asks, one?.asks);
});

test('FG40 FG63 a list that is wrong refuses the start, and says what is wrong', async () => {
  const wrong: readonly [list: unknown, why: RegExp][] = [
    ['{', /is not JSON/],
    [[{ ...gso, url: 'http://gso.gov.vn/' }], /url/],
    [[{ ...gso, url: 'https://me:secret@gso.gov.vn/' }], /name, password/],
    [[{ ...gso, url: 'file:///etc/passwd' }], /url/],
    [[{ ...gso, everyMinutes: 0 }], /everyMinutes/],
    [[{ ...gso, type: 'text/html' }], /type/],
    [[{ ...gso, networks: ['10.0.0.0/64'] }], /networks/],
    [[{ ...gso, credential: { file: 'x', header: 'host' } }], /header/],
    [[{ ...gso, redirect: true }], /redirect/],
    [[gso, gso], /names gso twice/],
    [[{ ...gso, url: 'https://169.254.169.254/latest' }], /169\.254\.169\.254 for gso, which is not of the public/],
    [[{ ...gso, url: 'https://0x7f.1/' }], /127\.0\.0\.1/],
  ];
  for (const [list, why] of wrong)
    await assert.rejects(read(list), (error) => error instanceof StartRefusal && why.test(error.message), String(why));
  await assert.rejects(readPullList(join(folder, 'nowhere')), /ENOENT/);
});
