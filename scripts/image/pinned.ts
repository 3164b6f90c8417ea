import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/place.mjs';

const hex = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * A .env as deploy/secrets.sh and deploy/pin.sh write it, with secrets and digests that are worth nothing, each another one. Which variables,
 * and which images, is read from those scripts.
 */
export function pinned(): Record<string, string> {
  const read = (name: string) => readFileSync(join(root, 'deploy', name), 'utf8');
  const secrets = [...read('secrets.sh').matchAll(/^(\w+)=(?:key)?\$\(random/gm)].map(([, name = '']) => [
    name,
    hex(name),
  ]);
  const images = [...read('pin.sh').matchAll(/^pin (\w+) "\$\{1:-\}([^"]+)"/gm)];
  return Object.fromEntries([...secrets, ...images.map(([, name, tag = '']) => [name, `${tag}@sha256:${hex(tag)}`])]);
}
