import { type DomainError, refuse } from '../../protocol/errors.ts';
import { NO_SUCH_DIRECTIVE } from './access.ts';
import { after, type FollowStatus, step } from './follow.ts';
import type { FollowAsk } from './ports.ts';

type Pair = Pick<FollowAsk, 'directive' | 'unit'>;
/** Of an addressee, in the maps of a group. */
export const addresseeKey = ({ directive, unit }: Pair): string => `${directive} ${unit}`;

/** What is known, under the lock of the chain, when a group of acts is to be recorded. */
export interface FollowsMoment {
  /** The time of everything in the group, as the store writes it. */
  readonly at: string;
  /** What was recorded before, by the keys of the asks. */
  readonly known: ReadonlyMap<string, Pair & { readonly act: string }>;
  /**
   * The addressees that the asks name, by `addresseeKey`. superseded: another directive stands in the place of theirs.
   */
  readonly addressees: ReadonlyMap<string, { readonly status: FollowStatus; readonly superseded: boolean }>;
}

/** What an ask is answered with. */
export type FollowDecision =
  /** The act at `index` of this group, made by it or before it. */
  | { readonly kind: 'new' | 'again'; readonly index: number }
  /** The act of before under the same key. */
  | { readonly kind: 'known' }
  /** AK4: the act of before by which the unit had it, or had opened it. */
  | { readonly kind: 'first'; readonly opened: boolean }
  | { readonly kind: 'refused'; readonly error: DomainError };

export interface FollowsDecided {
  /** In the order of the asks. */
  readonly decisions: readonly FollowDecision[];
  /** What is to be recorded. */
  readonly acts: readonly FollowAsk[];
  /** Where those stand whom the group moves, by `addresseeKey`. */
  readonly moved: ReadonlyMap<string, { readonly status: FollowStatus }>;
}

interface Moved {
  readonly status: FollowStatus;
  /** The first act of this group by which the addressee has it, and by which it has opened it. */
  readonly had: number | undefined;
  readonly opened: number | undefined;
}

/** AK1, AK2, AK4: a group in the order in which it came, each ask after what those before it have done. Pure. */
export function decideFollows(asks: readonly FollowAsk[], moment: FollowsMoment): FollowsDecided {
  const { at, known, addressees } = moment;
  const acts: FollowAsk[] = [];
  const moved = new Map<string, Moved>();
  const byKey = new Map<string, number>();

  const decide = (ask: FollowAsk): FollowDecision => {
    const key = addresseeKey(ask);
    const addressee = addressees.get(key);
    if (!addressee) return refused('not-found', NO_SUCH_DIRECTIVE);
    const before = known.get(ask.key);
    if (before) return isSame(before, ask) ? { kind: 'known' } : refused('conflict', USED);
    const twin = byKey.get(ask.key);
    if (twin !== undefined)
      return isSame(acts[twin] as FollowAsk, ask) ? { kind: 'again', index: twin } : refused('conflict', USED);
    const own = moved.get(key);
    const now = own?.status ?? addressee.status;
    const next = step(now, ask.act, addressee.superseded);
    if (next.kind === 'refused') return refused('conflict', next.why);
    if (next.kind === 'repeat') {
      const index = ask.act === 'read' ? own?.opened : own?.had;
      return index === undefined ? { kind: 'first', opened: ask.act === 'read' } : { kind: 'again', index };
    }
    const index = acts.push(ask) - 1;
    byKey.set(ask.key, index);
    const status = after(now, next.state, { ...ask, at });
    const had = own?.had ?? (now.deliveredAt !== status.deliveredAt ? index : undefined);
    const opened = own?.opened ?? (now.readAt !== status.readAt ? index : undefined);
    moved.set(key, { status, had, opened });
    return { kind: 'new', index };
  };
  return { decisions: asks.map(decide), acts, moved };
}

const USED = 'this key was used for something else';
const refused = (reason: 'conflict' | 'not-found', message: string): FollowDecision => {
  return { kind: 'refused', error: refuse(reason, message) };
};
const isSame = (a: Pair & { readonly act: string }, b: Pair & { readonly act: string }): boolean =>
  a.directive === b.directive && a.unit === b.unit && a.act === b.act;
