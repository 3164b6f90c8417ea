import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { test } from 'node:test';
import { describeHolder, portHolder } from './portHolder.ts';

test('who listens is found by protocol, address and port', async () => {
  const tcp = createServer().listen(0, '127.0.0.1').unref();
  await once(tcp, 'listening');
  const { port } = tcp.address() as AddressInfo;
  for (const ip of ['127.0.0.1', '0.0.0.0', '::']) assert.equal(portHolder('tcp', ip, port)?.pid, process.pid, ip);
  assert.equal(portHolder('tcp', '127.0.0.2', port), undefined);
  assert.equal(portHolder('udp', '127.0.0.1', port), undefined);
  tcp.close();
  await once(tcp, 'close');
  assert.equal(portHolder('tcp', '127.0.0.1', port), undefined);
});

test('also one that has every address, by UDP and by IPv6', async () => {
  for (const [type, any] of [
    ['udp4', '0.0.0.0'],
    ['udp6', '::'],
  ] as const) {
    const udp = createSocket(type).bind(0, any).unref();
    await once(udp, 'listening');
    assert.equal(portHolder('udp', '127.0.0.1', udp.address().port)?.pid, process.pid, type);
    udp.close();
  }
});

test('it is named by its program, or by its user where no more can be seen', () => {
  assert.equal(describeHolder({ uid: 0, pid: 12, program: 'nginx' }), 'nginx (process 12)');
  assert.equal(describeHolder({ uid: 0 }), 'a process of root');
  assert.equal(describeHolder({ uid: 54_321 }), 'a process of user 54321');
});
