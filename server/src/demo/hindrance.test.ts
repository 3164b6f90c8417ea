import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../config.ts';
import { demoHindrance } from './hindrance.ts';

const hindrance = (env: NodeJS.ProcessEnv, outputs: readonly string[] = ['8:1', '8:2']) =>
  demoHindrance(readConfig(env), outputs);

test('DE1 on loopback with embedded stores, started from a terminal or by a program that reads it: a demo', () => {
  for (const env of [{}, { HOST: 'localhost' }, { HOST: '::1' }, { PUBLIC_URL: 'http://[::1]:8080' }])
    assert.equal(hindrance(env), undefined, JSON.stringify(env));
  assert.equal(hindrance({ JOURNAL_STREAM: '9:77' }), undefined, 'a terminal inherits what its session was told');
});

const nowhere: readonly (readonly [NodeJS.ProcessEnv, RegExp])[] = [
  [{ NODE_ENV: 'production' }, /^NODE_ENV is production$/],
  [{ JOURNAL_STREAM: '8:1' }, /journal/],
  [{ JOURNAL_STREAM: '8:2' }, /journal/],
  [{ HOST: '0.0.0.0' }, /^HOST is 0\.0\.0\.0/],
  [{ HOST: '::' }, /^HOST is ::/],
  [{ API_HOST: '0.0.0.0' }, /^API_HOST is 0\.0\.0\.0/],
  [{ PUBLIC_URL: 'https://hop.example.gov.vn' }, /^PUBLIC_URL is https:\/\/hop/],
  [{ TRUST_PROXY: '127.0.0.1' }, /TRUST_PROXY/],
  [{ TLS_CERT: '/etc/tls/cert.pem', TLS_KEY: '/etc/tls/key.pem' }, /TLS_CERT/],
  [{ DATABASE_URL: 'postgresql://127.0.0.1/dh' }, /DATABASE_URL/],
  [{ REDIS_URL: 'redis://127.0.0.1' }, /REDIS_URL/],
];
for (const [env, why] of nowhere)
  test(`DE1 no demo, and why, with ${JSON.stringify(env)}`, () => {
    assert.match(hindrance(env) ?? 'nothing', why);
  });
