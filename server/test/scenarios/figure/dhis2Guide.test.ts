import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { csv, DAY_MS, SendingNode } from '../../support/figure/SendingNode.ts';

const run = promisify(execFile);
const guide = await readFile(new URL('../../../../docs/figures/dhis2.md', import.meta.url), 'utf8');
const [script = ''] = blocks('python');
const [fromDhis2 = '', toDhis2 = ''] = blocks('sh');

interface Asked {
  readonly line: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

let sending: SendingNode;
/** Stands in for DHIS2: has one data value set, and keeps what it is sent. */
let dhis2: Server;
let reads = '';
const asked: Asked[] = [];

before(async () => {
  sending = await SendingNode.create();
  const until = new Date(Date.now() + 9 * DAY_MS).toISOString().slice(0, 10);
  const what = ['--root', '79', '--indicators', 'beds-free', '--until', until];
  const { status, out, err } = await sending.readers('add', 'dhis', '--name', 'DHIS2', ...what);
  assert.equal(status, 0, err);
  reads = out.trim();
  await writeFile(join(sending.folder, 'to_dhis2.py'), script);
  dhis2 = createServer(async (request, response) => {
    const { method, url, headers } = request;
    asked.push({ line: `${method} ${url}`, authorization: headers.authorization, body: await text(request) });
    response.setHeader('content-type', 'application/json');
    response.end(method === 'GET' ? await golden('fromDhis2') : '{"status":"OK"}');
  });
  await new Promise<void>((resolve) => dhis2.listen(0, '127.0.0.1', resolve));
});
after(async () => {
  dhis2?.closeAllConnections();
  dhis2?.close();
  await sending?.close();
});

/** In Viet Nam: older values are stale. */
const yesterday = (before = 1): string =>
  new Date(Date.now() + 7 * 3_600_000 - before * DAY_MS).toISOString().slice(0, 10);

/** Of 24 November 2026, as if it was yesterday. */
async function golden(name: string): Promise<string> {
  const kept = await readFile(new URL(`golden/${name}.golden.json`, import.meta.url), 'utf8');
  return kept.replaceAll('20261124', yesterday().replaceAll('-', ''));
}

function blocks(language: string): string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n([\\s\\S]+?)^\`\`\``, 'gm');
  return [...guide.matchAll(fence)].map(([, code = '']) => code);
}

async function lacks(t: TestContext, ...programs: readonly string[]): Promise<boolean> {
  for (const program of programs) {
    if (await run(program, ['--version']).then(Boolean, () => false)) continue;
    t.skip(`there is no ${program}`);
    return true;
  }
  return false;
}

async function shell(example: string, env: Readonly<Record<string, string>>): Promise<string> {
  const { port } = dhis2.address() as AddressInfo;
  const of = { DH_URL: sending.node.url, DHIS2_URL: `http://127.0.0.1:${port}`, DHIS2_TOKEN: 'd2pat_1', ...env };
  const { folder: cwd } = sending;
  const options = { cwd, env: { ...process.env, ...of }, timeout: 120_000 };
  return (await run('bash', ['-euo', 'pipefail', '-c', example], options)).stdout;
}

test('FG195 a data value set of DHIS2 comes in, and goes out again as DHIS2 reads it, by the examples of the guide', async (t) => {
  if (await lacks(t, 'curl', 'python3')) return;
  const PERIOD = yesterday().replaceAll('-', '');
  const from = { DH_KEY: sending.key, DATA_SET: 'pBOMPrpg1QX', ORG_UNIT: 'DiszpKrYNg8', PERIOD };
  const answer = JSON.parse(await shell(fromDhis2, from));
  assert.deepEqual([answer.accepted, answer.held, answer.refused], [2, 0, 1]);
  assert.deepEqual([answer.errors[0].row, answer.errors[0].reason], [3, 'unknown-indicator']);
  // What was said of the day before is no value of this one.
  const older = await sending.send(csv(['beds-free', sending.unit(3), yesterday(2), 5]));
  assert.equal(older.answer.accepted, 1);

  await shell(toDhis2, { DH_KEY: reads, PERIOD: yesterday() });
  const [got, sent] = asked;
  const codes = 'dataElementIdScheme=CODE&orgUnitIdScheme=CODE';
  const set = `dataSet=pBOMPrpg1QX&orgUnit=DiszpKrYNg8&children=true&period=${PERIOD}`;
  assert.equal(got?.line, `GET /api/dataValueSets?${set}&${codes}`);
  assert.equal(sent?.line, `POST /api/dataValueSets?${codes}`);
  assert.deepEqual([got?.authorization, sent?.authorization], ['ApiToken d2pat_1', 'ApiToken d2pat_1']);
  assert.deepEqual(JSON.parse(sent?.body ?? ''), JSON.parse(await golden('toDhis2')));
});

test('FG195 periods are written as DHIS2 writes them, and what has none there or is invented does not go there', async (t) => {
  if (await lacks(t, 'python3')) return;
  const turned = async (every: string, start: string, simulated = false) => {
    const rows = [{ unit: '26734', value: '1', state: 'fresh', coverage: null, oldest: 'then' }];
    const frame = { indicator: 'tests', every, simulated, period: { start, end: 'then' }, rows };
    const ran = run('python3', ['-c', script]);
    ran.child.stdin?.end(JSON.stringify(frame));
    return ran.then(
      ({ stdout }) => JSON.parse(stdout).dataValues[0].period,
      ({ code, stderr }) => [code, stderr.trim()],
    );
  };
  assert.equal(await turned('day', '2026-11-27T17:00:00.000Z'), '20261128');
  assert.equal(await turned('week', '2026-11-22T17:00:00.000Z'), '2026W48');
  assert.equal(await turned('week', '2027-01-03T17:00:00.000Z'), '2027W1');
  assert.equal(await turned('month', '2026-10-31T17:00:00.000Z'), '202611');
  assert.deepEqual(await turned('hour', '2026-11-27T17:00:00.000Z'), [1, 'DHIS2 has no period of the kind: hour']);
  assert.deepEqual(await turned('day', '2026-11-27T17:00:00.000Z', true), [
    1,
    'these figures are invented for an exercise',
  ]);
});
