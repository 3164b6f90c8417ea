import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { createLogger } from './logger.ts';
import { SecurityEvents } from './SecurityEvents.ts';

test('HT18 security events have whole addresses, for LOG_DAYS, and for the server\u2019s account alone; the log has neither', async (t) => {
  const top = await mkdtemp(join(tmpdir(), 'dh-security-'));
  t.after(() => rm(top, { recursive: true }));
  const folder = join(top, 'security');
  let log = '';
  const destination = new Writable({
    write: (chunk, _, done) => {
      log += chunk;
      done();
    },
  });
  let now = new Date('2026-12-01T10:00:00Z');
  const options = { folder, days: 30, logger: createLogger('info', destination), now: () => now };
  const events = await SecurityEvents.create(options);
  events.warn({ account: 'a-1', address: '203.0.113.77' }, 'a link did not fit');
  await events.write();
  events.info({ account: 'a-2', address: '2001:db8:1:2::3' }, 'signed in by link');
  await events.close();
  const file = join(folder, '2026-12-01.jsonl');
  const kept = (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(kept, [
    { time: now.toISOString(), account: 'a-1', address: '203.0.113.77', msg: 'a link did not fit' },
    { time: now.toISOString(), account: 'a-2', address: '2001:db8:1:2::3', msg: 'signed in by link' },
  ]);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  assert.equal((await stat(folder)).mode & 0o777, 0o700);
  assert.doesNotMatch(log, /203\.0\.113\.77|2001:db8:1:2/);
  assert.match(log, /203\.0\.113\.0\/24/);
  assert.match(log, /2001:db8:1::\/48/);

  await writeFile(join(folder, 'not-ours.txt'), '');
  now = new Date('2026-12-31T23:59:59Z');
  await events.sweep();
  assert.equal((await readdir(folder)).length, 2, 'the thirtieth day is not over');
  now = new Date('2027-01-01T00:00:00Z');
  const again = await SecurityEvents.create(options);
  assert.deepEqual(await readdir(folder), ['not-ours.txt']);
  again.info({ address: '203.0.113.1' }, 'x');
  await again.close();
  assert.ok((await readdir(folder)).includes('2027-01-01.jsonl'));
});
