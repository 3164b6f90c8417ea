import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { dh } from '../../support/dh.ts';
import { csv, guide, SendingNode } from '../../support/figure/SendingNode.ts';
import { runPowerQuery, type WebRequest } from '../../support/PowerQuery.ts';
import { databaseEnv } from '../../support/serverOf.ts';

let sending: SendingNode;
before(async () => {
  sending = await SendingNode.create();
});
after(() => sending?.close());
const figures = (...args: string[]) => sending.figures(...args);
const unit = (nr: number): string => sending.unit(nr);
const day = (): string => sending.day();
const recorded = () => sending.recorded();

test('dh figures says what is wrong with a definition, and where', async () => {
  const file = join(sending.folder, 'wrong.json');
  await writeFile(file, JSON.stringify([{ code: 'Beds', scale: 9 }]));
  const { status, err } = await dh(
    'figures/main',
    ['indicator', 'add', file],
    databaseEnv(sending.node.stores.databaseUrl),
  );
  assert.equal(status, 1);
  assert.match(err, /→ at code\n[\s\S]*→ at scale\n/);
});

test('dh figures prints nothing of a file that moves a cursor', async () => {
  const file = join(sending.folder, 'hostile.ndjson');
  await writeFile(
    file,
    JSON.stringify({ indicator: 'beds-free', unit: '\u001b[2J'.repeat(20), period: '2026-11-26', value: 1 }),
  );
  const { status, out } = await dh('figures/main', ['check', file], {});
  assert.equal(status, 1);
  assert.match(out, /^1 · unit · \?\[2J/);
  assert.doesNotMatch(out, /[^\P{Cc}\n]/u);
});

test('FG44 dh figures import records a file that lies packed on the disk, and once', async () => {
  const file = join(sending.folder, 'old.csv.gz');
  await writeFile(file, gzipSync(csv(['beds-free', unit(0), day(), 7], ['beds-free', unit(1), day(), 8])));
  assert.match(await figures('import', file, '--source', 'moh', '--dry'), /^2 of 2: 2 recorded \(0 held\)/);
  const before = await recorded();
  const told = await figures('import', file, '--source', 'moh');
  assert.match(told, /^2 of 2: 2 recorded as \d+ \(0 held\), 0 as before, 0 refused$/);
  assert.equal(await figures('import', file, '--source', 'moh'), told);
  assert.equal((await recorded())?.rows, (before?.rows ?? 0) + 2);
});

const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv) =>
  new Promise<{ out: string; err: string; missing: boolean }>((resolve, reject) =>
    execFile(
      command,
      args,
      { cwd: sending.folder, env: { ...process.env, ...env }, timeout: 120_000 },
      (error, out, err) => {
        if (error && error.code !== 'ENOENT') reject(new Error(`${error.message}\n${out}\n${err}`));
        else resolve({ out, err, missing: error !== null });
      },
    ),
  );
const blocks = (language: string): string[] =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]+?)^\`\`\``, 'gm'))].map(([, text = '']) => text);

test('the examples of the guide with curl send a file', async (t) => {
  if ((await run('curl', ['--version'], {})).missing) return t.skip('there is no curl');
  const examples = blocks('sh');
  assert.equal(examples.length, 2);
  for (const example of examples) {
    await writeFile(join(sending.folder, 'beds.csv'), `${csv(['beds-free', unit(0), day(), 7])}\n`);
    const { out } = await run('bash', ['-euo', 'pipefail', '-c', example], {
      DH_URL: sending.node.url,
      DH_KEY: sending.key,
    });
    assert.equal(JSON.parse(out).accepted, 1, out);
  }
});

test('the example of the guide in Python sends rows', async (t) => {
  if ((await run('python3', ['--version'], {})).missing) return t.skip('there is no Python');
  const [example = ''] = blocks('python');
  const recent = example.replace('2026-11-24', day());
  const { out } = await run('python3', ['-c', recent, unit(20), unit(21)], {
    DH_URL: sending.node.url,
    DH_KEY: sending.key,
  });
  assert.match(out, /^2 recorded as \d+$/m);
});

test('the example of the guide in Power Query sends a sheet, and the same again under the same key', async () => {
  const [example = ''] = blocks('powerquery');
  const [cell, date] = [(Column1: string) => [{ Column1 }], new Date(`${day()}T00:00:00Z`)];
  const rows = [unit(30), unit(31)].map((code, i) => ({
    indicator: 'beds-free',
    unit: code,
    period: date,
    value: i + 7,
  }));
  const sheet = { SourceKey: cell(sending.key), BatchKey: cell(randomUUID()), Figures: rows };
  const asked: WebRequest[] = [];
  const send = async (request: WebRequest) => {
    asked.push(request);
    const url = request.url.replace('https://phong-hop.example.gov.vn', sending.node.url);
    const response = await fetch(url, { method: 'POST', headers: request.headers, body: request.body ?? null });
    assert.ok(response.ok || request.handled.includes(response.status), `${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  };
  const answer = z.object({ accepted: z.int(), refused: z.int(), n: z.int() });
  const first = answer.parse(await runPowerQuery(example, sheet, send));
  assert.deepEqual([first.accepted, first.refused], [2, 0]);
  assert.equal(answer.parse(await runPowerQuery(example, sheet, send)).n, first.n, 'repeated, it is one batch');
  const refused = await runPowerQuery(example, { ...sheet, SourceKey: cell('wrong') }, send);
  assert.ok(
    asked.length === 3 && z.looseObject({ error: z.unknown() }).parse(refused),
    'and an error is read in the sheet',
  );
});

test('OpenAPI names the formats of a batch and the key', async () => {
  const { paths } = JSON.parse(await (await fetch(`${sending.node.internalUrl}/api/openapi.json`)).text());
  const { post } = paths['/api/figures/batches'];
  assert.deepEqual(post.security, [{ bearer: [] }]);
  const types = ['application/x-ndjson', 'text/csv', 'application/vnd.sdmx.data+csv', 'application/json'];
  assert.deepEqual(Object.keys(post.requestBody.content), types);
});
