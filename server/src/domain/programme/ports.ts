import type { AgendaItem, BriefingState } from '../../protocol/briefing.ts';
import type { Content, Layout, Programme, RunningItem } from '../../protocol/programme.ts';

/** What a decision knows: the programme under the chain's lock, and the briefing as it is then. */
export interface ProgrammeMoment {
  readonly programme: Programme;
  readonly briefing: {
    readonly state: BriefingState;
    readonly stage: string;
    /** Accounts of moderators who may produce. */
    readonly producers: readonly string[];
    readonly agenda: readonly AgendaItem[];
  };
  /** Identities on stage and in the green room. */
  readonly onFloor: ReadonlySet<string>;
}

/** The programme after a choice. */
export interface Choice {
  readonly layout: Layout;
  readonly content: Content | null;
}

/** An item of the agenda as it goes on record. */
export type ChosenItem = Omit<RunningItem, 'since'>;

/** What all see beside people from an act of another slice on, in the transaction of that act. */
export interface Placing {
  readonly act: string;
  /** By what is there now; undefined: it stays as it is. */
  readonly decide: (now: Content | null) => Content | null | undefined;
}

/** How far the programme of a briefing has come. */
export interface ProgrammeMark {
  readonly id: string;
  readonly seq: number;
}

/** Truth of the programme. */
export interface ProgrammeStore {
  /**
   * One choice in one transaction: locks the chain of the briefing, asks `decide`, and appends what it says under the
   * next `seq`; nothing when it says null. `decide` is pure and may run again.
   * @returns the programme as it stands afterwards
   * @throws DomainError `not-found` (no such briefing), `store-unavailable`
   */
  change(
    briefing: string,
    record: { readonly act: string; readonly account: string | null },
    decide: (moment: ProgrammeMoment) => Choice | null,
  ): Promise<Programme>;
  /**
   * PN12: likewise, which item of the agenda runs. @param decide undefined: it stays as it is
   * @throws DomainError `not-found`, `store-unavailable`
   */
  changeItem(
    briefing: string,
    record: { readonly act: string; readonly account: string },
    decide: (moment: ProgrammeMoment) => ChosenItem | null | undefined,
  ): Promise<Programme>;
  /** As it stands; `seq` 0 where nobody has chosen. */
  read(briefing: string): Promise<Programme>;
  /** Of briefings that are open or live. */
  running(): Promise<readonly ProgrammeMark[]>;
}
