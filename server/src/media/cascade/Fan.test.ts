import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Copy, Fan } from './Fan.ts';

class FakeCopy implements Copy {
  closed = false;
  #listeners: (() => void)[] = [];
  onClose(listener: () => void): void {
    this.#listeners.push(listener);
  }
  close(): void {
    this.closed = true;
    for (const listener of this.#listeners) listener();
  }
}

test('those who ask at once share one copy per place', async () => {
  let pulls = 0;
  const fan = new Fan<string, FakeCopy>(async () => {
    pulls++;
    return new FakeCopy();
  });
  const [a, b, c] = await Promise.all([fan.at('one'), fan.at('one'), fan.at('two')]);
  assert.equal(a, b);
  assert.notEqual(a, c);
  assert.equal(pulls, 2);
});

test('a copy that failed or closed is made anew for the next one to ask', async () => {
  let fail = true;
  const fan = new Fan<string, FakeCopy>(async () => {
    if (fail) throw new Error('no way there');
    return new FakeCopy();
  });
  await assert.rejects(fan.at('one'), /no way there/);
  assert.equal(fan.size, 0);
  fail = false;
  const first = await fan.at('one');
  first.close();
  assert.equal(fan.size, 0);
  assert.notEqual(await fan.at('one'), first);
});
