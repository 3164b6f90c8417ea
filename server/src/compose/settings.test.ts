import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../config.ts';

test('a number of proxies is taken on loopback alone, since elsewhere everybody could say that they are one', () => {
  assert.equal(readConfig({ TRUST_PROXY: '1' }).TRUST_PROXY, '1');
  assert.equal(readConfig({ HOST: '0.0.0.0', TRUST_PROXY: '10.0.0.2, 10.1.0.0/16' }).HOST, '0.0.0.0');
  assert.throws(
    () => readConfig({ HOST: '0.0.0.0', TRUST_PROXY: '1' }),
    /^StartRefusal: TRUST_PROXY is a number, [^\n]+$/,
  );
});

test('IN3 the telephone that pages show can be rung', () => {
  assert.equal(readConfig({}).SUPPORT_TELEPHONE, undefined);
  assert.equal(readConfig({ SUPPORT_TELEPHONE: ' +84 (24) 3823-1234 ' }).SUPPORT_TELEPHONE, '+84 (24) 3823-1234');
  for (const wrong of ['hỏi văn phòng', '113; 114', '1'])
    assert.throws(() => readConfig({ SUPPORT_TELEPHONE: wrong }), /SUPPORT_TELEPHONE: must be one telephone number/);
});

test('whoever has no limit of connections is named by address or network', () => {
  assert.throws(() => readConfig({ CONNECTIONS_EXCEPT: '10.0.0.0/99' }), /CONNECTIONS_EXCEPT: must be addresses/);
  assert.equal(readConfig({ CONNECTIONS_EXCEPT: '10.0.0.0/9' }).CONNECTIONS_EXCEPT, '10.0.0.0/9');
});

test('PL7 a node has a name below the public one, or another port of it, since pages are allowed no other', () => {
  const PUBLIC_URL = 'https://hop.gov.vn';
  for (const NODE_URL of ['https://a.hop.gov.vn', 'https://b.hop.gov.vn:8443/', 'https://hop.gov.vn:8443'])
    assert.equal(readConfig({ PUBLIC_URL, NODE_URL }).NODE_URL, NODE_URL.replace(/\/$/, ''));
  for (const NODE_URL of ['http://a.hop.gov.vn', 'https://hop.gov.vn.example', 'https://a.hop.gov.vn/x'])
    assert.throws(() => readConfig({ PUBLIC_URL, NODE_URL }), /^StartRefusal: NODE_URL must be [^\n]+$/);
  assert.throws(() => readConfig({ NODE_URL: 'https://a.hop.gov.vn' }), /NODE_URL must be/);
  assert.throws(() => readConfig({ PUBLIC_URL: 'http://0.0.1', NODE_URL: 'http://1.0.0.1' }), /NODE_URL must be/);
});

test('CL63 a node that speaks TLS itself tells devices to come back in a longer time, unless told how many a second', () => {
  const rate = (env: Record<string, string>) => readConfig(env).RETURNS_PER_SECOND;
  assert.equal(rate({}), 500);
  assert.equal(rate({ HOST: '10.0.0.1', TRUST_PROXY: '10.0.0.10' }), 500);
  assert.equal(rate({ HOST: '10.0.0.1' }), 200);
  assert.equal(rate({ TLS_CERT: 'cert.pem', TLS_KEY: 'key.pem' }), 200);
  assert.equal(rate({ HOST: '10.0.0.1', RETURNS_PER_SECOND: '300' }), 300);
});
