import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '../config.ts';
import { StartRefusal } from '../lib/StartRefusal.ts';

const LEAST_CHARACTERS = 32;

/**
 * CL3: what nodes of this cluster have in common, the one that signs first. From the environment, else from the file that
 * it names, else from one that the first start makes.
 * @throws StartRefusal that names where the secret is to be set right
 */
export async function clusterSecrets(
  config: Pick<Config, 'DATA_DIR' | 'CLUSTER_SECRET' | 'CLUSTER_SECRET_FILE'>,
): Promise<readonly string[]> {
  const { DATA_DIR, CLUSTER_SECRET, CLUSTER_SECRET_FILE } = config;
  if (CLUSTER_SECRET !== undefined) return secretsIn(CLUSTER_SECRET, 'CLUSTER_SECRET');
  const path = CLUSTER_SECRET_FILE ?? join(DATA_DIR, 'cluster-secret');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    // Made here, it would be another one than that of the other nodes.
    if (CLUSTER_SECRET_FILE) throw new StartRefusal(`CLUSTER_SECRET_FILE: there is no ${path}`, { cause: error });
    return undefined;
  });
  return text === undefined ? [await make(path)] : secretsIn(text, path);
}

function secretsIn(text: string, place: string): readonly string[] {
  const secrets = text.split(/\s+/).filter(Boolean);
  if (secrets.length < 1 || secrets.length > 2 || secrets.some((secret) => secret.length < LEAST_CHARACTERS))
    throw new StartRefusal(
      `${place} must hold one secret of at least ${LEAST_CHARACTERS} characters without spaces, or two while it is being changed: the one that signs, and one that is still accepted`,
    );
  return secrets;
}

/** Whole or not at all. */
async function make(path: string): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, `${secret}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
  return secret;
}
