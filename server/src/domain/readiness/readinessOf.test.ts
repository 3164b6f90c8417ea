import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browserOf, readinessOf } from './readinessOf.ts';

const now = Date.parse('2026-09-02T07:00:00Z');
const good = { camera: true, microphone: true, voice: true, sound: true, downKbps: 900, upKbps: 500 };
const found = (change: Partial<typeof good> | { downKbps: null }, at = '2026-09-01T07:00:00.000Z') => ({
  ...{ ...good, ...change, at },
});

test('RY2 a unit is as its last check says, for fourteen days', () => {
  for (const [check, state] of [
    [undefined, 'never'],
    [found({}), 'ready'],
    [found({ voice: false, sound: false }), 'ready'],
    [found({ camera: false }), 'lacking'],
    [found({ microphone: false, downKbps: 1 }), 'lacking'],
    [found({ downKbps: 899 }), 'weak'],
    [found({ upKbps: 499 }), 'weak'],
    [found({ downKbps: null }), 'weak'],
    [found({}, '2026-08-19T07:00:00.000Z'), 'ready'],
    [found({}, '2026-08-19T06:59:59.000Z'), 'never'],
  ] as const)
    assert.equal(readinessOf(check, now), state, JSON.stringify(check));
});

test('RY1 a browser is named as one would on the telephone', () => {
  const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)';
  for (const [agent, name] of [
    [`${windows} Chrome/130.0.0.0 Safari/537.36`, 'Chrome 130, Windows'],
    [`${windows} Chrome/130.0.0.0 Safari/537.36 Edg/129.0.0.0`, 'Edge 129, Windows'],
    [`${windows} coc_coc_browser/120.0.1 Chrome/114.0.0.0 Safari/537.36`, 'Cốc Cốc 120, Windows'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'Firefox 128, Linux'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
      'Safari 17, iOS',
    ],
    ['curl/8', ''],
  ] as const)
    assert.equal(browserOf(agent), name);
});
