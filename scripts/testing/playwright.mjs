import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { logs, root } from '../setup/place.mjs';
import { say } from '../setup/progress.mjs';
import { run } from '../setup/run.mjs';

/** Runs the stories of web/e2e in real Chromium, and counts each. */
export async function playwright({ node, env, limitMs }, tally) {
  const web = join(root, 'web');
  if (!existsSync(join(web, 'playwright.config.ts'))) return say('no playwright.config.ts');
  const report = join(logs, 'e2e.json');
  rmSync(report, { force: true });
  const cli = join(root, 'node_modules/@playwright/test/cli.js');
  const onLine = (line) => {
    if (!/^\s*(✓|✘|-|ok|x)\s/.test(line)) return false;
    say(`  ${line.trim()}`);
    return true;
  };
  const options = {
    name: 'e2e',
    cwd: web,
    onLine,
    tell: say,
    timeoutMs: limitMs,
    env: { ...env, CI: '1', PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  };
  const failure = await run(node, [cli, 'test', '--reporter=list,json'], options).then(
    () => undefined,
    (error) => error.message,
  );
  const before = tally.failed.length;
  const skipped = new Map();
  const walk = (suite, path) => {
    for (const inner of suite.suites ?? []) walk(inner, `${path} ${inner.title}`);
    for (const spec of suite.specs ?? []) {
      const [{ status, results, annotations }] = spec.tests;
      if (status === 'skipped') {
        const why = annotations.find(({ type }) => type === 'skip')?.description ?? '';
        skipped.set(`e2e ${spec.file}: ${why}`, (skipped.get(`e2e ${spec.file}: ${why}`) ?? 0) + 1);
      } else {
        const name = `e2e${path}: ${spec.title}`;
        tally.add(name, spec.ok ? 'passed' : 'failed', results.at(-1)?.error?.message);
        if (status === 'flaky') tally.add(name, 'again', results[0]?.error?.message);
      }
    }
  };
  if (existsSync(report)) walk(JSON.parse(readFileSync(report, 'utf8')), '');
  for (const [name, count] of skipped) tally.add(`${name}, ${count} times`, 'skipped');
  if (failure && tally.failed.length === before) tally.add('e2e: the run ends well', 'failed', failure);
}
