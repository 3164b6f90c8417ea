import type { Equipment } from '../../protocol/equipment.ts';
import type { Seat } from '../../protocol/floor.ts';
import type { LineQuality, PresenceState } from '../../protocol/presence.ts';
import type { SeenUnit } from './PresenceBoard.ts';

/** What must outlive a restart: who was ever seen. Written in batches. */
export interface PresenceStore {
  /** Units expected in the briefing (frozen when it opened), and those seen so far. */
  load(briefing: string): Promise<{
    readonly expected: readonly { readonly code: string; readonly path: string }[];
    readonly seen: readonly SeenUnit[];
    /** When the board was certainly alive last; null: never. */
    readonly aliveAt: Date | null;
  }>;
  /** Replaces the rows of these units, all or none. @throws DomainError `store-unavailable` */
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
