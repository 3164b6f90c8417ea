import { createHash, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:https';
import { createSecureContext } from 'node:tls';

export interface CertificateFiles {
  /** Paths of PEM files. */
  readonly cert: string;
  readonly key: string;
}

/** Two files that belong together, as they are on the disk. */
interface Pair {
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly digest: string;
  readonly certificate: X509Certificate;
}

/** The certificate of the web servers: whoever writes new files has them served within a minute, without a restart. */
export class ServedCertificate {
  #files: CertificateFiles;
  readonly #servers: Server[] = [];
  #pair: Pair;

  private constructor(files: CertificateFiles, pair: Pair) {
    this.#files = files;
    this.#pair = pair;
  }

  /** @throws Error when a file cannot be read, is none, or the two do not belong together */
  static async create(files: CertificateFiles): Promise<ServedCertificate> {
    return new ServedCertificate(files, await read(files));
  }

  get pair(): { readonly cert: Buffer; readonly key: Buffer } {
    return this.#pair;
  }

  /** When browsers stop taking it. */
  get endsAt(): Date {
    return new Date(this.#pair.certificate.validTo);
  }

  /** It serves this pair by now, and each that comes. */
  serve(server: Server): void {
    this.#servers.push(server);
  }

  /**
   * Connections that are there keep what they began with.
   * @param files others than before, as soon as they can be served
   * @returns whether another pair is served from now on
   * @throws Error when the files on the disk cannot be served; what was served stays
   */
  async look(files = this.#files): Promise<boolean> {
    const pair = await read(files);
    this.#files = files;
    if (pair.digest === this.#pair.digest) return false;
    this.#pair = pair;
    for (const server of this.#servers) server.setSecureContext({ cert: pair.cert, key: pair.key });
    return true;
  }
}

async function read(files: CertificateFiles): Promise<Pair> {
  const [cert, key] = await Promise.all([readFile(files.cert), readFile(files.key)]);
  const certificate = new X509Certificate(cert);
  // Refuses a key of another certificate, as that of files of which only one was written yet.
  createSecureContext({ cert, key });
  return { cert, key, certificate, digest: createHash('sha256').update(cert).update(key).digest('hex') };
}
