import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { Registry } from 'prom-client';
import type { Reason } from '../protocol/errors.ts';
import { createLogger } from './logger.ts';
import { RefusalLog, type Refused } from './RefusalLog.ts';

const commune = { id: 'a-1', name: 'UBND phường Tân Định', unit: { code: '26734', name: 'Phường Tân Định' } };

function world() {
  const lines: Record<string, unknown>[] = [];
  const events: Record<string, unknown>[] = [];
  const destination = new Writable({
    write: (chunk, _, done) => {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  // The default level.
  const logger = createLogger('info', destination);
  const keep = (facts: object, msg: string) => {
    events.push({ ...facts, msg });
    logger.warn(facts, msg);
  };
  let now = Date.parse('2026-12-01T00:00:00Z');
  const registry = new Registry();
  const refusals = new RefusalLog({
    ...{ logger, registry, security: { info: keep, warn: keep } },
    now: () => {
      now += 1_000;
      return new Date(now);
    },
  });
  const note = (act: string, reason: Reason, more: Partial<Refused> = {}) =>
    refusals.note({ way: 'http', act, reason, address: '203.0.113.77', account: commune, ...more });
  return { lines, events, registry, refusals, note };
}

test('HT17 what is refused is one line for each account and reason in a minute, at the usual level, with how often', () => {
  const { lines, refusals, note } = world();
  for (let i = 0; i < 300; i++) note('POST /api/roster/plans', 'forbidden');
  note('POST /api/roster/imports', 'forbidden', { address: '203.0.113.9' });
  note('stage.goLive', 'not-live', { way: 'channel' });
  note('POST /api/session/link', 'link-unknown', { account: undefined, address: '2001:db8:1:2::3' });
  note('POST /api/session/link', 'link-unknown', { account: undefined, address: '2001:db8:1:ff::3' });
  assert.equal(lines.length, 0);
  refusals.tell();
  assert.deepEqual(
    lines.map(({ account, unit, reason, count, acts, addresses, level }) => [
      ...[account, unit, reason, count, acts, addresses, level],
    ]),
    [
      [
        ...['a-1', '26734', 'forbidden', 301, ['POST /api/roster/plans', 'POST /api/roster/imports']],
        ...[['203.0.113.0/24'], 'warn'],
      ],
      ['a-1', '26734', 'not-live', 1, ['stage.goLive'], ['203.0.113.0/24'], 'info'],
      [null, null, 'link-unknown', 2, ['POST /api/session/link'], ['2001:db8:1::/48'], 'info'],
    ],
  );
  refusals.tell();
  assert.equal(lines.length, 3, 'what was told is told once');
});

test('HT18 refused rights alone are security events, with whole addresses', () => {
  const { events, refusals, note } = world();
  note('POST /api/roster/plans', 'forbidden');
  note('GET /api/roster', 'outside-territory');
  note('stage.goLive', 'not-live');
  refusals.tell();
  assert.deepEqual(
    events.map(({ reason, addresses }) => [reason, addresses]),
    [
      ['forbidden', ['203.0.113.77']],
      ['outside-territory', ['203.0.113.77']],
    ],
  );
});

test('HT17 a metric counts all; what is the server\u2019s own state is nobody\u2019s try', async () => {
  const { lines, registry, refusals, note } = world();
  note('GET /api/roster', 'store-unavailable');
  note('hand.raise', 'draining', { way: 'channel' });
  note('GET /api/roster', 'forbidden');
  refusals.tell();
  assert.deepEqual(
    lines.map(({ reason }) => reason),
    ['forbidden'],
  );
  assert.deepEqual(
    refusals.list().map(({ reason }) => reason),
    ['forbidden'],
  );
  const text = await registry.metrics();
  for (const labels of ['way="http",reason="store-unavailable"', 'way="channel",reason="draining"'])
    assert.match(text, new RegExp(`dh_refused_total\\{${labels}\\} 1`));
});

test('HT17 operators see who tried what, how often, since when; memory is bounded, and nobody drives out all others', () => {
  const { refusals, note } = world();
  note('GET /api/nodes', 'forbidden');
  note('GET /api/nodes', 'forbidden');
  assert.deepEqual(refusals.list(), [
    {
      ...{ way: 'http', act: 'GET /api/nodes', reason: 'forbidden', count: 2 },
      ...{ account: commune.name, unit: commune.unit.name, address: '203.0.113.0/24' },
      ...{ first: '2026-12-01T00:00:01.000Z', last: '2026-12-01T00:00:02.000Z' },
    },
  ]);
  const nosy = { ...commune, id: 'a-2', name: 'Ai đó' };
  for (let i = 0; i < 2_000; i++) note(`GET /api/${i}`, 'not-found', { account: nosy });
  assert.equal(refusals.list().length, 22);
  const [newest] = refusals.list();
  assert.deepEqual([newest?.act, newest?.count], ['others', 1_980]);
  for (let i = 0; i < 2_000; i++)
    note('GET /', 'not-found', { account: undefined, address: `10.${i >> 8}.${i & 255}.1` });
  assert.equal(refusals.list().length, 500);
});

test('HT17 a flood from everywhere is a bounded number of lines', () => {
  const { lines, refusals, note } = world();
  for (let i = 0; i < 3_000; i++)
    note('GET /', 'not-found', { account: undefined, address: `10.${i >> 8}.${i & 255}.1` });
  refusals.tell();
  assert.equal(lines.length, 1_001);
  assert.equal(lines.at(-1)?.count, 2_000);
});
