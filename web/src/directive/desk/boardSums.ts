import type { DirectiveCount, FollowState } from '../../api/contract.ts';

/** What officials want to tell apart at a glance; each addressee is in exactly one. */
export const standings = ['done', 'accepted', 'question', 'refused', 'recalled', 'waiting'] as const;
export type Standing = (typeof standings)[number];

const standingOf: Readonly<Record<FollowState, Standing>> = {
  sent: 'waiting',
  delivered: 'waiting',
  read: 'waiting',
  question: 'question',
  acknowledged: 'accepted',
  'in-progress': 'accepted',
  'recall-refused': 'accepted',
  refused: 'refused',
  done: 'done',
  'recall-asked': 'recalled',
  recalled: 'recalled',
};

export type Standings = Readonly<Record<Standing, number>>;

/** How many addressees stand where. */
export function standingsOf({ states }: Pick<DirectiveCount, 'states'>): Standings {
  const sums = { done: 0, accepted: 0, question: 0, refused: 0, recalled: 0, waiting: 0 };
  for (const [state, count] of Object.entries(states)) sums[standingOf[state as FollowState]] += count ?? 0;
  return sums;
}

/** Units that gave an answer: accepted it, are done with it, or said why not. */
export const answeredOf = ({ done, accepted, refused }: Standings): number => done + accepted + refused;

/** Units that a recall would ask: neither done nor refused. */
export const recallable = ({ waiting, question, accepted }: Standings): number => waiting + question + accepted;

/** Those that need somebody first: overdue, asking, refusing; then who has answered least; then by code. */
export function byNeed(a: DirectiveCount, b: DirectiveCount): number {
  const need = (count: DirectiveCount): number => {
    const { question, refused } = standingsOf(count);
    return count.overdue + question + refused;
  };
  const missing = (count: DirectiveCount): number => count.addressees - answeredOf(standingsOf(count));
  return need(b) - need(a) || missing(b) - missing(a) || (a.unit < b.unit ? -1 : 1);
}
