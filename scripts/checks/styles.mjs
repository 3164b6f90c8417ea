/**
 * Holds that no slice of the web app styles what another one draws: a class that a slice's styles speak of belongs to it or to
 * `ui`. Pages and the roof place what slices draw, so they may speak of anything.
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

function sheets(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((name) => name.endsWith('.css'))
    .map((name) => join(folder, name));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const files = sheets('web/src');
  const found = sharedClasses(new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')])));
  for (const line of found) console.log(line);
  console.log(`${files.length} styles, ${found.length} classes of two slices`);
  process.exit(found.length === 0 ? 0 : 1);
}
