import type { BriefingState } from '../../protocol/briefing.ts';
import type { Equipment } from '../../protocol/equipment.ts';
import type { AirTime, Call, Seat } from '../../protocol/floor.ts';
import type { Account, UnitPath } from '../../protocol/organisation.ts';
import type { FloorChange, FloorState } from './FloorState.ts';
import type { StageRecord } from './stagesShown.ts';

/** What a decision knows: the floor under lock, the briefing's state, and the store's clock. */
export interface Moment {
  readonly floor: FloorState;
  readonly briefing: BriefingFacts;
  /** The clock of the store that decides deadlines, to the millisecond. */
  readonly now: Date;
  /** Any call of this briefing, also one that is over. */
  readonly call: Call | undefined;
}

export interface BriefingFacts {
  readonly id: string;
  readonly state: BriefingState;
  /** Path of the unit whose subtree sees the stage. */
  readonly stage: string;
  readonly scope: readonly string[];
  /** Accounts of moderators who may produce. */
  readonly producers: readonly string[];
}

/** The record of one act: who did what to whom. */
export interface ActRecord {
  readonly act: string;
  /** null: the system itself (time-out, lost line). */
  readonly account: string | null;
  readonly identity?: string | undefined;
  readonly unit?: string | undefined;
  readonly call?: string | undefined;
}

export interface FloorOutcome {
  readonly floor: FloorState;
  /** Calls that this act began, answered or ended. */
  readonly calls: readonly Call[];
}

/** Truth of the floor. One suite of contract tests runs over every implementation. */
export interface FloorStore {
  /**
   * One act in one transaction: locks the floor, asks `decide`, writes its changes with `seq + 1` and the record. What
   * `decide` throws undoes everything. `decide` is pure and may run again when the store repeats a transaction.
   * @param call loaded as `moment.call`
   * @throws DomainError `not-found` (no such briefing), `store-unavailable`, `conflict`
   */
  change(
    briefing: string,
    record: ActRecord,
    decide: (moment: Moment) => readonly FloorChange[],
    call?: string,
  ): Promise<FloorOutcome>;
  /** The floor as it stands; empty for a briefing on which nobody acted. */
  read(briefing: string): Promise<FloorState>;
  /** FL20: from the record. */
  airTime(briefing: string): Promise<AirTime>;
  /** Briefings that are open or live, with the `seq` of their floor. */
  running(): Promise<readonly (BriefingFacts & { readonly seq: number })[]>;
  /** Calls that still ring though their deadline has passed by the store's own clock. */
  overdue(): Promise<readonly { readonly briefing: string; readonly call: string }[]>;
  /** TR13: the acts that say who was shown what, in their order. */
  stageRecord(briefing: string): Promise<StageRecord | undefined>;
  /** TR12: units whose stages below should have ended by the store's own clock. */
  due(): Promise<readonly { readonly briefing: string; readonly path: UnitPath }[]>;
  /** Calls of a briefing, oldest first: the record. */
  calls(briefing: string): Promise<readonly Call[]>;
  /** SC16: what a unit has missed and not seen, in the last `MISSED_DAYS`, the newest first, at most `MISSED_SHOWN`. */
  missed(unit: string): Promise<readonly Call[]>;
  /** A call of any briefing. */
  call(id: string): Promise<Call | undefined>;
}

/** Devices that are in a briefing, as presence knows them. */
export interface PresentDevices {
  /** At any node, as far as was told. */
  seat(briefing: string, identity: string): Seat | undefined;
  /** Asks the other nodes for one of which none has told. @throws DomainError `store-unavailable` when one is silent */
  seatElsewhere(briefing: string, identity: string): Promise<Seat | undefined>;
  /** PR9: what a device says of its camera and microphone. */
  equip(briefing: string, identity: string, equipment: Equipment): void;
}

/** Where a call may ring. */
export interface RingableDevices extends Pick<PresentDevices, 'seat'> {
  /** Whether it would ring at this node: devices of the unit with an open order channel. */
  ringable(briefing: string, unit: string): boolean;
  /** Whether it would ring at any other node. @throws DomainError `store-unavailable` when one has not said so */
  ringableElsewhere(briefing: string, unit: string): Promise<boolean>;
}

/** Devices at other nodes. */
export interface DevicesElsewhere {
  /**
   * Who of these is there, with media that is up or by the order channel alone. @throws DomainError `store-unavailable`
   * when one of the nodes has not said so
   */
  find(briefing: string, identities: readonly string[]): Promise<ReadonlyMap<string, 'media' | 'channel'>>;
  /** As far as was told. */
  hasMedia(briefing: string, identity: string): boolean;
}

/** The roster, as far as a call needs it. */
export interface CallableUnits {
  find(code: string): { readonly code: string; readonly path: string; readonly name: string } | undefined;
}

/** Units that were chosen by a figure. */
export interface ChosenUnits {
  /**
   * FG29. @throws DomainError `not-found` (no such selection, or not with this unit), `forbidden`, `outside-territory`,
   * `rehearsal` (made in one, and this briefing is none)
   */
  demandReached(account: Account, selection: string, unit: string, briefing: string): Promise<void>;
}

/** The roster, as far as stages need it. */
export interface StageUnits extends CallableUnits {
  /** Units of the next tier that have units below themselves. */
  tierBelow(code: string): readonly { readonly code: string; readonly path: string; readonly name: string }[];
}

export interface BriefingStarter {
  /** scheduled or open -> live; nothing when it is live already. Decides its own rights. */
  goLive(account: Account, briefing: string): Promise<void>;
}

/** Wakes somebody at the deadline of a call. A wake-up may be lost, come early or twice. */
export interface Alarm {
  ringing(call: Call): void;
}

/** Wakes somebody when stages are to end; likewise. */
export interface BackAlarm {
  back(briefing: string, path: UnitPath, inMs: number): void;
}
