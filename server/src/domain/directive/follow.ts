import { assertNever } from '../../lib/assertNever.ts';
import type { FollowState } from '../../protocol/directive.ts';

/** Everything that is recorded for one addressee. */
export type FollowActName =
  | 'delivered'
  | 'read'
  | 'acknowledge'
  | 'refuse'
  | 'ask'
  | 'reply'
  | 'start'
  | 'done'
  | 'agree-recall'
  | 'refuse-recall';

/** Where an addressee stands, as far as it follows from the record. Times as the store writes them. */
export interface FollowStatus {
  readonly state: FollowState;
  readonly deliveredAt: string | null;
  readonly readAt: string | null;
  readonly answeredAt: string | null;
  readonly doneAt: string | null;
  readonly name: string | null;
  readonly words: string | null;
  readonly promised: string | null;
  readonly report: string | null;
  readonly question: string | null;
  readonly reply: string | null;
}

/** One act as it is recorded. */
export interface RecordedAct {
  readonly act: FollowActName;
  readonly at: string;
  readonly name: string | null;
  readonly words: string | null;
  readonly promised: string | null;
}

export const untouched: FollowStatus = {
  state: 'sent',
  deliveredAt: null,
  readAt: null,
  answeredAt: null,
  doneAt: null,
  name: null,
  words: null,
  promised: null,
  report: null,
  question: null,
  reply: null,
};

/** What becomes of an act. repeat: it is on record already. */
export type Step =
  | { readonly kind: 'step'; readonly state: FollowState }
  | { readonly kind: 'repeat' }
  | { readonly kind: 'refused'; readonly why: string };

const same = 'same';
type Next = FollowState | typeof same;
type Row = Readonly<Partial<Record<FollowActName, Next>>>;

const unanswered: Row = { acknowledge: 'acknowledged', refuse: 'refused', ask: 'question' };
/** AK10. */
const table: Readonly<Record<FollowState, Row>> = {
  sent: { ...unanswered, delivered: 'delivered', read: 'read' },
  delivered: { ...unanswered, delivered: same, read: 'read' },
  read: { ...unanswered, delivered: same, read: same },
  question: { ...unanswered, delivered: same, read: same, reply: 'read' },
  acknowledged: { delivered: same, read: same, ask: same, reply: same, start: 'in-progress', done: 'done' },
  refused: { delivered: same, read: same, acknowledge: 'acknowledged' },
  'in-progress': { delivered: same, read: same, ask: same, reply: same, start: 'in-progress', done: 'done' },
  done: { delivered: same, read: same, reply: same },
  'recall-asked': {
    delivered: same,
    read: same,
    reply: same,
    'agree-recall': 'recalled',
    'refuse-recall': 'recall-refused',
  },
  recalled: { delivered: same, read: same },
  'recall-refused': { delivered: same, read: same, reply: same, done: 'done' },
};

/** May this be recorded now, and what comes of it? Pure. @param superseded another directive stands in its place */
export function step(now: FollowStatus, act: FollowActName, superseded = false): Step {
  if (act === 'delivered' && now.deliveredAt !== null) return { kind: 'repeat' };
  if (act === 'read' && now.readAt !== null) return { kind: 'repeat' };
  if (superseded && act !== 'delivered' && act !== 'read') return refused('another directive stands in its place');
  const next = table[now.state][act];
  if (next === undefined) return refused(`a directive that is ${now.state} takes no "${act}"`);
  if (act === 'reply' && (now.question === null || now.reply !== null)) return refused('there is no open question');
  if (act === 'refuse-recall' && now.answeredAt === null)
    return refused('what was never acknowledged is not kept back');
  return { kind: 'step', state: next === same ? now.state : next };
}

/** The status after an act that `step` allowed. */
export function after(now: FollowStatus, state: FollowState, act: RecordedAct): FollowStatus {
  const { at, name, words, promised } = act;
  // Who does more with it has got it and read it.
  const seen =
    act.act === 'reply'
      ? {}
      : { deliveredAt: now.deliveredAt ?? at, readAt: act.act === 'delivered' ? now.readAt : (now.readAt ?? at) };
  const then = { ...now, ...seen, state };
  switch (act.act) {
    case 'delivered':
    case 'read':
    case 'agree-recall':
      return then;
    case 'acknowledge':
      return { ...then, answeredAt: at, name, words, promised };
    case 'refuse':
      return { ...then, answeredAt: at, name, words, promised: null };
    case 'ask':
      return { ...then, question: words, reply: null };
    case 'reply':
      return { ...then, reply: words };
    case 'start':
      return { ...then, report: words ?? now.report };
    case 'done':
      return { ...then, doneAt: at, report: words };
    case 'refuse-recall':
      return { ...then, report: words };
    default:
      return assertNever(act.act);
  }
}

/** AK12: what a recall makes of those whom it asks. */
export const recallAsks: readonly FollowState[] = [
  'sent',
  'delivered',
  'read',
  'question',
  'acknowledged',
  'in-progress',
];

export const afterRecall = (now: FollowStatus): FollowStatus =>
  recallAsks.includes(now.state) ? { ...now, state: 'recall-asked' } : now;

const refused = (why: string): Step => ({ kind: 'refused', why });
