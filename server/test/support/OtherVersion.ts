import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SOURCES = 'server/src';
/** Nodes that differ in one of these may not work beside each other, or not with the packages that are installed here. */
const DECIDES = [
  `${SOURCES}/store/postgres/base/migrations`,
  `${SOURCES}/cluster/bus/envelope.ts`,
  'package-lock.json',
];

const git = (...args: string[]): Buffer =>
  execFileSync('git', ['-C', ROOT, ...args], { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 256 * 1024 * 1024 });

/** The commit of this history that is the longest ago, and whose nodes work beside those of today; undefined: nothing is known of it. */
export function oldestNeighbour(): string | undefined {
  try {
    return (
      git('log', '-1', '--format=%H', '--', ...DECIDES)
        .toString()
        .trim() || undefined
    );
  } catch {
    return undefined;
  }
}

/** The server in another version, in a folder of its own, with the packages and the page of this one. */
export class OtherVersion {
  readonly main: string;
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.main = join(folder, SOURCES, 'main.ts');
    for (const name of ['node_modules', 'web', 'sfu-config']) symlinkSync(join(ROOT, name), join(folder, name));
  }

  /** @param name what it says its version is */
  static at(commit: string, name: string): OtherVersion {
    const folder = mkdtempSync(join(tmpdir(), 'dh-version-'));
    const archive = git('archive', commit, SOURCES, 'server/package.json', 'package.json');
    execFileSync('tar', ['-x', '-C', folder], { input: archive });
    const path = join(folder, 'package.json');
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), version: name }));
    return new OtherVersion(folder);
  }

  /** This one, in which one file is another, or is there as well. */
  static with(file: string, change: (text: string) => string): OtherVersion {
    const folder = mkdtempSync(join(tmpdir(), 'dh-version-'));
    mkdirSync(join(folder, 'server'));
    for (const path of [SOURCES, 'server/package.json', 'package.json'])
      cpSync(join(ROOT, path), join(folder, path), { recursive: true });
    const path = join(folder, SOURCES, file);
    writeFileSync(path, change(readFileSync(path, { encoding: 'utf8', flag: 'a+' })));
    return new OtherVersion(folder);
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
