import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { argon2Hasher } from './argon2Hasher.ts';
import { Closer } from './Closer.ts';
import { every } from './every.ts';
import { SecretFile } from './SecretFile.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dh-lib-'));
});
after(() => rm(folder, { recursive: true, force: true }));

test('Closer closes last first, goes on after a failure, and runs once', async () => {
  const order: string[] = [];
  const failures: string[] = [];
  const closer = new Closer((name) => failures.push(name));
  const thing = closer.own('first', { close: () => order.push('first') });
  closer.defer('second', async () => {
    await Promise.resolve();
    order.push('second');
    throw new Error('no');
  });
  closer.defer('third', () => order.push('third'));
  assert.equal(typeof thing.close, 'function');
  await Promise.all([closer.close(), closer.close()]);
  assert.deepEqual(order, ['third', 'second', 'first']);
  assert.deepEqual(failures, ['second']);
});

test('every runs again after a failure, never two at once, and not after close', async () => {
  let running = 0;
  let runs = 0;
  let failed = 0;
  await new Promise<void>((resolve) => {
    const repeated = every(
      1,
      async () => {
        assert.equal(++running, 1);
        runs++;
        await new Promise((r) => setTimeout(r, 3));
        running--;
        if (runs === 3) {
          repeated.close();
          resolve();
        }
        throw new Error('again');
      },
      () => failed++,
    );
    // Its own timer does not keep the process alive; this one does.
    setTimeout(resolve, 2_000).unref();
    const alive = setInterval(() => runs >= 3 && clearInterval(alive), 1);
  });
  await new Promise((r) => setTimeout(r, 20));
  assert.deepEqual([runs, failed], [3, 3]);
});

test('a secret file is readable by its owner alone, survives, and is not overwritten when damaged', async () => {
  const path = join(folder, 'deep', 'secrets.json');
  const file = await SecretFile.open(path);
  file.set('a', 'x');
  await file.save();
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  assert.equal((await SecretFile.open(path)).get('a'), 'x');
  await writeFile(path, '{"a":');
  await assert.rejects(SecretFile.open(path), /damaged/);
});

test('passwords are argon2id, salted', async () => {
  const [one, two] = await Promise.all([argon2Hasher.hash('mật khẩu'), argon2Hasher.hash('mật khẩu')]);
  assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  assert.notEqual(one, two);
  assert.equal(await argon2Hasher.verify(one, 'mật khẩu'), true);
  assert.equal(await argon2Hasher.verify(one, 'mat khau'), false);
});
