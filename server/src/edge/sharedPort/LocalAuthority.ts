import { webcrypto, X509Certificate } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
// The certificate library's dependency injection asks for this first.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;
const CA_DAYS = 3650;
/** Browsers refuse certificates of servers that are valid for longer. */
const SERVER_DAYS = 397;
const RENEW_BEFORE_DAYS = 30;

export interface LocalCertificate {
  /** Paths of PEM files. */
  readonly cert: string;
  readonly key: string;
  /** The authority's certificate, which devices are to trust. */
  readonly ca: string;
  /** SHA-256 of it, as browsers show it, to compare by eye. */
  readonly fingerprint: string;
}

/**
 * A certificate for this machine's names, signed by an authority of our own that lives in `folder`. Both are made once;
 * the server's is made anew when the machine has another name or address, or before it ends. The authority never
 * changes, so devices that trust it go on.
 */
export async function localCertificate(folder: string, names: readonly string[]): Promise<LocalCertificate> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = (name: string) => join(folder, name);
  const paths = { ca: path('ca.pem'), cert: path('server.pem'), key: path('server.key') };
  const authority = await readAuthority(paths.ca, path('ca.key'));
  if (!(await fits(paths.cert, authority.certificate, names))) await issue(authority, names, paths);
  return { ...paths, fingerprint: new X509Certificate(authority.certificate.toString('pem')).fingerprint256 };
}

/**
 * What users may type to reach this machine: its name, its addresses, and what `extra` adds (the public URL's host).
 */
export function machineNames(extra: readonly string[]): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map((a) => a.address));
  const usable = addresses.filter((address) => !address.startsWith('fe80:'));
  return [...new Set([...extra, hostname(), 'localhost', ...usable])].filter(
    (name) => name !== '0.0.0.0' && name !== '::',
  );
}

/** What to do on other devices, in words for whoever installs this. */
export const howToTrust = ({ ca, fingerprint }: LocalCertificate): string =>
  [
    `Browsers give camera and microphone only to pages they trust. Put ${ca} on each device as a trusted authority`,
    '  Windows: double-click, Install Certificate, Local Machine, Trusted Root Certification Authorities',
    '  Debian and Ubuntu: copy to /usr/local/share/ca-certificates/dieu-hanh.crt, then update-ca-certificates',
    '  Firefox: Settings, Privacy & Security, View Certificates, Authorities, Import',
    `  its SHA-256 fingerprint is ${fingerprint}`,
    'or set TLS_CERT and TLS_KEY to a certificate that they trust already.',
  ].join('\n');

interface Authority {
  readonly certificate: x509.X509Certificate;
  readonly key: webcrypto.CryptoKey;
}

async function readAuthority(certPath: string, keyPath: string): Promise<Authority> {
  try {
    const [pem, key] = await Promise.all([readFile(certPath, 'utf8'), readFile(keyPath, 'utf8')]);
    return { certificate: new x509.X509Certificate(pem), key: await importKey(key) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const keys = await generate();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: `CN=Dieu Hanh ${hostname()}`,
    ...validity(CA_DAYS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  await writeFile(keyPath, await exportKey(keys.privateKey), { mode: 0o600 });
  await writeFile(certPath, `${certificate.toString('pem')}\n`);
  return { certificate, key: keys.privateKey };
}

async function fits(path: string, ca: x509.X509Certificate, names: readonly string[]): Promise<boolean> {
  try {
    const certificate = new X509Certificate(await readFile(path));
    const daysLeft = (Date.parse(certificate.validTo) - Date.now()) / DAY_MS;
    const known = (name: string) =>
      certificate.checkHost(name) !== undefined || certificate.checkIP(name) !== undefined;
    return (
      daysLeft > RENEW_BEFORE_DAYS &&
      names.every(known) &&
      certificate.checkIssued(new X509Certificate(ca.toString('pem')))
    );
  } catch {
    return false; // none there yet, or not one of ours
  }
}

async function issue(
  authority: Authority,
  names: readonly string[],
  paths: { cert: string; key: string },
): Promise<void> {
  const keys = await generate();
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: `CN=${names[0]}`,
    issuer: authority.certificate.subject,
    ...validity(SERVER_DAYS),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: authority.key,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isAddress(value) ? 'ip' : 'dns', value })),
      ),
      await x509.AuthorityKeyIdentifierExtension.create(authority.certificate),
    ],
  });
  await writeFile(paths.key, await exportKey(keys.privateKey), { mode: 0o600 });
  await writeFile(paths.cert, `${certificate.toString('pem')}\n${authority.certificate.toString('pem')}\n`);
}

const isAddress = (name: string): boolean => /^[\d.]+$/.test(name) || name.includes(':');
const generate = () => webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
const serial = (): string =>
  Buffer.from(webcrypto.getRandomValues(new Uint8Array(16)))
    .toString('hex')
    .replace(/^./, '1');
/** From yesterday on: clocks of other devices may be behind. */
const validity = (days: number) => ({
  notBefore: new Date(Date.now() - DAY_MS),
  notAfter: new Date(Date.now() + (days - 1) * DAY_MS),
});

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}
function importKey(pem: string): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey('pkcs8', x509.PemConverter.decode(pem)[0] as ArrayBuffer, ALGORITHM, true, [
    'sign',
  ]);
}
