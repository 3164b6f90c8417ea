import assert from 'node:assert/strict';
import { test } from 'node:test';
import { request } from '../../../test/support/stun.ts';
import { provesPassword } from './stun.ts';

/** The sample of RFC 5769, section 2.1: written by others, of the software "STUN test client". */
const SAMPLE = Buffer.from(
  '000100582112a442b7e7a701bc34d686fa87dfae' +
    '802200105354554e207465737420636c69656e74' +
    '002400046e0001ff80290008932ff9b151263b36' +
    '000600096576746a3a68367659202020' +
    '000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2' +
    '80280004e57a3bcf',
  'hex',
);

test('the sample of RFC 5769 proves its password and no other', () => {
  assert.ok(provesPassword(SAMPLE, 'VOkJxbRl1RmTxUk/WvJxBt'));
  assert.ok(!provesPassword(SAMPLE, 'VOkJxbRl1RmTxUk/WvJxBu'));
});

test('a request is proven with or without FINGERPRINT, and not by anything that was altered or left out', () => {
  const password = 'a password of a transport';
  const right = request('ours:theirs', { password, fingerprint: true });
  assert.ok(provesPassword(right, password));
  assert.ok(provesPassword(request('ours:theirs', { password }), password));
  for (let at = 0; at < right.length; at++) {
    const bytes = Buffer.from(right);
    bytes[at] = (bytes[at] as number) ^ 1;
    assert.ok(!provesPassword(bytes, password), `byte ${at} altered`);
  }
  for (let length = 0; length < right.length; length++)
    assert.ok(!provesPassword(right.subarray(0, length), password), `cut after ${length}`);
  assert.ok(!provesPassword(request('ours:theirs', { fingerprint: true }), password), 'no MESSAGE-INTEGRITY');
  assert.ok(!provesPassword(request('ours:theirs', { password: '' }), password), 'an empty password');
  assert.ok(!provesPassword(Buffer.concat([right, Buffer.alloc(4)]), password), 'more than its length says');
});
