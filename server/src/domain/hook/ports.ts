import type { Hook, HookEvent, HookFailures, HookFault, MakeHook } from '../../protocol/hook.ts';
import type { UnitPath } from '../../protocol/organisation.ts';
import type { Actor } from '../shared/actor.ts';

/** A hook as acts are matched with it. */
export interface HookReader {
  readonly id: string;
  readonly path: UnitPath;
  readonly events: readonly HookEvent[];
  readonly madeAt: Date;
  /** undefined: disabled, or its unit has ended. */
  readonly maker: Actor | undefined;
}

interface DirectiveFact {
  readonly event: string;
  readonly at: string;
  readonly directive: string;
  readonly number: number;
  readonly year: number;
  readonly title: string;
  readonly issuer: string;
  readonly issuerPath: UnitPath;
  readonly deadline: string | null;
}

/** WH3: an act, or a deadline, as the record has it. */
export type HookFact =
  | (DirectiveFact & { readonly kind: 'directive.given' })
  | (DirectiveFact & {
      readonly kind: 'directive.acknowledged';
      readonly unit: string;
      readonly path: UnitPath;
      readonly promised: string | null;
    })
  | (DirectiveFact & { readonly kind: 'directive.overdue' })
  | {
      readonly kind: 'round.closed';
      readonly event: string;
      readonly at: string;
      readonly round: string;
      readonly briefing: string;
      readonly nr: number;
      readonly question: string;
      readonly scope: readonly UnitPath[];
    }
  | PeriodFact;

/** WH15: a period of a figure became complete in the territory of a hook. */
export interface PeriodFact {
  readonly kind: 'figure.complete';
  readonly event: string;
  readonly at: string;
  readonly indicator: string;
  /** Its start. */
  readonly period: string;
  readonly path: UnitPath;
  readonly because: 'covered' | 'due';
  readonly said: number;
  readonly expected: number;
  readonly n: number;
  readonly simulated: boolean;
  readonly seenBy: number | undefined;
}

/** What is told of a fact to one hook. */
export interface HookMessage {
  readonly hook: string;
  readonly event: string;
  readonly kind: HookEvent;
  readonly body: string;
  readonly at: string;
}

/** Decides what of a fact is told to a hook. @param within units of its territory that the fact is about */
export type TellHook = (hook: HookReader, fact: HookFact, within: number) => HookMessage | undefined;

export interface HookGatherer {
  /**
   * Reads on in the record and queues what is to be told, in one transaction; of nodes that do so at once one does.
   * @param mayStay whether the maker of a hook may still have it; else it is stopped
   * @returns whether there is more
   */
  gather(tell: TellHook, mayStay: (hook: HookReader) => boolean): Promise<boolean>;
}

/** An attempt that is due. */
export interface DueDelivery {
  readonly hook: string;
  readonly url: string;
  readonly secrets: readonly string[];
  readonly event: string;
  readonly body: string;
  readonly attempts: number;
  readonly failures: number;
}

export type HookOutcome =
  | { readonly is: 'delivered' }
  | {
      readonly is: 'failed';
      readonly fault: HookFault;
      readonly status: number | undefined;
      readonly retryAfter: number | undefined;
    };

export interface HookQueue {
  /** Takes hooks for which something is due, and that no living node has; for so many seconds. */
  claim(boot: string, seconds: number): Promise<readonly string[]>;
  /** The next of a hook, and the lease anew; undefined: nothing is due, or it is another's now. */
  next(hook: string, boot: string, seconds: number): Promise<DueDelivery | undefined>;
  delivered(due: DueDelivery): Promise<void>;
  /** @param again seconds; undefined: it is given up. @param rest seconds for which the receiver is left alone */
  failed(due: DueDelivery, fault: string, again: number | undefined, rest: number): Promise<void>;
  stop(hook: string, why: 'gone' | 'maker'): Promise<void>;
  release(hook: string, boot: string): Promise<void>;
  forget(): Promise<void>;
}

export interface StoredHook extends Omit<Hook, 'territory'> {
  readonly territory: string;
  readonly path: UnitPath;
}

export interface HookStore {
  /** @param decide told how many there are; it may refuse */
  make(
    hook: MakeHook & { id: string; path: UnitPath; secret: string; madeBy: string },
    decide: (hooks: number) => void,
  ): Promise<void>;
  list(): Promise<readonly StoredHook[]>;
  find(id: string): Promise<StoredHook | undefined>;
  setState(id: string, state: 'active' | 'paused'): Promise<void>;
  rotate(id: string, secret: string): Promise<void>;
  remove(id: string): Promise<void>;
  enqueue(message: Omit<HookMessage, 'kind'> & { kind: string }): Promise<void>;
  failures(id: string): Promise<HookFailures>;
  again(id: string, event: string): Promise<boolean>;
}
