import type { Directive, Follow, FollowAct } from '../api/contract.ts';

export interface InboxItem {
  readonly directive: Directive;
  readonly follow: Follow;
}
export type ActName = FollowAct['act'];

/** What an addressee may do now, the first one being what is asked of it; empty when nothing is open. */
export function openActs({ directive, follow }: InboxItem): readonly ActName[] {
  if (follow.state === 'recall-asked') return ['agree-recall', 'refuse-recall'];
  if (directive.state !== 'issued' && follow.state !== 'recall-refused') return [];
  switch (follow.state) {
    case 'sent':
    case 'delivered':
    case 'read':
    case 'question':
      return ['acknowledge', 'ask', 'refuse'];
    case 'acknowledged':
      return ['done', 'start', 'ask'];
    case 'in-progress':
    case 'recall-refused':
      return ['done', 'ask'];
    default:
      return [];
  }
}

/** Whether the unit must answer: it has neither accepted nor refused, or a recall waits for its word. */
export const awaitsAnswer = (item: InboxItem): boolean => {
  const first = openActs(item)[0];
  return first === 'acknowledge' || first === 'agree-recall';
};

/** Whether nobody of the unit has opened it, which the record has as read. (DR40) */
export const isUnopened = ({ follow }: InboxItem): boolean => follow.state === 'sent' || follow.state === 'delivered';

/** What must be answered first, then what is under way by deadline, then the rest, newest first. */
export function inOrder(items: Iterable<InboxItem>): readonly InboxItem[] {
  const rank = (item: InboxItem): number => (awaitsAnswer(item) ? 0 : openActs(item).length > 0 ? 1 : 2);
  const due = ({ directive }: InboxItem): number =>
    directive.deadline ? Date.parse(directive.deadline) : Number.MAX_SAFE_INTEGER;
  const issued = ({ directive }: InboxItem): number => Date.parse(directive.issuedAt);
  return [...items].sort((a, b) => {
    const ranks = rank(a) - rank(b);
    if (ranks !== 0) return ranks;
    return (rank(a) < 2 ? due(a) - due(b) : 0) || issued(b) - issued(a);
  });
}
