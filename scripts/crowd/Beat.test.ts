import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Beat } from './Beat.ts';

test('all of a crowd are woken by one timer, after as many beats as they wait, until they are over', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const beat = new Beat(1_000);
  const [stays, leaves] = [new AbortController(), new AbortController()];
  const seen: string[] = [];
  const end = beat.listen(() => seen.push('beat'));
  const waits = [
    beat.after(1, stays.signal).then(() => seen.push('one')),
    beat.after(2, stays.signal).then(() => seen.push('two')),
    assert.rejects(beat.after(2, leaves.signal), { name: 'AbortError' }),
  ];
  leaves.abort();
  t.mock.timers.tick(1_000);
  await waits[2];
  assert.deepEqual(seen, ['beat', 'one']);
  end();
  t.mock.timers.tick(1_000);
  await Promise.all(waits);
  assert.deepEqual(seen, ['beat', 'one', 'two']);
  beat.close();
});
