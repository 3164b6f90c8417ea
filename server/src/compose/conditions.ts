import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { every } from '../lib/every.ts';
import { SOCKET_BUFFER } from '../media/sfu/index.ts';
import { type Condition, Conditions, FINE, unknown, warning } from '../observability/Conditions.ts';
import { clockKept } from '../observability/conditions/clock.ts';
import { freeDisk, openFiles, socketBuffers } from '../observability/conditions/limits.ts';
import type { DatabaseClock } from '../store/postgres/base/DatabaseClock.ts';
import { losses } from '../store/postgres/base/durability.ts';
import { migrationNames } from '../store/postgres/base/migrationFiles.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { powersOverRecord } from '../store/postgres/base/serverRights.ts';
import { CatalogWatch } from '../store/postgres/record/catalog/CatalogWatch.ts';
import type { Base } from './Base.ts';

const LOOK_EVERY_MS = 300_000;
/** AU31 */
const CATALOG_EVERY_MS = 60_000;
const CATALOG = 'record-catalog';

interface Needs {
  readonly postgres: Postgres;
  readonly clock: DatabaseClock;
  readonly conditions: readonly Condition[];
}

/** What this node stands on, looked at before anybody is let in, and then again and again. */
export async function composeConditions({ config, logger, metrics, health, closer }: Base, needs: Needs) {
  const watch = new CatalogWatch(needs.postgres, (await migrationNames()).at(-1) ?? '');
  const all: readonly Condition[] = [
    { name: 'open-files', look: async () => openFiles(await readFile('/proc/self/limits', 'utf8')) },
    { name: 'socket-buffers', look: () => socketBuffers({ rmem_max: SOCKET_BUFFER, wmem_max: SOCKET_BUFFER }) },
    { name: 'disk', look: async () => freeDisk(await dataPlace(config.DATA_DIR)) },
    { name: 'clock', look: () => clockKept(needs.clock.now().getTime() - Date.now()) },
    { name: 'durability', look: () => durability(needs.postgres) },
    { name: 'record-rights', look: () => recordRights(needs.postgres) },
    { name: CATALOG, look: () => recordCatalog(watch) },
    ...needs.conditions,
  ];
  const conditions = new Conditions(all, logger, metrics.registry);
  health.describe(() => conditions.said);
  await conditions.look();
  const failed = (err: unknown) => logger.warn({ err }, 'looking at the conditions failed');
  closer.own(
    'conditions',
    every(LOOK_EVERY_MS, () => conditions.look(), failed),
  );
  closer.own(
    'what stands around the record',
    every(CATALOG_EVERY_MS, () => conditions.look(CATALOG), failed),
  );
  return { look: () => conditions.look().catch(failed) };
}

/** The stores may lie on another disk than the folder that names them. */
const dataPlace = (folder: string): Promise<string> => realpath(join(folder, 'stores')).catch(() => folder);

/** It may be set otherwise while this runs; a start with it is refused. */
async function durability(postgres: Postgres) {
  const found = await losses(postgres);
  return found.length === 0
    ? FINE
    : warning(`PostgreSQL may lose answers that were acknowledged: ${found.join(', ')}; switch that back at once`);
}

/** AU14: this role, if it is the only one. */
async function recordRights(postgres: Postgres) {
  const powers = await powersOverRecord(postgres);
  return powers.length === 0
    ? FINE
    : warning(
        `the role of this server could change what is on record (${powers.join('; ')}): give it one of its own in DATABASE_URL, and the owner's in DATABASE_OWNER_URL`,
      );
}

/** AU31: whatever decides what is read from the record, and what may be done with it, is as it was sealed. */
async function recordCatalog(watch: CatalogWatch) {
  const found = await watch.look();
  if (found.state === 'same') return FINE;
  if (found.state === 'unknown') return unknown(found.why);
  return warning(
    `the database was changed around the record, so pages may show what is not on record: ${found.words.join('; ')}; see npm run dh -- audit verify`,
  );
}
