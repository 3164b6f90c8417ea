import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localCertificate } from '../../src/edge/sharedPort/LocalAuthority.ts';

/** Paths of PEM files. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
  /** Of the authority, which nobody knows who is not told. */
  readonly ca: string;
  close(): Promise<void>;
}

/** For servers on these addresses. */
export async function testCertificate(addresses: readonly string[] = ['127.0.0.1']): Promise<TestCertificate> {
  const folder = await mkdtemp(join(tmpdir(), 'dh-tls-'));
  const { cert, key, ca } = await localCertificate(folder, { must: addresses, all: addresses });
  return { cert, key, ca, close: () => rm(folder, { recursive: true, force: true }) };
}
