import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { freePort } from '../support/freePort.ts';
import { happens } from '../support/happens.ts';
import { TestNode } from '../support/TestNode.ts';
import { type TestCertificate, testCertificate } from '../support/testCertificate.ts';
import { until } from '../support/until.ts';

const fileOf = (path: string) => fileURLToPath(new URL(`../../../deploy/${path}`, import.meta.url));
const RULES = fileOf('prometheus/dieu-hanh.yml');
const TRIED = fileOf('prometheus/dieu-hanh.test.yml');
const PROMETHEUS = process.env.PROMETHEUS ?? '/usr/bin/prometheus';
const none = spawnSync(PROMETHEUS, ['--version']).error && "SKIPPED: needs Debian's package prometheus";

let certificate: TestCertificate;
let node: TestNode;
let rules: string;
let expressions: readonly string[];
before(async () => {
  certificate = await testCertificate();
  node = await TestNode.create({ TLS_CERT: certificate.cert, TLS_KEY: certificate.key });
  rules = await readFile(RULES, 'utf8');
  expressions = await panelExpressions();
});
after(async () => {
  await node?.close();
  await certificate?.close();
});

const dashboardSchema = z.object({
  panels: z.array(
    z.object({ type: z.string(), title: z.string(), targets: z.array(z.object({ expr: z.string() })).default([]) }),
  ),
});
async function panelExpressions(): Promise<string[]> {
  const { panels } = dashboardSchema.parse(JSON.parse(await readFile(fileOf('grafana/dieu-hanh.json'), 'utf8')));
  assert.ok(panels.filter(({ type }) => type !== 'row').every(({ targets }) => targets.length > 0));
  return panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
}
const promtool = (...args: string[]) => spawnSync(join(dirname(PROMETHEUS), 'promtool'), args, { encoding: 'utf8' });
const named = (text: string) => new Set(text.match(/\b(?:dh|nodejs|process)_[a-z0-9_]+/g));

/** By a connection of its own: `promtool` holds this process up for longer than the node keeps an idle one. */
const metrics = async (): Promise<string> =>
  (await fetch(`${node.internalUrl}/metrics`, { headers: { connection: 'close' } })).text();

test('PL11 every metric that an alert or a panel names is told by a living node, with the labels it goes by', async () => {
  const told = await metrics();
  // A help line is there before the first value is: of what has labels there may be none yet.
  const families = new Map(
    [...told.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type]),
  );
  const expressed = [...expressions, ...(rules.match(/^ {8}expr: .*$/gm) ?? [])].join('\n');
  const names = [...named(expressed)];
  assert.ok(names.length > 25);
  const unknown = names.filter((name) => {
    const histogram = /^(.*)_(?:bucket|count|sum)$/.exec(name)?.[1];
    return !families.has(name) && families.get(histogram ?? '') !== 'histogram';
  });
  assert.deepEqual(unknown, []);
  // Of those that have values already: what is chosen by a label is among them.
  const chosen = [...expressed.matchAll(/\b(dh_\w+)\{(\w+)=~?"([^"]+)"\}/g)].flatMap(([, name, label, values = '']) =>
    values.split('|').map((value) => ({ name, text: `${label}="${value}"` })),
  );
  const samples = told.split('\n');
  const mistaken = chosen.filter(({ name, text }) => {
    const its = samples.filter((line) => line.startsWith(`${name}{`));
    return its.length > 0 && !its.some((line) => line.includes(text));
  });
  assert.ok(chosen.length >= 5);
  assert.deepEqual(mistaken, []);
});

test('PL11 an alert says in one sentence what it is, and whether somebody has to be woken', () => {
  const alerts = rules.split('- alert: ').slice(1);
  assert.ok(alerts.length >= 15);
  for (const alert of alerts) {
    assert.match(alert, /^[A-Z]\w+\n {8}expr: \S/);
    assert.match(alert, /severity: (page|look) \}/);
    assert.match(alert, /annotations:\s+\{\s*summary: (["'])[^\n]{10,}\1,?\s*\}/);
  }
});

test('PL11 each alert comes when it should, in its words, and not with what an evening brings', {
  skip: none,
}, async () => {
  const tried = await readFile(TRIED, 'utf8');
  const missing = [...rules.matchAll(/- alert: (\w+)/g)].filter(
    ([, name]) => !tried.includes(`alertname: ${name}\n`) || !tried.includes(`alertname: ${name}, eval_time: `),
  );
  assert.deepEqual(missing, []);
  const said = promtool('test', 'rules', TRIED);
  assert.equal(said.status, 0, said.stdout + said.stderr);
});

test('PL11 Prometheus takes rules and panels, and reads a living node by them', { skip: none }, async () => {
  const checked = promtool('check', 'rules', RULES);
  assert.equal(checked.status, 0, checked.stdout + checked.stderr);
  const input = await metrics();
  const linted = spawnSync(join(dirname(PROMETHEUS), 'promtool'), ['check', 'metrics'], { input });
  assert.doesNotMatch(String(linted.stderr), /error while linting/);

  const folder = await mkdtemp(join(tmpdir(), 'dh-prometheus-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: [RULES],
    scrape_configs: [{ job_name: 'dieu-hanh', static_configs: [{ targets: [new URL(node.internalUrl).host] }] }],
  };
  await writeFile(join(folder, 'prometheus.yml'), JSON.stringify(config));
  const server = spawn(
    PROMETHEUS,
    [
      `--config.file=${folder}/prometheus.yml`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  try {
    const ask = async (path: string) => {
      const answer = await fetch(`${url}/api/v1/${path}`).catch(() => undefined);
      return answer?.ok ? ((await answer.json()) as { data: Record<string, never[]> }).data : undefined;
    };
    const value = async (expr: string) => {
      const { result = [] } = (await ask(`query?query=${encodeURIComponent(expr)}`)) ?? {};
      return (result as { value: [number, string] }[])[0]?.value[1];
    };
    await until('it has read the node', async () => (await value('max(dh_nodes)')) === '1', 30_000);
    for (const expr of expressions)
      assert.ok(await ask(`query?query=${encodeURIComponent(expr)}`), `${expr} is no query`);
    const { groups = [] } = (await ask('rules')) ?? {};
    const [{ rules: read = [] } = {}] = groups as { rules?: { health: string; lastError?: string }[] }[];
    assert.ok(read.length >= 15);
    assert.deepEqual(
      read.filter(({ health }) => health === 'err'),
      [],
    );
  } finally {
    const ended = happens(server, 'exit');
    server.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
});
