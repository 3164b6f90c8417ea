import { join } from 'node:path';
import type { Config } from '../config.ts';

/** NJ1: what to type on another machine, and how it comes by the secret; nothing where no other node may be. */
export function joinLine({
  ALLOW_SECOND_NODE,
  JOIN_URL,
  SHARE_STORES,
  DATABASE_URL,
  ...config
}: Config): string | undefined {
  if (!ALLOW_SECOND_NODE || JOIN_URL !== undefined || (SHARE_STORES ?? DATABASE_URL) === undefined) return undefined;
  const named = config.CLUSTER_SECRET_FILE ?? join(config.DATA_DIR, 'cluster-secret');
  // RG7: handed over by the supervisor, it has no name of its own here.
  const file = named.startsWith('/proc/self/fd/') ? 'the file that CLUSTER_SECRET_FILE names' : named;
  const bring =
    config.CLUSTER_SECRET === undefined
      ? `bring ${file} over first, for its owner alone (scp -p, then chmod 600), and not by a command line`
      : 'bring the secret in CLUSTER_SECRET over first, in a file for its owner alone';
  return `another machine works beside this one by the line below; ${bring}:
  CLUSTER_SECRET_FILE=cluster-secret HOST=ITS_ADDRESS npm start -- --join ${config.publicUrl}`;
}
