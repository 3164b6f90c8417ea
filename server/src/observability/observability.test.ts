import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Health } from './health.ts';
import { createLogger } from './logger.ts';
import { Metrics } from './metrics.ts';

test('secrets do not reach the log', () => {
  const lines: string[] = [];
  const logger = createLogger('info', { write: (line) => void lines.push(line) });
  const headers = { authorization: 'Bearer hush', cookie: 'dh.s.x=hush' };
  logger.info(
    { token: 'hush', req: { headers }, body: { secret: 'hush', password: 'hush', login: 'seen' } },
    'a request',
  );
  assert.equal(lines.length, 1);
  assert.doesNotMatch(lines[0] ?? '', /hush/);
  assert.match(lines[0] ?? '', /seen/);
  assert.equal(JSON.parse(lines[0] ?? '').level, 'info');
});

test('health names what is not ready, also what never answers, and draining', async () => {
  const health = new Health();
  health.register('good', () => Promise.resolve());
  assert.deepEqual(await health.check(), { ready: true, checks: { good: 'ok' } });
  health.register('bad', () => Promise.reject(new Error('away')));
  health.register('silent', () => new Promise(() => undefined));
  assert.deepEqual(await health.check(), {
    ready: false,
    checks: { good: 'ok', bad: 'away', silent: 'no answer in 2000 ms' },
  });
  const draining = new Health();
  draining.drain();
  assert.deepEqual(await draining.check(), { ready: false, checks: { node: 'draining' } });
});

test('IL4 however many ask at once whether it is ready, each thing is asked once, and anew afterwards', async () => {
  const health = new Health();
  const answers: (() => void)[] = [];
  health.register('store', () => new Promise<void>((resolve) => answers.push(resolve)));
  const all = Array.from({ length: 1_000 }, () => health.check());
  assert.equal(answers.length, 1);
  health.drain();
  answers[0]?.();
  for (const { checks } of await Promise.all(all)) assert.deepEqual(checks, { store: 'ok', node: 'draining' });
  const next = health.check();
  assert.equal(answers.length, 2);
  answers[1]?.();
  await next;
});

test('metrics are by route pattern, with the node’s name', async () => {
  const metrics = new Metrics('n1');
  metrics.answered('GET', '/api/briefings/{id}', 200, 0.01);
  const line = (await metrics.render()).split('\n').find((l) => l.startsWith('dh_http_request_seconds_count'));
  assert.equal(
    line,
    'dh_http_request_seconds_count{node="n1",method="GET",route="/api/briefings/{id}",status="200"} 1',
  );
});
