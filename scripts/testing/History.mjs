import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, makeFolder, root } from '../setup/place.mjs';
import { REMEMBERED } from './again.mjs';

/**
 * Of the files of this checkout: which passed only when they ran again, over their last runs, and how long each took. It may be deleted at any time.
 */
export class History {
  #path;
  /** @type {Record<string, { needed: boolean[], seconds: number }>} */
  #runs;

  static open(path = placeOf(root)) {
    return new History(path, read(path));
  }

  /** Use `open`. */
  constructor(path, runs) {
    this.#path = path;
    this.#runs = runs;
  }

  /** Whether it needed to run again, oldest first. */
  of(file) {
    return this.#runs[file]?.needed ?? [];
  }

  /** @returns {number | undefined} how long the file took last; undefined: it never ran */
  seconds(file) {
    return this.#runs[file]?.seconds;
  }

  /** @param {boolean} needed whether its first run failed, and it was run again */
  add(file, needed, seconds) {
    this.#runs[file] = { needed: [...this.of(file), needed].slice(1 - REMEMBERED), seconds };
    const fresh = `${this.#path}.${process.pid}`;
    writeFileSync(fresh, JSON.stringify(this.#runs));
    renameSync(fresh, this.#path);
  }
}

function placeOf(checkout) {
  const key = createHash('sha256').update(checkout).digest('hex').slice(0, 16);
  return join(makeFolder(join(cache, 'tests')), `${key}.json`);
}

function read(path) {
  try {
    return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  } catch {
    return {}; // half a file is no history
  }
}
