import type { Clock } from '../../lib/clock.ts';
import type { BackupLedger, BackupOutcome, LastBackups, RunningBackup } from './ports.ts';
import { slotAt } from './slotAt.ts';

/** How long a node holds a claim without a sign of life. */
const HOLD_MS = 60_000;
const HOLD_EVERY_MS = 20_000;
/** A backup that failed is tried again after this, by whichever node comes first. */
const AGAIN_MS = 15 * 60_000;
/** Longer than until the next one. */
const DONE_MS = 48 * 3_600_000;
/** A day, and half of one for a night on which the nodes were down. */
const OLD_MS = 36 * 3_600_000;

interface Needs {
  readonly ledger: BackupLedger;
  readonly clock: Clock;
  readonly node: string;
  /** HH:MM by the clock of the machine. */
  readonly at: string;
  readonly begin: (at: Date) => RunningBackup;
  /** Removes what is more than is kept; called after a backup whose record is in order. */
  readonly prune: () => Promise<void>;
  readonly tell: (outcome: BackupOutcome) => void;
}

/** The backup that one node of an installation makes each day. (AU19, AU20) */
export class BackupSchedule {
  readonly #needs: Needs;
  #running: RunningBackup | undefined;
  #closed = false;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Makes the backup that is due, if no other node has taken it. */
  async look(): Promise<void> {
    const { ledger, clock, node, at } = this.#needs;
    if (this.#running || this.#closed) return;
    const slot = slotAt(clock.now(), at);
    const { saved } = await ledger.last();
    if (saved && saved.at >= slot) return;
    if (!(await ledger.claim(slot, node, HOLD_MS))) return;
    const holding = setInterval(() => void ledger.hold(slot, HOLD_MS).catch(() => undefined), HOLD_EVERY_MS);
    try {
      const outcome = await this.#make();
      if (outcome === undefined) return await ledger.release(slot).catch(() => undefined);
      if (outcome.state === 'saved') await this.#needs.prune();
      await ledger.finish(slot, outcome, outcome.state === 'failed' ? AGAIN_MS : DONE_MS);
      this.#needs.tell(outcome);
    } finally {
      clearInterval(holding);
    }
  }

  /** @returns undefined if this node ends */
  async #make(): Promise<BackupOutcome | undefined> {
    const { clock, node } = this.#needs;
    const at = clock.now();
    try {
      this.#running = this.#needs.begin(at);
      const { file, isInOrder } = await this.#running.done;
      return { at, node, state: isInOrder ? 'saved' : 'broken', text: file };
    } catch (error) {
      return this.#closed
        ? undefined
        : { at, node, state: 'failed', text: error instanceof Error ? error.message : String(error) };
    } finally {
      this.#running = undefined;
    }
  }

  close(): void {
    this.#closed = true;
    this.#running?.stop();
  }
}

/** What there is to say of the last backups; undefined if all is well. (AU20) */
export function backupTrouble({ saved, last }: LastBackups, now: Date): string | undefined {
  if (last?.state === 'failed')
    return `the backup of ${last.at.toISOString()} failed on node ${last.node}: ${last.text}`;
  if (last?.state === 'broken')
    return `the record in the backup ${last.text} is not in order: dh audit verify names what is broken; older backups are kept`;
  if (saved === undefined) return 'nothing has been saved yet';
  if (now.getTime() - saved.at.getTime() > OLD_MS)
    return `the last backup is of ${saved.at.toISOString()}, and none came since`;
  return undefined;
}
