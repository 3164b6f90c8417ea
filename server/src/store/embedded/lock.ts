import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';

/**
 * A lock that the kernel gives back by itself when its holder dies, even by kill -9: a Unix socket in the abstract
 * namespace, named after a folder (its path, device and inode: containers may share a network but not their files). It
 * needs no file that could be left behind.
 */
export class FolderLock {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @returns undefined when another process (or another part of this one) holds the lock. */
  static async create(purpose: string, folder: string): Promise<FolderLock | undefined> {
    const { dev, ino } = statSync(folder, { bigint: true });
    const name = createHash('sha256').update(`${folder} ${dev} ${ino}`).digest('hex').slice(0, 32);
    const server = createServer((socket) => socket.destroy());
    const held = await new Promise<boolean>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'EADDRINUSE') resolve(false);
        else reject(error);
      });
      server.listen(`\0dieu-hanh-${purpose}-${name}`, () => resolve(true));
    });
    if (!held) return undefined;
    server.unref();
    return new FolderLock(server);
  }

  close(): void {
    this.#server.close();
  }
}
