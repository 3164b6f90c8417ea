/** npm run dh -- NAME ARGS: runs scripts/NAME.ts, scripts/NAME/main.ts, or the same two words deep (`audit verify`), under Node 24. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode } from './setup/packages.mjs';
import { fail, SetupError } from './setup/progress.mjs';

const scripts = fileURLToPath(new URL('.', import.meta.url));

/** What there is to run, read from the files: name -> path. */
function commands(folder = scripts, prefix = '') {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      const main = join(path, 'main.ts');
      const own = existsSync(main) ? [{ name: `${prefix}${entry.name}`, path: main }] : [];
      return prefix ? own : [...own, ...commands(path, `${entry.name} `)];
    }
    if (!/^[a-z][\w-]*\.ts$/.test(entry.name) || /^main\.ts$|\.test\.ts$/.test(entry.name)) return [];
    // Beside main.ts, and in a folder without one, files are commands only when they say how they are used.
    return /^\/\*\*[\s\S]{0,600}usage: npm run dh/m.test(readFileSync(path, 'utf8'))
      ? [{ name: `${prefix}${entry.name.slice(0, -3)}`, path }]
      : [];
  });
}

/** The first sentence of a file's opening comment. */
function summary(path) {
  const comment = /^\/\*\*([\s\S]*?)\*\//.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
  return (
    comment
      .replace(/\s*\n\s*\*\s?/g, ' ')
      .trim()
      .split(/(?<=\.)\s/)[0] ?? ''
  );
}

try {
  const all = commands().sort((a, b) => a.name.localeCompare(b.name));
  const args = process.argv.slice(2);
  const chosen = [2, 1].map((n) => all.find(({ name }) => name === args.slice(0, n).join(' '))).find(Boolean);
  if (!chosen) {
    const width = Math.max(...all.map(({ name }) => name.length), 0);
    console.log(
      [
        'usage: npm run dh -- NAME [ARGS]',
        ...all.map(({ name, path }) => `  ${name.padEnd(width)}  ${summary(path)}`),
      ].join('\n'),
    );
    if (args.length === 0 || args.includes('--help')) process.exit(0);
    throw new SetupError(`There is no command ${args.join(' ')}.`);
  }
  const rest = args.slice(chosen.name.split(' ').length);
  const child = spawn(findNode(), [chosen.path, ...rest], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
} catch (error) {
  fail(error);
}
