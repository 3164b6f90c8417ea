import { createHmac, hkdfSync } from 'node:crypto';
import type { CodeHashes } from './codePorts.ts';

/**
 * HMAC-SHA256 of unit and code. A code is short, so a plain hash of it could be tried in seconds by whoever reads the
 * database; the key follows from the secrets of the cluster, which the database does not hold.
 * @param secrets at least one; the first is used for what is stored
 */
export function codeHashesBy(secrets: readonly string[]): CodeHashes {
  const keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'dieu-hanh device codes', 32)));
  const [first] = keys;
  if (!first) throw new Error('there is no secret of the cluster');
  const hash = (key: Buffer, unit: string, code: string) =>
    createHmac('sha256', key).update(`${unit} ${code}`).digest();
  return {
    of: (unit, code) => hash(first, unit, code),
    all: (unit, code) => keys.map((key) => hash(key, unit, code)),
  };
}
