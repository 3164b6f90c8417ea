import { X509Certificate } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { fingerprintOf, openAuthority } from './Authority.ts';
import {
  ALGORITHM,
  DAY_MS,
  exportKey,
  generate,
  type Issuer,
  permits,
  serial,
  validity,
  writePem,
  x509,
} from './x509.ts';

/** Browsers refuse certificates of servers that are valid for longer. */
const SERVER_DAYS = 397;
const RENEW_BEFORE_DAYS = 30;

interface Trusted {
  /** Path of the authority's certificate, which devices are to trust. */
  readonly ca: string;
  /** SHA-256 of it, as browsers show it, to compare by eye. */
  readonly fingerprint: string;
}

export interface LocalCertificate extends Trusted {
  /** Paths of PEM files. */
  readonly cert: string;
  readonly key: string;
  /** The authority that takes over on that day, so that devices trust it in time; absent while there is none. */
  readonly next?: Trusted & { readonly from: Date };
}

/** Names of this machine: `must` be reached by, and all that there are. */
export interface MachineNames {
  readonly must: readonly string[];
  readonly all: readonly string[];
}

/**
 * A certificate for this machine's names, signed by an authority of our own that lives in `folder` and can vouch for
 * those names alone. It is made anew when the machine has another name or address that the authority may vouch for, and
 * before it ends.
 */
export async function localCertificate(folder: string, { must, all }: MachineNames): Promise<LocalCertificate> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const paths = { cert: join(folder, 'server.pem'), key: join(folder, 'server.key') };
  const { trusted: ca, issuer, next } = await openAuthority(folder, must, all);
  // An address that came later has to wait for the next authority.
  const names = all.filter((name) => permits(issuer.certificate, name));
  if (!(await fits(paths.cert, issuer.certificate, names))) await issue(issuer, names, paths);
  const upcoming = next && { ca: next.trusted, fingerprint: await fingerprintOf(next.trusted), from: next.from };
  return { ...paths, ca, fingerprint: await fingerprintOf(ca), ...(upcoming && { next: upcoming }) };
}

/**
 * What users may type to reach this machine: its name, its addresses, and what it must be reached by (the public URL's
 * host).
 */
export function machineNames(must: readonly string[]): MachineNames {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map((a) => a.address));
  const usable = addresses.filter((address) => !address.startsWith('fe80:'));
  const real = (names: readonly string[]) => [
    ...new Set(names.map((name) => name.replace(/^\[|\]$/g, '')).filter((name) => name !== '0.0.0.0' && name !== '::')),
  ];
  return { must: real(must), all: real([...must, hostname(), 'localhost', ...usable]) };
}

/** What to do on other devices, in words for whoever installs this. */
export const howToTrust = ({ ca, fingerprint }: Trusted): string =>
  [
    `Browsers give camera and microphone only to pages they trust. Put ${ca} on each device as a trusted authority`,
    '  Windows: double-click, Install Certificate, Local Machine, Trusted Root Certification Authorities',
    '  Debian and Ubuntu: copy to /usr/local/share/ca-certificates/dieu-hanh.crt, then update-ca-certificates',
    '  Firefox: Settings, Privacy & Security, View Certificates, Authorities, Import',
    `  its SHA-256 fingerprint is ${fingerprint}; it vouches for this installation alone`,
    'or set TLS_CERT and TLS_KEY to a certificate that they trust already.',
  ].join('\n');

async function fits(path: string, issuer: x509.X509Certificate, names: readonly string[]): Promise<boolean> {
  try {
    const certificate = new X509Certificate(await readFile(path));
    const daysLeft = (Date.parse(certificate.validTo) - Date.now()) / DAY_MS;
    // One that ends with its authority can't be made to last longer.
    const last = Math.abs(Date.parse(certificate.validTo) - issuer.notAfter.getTime()) < DAY_MS;
    const known = (name: string) =>
      certificate.checkHost(name) !== undefined || certificate.checkIP(name) !== undefined;
    return (
      (daysLeft > RENEW_BEFORE_DAYS || (last && daysLeft > 0)) &&
      names.every(known) &&
      certificate.checkIssued(new X509Certificate(issuer.toString('pem')))
    );
  } catch {
    return false; // none there yet, or not one of ours
  }
}

async function issue(issuer: Issuer, names: readonly string[], paths: { cert: string; key: string }): Promise<void> {
  const keys = await generate();
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    // No name: OpenSSL takes an address here for a name, for which the authority may not vouch.
    subject: 'CN=Dieu Hanh server',
    issuer: issuer.certificate.subject,
    ...validity(SERVER_DAYS, issuer.certificate.notAfter),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: issuer.key,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value }))),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.certificate),
    ],
  });
  await writePem(paths.key, await exportKey(keys.privateKey), 0o600);
  await writePem(paths.cert, `${certificate.toString('pem')}\n${issuer.certificate.toString('pem')}`);
}
