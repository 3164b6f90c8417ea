import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayBeAsked } from './mayBeAsked.ts';

test('FG63 only addresses of the public internet may be asked, in whatever clothes the others come', () => {
  const may = mayBeAsked([]);
  for (const address of ['8.8.8.8', '203.162.4.191', '172.32.0.1', '2001:ee0::1', '2400:cb00::1'])
    assert.equal(may(address), true, address);
  for (const address of [
    ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1'],
    ...['0.0.0.0', '255.255.255.255', '224.0.0.1', '198.18.0.1', '192.0.0.192'],
    ...['::', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:0:127.0.0.1', '::127.0.0.1', '64:ff9b::7f00:1'],
    ...[
      '64:ff9b:1::a00:1',
      '2002:7f00:1::',
      '2001:0:4136:e378:8000:63bf:3fff:fdd2',
      'fe80::1',
      'fe80::1%eth0',
      'fc00::1',
    ],
    ...['fd00:ec2::254', 'ff02::1', 'fec0::1', '100::1', '5f00::1', '2001:db8::1', 'localhost', '', '127.1', '0x7f.1'],
  ])
    assert.equal(may(address), false, address);
});

test('FG63 an address of a private network may be asked where the operator named that network', () => {
  const may = mayBeAsked(['10.20.0.0/16', '127.0.0.1', 'fd12:3456::/32']);
  for (const address of ['10.20.1.1', '::ffff:10.20.1.1', '127.0.0.1', 'fd12:3456::9'])
    assert.equal(may(address), true);
  for (const address of ['10.21.1.1', '127.0.0.2', 'fd12:3457::9', '::1']) assert.equal(may(address), false);
});
