/** AT15: PostgreSQL's clock was set, forward (`ms` above 0) or back. */
export interface ClockStep {
  /** 1, 2, 3 … in the installation. */
  readonly nr: number;
  /** By how much, ms. */
  readonly ms: number;
  /** Briefings whose attendance was not sealed yet, and where each stood. */
  readonly briefings: readonly { readonly briefing: string; readonly state: 'open' | 'live' | 'closed' }[];
}

/** PostgreSQL's clock, and what is on record of its steps. */
export interface ClockReading {
  /** How far it is before this process's monotonic clock, ms. */
  readonly offset: number;
  /** Steps after the one that was asked for, in their order. */
  readonly steps: readonly ClockStep[];
}

/** What is known under the lock of the chain when a step is to be recorded. */
export interface StepMoment {
  /** As of `ClockReading`, read again. */
  readonly steps: readonly ClockStep[];
  /** The latest beat of another run of a node, by the clock as it went after the last step on record, ms; null: there is none. */
  readonly heardAt: number | null;
}

export interface ClockStore {
  /** @param after number of a step. @throws DomainError `store-unavailable` */
  read(after: number): Promise<ClockReading>;
  /**
   * Under the lock of the chain `system`: records what `decide` says was found, if it says anything.
   * @param found by which node, and what the clock should have said at the moment when it said something else, ms
   * @returns steps after `after`, with this one. @throws DomainError `store-unavailable`
   */
  record(
    after: number,
    found: { readonly node: string; readonly expected: number },
    decide: (moment: StepMoment) => number | undefined,
  ): Promise<readonly ClockStep[]>;
}
