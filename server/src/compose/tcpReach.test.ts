import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../config.ts';
import { tcpReach } from './tcpReach.ts';

const reach = (env: Record<string, string>) => tcpReach(readConfig(env));

test('media over TCP is offered at the page’s port, and at the one that people type', () => {
  assert.deepEqual(reach({}), { host: '127.0.0.1', ports: [8080] });
  const outside = { HOST: '0.0.0.0', PORT: '8443', PUBLIC_URL: 'https://meeting.example' };
  assert.deepEqual(reach(outside), { host: '0.0.0.0', ports: [8443, 443] });
});

test('behind a proxy it is offered at a port of its own, or not at all; without one that port is refused', () => {
  const behind = { TRUST_PROXY: '127.0.0.1', PUBLIC_URL: 'https://meeting.example', MEDIA_LISTEN_IP: '192.0.2.1' };
  assert.equal(reach(behind), undefined);
  assert.deepEqual(reach({ ...behind, MEDIA_TCP_PORT: '4443' }), { host: '192.0.2.1', ports: [4443] });
  assert.throws(() => reach({ MEDIA_TCP_PORT: '4443' }), /TRUST_PROXY/);
});
