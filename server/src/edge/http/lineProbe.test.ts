import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import express from 'express';
import { createLogger } from '../../observability/logger.ts';
import { refuse } from '../../protocol/errors.ts';
import { LINE_BYTES } from '../../protocol/limits.ts';
import { LineBudget } from './LineBudget.ts';
import { lineProbe } from './lineProbe.ts';
import { problemHandler } from './problems.ts';

let now = 0;
let server: Server;
let url: string;

before(async () => {
  const app = express();
  const sessionOf = async ({ headers }: express.Request) => {
    if (!headers.authorization) throw refuse('unauthenticated', 'sign in first');
    return headers.authorization;
  };
  app.use(lineProbe({ publicUrl: 'http://127.0.0.1', sessionOf, budget: new LineBudget(() => now) }));
  app.use(problemHandler(createLogger('silent')));
  server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/line`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

const down = (bytes: number, headers: Record<string, string> = { authorization: 'a' }) =>
  fetch(`${url}?bytes=${bytes}`, { headers });
const up = (bytes: number, headers: Record<string, string> = { authorization: 'a' }) =>
  fetch(url, { method: 'POST', body: new Uint8Array(bytes), headers });

test('HT11 a line is measured by those who are signed in, with as many bytes as asked for', async () => {
  assert.equal((await down(40_000, {})).status, 401);
  assert.equal((await up(40_000, {})).status, 401);
  assert.equal((await down(1, { authorization: 'a', origin: 'https://evil.example' })).status, 403);
  assert.equal((await (await down(40_000)).arrayBuffer()).byteLength, 40_000);
  assert.equal((await up(400_000)).status, 204);
  assert.equal((await down(999_999_999)).status, 400);
  const refused = await up(600_000).then(
    (response) => response.status,
    () => 413,
  );
  assert.equal(refused, 413);
});

test('HT11 a session that measures without end is told when to come again; others go on', async () => {
  const eager = { authorization: 'eager' };
  const measure = async (headers: Record<string, string>) => {
    const answers = [await down(1, headers), await down(40_000, headers), await down(400_000, headers)];
    answers.push(await up(40_000, headers), await up(400_000, headers));
    for (const answer of answers) await answer.arrayBuffer();
    return answers.find(({ status }) => status >= 400);
  };
  for (let i = 0; i < 11; i++) assert.equal(await measure(eager), undefined, 'eleven whole measurements');
  const refused = await measure(eager);
  assert.equal(refused?.status, 429);
  const wait = Number(refused?.headers.get('retry-after'));
  assert.ok(wait > 0 && wait <= 90);
  assert.equal((await measure({ authorization: 'other' }))?.status, undefined);
  now += 90_000;
  assert.equal(await measure(eager), undefined);
});

test('HT11 a province that comes back at once measures its lines; the whole node has a bound', () => {
  const budget = new LineBudget(() => now);
  for (let i = 0; i < 700; i++)
    for (const bytes of [1, 1, 1, 40_000, 40_000, 400_000, 400_000]) budget.spend(`${i}`, bytes);
  let asked = 700 * 880_000;
  assert.throws(
    () => {
      for (let i = 700; ; i++, asked += 1_000_000) budget.spend(`${i}`, 1_000_000);
    },
    { reason: 'busy' },
  );
  assert.ok(asked <= LINE_BYTES.node.burst);
});
