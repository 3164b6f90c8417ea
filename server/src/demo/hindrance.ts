import { fstatSync } from 'node:fs';
import type { Config } from '../config.ts';
import { isLoopback } from '../lib/isLoopback.ts';

type Settings = Pick<
  Config,
  | 'HOST'
  | 'API_HOST'
  | 'PUBLIC_URL'
  | 'tls'
  | 'TRUST_PROXY'
  | 'DATABASE_URL'
  | 'REDIS_URL'
  | 'NODE_ENV'
  | 'JOURNAL_STREAM'
>;

/**
 * DE1: why nothing that is served with these settings can be a demo; undefined where it can. Half a sentence.
 * @param outputs what this process writes to, `device:inode` as systemd has it in JOURNAL_STREAM
 */
export function demoHindrance(settings: Settings, outputs: readonly string[] = ownOutputs()): string | undefined {
  const { HOST, API_HOST, PUBLIC_URL, tls, TRUST_PROXY, DATABASE_URL, REDIS_URL, NODE_ENV, JOURNAL_STREAM } = settings;
  if (NODE_ENV === 'production') return 'NODE_ENV is production';
  if (JOURNAL_STREAM && outputs.includes(JOURNAL_STREAM)) return 'its output goes into the journal';
  if (!isLoopback(HOST)) return `HOST is ${HOST}, not loopback`;
  if (!isLoopback(API_HOST)) return `API_HOST is ${API_HOST}, not loopback`;
  if (PUBLIC_URL && !isLoopback(new URL(PUBLIC_URL).hostname)) return `PUBLIC_URL is ${PUBLIC_URL}, not loopback`;
  if (tls) return 'TLS_CERT is set';
  if (TRUST_PROXY) return 'TRUST_PROXY is set';
  if (DATABASE_URL) return 'DATABASE_URL is set';
  if (REDIS_URL) return 'REDIS_URL is set';
  return undefined;
}

function ownOutputs(): string[] {
  return [1, 2].flatMap((fd) => {
    try {
      const { dev, ino } = fstatSync(fd);
      return [`${dev}:${ino}`];
    } catch {
      return []; // closed: nobody reads there
    }
  });
}
