import { execFileSync } from 'node:child_process';
import { root } from '../setup/place.mjs';
import { SetupError } from '../setup/progress.mjs';
import { sourceFiles, touchedBy } from './importGraph.mjs';

const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);

/** What decides how anything is built, set up or run. */
const EVERYTHING = [
  /^(package|package-lock|turbo|tsconfig\.base)\.json$/,
  /^\.npmrc$/,
  /^(server|web|sfu-config)\/(package|tsconfig)\.json$/,
  /^scripts\/(test\.mjs|testing\/(?!.*\.test\.)|setup\/(?!.*\.test\.))/,
  /^server\/test\/support\/shared\//,
];
/** Read by people, or by a test that names it. */
const HARMLESS =
  /^(docs\/|deploy\/|\.ci\/|\.github\/|LICENSE|Dockerfile|docker-compose|biome\.json|knip\.json|[^/]*\.md$|\.\w+ignore$)/;

/**
 * Files that differ from `base` in the checkout as it is, those that git does not know yet among them.
 * @param {string | undefined} base from where this branch left it; else from where it left main; on main itself, the last commit
 * @throws SetupError when there is no such base
 */
export function changedSince(base) {
  try {
    const from = base ? git('merge-base', base, 'HEAD')[0] : usualBase();
    const untracked = git('ls-files', '--others', '--exclude-standard');
    return { from, files: [...new Set([...git('diff', '--name-only', '--no-renames', from), ...untracked])].sort() };
  } catch (error) {
    throw new SetupError(
      `git does not know what changed${base ? ` since ${base}` : ''}: ${error.message.split('\n')[0]}`,
    );
  }
}

function usualBase() {
  const [head] = git('rev-parse', 'HEAD');
  const main = ['main', 'origin/main'].find(
    (name) => git('branch', '--all', '--list', name, `remotes/${name}`).length > 0,
  );
  const [base] = main ? git('merge-base', main, 'HEAD') : [head];
  return base === head ? `${head}~1` : base;
}

/**
 * @param {string[]} changed
 * @returns {{ only?: Set<string>, why: string }} what the change can touch; without `only`, everything
 */
export function touched(changed, files = sourceFiles()) {
  const wide = changed.find((file) => EVERYTHING.some((rule) => rule.test(file)));
  if (wide) return { why: `${wide} changed, which can touch everything` };
  const { reached, known } = touchedBy(changed, files);
  const lost = changed.find((file) => !known.has(file) && !HARMLESS.test(file) && !/\.[cm]?[tj]sx?$/.test(file));
  if (lost) return { why: `nobody knows who reads ${lost}` };
  return { only: reached, why: `${reached.size} files can see the change` };
}
