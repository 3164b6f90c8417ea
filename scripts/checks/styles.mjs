/**
 * Holds that no slice of the web app styles what another one draws: a class that a slice's styles speak of belongs to it or to
 * `ui`. Pages and the roof place what slices draw, so they may speak of anything. And that no class of one folder is
 * the name of a state in another.
 * usage: node scripts/checks/styles.mjs      exit status 1 and one line for each class of two slices
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../setup/place.mjs';

const ABOVE = /^web\/src\/(pages|app)\//;

/** @param {Map<string, string>} styles by path  @returns {string[]} one sentence for each class that two slices style */
export function sharedClasses(styles) {
  const slicesOf = new Map();
  const ofUi = new Set();
  for (const [file, source] of styles) {
    if (ABOVE.test(file)) continue;
    const [, slice] = /^web\/src\/([^/]+)\//.exec(file) ?? [];
    if (slice === 'ui') for (const [, name] of source.matchAll(/\.([a-zA-Z][\w-]*)/g)) ofUi.add(name);
    else for (const name of classesOf(source)) slicesOf.set(name, (slicesOf.get(name) ?? new Set()).add(slice));
  }
  return [...slicesOf]
    .filter(([name, slices]) => slices.size > 1 && !ofUi.has(name))
    .map(([name, slices]) => `.${name} is styled by ${[...slices].toSorted().join(' and ')}`)
    .toSorted();
}

/** Classes that a rule begins with or looks into; what only refines another class of the same element is a state of it. */
function classesOf(source) {
  const selectors = source.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/([^{}]+)\{/g);
  return [...selectors].flatMap(([, selector]) =>
    [...selector.matchAll(/(?<![\w\])-])\.([a-zA-Z][\w-]*)/g)].map(([, name]) => name),
  );
}

/**
 * A class that stands alone in one folder's rules, and is a state of what another folder draws: the state would get all
 * of the rule.
 * @param {Map<string, string>} styles by path  @returns {string[]} one sentence for each such class
 */
export function statesOfOthers(styles) {
  const alone = new Map();
  const states = new Map();
  const add = (to, name, folder) => to.set(name, (to.get(name) ?? new Set()).add(folder));
  for (const [file, source] of styles) {
    const [, folder] = /^web\/src\/((?:pages\/)?[^/]+)\//.exec(file) ?? [];
    for (const [, list] of source.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/([^{}]+)\{/g)) {
      for (const one of list.split(',')) {
        const [, whole] = /^\.([a-zA-Z][\w-]*)$/.exec(one.trim()) ?? [];
        if (whole) add(alone, whole, folder);
        for (const [, name] of one.matchAll(/(?<=[\w\])-])\.([a-zA-Z][\w-]*)/g)) add(states, name, folder);
      }
    }
  }
  return [...alone]
    .flatMap(([name, folders]) => {
      const others = [...(states.get(name) ?? [])].filter((folder) => folder !== 'ui' && !folders.has(folder));
      return folders.has('ui') || others.length === 0
        ? []
        : [
            `.${name} stands alone in ${[...folders].join(' and ')}, and is a state in ${others.toSorted().join(' and ')}`,
          ];
    })
    .toSorted();
}

function sheets(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((name) => name.endsWith('.css'))
    .map((name) => join(folder, name));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const files = sheets('web/src');
  const styles = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
  const found = [...sharedClasses(styles), ...statesOfOthers(styles)];
  for (const line of found) console.log(line);
  console.log(`${files.length} styles, ${found.length} classes of two slices`);
  process.exit(found.length === 0 ? 0 : 1);
}
