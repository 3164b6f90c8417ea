import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { addKey } from './changes.ts';
import { KeyFollower } from './KeyFollower.ts';
import { markOfKeys, textOf } from './keyFile.ts';

test('NJ6 a node that was killed while it wrote down keys takes them over when it is back; a command that writes is let do so', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'dh-followed-keys-'));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, 'api-keys.json');
  const keys = addKey([], { name: 'archive', rooms: ['archive-*'] });
  let taken = 0;
  const follower = new KeyFollower({
    path,
    ask: async () => textOf(keys),
    taken: async () => {
      taken += 1;
    },
  });
  const hear = () => follower.hear({ mark: markOfKeys(keys) }, { node: 'kept', boot: 'b' });
  const draft = `${path}.new`;
  await writeFile(draft, '{ "keys": [');
  await assert.rejects(hear(), /another command is changing/);
  const killedAt = new Date(Date.now() - 120_000);
  await utimes(draft, killedAt, killedAt);
  await hear();
  assert.equal(await readFile(path, 'utf8'), textOf(keys));
  assert.equal(taken, 1);
});
