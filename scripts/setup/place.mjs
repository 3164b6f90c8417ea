import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** What is expensive to get and the same for every checkout lives here; it may be deleted at any time. */
export const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'dieu-hanh');
export const logs = join(cache, 'logs');

export const isRoot = process.getuid?.() === 0;

/** `{ ID: 'debian', VERSION_ID: '13', … }`; empty where there is no such file. */
export function distribution() {
  try {
    const lines = readFileSync('/etc/os-release', 'utf8').split('\n');
    return Object.fromEntries(lines.map((line) => line.split('=', 2)).map(([k, v]) => [k, v?.replace(/^"|"$/g, '')]));
  } catch {
    return {};
  }
}

/** A hash over the names and contents of files and folders (recursively, in a fixed order), so that a step is done again when they change. */
export function hashOf(...paths) {
  const hash = createHash('sha256');
  const add = (path) => {
    let entries;
    try {
      entries = readdirSync(path).sort();
    } catch (error) {
      if (error.code === 'ENOENT') return;
      if (error.code !== 'ENOTDIR') throw error;
      hash.update(`${path.slice(root.length)}\0`).update(readFileSync(path));
      return;
    }
    for (const entry of entries) if (entry !== 'node_modules' && entry !== 'dist') add(join(path, entry));
  };
  for (const path of paths) add(path);
  return hash.digest('hex').slice(0, 16);
}

export function makeFolder(path) {
  mkdirSync(path, { recursive: true });
  return path;
}
