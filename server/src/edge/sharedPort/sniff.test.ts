import assert from 'node:assert/strict';
import { test } from 'node:test';
import { framedRequest } from '../../../test/support/stun.ts';
import { MAX_FRAME, sniff } from './sniff.ts';

test('TLS and HTTP are known by their first byte', () => {
  assert.deepEqual(sniff(Buffer.from([0x16])), { kind: 'tls' });
  assert.deepEqual(sniff(Buffer.from('G')), { kind: 'http' });
});

test('a STUN request names the ufrag that it asks for, however it is cut', () => {
  const request = framedRequest('ourufrag:theirs');
  for (let i = 0; i < request.length; i++)
    assert.deepEqual(sniff(request.subarray(0, i)), { kind: 'more' }, `${i} bytes`);
  const stun = { kind: 'stun', ufrag: 'ourufrag', message: request.subarray(2) };
  assert.deepEqual(sniff(request), stun);
  assert.deepEqual(sniff(Buffer.concat([request, request])), stun);
});

test('everything else is garbage, as early as it shows', () => {
  const request = framedRequest('ourufrag:theirs');
  const changed = (at: number, value: number) => {
    const bytes = Buffer.from(request);
    bytes[at] = value;
    return bytes;
  };
  const cases: Record<string, Buffer> = {
    'a first byte of no protocol': Buffer.from([0xff]),
    'lower case text': Buffer.from('ssh'),
    'a frame too short for STUN': Buffer.from([0, 19]),
    'a frame too long for a request': Buffer.from([(MAX_FRAME + 1) >> 8, (MAX_FRAME + 1) & 0xff]),
    'another STUN method': changed(3, 0x03).subarray(0, 4),
    'no magic cookie': changed(6, 0).subarray(0, 10),
    'no USERNAME': framedRequest(undefined),
    'a USERNAME without colon': framedRequest('ourufrag'),
    'more behind it than anybody says before an answer': Buffer.concat([request, Buffer.alloc(MAX_FRAME + 1)]),
    'an attribute longer than the message': changed(2 + 20 + 3, 0xff),
  };
  for (const [name, bytes] of Object.entries(cases)) assert.deepEqual(sniff(bytes), { kind: 'garbage' }, name);
});

test('random bytes never throw', () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return seed >> 8;
  };
  for (let i = 0; i < 5000; i++) {
    const bytes = i % 2 ? framedRequest('ourufrag:theirs') : Buffer.alloc(random() % 80);
    for (let k = 0; k < 4; k++) bytes[random() % (bytes.length || 1)] = random() & 0xff;
    sniff(bytes);
  }
});
