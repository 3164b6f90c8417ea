import type { Equipment } from '../../protocol/equipment.ts';
import type { Seat } from '../../protocol/floor.ts';
import type { LineQuality, PresenceState } from '../../protocol/presence.ts';
import type { DeviceFact } from './Device.ts';

/** What is kept of a unit in the store. */
export interface SeenUnit {
  readonly unit: string;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  readonly present: boolean;
  readonly joined: boolean;
}

/** What must outlive a restart: who was ever seen. Written in batches. */
export interface PresenceStore {
  /** Units expected in the briefing (frozen when it opened), and those seen so far. */
  load(briefing: string): Promise<{
    readonly expected: readonly { readonly code: string; readonly path: string }[];
    readonly seen: readonly SeenUnit[];
    /** When the board was certainly alive last; null: never. */
    readonly aliveAt: Date | null;
  }>;
  /**
   * PR12: whether a unit is present is what was seen of it last, whichever node writes first. All rows or none.
   * @throws DomainError `store-unavailable`
   */
  save(briefing: string, rows: readonly SeenUnit[], aliveAt: Date): Promise<void>;
}

/** What is known of one unit, expected or not. */
export interface UnitThere {
  readonly presence: PresenceState;
  /** null: never, or it is here. */
  readonly lastSeen: string | null;
  readonly line: LineQuality | null;
  /** PR9 */
  readonly equipment: Equipment | null;
  /** Whether a call would ring. */
  readonly ringable: boolean;
  /** Of its devices that would. */
  readonly seats: readonly Seat[];
}

/** Names of units as the tree has them today. */
export interface UnitNames {
  name(code: string): string | undefined;
}

/** What a node knows of one unit by itself. Times in ms of the database's clock. */
export interface UnitFact {
  readonly unit: string;
  readonly path: string;
  readonly first: number;
  readonly last: number;
  readonly joined: boolean;
  readonly devices: readonly (Readonly<Omit<DeviceFact, 'seat'>> & {
    readonly identity: string;
    readonly seat?: Seat | undefined;
  })[];
}

/** CL40: what changed at a node from one number to another. Who knows less than `from` misses something. */
export interface PresenceNews {
  readonly briefing: string;
  readonly born: number;
  readonly from: number;
  readonly to: number;
  readonly units: readonly UnitFact[];
}

/** CL40: what somebody misses of one node; of all when there is no boot. */
export interface PresenceGap {
  readonly briefing: string;
  readonly boot: string | null;
  readonly from: number;
}
