import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { recipientsIn } from '../config.ts';
import { BackupSchedule, backupTrouble } from '../domain/backup/BackupSchedule.ts';
import type { BackupLedger, BackupOutcome } from '../domain/backup/ports.ts';
import type { Clock } from '../lib/clock.ts';
import { StartRefusal } from '../lib/StartRefusal.ts';
import { type Condition, FINE, warning } from '../observability/Conditions.ts';
import { noteBackup } from '../observability/lastBackup.ts';
import { BackupProcess } from '../store/postgres/backup/BackupProcess.ts';
import { encryptedTo } from '../store/postgres/backup/encryption.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

const LOOK_EVERY_MS = 60_000;
/** Backups that the server made, and what one that was interrupted left. */
const OURS = /^dieu-hanh-\d{8}T\d{6}Z\.backup(\.age)?(\.part)?$/;

interface Needs {
  readonly databaseUrl: string;
  readonly backups: BackupLedger;
  readonly clock: Clock;
}

/** AU19, AU20: a backup each day, where a folder for it is named. */
export async function composeBackup({ config, logger }: Base, { databaseUrl, backups, clock }: Needs) {
  const { BACKUP_DIR: folder, BACKUP_AT: at, BACKUP_KEEP: keep, NODE_ID: node } = config;
  const conditions: Condition[] = [];
  const none: { part: Part; conditions: readonly Condition[] } = { part: { name: 'backup' }, conditions };
  if (folder === undefined) return none;
  const recipients = recipientsIn(config.BACKUP_RECIPIENTS);
  await requirePossible(folder, recipients);
  const tell = ({ state, text }: BackupOutcome) => {
    if (state === 'failed') logger.error({ why: text }, 'the backup failed; it is tried again in a quarter of an hour');
    else if (state === 'broken')
      logger.error({ file: text }, 'a backup was made, and the record in it is not in order');
    else logger.info({ file: text }, 'a backup was made');
  };
  const schedule = new BackupSchedule({
    ledger: backups,
    clock,
    node,
    at,
    begin: (now) => BackupProcess.create({ databaseUrl, file: join(folder, nameOf(now, recipients)), recipients }),
    prune: () => prune(folder, keep),
    tell: (outcome) => {
      tell(outcome);
      if (outcome.state !== 'failed') void noteBackup(config, outcome.at);
    },
  });
  conditions.push({
    name: 'backup',
    look: async () => {
      const trouble = backupTrouble(await backups.last(), clock.now());
      return trouble === undefined ? FINE : warning(trouble);
    },
  });
  const part = {
    name: 'backup',
    sweeps: [{ name: 'backup', everyMs: LOOK_EVERY_MS, run: () => schedule.look() }],
    close: () => schedule.close(),
  } satisfies Part;
  return { part, conditions };
}

function nameOf(at: Date, recipients: readonly string[]): string {
  const moment = at.toISOString().replace(/[-:]|\.\d+/g, '');
  return `dieu-hanh-${moment}.backup${recipients.length > 0 ? '.age' : ''}`;
}

/** @throws StartRefusal */
async function requirePossible(folder: string, recipients: readonly string[]): Promise<void> {
  try {
    encryptedTo(recipients);
  } catch (error) {
    throw new StartRefusal(`BACKUP_RECIPIENTS: ${(error as Error).message}`, { cause: error });
  }
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StartRefusal(`BACKUP_DIR: ${folder} cannot be made (${(error as NodeJS.ErrnoException).code})`, {
      cause: error,
    });
  }
}

/** Their names are in the order of their moments. Only one is being made at a time, so what is incomplete was left. */
async function prune(folder: string, keep: number): Promise<void> {
  const ours = (await readdir(folder)).filter((name) => OURS.test(name)).sort();
  const whole = ours.filter((name) => !name.endsWith('.part'));
  const surplus = [...whole.slice(0, -keep), ...ours.filter((name) => name.endsWith('.part'))];
  for (const name of surplus) await rm(join(folder, name), { force: true });
}
