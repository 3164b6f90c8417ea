import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ack, buildOpen, isAck, parseOpen } from './dcep.ts';

test('what we build is what we read', () => {
  assert.deepEqual(parseOpen(buildOpen('_reliable', false)), { label: '_reliable', ordered: true, partial: false });
  assert.deepEqual(parseOpen(buildOpen('_lossy', true)), { label: '_lossy', ordered: false, partial: true });
  assert.equal(isAck(ack), true);
  assert.equal(parseOpen(ack), undefined);
});

test('an OPEN with a priority, as browsers send it', () => {
  const seen = Buffer.from('0381010000000000000600005f6c6f737379', 'hex');
  assert.deepEqual(parseOpen(seen), { label: '_lossy', ordered: false, partial: true });
});

test('cut, stretched or foreign messages are no OPEN', () => {
  const good = buildOpen('_reliable', false);
  for (let length = 0; length < good.length; length++) assert.equal(parseOpen(good.subarray(0, length)), undefined);
  assert.equal(parseOpen(Buffer.concat([good, Buffer.from([0])])), undefined);
  for (const [at, value] of [
    [0, 0x04],
    [1, 0x03],
    [1, 0x83],
    [8, 0xff],
    [10, 0x01],
  ] as const) {
    const bad = Buffer.from(good);
    bad[at] = value;
    assert.equal(parseOpen(bad), undefined, `byte ${at} = ${value}`);
  }
});
