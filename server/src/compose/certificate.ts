import { access, constants } from 'node:fs/promises';
import { Gauge } from 'prom-client';
import {
  type CertificateFiles,
  howToTrust,
  type LocalCertificate,
  localCertificate,
  machineNames,
  ServedCertificate,
} from '../edge/sharedPort/index.ts';
import { every } from '../lib/every.ts';
import { StartRefusal } from '../lib/StartRefusal.ts';
import { type Condition, FINE, warning } from '../observability/Conditions.ts';
import type { Base } from './Base.ts';
import { tlsFolder } from './places.ts';

const LOOK_EVERY_MS = 60_000;
const DAY_MS = 86_400_000;
const WARN_BEFORE_DAYS = 30;

/** What is served, and what there is to say of it; `served` is absent where nothing speaks TLS here. */
export interface Certificate {
  readonly served: ServedCertificate | undefined;
  readonly conditions: readonly Condition[];
}

/** The operator's files, else those of the machine's own authority, else none is needed. */
export async function composeCertificate(base: Base): Promise<Certificate> {
  const { config, logger, metrics, closer } = base;
  const { TLS_CERT, TLS_KEY } = config;
  if (Boolean(TLS_CERT) !== Boolean(TLS_KEY))
    throw new StartRefusal('TLS_CERT and TLS_KEY belong together: set both or none');
  const given = TLS_CERT && TLS_KEY ? { cert: TLS_CERT, key: TLS_KEY } : undefined;
  if (given) await requireReadable({ TLS_CERT: given.cert, TLS_KEY: given.key });
  if (!given && !config.tls && !config.apiTls) return { served: undefined, conditions: [] };

  let local = given ? undefined : await localFiles(base);
  if (local && config.tls) for (const line of howToTrust(local).split('\n')) logger.info(line);
  const served = await open(given ?? (local as LocalCertificate));
  new Gauge({
    name: 'dh_certificate_ends_timestamp_seconds',
    help: 'When the certificate that is served ends, in seconds of Unix time.',
    registers: [metrics.registry],
    collect() {
      this.set(served.endsAt.getTime() / 1000);
    },
  });
  const look = async (): Promise<void> => {
    if (local) local = await localFiles(base);
    if (await served.look()) logger.info({ endsAt: served.endsAt }, 'another certificate is served from now on');
  };
  const failed = (err: unknown) =>
    logger.warn({ err }, 'the certificate on the disk cannot be served, the one before stays');
  closer.own('certificate', every(LOOK_EVERY_MS, look, failed));
  return { served, conditions: [{ name: 'certificate', look: () => standing(served.endsAt, local, new Date()) }] };
}

/** @param local what the machine's own authority says; undefined: the operator's files are served */
export function standing(endsAt: Date, local: Pick<LocalCertificate, 'next'> | undefined, now: Date) {
  const day = endsAt.toISOString().slice(0, 10);
  const days = (endsAt.getTime() - now.getTime()) / DAY_MS;
  const mend = local ? 'put the next authority on all devices' : 'put a new one into the files of TLS_CERT and TLS_KEY';
  if (days <= 0) return warning(`the certificate ended on ${day}, so browsers refuse the page: ${mend}`);
  const next = local?.next;
  if (next)
    return warning(
      `another authority takes over on ${next.from.toISOString().slice(0, 10)}: put ${next.ca} (SHA-256 ${next.fingerprint}) on all devices before`,
    );
  if (days < WARN_BEFORE_DAYS) return warning(`the certificate ends on ${day}: ${mend}`);
  return FINE;
}

const localFiles = ({ config }: Base): Promise<LocalCertificate> =>
  localCertificate(tlsFolder(config), machineNames([new URL(config.publicUrl).hostname, config.HOST, config.API_HOST]));

async function open(files: CertificateFiles): Promise<ServedCertificate> {
  try {
    return await ServedCertificate.create(files);
  } catch (error) {
    throw new StartRefusal(
      `the certificate in ${files.cert} cannot be served with the key in ${files.key} (${(error as Error).message}): correct TLS_CERT and TLS_KEY`,
      { cause: error },
    );
  }
}

async function requireReadable(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [setting, path] of Object.entries(files))
    try {
      await access(path, constants.R_OK);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new StartRefusal(`${setting}: ${path} cannot be read (${code}): correct it`, { cause: error });
    }
}
