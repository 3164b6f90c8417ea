import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../config.ts';
import { requireReach } from './requireReach.ts';

const start = (env: NodeJS.ProcessEnv) => requireReach(readConfig(env));
const JOIN = { JOIN_URL: 'https://10.0.0.11:8080' };
const SHARE = { SHARE_STORES: '10.0.0.11' };

test('CL65 a node that works beside another machine, and would tell it an address of loopback for media, is refused, with what to set', () => {
  assert.throws(
    () => start(JOIN),
    /beside https:\/\/10\.0\.0\.11:8080, .* sent to 127\.0\.0\.1, .* in HOST, or in PIPE_ADDRESS/,
  );
  assert.throws(() => start(SHARE), /other machines .* in HOST, or in PIPE_ADDRESS/);
  const proxied = { TRUST_PROXY: '127.0.0.1', PUBLIC_URL: 'https://a.example', MEDIA_ANNOUNCED_ADDRESS: 'a.example' };
  assert.throws(() => start({ ...SHARE, ...proxied }), /PIPE_ADDRESS/);
  const announced = { ...JOIN, HOST: '0.0.0.0', MEDIA_ANNOUNCED_ADDRESS: '127.0.0.1' };
  assert.throws(() => start(announced), /PIPE_ADDRESS/);
});

test('CL65 where others reach it, or all is on one machine, it starts', () => {
  for (const env of [
    {},
    { ALLOW_SECOND_NODE: 'on' },
    { ...JOIN, HOST: '10.0.0.12' },
    { ...SHARE, HOST: '10.0.0.11' },
    { ...JOIN, HOST: '0.0.0.0' },
    { ...JOIN, TRUST_PROXY: '127.0.0.1', MEDIA_ANNOUNCED_ADDRESS: '10.0.0.12' },
    { ...JOIN, PIPE_ADDRESS: '127.0.0.1' },
    { JOIN_URL: 'http://127.0.0.1:8080' },
    { SHARE_STORES: '127.0.0.1' },
  ])
    start(env);
});
