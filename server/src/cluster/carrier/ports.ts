import type { Sender } from '../bus/envelope.ts';

/** Who carries a briefing, as PostgreSQL has it. */
export interface Tenure {
  readonly briefing: string;
  /** Rises with each change: what is not above what is known is no news. */
  readonly seq: number;
  /** Rises whenever a node begins to carry it. */
  readonly epoch: number;
  /** null: nobody does. */
  readonly carrier: Sender | null;
  /** Who would take over. */
  readonly standby: Sender | null;
}

/** With the beats of both nodes (CL66); how long one has not changed is for the reader to measure. */
export interface Watchable extends Tenure {
  readonly carrierBeat: string;
  readonly standbyBeat: string;
}

/** Whom a decision puts there. A carrier that was none before gets the next epoch from PostgreSQL. */
export type Appointment = Pick<Tenure, 'carrier' | 'standby'>;

/** What holds at the moment of a decision. */
export interface CarrierMoment {
  /** Whether the doors of the briefing are open. */
  readonly running: boolean;
  readonly tenure: Watchable | undefined;
}

export interface CarrierStore {
  /**
   * One at a time for a briefing. @param decide null: all stays as it is @returns what holds then; undefined: nobody has
   * ever carried it @throws DomainError `store-unavailable`, after which it may have been done or not
   */
  change(briefing: string, decide: (moment: CarrierMoment) => Appointment | null): Promise<Tenure | undefined>;
  /** All running briefings that were ever carried. @throws DomainError `store-unavailable` */
  running(): Promise<readonly Watchable[]>;
}
