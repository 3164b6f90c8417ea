import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf, root } from './place.mjs';
import { run } from './run.mjs';

const INPUTS = [
  'web/src',
  'web/build',
  'web/public',
  'web/index.html',
  'web/unreachable.html',
  'web/vite.config.ts',
  'web/package.json',
  'server/src/protocol',
  'package-lock.json',
];
const stampFile = join(root, 'web/dist/.sources');

/** Builds the web app, unless its sources are those of the last build. */
export async function buildWeb(env, tell) {
  const sources = hashOf(...INPUTS.map((path) => join(root, path)));
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === sources) return 'as built';
  const turbo = join(root, 'node_modules/.bin/turbo');
  await run(turbo, ['run', 'build', '--ui=stream'], {
    name: 'web-build',
    tell,
    env: { ...env, TURBO_TELEMETRY_DISABLED: '1' },
  });
  writeFileSync(stampFile, sources);
}
