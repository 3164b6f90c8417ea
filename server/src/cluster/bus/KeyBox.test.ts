import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { KeyBox } from './KeyBox.ts';

const [old, next] = ['the secret that nodes have had until now', 'the secret that they are being given'];
const key = randomBytes(44).toString('base64');

test('CL22 a key is opened where it was meant, by a node with the secret, and nowhere else', () => {
  const box = KeyBox.of([old]);
  const closed = box.close('a to b', key);
  assert.ok(!Buffer.from(closed, 'base64url').includes(Buffer.from(key)));
  assert.notEqual(box.close('a to b', key), closed, 'the same twice is not seen to be the same');
  assert.equal(box.open('a to b', closed), key);
  assert.throws(() => box.open('b to a', closed), /cannot be opened/);
  assert.throws(() => KeyBox.of([next]).open('a to b', closed), /cannot be opened/);
  const bytes = Buffer.from(closed, 'base64url');
  for (const at of [0, 12, bytes.length - 1]) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    assert.throws(() => box.open('a to b', changed.toString('base64url')), /cannot be opened/);
  }
  assert.throws(() => box.open('a to b', ''));
});

test('CL22 while the secret is being changed nodes of before and after open each other’s keys', () => {
  const [before, between, afterwards] = [KeyBox.of([old]), KeyBox.of([next, old]), KeyBox.of([next])];
  assert.equal(between.open('here', before.close('here', key)), key);
  assert.equal(between.open('here', afterwards.close('here', key)), key);
  assert.equal(afterwards.open('here', between.close('here', key)), key);
});
