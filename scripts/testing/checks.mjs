import { join } from 'node:path';
import { root } from '../setup/place.mjs';
import { say } from '../setup/progress.mjs';
import { run } from '../setup/run.mjs';

const bin = (name) => join(root, 'node_modules/.bin', name);

/** One check of the whole tree counts as one test. */
export async function check(name, program, args, { env }, tally) {
  const begin = performance.now();
  const lines = [];
  const onLine = (line) => {
    lines.push(line);
    return false;
  };
  const error = await run(program, args, {
    name: `check-${name}`,
    env,
    onLine,
    tell: (text) => say(`  ${name}: ${text}`),
  }).then(
    () => undefined,
    (e) => e,
  );
  if (error) console.log(lines.slice(-80).join('\n'));
  tally.add(`check: ${name}`, error ? 'failed' : 'passed', error?.message);
  say(`  ${name}: ${error ? 'failed' : 'passed'} (${((performance.now() - begin) / 1000).toFixed(1)} s)`);
}

/** Style and mistakes, import boundaries, whose styles are whose, dead code. */
export async function lint(options, tally) {
  await check('lint', bin('biome'), ['check', '--error-on-warnings', '.'], options, tally);
  await check('import boundaries', options.node, [join(root, 'scripts/checks/boundaries.mjs')], options, tally);
  await check('styles of slices', options.node, [join(root, 'scripts/checks/styles.mjs')], options, tally);
  await check('dead code', bin('knip'), ['--no-progress'], options, tally);
}

export function types(options, tally) {
  const env = { ...options.env, TURBO_TELEMETRY_DISABLED: '1' };
  return check('types', bin('turbo'), ['run', 'check', '--ui=stream'], { ...options, env }, tally);
}
