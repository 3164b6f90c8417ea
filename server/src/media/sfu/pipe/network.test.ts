import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pipeNetwork } from './network.ts';

test('CL23 others are told the address that is set, else the one that clients are told, and it is sent from there', () => {
  const any = { listenIp: '0.0.0.0' };
  assert.deepEqual(pipeNetwork({ listenIp: '127.0.0.1' }, {}), {
    ...{ address: '127.0.0.1', listenIp: '127.0.0.1', ports: undefined },
  });
  const seen = { ...any, announcedAddress: '203.0.113.9' };
  assert.deepEqual(pipeNetwork(seen, { ports: [41_000, 41_999] }), {
    ...{ address: '203.0.113.9', listenIp: '0.0.0.0', ports: [41_000, 41_999] },
  });
  // Of this machine, so that no other address of it is sent from.
  assert.equal(pipeNetwork(seen, { address: '127.0.0.1' }).listenIp, '127.0.0.1');
  // A name is resolved by clients; a worker sends to addresses.
  assert.notEqual(pipeNetwork({ ...any, announcedAddress: 'media.example' }, {}).address, 'media.example');
});
