import { webcrypto } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
// The certificate library's dependency injection asks for this first.
import 'reflect-metadata';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_nameConstraints,
  NameConstraints,
} from '@peculiar/asn1-x509';
import * as x509 from '@peculiar/x509';

/** From here, after what it asks for. */
export { x509 };

export const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
export const DAY_MS = 86_400_000;

export interface Issuer {
  readonly certificate: x509.X509Certificate;
  readonly key: webcrypto.CryptoKey;
}

export const generate = () => webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
export const serial = (): string =>
  Buffer.from(webcrypto.getRandomValues(new Uint8Array(16)))
    .toString('hex')
    .replace(/^./, '1');

/** From yesterday on: clocks of other devices may be behind. @param latest no longer than who signs it */
export function validity(days: number, latest?: Date) {
  const end = Date.now() + (days - 1) * DAY_MS;
  return {
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(latest ? Math.min(end, latest.getTime()) : end),
  };
}

/**
 * An authority with this extension vouches for these names, and names below them, and for no other. All kinds of names
 * that a server may have are in it: a kind that is left out would be free.
 */
export function namesOnly(names: readonly string[]): x509.Extension {
  const bases = [...new Set([...names, 'localhost', '127.0.0.1', '::1'])].map(
    (name) => new GeneralName(isIP(name) ? { iPAddress: wholeAddress(name) } : { dNSName: name }),
  );
  const permittedSubtrees = new GeneralSubtrees(bases.map((base) => new GeneralSubtree({ base })));
  return new x509.Extension(
    id_ce_nameConstraints,
    true,
    AsnConvert.serialize(new NameConstraints({ permittedSubtrees })),
  );
}

/** Whether it may vouch for that name; one without the extension may for any. */
export function permits(certificate: x509.X509Certificate, name: string): boolean {
  const found = certificate.getExtension(id_ce_nameConstraints);
  if (!found) return true;
  const wanted = AsnConvert.serialize(new GeneralName({ iPAddress: isIP(name) ? wholeAddress(name) : '0.0.0.0' }));
  return (AsnConvert.parse(found.value, NameConstraints).permittedSubtrees ?? []).some(({ base }) =>
    isIP(name)
      ? base.iPAddress !== undefined && Buffer.from(AsnConvert.serialize(base)).equals(Buffer.from(wanted))
      : base.dNSName !== undefined && (name === base.dNSName || name.endsWith(`.${base.dNSName}`)),
  );
}

export const isConstrained = (certificate: x509.X509Certificate): boolean =>
  certificate.getExtension(id_ce_nameConstraints) !== null;

const wholeAddress = (address: string): string => `${address}/${isIP(address) === 4 ? 32 : 128}`;

/** @returns undefined when one of the files is not there */
export async function readIssuer(certificate: string, key: string): Promise<Issuer | undefined> {
  try {
    const [pem, keyPem] = await Promise.all([readFile(certificate, 'utf8'), readFile(key, 'utf8')]);
    return { certificate: new x509.X509Certificate(pem), key: await importKey(keyPem) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whole or not at all; keys are for their owner alone. */
export async function writePem(path: string, pem: string, mode = 0o644): Promise<void> {
  await writeFile(`${path}.new`, `${pem}\n`, { mode });
  await rename(`${path}.new`, path);
}

export async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

function importKey(pem: string): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey('pkcs8', x509.PemConverter.decode(pem)[0] as ArrayBuffer, ALGORITHM, true, [
    'sign',
  ]);
}
