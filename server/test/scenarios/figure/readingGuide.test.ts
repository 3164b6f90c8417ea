import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { z } from 'zod';
import { csv, DAY_MS, SendingNode } from '../../support/figure/SendingNode.ts';
import { runPowerQuery, type WebRequest } from '../../support/PowerQuery.ts';

const guide = await readFile(new URL('../../../../docs/figures/reading.md', import.meta.url), 'utf8');
const run = promisify(execFile);
let sending: SendingNode;
/** Reads beds of the province 79. */
let key = '';
before(async () => {
  sending = await SendingNode.create();
  const until = new Date(Date.now() + 9 * DAY_MS).toISOString().slice(0, 10);
  const what = ['--root', '79', '--indicators', 'beds-free', '--until', until];
  const { status, out, err } = await sending.readers('add', 'gso', '--name', 'Cục Thống kê', ...what);
  assert.equal(status, 0, err);
  key = out.trim();
  const { answer } = await sending.send(csv(['beds-free', sending.unit(0), yesterday(), 7]));
  assert.equal(answer.accepted, 1);
});
after(() => sending?.close());

/** In Viet Nam: older values are stale, and in no sum. */
const yesterday = (): string => new Date(Date.now() + 7 * 3_600_000 - DAY_MS).toISOString().slice(0, 10);

function blocks(language: string): string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n([\\s\\S]+?)^\`\`\``, 'gm');
  return [...guide.matchAll(fence)].map(([, text = '']) => text);
}

test('FG193 each example of the guide in the shell reads a table', async (t) => {
  if (!(await run('curl', ['--version']).then(Boolean, () => false))) return t.skip('there is no curl');
  const examples = blocks('sh');
  assert.ok(examples.length > 0);
  for (const example of examples) {
    const env = { ...process.env, DH_URL: sending.node.url, DH_KEY: key };
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', example], { env, timeout: 120_000 });
    assert.match(stdout, /^\uFEFFindicator,unit,path,name,period_start/);
  }
});

test('FG194 the query of the guide for Power BI parses, asks with the key in its header, and makes a typed table', async () => {
  const [query = ''] = blocks('powerquery');
  const asked: WebRequest[] = [];
  const ask = async (request: WebRequest) => {
    asked.push(request);
    const response = await fetch(request.url, { headers: request.headers });
    assert.equal(response.status, 200);
    return Buffer.from(await response.arrayBuffer());
  };
  const table = await runPowerQuery(query, {}, ask, { DhUrl: sending.node.url, DhKey: key });
  const row = z.object({ unit: z.string(), value: z.number().nullable(), expected: z.int(), as_of: z.date() });
  const [whole] = z.array(row).parse(table);
  assert.deepEqual([whole?.unit, whole?.value, whole?.expected], ['79', 7, sending.units.length]);
  assert.ok(asked.length === 1 && !asked[0]?.url.includes(key), 'no key stands in an address');
});
