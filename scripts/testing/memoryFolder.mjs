import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PLACE = '/dev/shm';
const NAME = 'dieu-hanh-tests-';
const GB = 1024 ** 3;
/** Stores and browsers of a run hold some two gigabytes at a time; what runs needs memory too. */
const ROOM = { folder: 6 * GB, memory: 12 * GB };

/**
 * A folder in memory for all that tests write and throw away: databases above all, each of which is a copy of some two thousand files. It is
 * removed when this process ends, or else by the next run.
 * @returns {string | undefined} undefined: memory is short here, or programs may not be started from there
 */
export function memoryFolder(place = PLACE, room = ROOM) {
  let folder;
  try {
    const { bavail, bsize } = statfsSync(place);
    if (bavail * bsize < room.folder || availableMemory() < room.memory) return undefined;
    for (const name of readdirSync(place)) if (name.startsWith(NAME) && isOver(name)) remove(join(place, name));
    folder = mkdtempSync(join(place, `${NAME}${process.pid}-`));
    // The user of PostgreSQL is another one, and must get through to its own folders.
    chmodSync(folder, 0o711);
    process.once('exit', () => remove(folder));
    const program = join(folder, 'program');
    writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 });
    return spawnSync(program).status === 0 ? folder : undefined;
  } catch {
    return undefined; // no Linux, or not ours to write to
  }
}

const availableMemory = () =>
  1024 * Number(/^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]);

function isOver(name) {
  try {
    process.kill(Number(name.slice(NAME.length).split('-')[0]), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function remove(folder) {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Another user's, or still written to: the next run finds it.
  }
}
