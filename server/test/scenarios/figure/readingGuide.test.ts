import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
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

const has = (program: string): Promise<boolean> => run(program, ['--version']).then(Boolean, () => false);

async function shell(example: string): Promise<string> {
  const env = { ...process.env, DH_URL: sending.node.url, DH_KEY: key };
  const options = { cwd: sending.folder, env, timeout: 120_000 };
  return (await run('bash', ['-euo', 'pipefail', '-c', example], options)).stdout;
}

test('FG193 the examples of the guide with curl read a table', async (t) => {
  if (!(await has('curl'))) return t.skip('there is no curl');
  const [shown = '', kept = ''] = blocks('sh');
  assert.match(await shell(shown), /^\uFEFFindicator,unit,path,name,period_start/);
  await shell(kept);
  const file = await readFile(join(sending.folder, 'beds.csv'), 'utf8');
  assert.ok(file.startsWith('\uFEFFindicator,unit,') && file.endsWith('\r\n'));
  const columns = z.array(z.looseObject({ unit: z.string(), value: z.string() }));
  const rows = columns.parse(parse(file, { bom: true, columns: true, record_delimiter: '\r\n' }));
  assert.deepEqual([rows[0]?.unit, rows[0]?.value], ['79', '7']);
});

test('FG196 LibreOffice reads codes as text and values as numbers, by the command of the guide', async (t) => {
  if (!(await has('soffice'))) return t.skip('there is no LibreOffice');
  const [, , command = ''] = blocks('sh');
  const written =
    'indicator,unit,name,value,as_of\r\nbeds-free,00001,"Phường ""A"", B",1234.5,2026-11-24T17:00:00.000Z\r\n';
  await writeFile(join(sending.folder, 'beds.csv'), `\uFEFF${written}`);
  // A flat file has the cells in sight.
  await shell(command.replace('--convert-to ods', '--convert-to fods'));
  const sheet = await readFile(join(sending.folder, 'beds.fods'), 'utf8');
  const cell = /<table:table-cell[^>]*office:value-type="(\w+)"[^>]*>\s*<text:p>([^<]*)</g;
  const cells = [...sheet.matchAll(cell)].map(([, type, text]) => [type, text]).slice(5);
  assert.deepEqual(cells, [
    ['string', 'beds-free'],
    ['string', '00001'],
    ['string', 'Phường &quot;A&quot;, B'],
    ['float', '1234.5'],
    ['string', '2026-11-24T17:00:00.000Z'],
  ]);
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
