import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortAddress } from './shortAddress.ts';

test('HT18 of an address a log has the network of a neighbourhood, and never the line', () => {
  for (const [address, short] of [
    ['203.0.113.77', '203.0.113.0/24'],
    ['::ffff:203.0.113.77', '203.0.113.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['2001:db8::1', '2001:db8:0::/48'],
    ['::1', '0:0:0::/48'],
    ['fe80::1%eth0', 'fe80:0:0::/48'],
    ['unknown', 'unknown'],
    ['https://127.0.0.1:8080', 'https://127.0.0.1:8080'],
    ['203.0.113.0/24', '203.0.113.0/24'],
  ] as const)
    assert.equal(shortAddress(address), short, address);
});
