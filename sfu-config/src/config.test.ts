import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { loadSfuConfig, parseSfuConfig, profiles, renderSample } from './index.ts';

const sample = new URL('../sample.yaml', import.meta.url);

test('sample.yaml is what the schema renders', () => {
  if (process.env.UPDATE_SAMPLE === '1') writeFileSync(sample, renderSample());
  assert.equal(readFileSync(sample, 'utf8'), renderSample(), 'run this test with UPDATE_SAMPLE=1 and commit the file');
});

test('the sample loads to the defaults', () => {
  assert.deepEqual(loadSfuConfig(sample.pathname), loadSfuConfig());
});

test('every key of the sample has a place in the schema: a misspelt one is refused by name', () => {
  assert.throws(() => parseSfuConfig({ medium: {} }), /medium/);
  assert.throws(() => parseSfuConfig({ media: { vp8: true } }, 'conf.yaml'), /conf\.yaml[\s\S]*vp8/);
});

test('a profile gives base values and single keys override it', () => {
  const config = parseSfuConfig(parse('profile: national\nlimits:\n  messageBytes: 65536\n'));
  assert.equal(config.limits.messageBytes, 65536);
  assert.equal(config.limits.peersPerWorker, profiles.national.limits?.peersPerWorker);
  assert.equal(config.simulcast.camera.length, 2);
});

test('layers out of order, foreign schemes, wrong frames and a missing file are refused in plain words', () => {
  const layer = (height: number, bitrate: number) => ({ height, bitrate, frameRate: 15 });
  assert.throws(() => parseSfuConfig({ simulcast: { camera: [layer(720, 9e5), layer(180, 9e4)] } }), /lowest first/);
  assert.throws(() => parseSfuConfig({ media: { iceServers: [{ urls: ['http://turn'] }] } }), /iceServers/);
  assert.throws(() => parseSfuConfig({ media: { broadcastFrameMs: 30 } }), /broadcastFrameMs/);
  assert.throws(() => loadSfuConfig('/nowhere/sfu.yaml'), /\/nowhere\/sfu\.yaml can't be read/);
});
