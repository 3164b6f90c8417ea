import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { root } from '../setup/place.mjs';

const CODE = /\.[cm]?[tj]sx?$/;
const STRING = /'([^'\n]+)'|"([^"\n]+)"|`([^`\n]+)`/g;
const PACKAGE = /^@dieu-hanh\/([a-z-]+)\/?(.*)$/;
/** Whose page is the built web app: every file of it is theirs too. */
const OPENS_PAGE = /^web\/e2e\/.*\.spec\.ts$|^server\/test\/scenarios\/reach\/(communePage\.test|WholeServer)\.ts$/;
const WEB_APP = /^web\/(src|public|dev|build)\/|^web\/(index\.html|vite\.config\.ts|playwright\.config\.ts)$/;

/** @returns {Map<string, string | undefined>} files of the checkout, with the text of those that are code */
export function sourceFiles() {
  const list = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  return new Map(
    list
      .split('\n')
      .filter(Boolean)
      .map((file) => [file, CODE.test(file) ? textOf(file) : undefined]),
  );
}

function textOf(file) {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch {
    return ''; // deleted
  }
}

/**
 * Follows imports upwards. Programs that are started, folders that are read and data files are named in strings too, so any string that leads to a file
 * or folder of the checkout counts as an import; one with `${…}` leads to all files that fit.
 * @param {string[]} changed
 * @param {Map<string, string | undefined>} files
 * @returns {{ reached: Set<string>, known: Set<string> }} the changed files and all that can see them; and files that anybody names
 */
export function touchedBy(changed, files) {
  const all = new Set([...files.keys(), ...changed]);
  const seers = new Map();
  for (const [file, text] of files)
    for (const target of text === undefined ? [] : targetsOf(file, text, all))
      seers.set(target, [...(seers.get(target) ?? []), file]);
  const reached = new Set(changed);
  for (const file of reached) for (const seer of seers.get(file) ?? []) reached.add(seer);
  return { reached, known: new Set(seers.keys()) };
}

/** @returns {Set<string>} files that this one names */
export function targetsOf(file, text, all) {
  const found = new Set();
  const folder = posix.dirname(file);
  for (const [, single, double, template] of text.matchAll(STRING)) {
    const name = single ?? double ?? template;
    const [specifier] = name.split('?');
    const [, workspace, inner] = PACKAGE.exec(specifier) ?? [];
    if (workspace) for (const path of inner ? [inner, `src/${inner}`] : ['src/']) add(`${workspace}/${path}`);
    else if (template?.includes('${')) addFitting(template);
    else if (/^[^/].*[./]/.test(specifier))
      for (const path of [posix.join(folder, specifier), posix.normalize(specifier)]) add(path);
  }
  if (OPENS_PAGE.test(file)) for (const other of all) if (WEB_APP.test(other)) found.add(other);
  found.delete(file);
  return found;

  function add(path) {
    if (all.has(path)) found.add(path);
    else if (path.endsWith('/')) addFolder(path);
  }
  function addFolder(path) {
    if (path !== './' && !path.startsWith('..')) for (const other of all) if (other.startsWith(path)) found.add(other);
  }
  function addFitting(pattern) {
    if (!/^\.\.?\/[\w./-]*\$\{/.test(pattern)) return;
    const quoted = posix
      .join(folder, pattern.replace(/\$\{[^}]*\}/g, '\0'))
      .replace(/[.*+?^()|[\]\\{}$]/g, '\\$&')
      .replaceAll('\0', '.*');
    const fits = new RegExp(`^${quoted}$`);
    for (const other of all) if (fits.test(other)) found.add(other);
  }
}
