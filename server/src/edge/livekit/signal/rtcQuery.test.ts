import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClientInfo_Capability } from '@livekit/protocol';
import { readRtcQuery } from './rtcQuery.ts';

const read = (query: string) => readRtcQuery(new URLSearchParams(query));

test('what the browser and rtc-node send', () => {
  const js = read(
    'access_token=t&auto_subscribe=1&sdk=js&version=2.23.0&protocol=17&client_protocol=2&adaptive_stream=1',
  );
  assert.equal(js.accessToken, 't');
  assert.equal(js.resume, undefined);
  assert.deepEqual(js.client, {
    sdk: 'js',
    version: '2.23.0',
    protocol: 17,
    clientProtocol: 2,
    capabilities: [],
    adaptiveStream: true,
    autoSubscribe: true,
  });
  const node = read('auto_subscribe=0&capabilities=CAP_PACKET_TRAILER,CAP_COMPRESSION_DEFLATE_RAW,CAP_OF_TOMORROW');
  assert.equal(node.client.autoSubscribe, false);
  assert.deepEqual(node.client.capabilities, [
    ClientInfo_Capability.CAP_PACKET_TRAILER,
    ClientInfo_Capability.CAP_COMPRESSION_DEFLATE_RAW,
  ]);
});

test('a resume names its session', () => {
  assert.equal(read('reconnect=1&sid=PA_x').resume, 'PA_x');
  assert.equal(read('reconnect=1').resume, '');
  assert.equal(read('sid=PA_x').resume, undefined);
});

test('nonsense is no error', () => {
  const { client } = read(`protocol=many&client_protocol=-3&auto_subscribe=perhaps&sdk=${'x'.repeat(500)}`);
  assert.deepEqual([client.protocol, client.clientProtocol, client.autoSubscribe, client.sdk], [0, 0, false, '']);
});
