import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import {
  ALGORITHM,
  DAY_MS,
  exportKey,
  generate,
  type Issuer,
  isConstrained,
  namesOnly,
  permits,
  readIssuer,
  serial,
  validity,
  writePem,
  x509,
} from './x509.ts';

const DAYS = 730;
/** So long before its end the next one is made, for devices to trust it in time; … */
const NEXT_BEFORE_DAYS = 90;
/** … and so long after that it takes over. */
const NEXT_WAITS_DAYS = 88;

/** What the devices trust, and what signs. The key of the first is thrown away when it has signed the second. */
interface Files {
  readonly trusted: string;
  readonly issuing: string;
  readonly key: string;
}

export interface Authority {
  /** Path of the certificate that devices are to trust. */
  readonly trusted: string;
  readonly issuer: Issuer;
  /** It takes over on that day; until then devices have to trust it as well. */
  readonly next: { readonly trusted: string; readonly from: Date } | undefined;
}

const filesOf = (folder: string, which: '' | 'next-'): Files => ({
  trusted: join(folder, `${which}ca.pem`),
  issuing: join(folder, `${which}issuing.pem`),
  key: join(folder, `${which}issuing.key`),
});
/** Of an earlier version: one certificate that can vouch for any site for ten years, and its key. */
const earlierKey = (folder: string): string => join(folder, 'ca.key');

/**
 * The authority of this installation: two years, for its own names alone. Its successor is made three months before its
 * end, or at once where an earlier version has made one for any name.
 * @param must names without which the page cannot be reached: with another one of them, there is a new authority
 * @param names all that this machine has now
 */
export async function openAuthority(
  folder: string,
  must: readonly string[],
  names: readonly string[],
): Promise<Authority> {
  const [current, next] = [filesOf(folder, ''), filesOf(folder, 'next-')];
  let issuer = await read(folder, current);
  let successor = await readIssuer(next.issuing, next.key);
  if (issuer && successor && (over(issuer) || ageOf(successor) >= NEXT_WAITS_DAYS)) {
    await replace(folder, next, current);
    [issuer, successor] = [successor, undefined];
  }
  const fits = (one: Issuer): boolean => must.every((name) => permits(one.certificate, name));
  if (!issuer || over(issuer) || !fits(issuer)) {
    for (const path of Object.values(next)) await rm(path, { force: true });
    issuer = await make(folder, current, names);
    successor = undefined;
  } else if (!isConstrained(issuer.certificate) || daysLeft(issuer) < NEXT_BEFORE_DAYS) {
    if (!successor || !fits(successor)) successor = await make(folder, next, names);
  }
  const from = successor && new Date(successor.certificate.notBefore.getTime() + (NEXT_WAITS_DAYS + 1) * DAY_MS);
  return { trusted: current.trusted, issuer, next: from && { trusted: next.trusted, from } };
}

/** SHA-256, as browsers show it, to compare by eye. */
export const fingerprintOf = async (path: string): Promise<string> =>
  new X509Certificate(await readFile(path)).fingerprint256;

async function read(folder: string, files: Files): Promise<Issuer | undefined> {
  return (await readIssuer(files.issuing, files.key)) ?? (await readIssuer(files.trusted, earlierKey(folder)));
}

async function replace(folder: string, from: Files, to: Files): Promise<void> {
  // The certificate that signs goes last: a stop half-way is done again from the beginning.
  for (const name of ['trusted', 'key', 'issuing'] as const)
    if (existsSync(from[name])) await rename(from[name], to[name]);
  await rm(earlierKey(folder), { force: true });
}

async function make(folder: string, files: Files, names: readonly string[]): Promise<Issuer> {
  const [root, keys] = [await generate(), await generate()];
  const name = `CN=Dieu Hanh ${hostname()} ${new Date().toISOString().slice(0, 10)}`;
  const signing = new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true);
  const common = { ...validity(DAYS), signingAlgorithm: ALGORITHM };
  const trusted = await x509.X509CertificateGenerator.createSelfSigned({
    ...common,
    serialNumber: serial(),
    name,
    keys: root,
    extensions: [
      new x509.BasicConstraintsExtension(true, 1, true),
      signing,
      namesOnly(names),
      await x509.SubjectKeyIdentifierExtension.create(root.publicKey),
    ],
  });
  const certificate = await x509.X509CertificateGenerator.create({
    ...common,
    serialNumber: serial(),
    subject: `${name} issuing`,
    issuer: trusted.subject,
    publicKey: keys.publicKey,
    signingKey: root.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      signing,
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      namesOnly(names),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(trusted),
    ],
  });
  await writePem(files.key, await exportKey(keys.privateKey), 0o600);
  await writePem(files.trusted, trusted.toString('pem'));
  await writePem(files.issuing, certificate.toString('pem'));
  if (files.trusted === filesOf(folder, '').trusted) await rm(earlierKey(folder), { force: true });
  return { certificate, key: keys.privateKey };
}

const daysLeft = ({ certificate }: Issuer): number => (certificate.notAfter.getTime() - Date.now()) / DAY_MS;
const over = (issuer: Issuer): boolean => daysLeft(issuer) <= 0;
/** Its validity begins the day before it was made. */
const ageOf = ({ certificate }: Issuer): number => (Date.now() - certificate.notBefore.getTime()) / DAY_MS - 1;
