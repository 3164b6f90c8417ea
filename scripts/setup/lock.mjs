import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Named after the very folder (device and inode), since containers may share a network, where these names live, but not their files. It fills
 * the 107 bytes after the leading zero: Node 20 pads a shorter name with zeros and Node 24 does not, and theirs would be two locks.
 */
function nameOf(purpose, folder) {
  const { dev, ino } = statSync(folder, { bigint: true });
  const identity = createHash('sha512').update(`${folder} ${dev} ${ino}`).digest('hex');
  return `\0dieu-hanh-${purpose}-${identity}`.slice(0, 108);
}

/**
 * A lock on a folder that the kernel gives back by itself when its holder dies: a Unix socket in the abstract namespace.
 * Whoever comes second can ask the holder who they are.
 * @returns {Promise<{ release(): void } | undefined>} undefined when another process holds it
 */
export function takeLock(purpose, folder, introduction = {}) {
  const server = createServer((socket) =>
    socket.on('error', () => undefined).end(JSON.stringify({ pid: process.pid, ...introduction })),
  );
  return new Promise((resolve, reject) => {
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
    server.listen(nameOf(purpose, folder), () => {
      server.unref();
      resolve({ release: () => server.close() });
    });
  });
}

/** What the holder of a lock says of itself; undefined when it has just gone. */
export function askHolder(purpose, folder) {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(nameOf(purpose, folder));
    socket.setTimeout(1000, () => socket.destroy());
    socket.on('data', (chunk) => (text += chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text ? JSON.parse(text) : undefined));
  });
}

/** Runs `work` while no other process does the same for this folder; says once that it waits. */
export async function alone(purpose, folder, onWait, work) {
  let lock = await takeLock(purpose, folder);
  if (!lock) onWait((await askHolder(purpose, folder))?.pid);
  while (!lock) {
    await sleep(200);
    lock = await takeLock(purpose, folder);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}
