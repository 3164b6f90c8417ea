import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkOf } from './networkOf.ts';

test('who has many addresses is counted by the network of them', () => {
  const table = {
    '192.0.2.7': '192.0.2.7',
    '::ffff:192.0.2.7': '192.0.2.7',
    '::FFFF:192.0.2.7': '192.0.2.7',
    '2001:db8:0:1:2:3:4:5': '2001:db8:0:1::/64',
    '2001:DB8:0:1::5': '2001:db8:0:1::/64',
    '2001:db8::1:2:3:4:5': '2001:db8:0:1::/64',
    '2001:db8::5': '2001:db8:0:0::/64',
    '2001:0db8::': '2001:db8:0:0::/64',
    '::1': '0:0:0:0::/64',
    'fe80::1%eth0': 'fe80:0:0:0::/64',
    unknown: 'unknown',
    '': '',
  };
  for (const [address, network] of Object.entries(table)) assert.equal(networkOf(address), network, address);
  assert.equal(networkOf('2001:db8:0:1::5', 48), '2001:db8:0::/48');
  assert.equal(networkOf('192.0.2.7', 48), '192.0.2.7');
});
