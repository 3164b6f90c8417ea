import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { clientAddress } from './clientAddress.ts';

const request = { socket: { remoteAddress: '10.0.0.2' }, headers: { 'x-forwarded-for': '198.51.100.7, 10.0.0.1' } };
const from = (trustProxy?: string) => clientAddress(trustProxy)(request as unknown as IncomingMessage);

test('RC13 an address that a proxy forwards counts only when the proxy is trusted', () => {
  assert.equal(from(), '10.0.0.2');
  assert.equal(from('1'), '10.0.0.1');
  assert.equal(from('2'), '198.51.100.7');
  assert.equal(from('10.0.0.0/24'), '198.51.100.7');
  assert.equal(from('10.0.0.2'), '10.0.0.1');
  assert.equal(from('loopback'), '10.0.0.2');
});
