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
import { openAcme } from './acme.ts';
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

/**
 * The operator's files, else those of an ACME server, else those of the machine's own authority, which also serves until
 * the ACME server has given one; else none is needed.
 */
export async function composeCertificate(base: Base): Promise<Certificate> {
  const { config, logger, metrics, closer } = base;
  const { TLS_CERT, TLS_KEY } = config;
  if (Boolean(TLS_CERT) !== Boolean(TLS_KEY))
    throw new StartRefusal('TLS_CERT and TLS_KEY belong together: set both or none');
  const given = TLS_CERT && TLS_KEY ? { cert: TLS_CERT, key: TLS_KEY } : undefined;
  if (given) await requireReadable({ TLS_CERT: given.cert, TLS_KEY: given.key });
  if (!given && !config.tls && !config.apiTls) return { served: undefined, conditions: [] };

  const acme = await openAcme(config);
  let local = given ? undefined : await localFiles(base);
  if (local && config.tls && !acme) for (const line of howToTrust(local).split('\n')) logger.info(line);
  const now = async () => given ?? ((await acme?.isThere()) ? acme?.files : local) ?? (local as LocalCertificate);
  const served = await open(await now());
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
    await acme
      ?.renew()
      .catch((err) => logger.warn({ err }, 'the ACME server gave no certificate, it is asked again later'));
    if (await served.look(await now()))
      logger.info({ endsAt: served.endsAt }, 'another certificate is served from now on');
  };
  const failed = (err: unknown) =>
    logger.warn({ err }, 'the certificate on the disk cannot be served, the one before stays');
  closer.own('certificate', every(LOOK_EVERY_MS, look, failed));
  if (acme) void look().catch(failed);
  const state = async () => {
    if (acme && !(await acme.isThere()))
      return warning('the ACME server has given no certificate yet: the log says why');
    return standing(served.endsAt, acme ? 'acme' : (local ?? 'files'), new Date());
  };
  return { served, conditions: [{ name: 'certificate', look: state }] };
}

/** @param from what the machine's own authority says, or where it is from */
export function standing(endsAt: Date, from: Pick<LocalCertificate, 'next'> | 'files' | 'acme', now: Date) {
  const day = endsAt.toISOString().slice(0, 10);
  const days = (endsAt.getTime() - now.getTime()) / DAY_MS;
  const mend =
    from === 'files'
      ? 'put a new one into the files of TLS_CERT and TLS_KEY'
      : 'the log says why there is no other yet';
  if (days <= 0) return warning(`the certificate ended on ${day}, so browsers refuse the page: ${mend}`);
  const next = typeof from === 'object' ? from.next : undefined;
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
