import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ALGORITHM, exportKey, generate, writePem, x509 } from '../sharedPort/x509.ts';
import { AcmeClient, type Answering } from './AcmeClient.ts';

export interface AcmeCertificateOptions {
  /** Where account key, certificate and its key lie. */
  readonly folder: string;
  readonly directory: string;
  readonly ca?: string | undefined;
  readonly contact?: string | undefined;
  /** A host name; addresses are not vouched for. */
  readonly name: string;
  readonly answering: Answering;
  readonly random?: () => number;
}

const MINUTE_MS = 60_000;
const LONGEST_PAUSE_MS = 6 * 60 * MINUTE_MS;

/** A certificate of an ACME server's authority: had once, renewed when a third of its life is left, tried again until it is there. */
export class AcmeCertificate {
  readonly files: { readonly cert: string; readonly key: string };
  readonly #options: AcmeCertificateOptions;
  #failures = 0;
  #notBefore = 0;

  constructor(options: AcmeCertificateOptions) {
    this.#options = options;
    this.files = { cert: join(options.folder, 'server.pem'), key: join(options.folder, 'server.key') };
  }

  /** Whether there is one that may be served. */
  async isThere(): Promise<boolean> {
    const certificate = await this.#read();
    return certificate !== undefined && Date.parse(certificate.validTo) > Date.now();
  }

  /**
   * To be called now and then; after a failure it does nothing for a while, longer each time.
   * @returns whether there is another one now
   * @throws AcmeError, StartRefusal (the port of the challenge is taken) and errors of the line
   */
  async renew(): Promise<boolean> {
    const now = Date.now();
    if (now < this.#notBefore || !isDue(await this.#read(), this.#options.name, now)) return false;
    try {
      await this.#obtain();
      this.#failures = 0;
      return true;
    } catch (error) {
      const pause = Math.min(MINUTE_MS * 2 ** this.#failures, LONGEST_PAUSE_MS);
      this.#failures += 1;
      // Whole countries begin at the same moment after a cut.
      this.#notBefore = now + pause * (0.5 + (this.#options.random ?? Math.random)() / 2);
      throw error;
    }
  }

  async #obtain(): Promise<void> {
    const { folder, name, directory, ca, contact, answering } = this.#options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const accountKey = await this.#accountKey();
    const client = await AcmeClient.create({ directory, ca, contact, accountKey });
    const keys = await generate();
    const request = await x509.Pkcs10CertificateRequestGenerator.create({
      name: `CN=${name}`,
      keys,
      signingAlgorithm: ALGORITHM,
      extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name }])],
    });
    const chain = (await client.order([name], Buffer.from(request.rawData), answering)).trim();
    const key = await exportKey(keys.privateKey);
    if (!new X509Certificate(chain).checkPrivateKey(createPrivateKey(key)))
      throw new Error('the server sent a certificate of another key');
    await writePem(this.files.key, key, 0o600);
    await writePem(this.files.cert, chain, 0o600);
  }

  async #accountKey(): Promise<KeyObject> {
    const path = join(this.#options.folder, 'account.key');
    try {
      return createPrivateKey(await readFile(path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    const pem = await exportKey((await generate()).privateKey);
    await writePem(path, pem, 0o600);
    return createPrivateKey(pem);
  }

  async #read(): Promise<X509Certificate | undefined> {
    try {
      return new X509Certificate(await readFile(this.files.cert));
    } catch {
      return undefined; // none yet, or none that can be read: there will be another
    }
  }
}

/** None, of another name, or with less than a third of its life left. */
export function isDue(certificate: X509Certificate | undefined, name: string, now: number): boolean {
  if (!certificate || certificate.checkHost(name) === undefined) return true;
  const [from, to] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
  return to - now < (to - from) / 3;
}
