import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { AcmeCertificate } from '../edge/acme/AcmeCertificate.ts';
import { challengeDoor } from '../edge/acme/answerChallenges.ts';
import { isLoopback } from '../lib/isLoopback.ts';
import { StartRefusal } from '../lib/StartRefusal.ts';
import { tlsFolder } from './places.ts';

/** The certificate of an ACME server, where one is named. @throws StartRefusal where it could be of no use */
export async function openAcme(config: Config): Promise<AcmeCertificate | undefined> {
  const { ACME_DIRECTORY: directory, ACME_CONTACT: contact, ACME_CA, ACME_HTTP_PORT: port, HOST: host } = config;
  if (directory === undefined) return undefined;
  if (config.TLS_CERT)
    throw new StartRefusal('ACME_DIRECTORY and TLS_CERT are two ways to a certificate: set one of them');
  if (!config.tls)
    throw new StartRefusal('ACME_DIRECTORY is of use where this server speaks TLS itself: unset it, or TRUST_PROXY');
  const name = new URL(config.publicUrl).hostname;
  if (isIP(name.replace(/^\[|\]$/g, '')) || isLoopback(name) || !name.includes('.'))
    throw new StartRefusal(`ACME_DIRECTORY gives certificates for names, and ${name} is none: set PUBLIC_URL to one`);
  const ca = ACME_CA === undefined ? undefined : await readCa(ACME_CA);
  const folder = join(tlsFolder(config), 'acme');
  return new AcmeCertificate({ folder, directory, ca, contact, name, answering: challengeDoor({ host, port }) });
}

async function readCa(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartRefusal(`ACME_CA: ${path} cannot be read (${code}): correct it`, { cause: error });
  }
}
