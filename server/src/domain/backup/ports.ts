/** What the nodes of an installation share about backups that the server makes. */
export interface BackupLedger {
  /** Takes the backup of that day for one node until `holdMs` are over. @returns false if another node has it, or it was made */
  claim(slot: Date, node: string, holdMs: number): Promise<boolean>;
  /** Goes on holding it. */
  hold(slot: Date, holdMs: number): Promise<void>;
  /** Writes down how it ended; the backup of that day can be claimed again after `untilMs`. */
  finish(slot: Date, outcome: BackupOutcome, untilMs: number): Promise<void>;
  /** Gives it up without an outcome. */
  release(slot: Date): Promise<void>;
  last(): Promise<LastBackups>;
}

export interface BackupOutcome {
  readonly at: Date;
  readonly node: string;
  /** `broken`: saved, but its record is not in order. */
  readonly state: 'saved' | 'broken' | 'failed';
  /** Name of the file, or why there is none. */
  readonly text: string;
}

/** Of all nodes; absent is what never was. */
export interface LastBackups {
  /** The last that was saved with a record in order. */
  readonly saved?: BackupOutcome | undefined;
  readonly last?: BackupOutcome | undefined;
}

/** One backup in another process. */
export interface RunningBackup {
  /** @returns name of the file, and whether the record in it is in order. @throws Error that says why nothing was saved */
  readonly done: Promise<{ readonly file: string; readonly isInOrder: boolean }>;
  /** Ends it; `done` rejects. */
  stop(): void;
}
