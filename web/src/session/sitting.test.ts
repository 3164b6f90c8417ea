import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personLine, recallPerson, rememberPerson } from './sitting.ts';

test('PS3 a browser remembers who sat here, for each account, until nobody does', () => {
  const items = new Map<string, string>();
  const kept = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
  const hung = { name: 'Trần Văn Hùng', title: 'Chủ tịch' };
  rememberPerson(kept, 'a', hung);
  rememberPerson(kept, 'b', { name: '', title: 'Phó Chủ tịch' });
  assert.deepEqual(recallPerson(kept, 'a'), hung);
  rememberPerson(kept, 'a', null);
  assert.equal(recallPerson(kept, 'a'), null);
  assert.deepEqual(recallPerson(kept, 'b'), { name: '', title: 'Phó Chủ tịch' });
});

test('PS3 what is kept here and not understood is nobody, and so is a browser that keeps nothing', () => {
  const kept = (item: string) => ({ getItem: () => item, setItem: () => undefined, removeItem: () => undefined });
  for (const item of ['', '{', '{"name":"An"}', '{"name":"","title":""}'])
    assert.equal(recallPerson(kept(item), 'a'), null);
  assert.equal(recallPerson(undefined, 'a'), null);
});

test('a person is read with what they have', () => {
  assert.equal(personLine({ name: 'Trần Văn Hùng', title: 'Chủ tịch' }), 'Trần Văn Hùng, Chủ tịch');
  assert.equal(personLine({ name: '', title: 'Chủ tịch' }), 'Chủ tịch');
});
