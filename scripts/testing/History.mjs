import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, makeFolder, root } from '../setup/place.mjs';
import { REMEMBERED } from './again.mjs';

/** Which files of this checkout passed only when they ran again, over their last runs. It may be deleted at any time. */
export class History {
  #path;
  /** @type {Record<string, boolean[]>} */
  #runs;

  static open(path = placeOf(root)) {
    return new History(path, read(path));
  }

  /** Use `open`. */
  constructor(path, runs) {
    this.#path = path;
    this.#runs = runs;
  }

  /** Oldest first. */
  of(file) {
    return this.#runs[file] ?? [];
  }

  /** @param {boolean} needed whether its first run failed, and it was run again */
  add(file, needed) {
    this.#runs[file] = [...this.of(file), needed].slice(1 - REMEMBERED);
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
