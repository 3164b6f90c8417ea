import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressList } from './addressList.ts';

test('a list of addresses and networks', () => {
  const has = addressList('203.0.113.7, 10.0.0.0/8,2001:db8::/48');
  for (const address of ['203.0.113.7', '::ffff:203.0.113.7', '10.255.0.1', '2001:db8:0:ffff::1'])
    assert.equal(has(address), true, address);
  for (const address of ['203.0.113.8', '11.0.0.1', '2001:db8:1::1', '::1', '', 'unknown'])
    assert.equal(has(address), false, address);
  assert.equal(addressList('')('127.0.0.1'), false);
  for (const wrong of ['somewhere', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.0/x', '1.2.3'])
    assert.throws(() => addressList(wrong), /neither an address nor a network/, wrong);
});
