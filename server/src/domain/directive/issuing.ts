import { isRehearsal } from '../../protocol/briefing.ts';
import type { Attachment } from '../../protocol/directive.ts';
import { type DomainError, refuse } from '../../protocol/errors.ts';
import { attachmentName } from './attachmentName.ts';
import type { Draft } from './ports.ts';

/** What is known when a directive is to be issued: that its key was used before, or all of this, under the locks. */
export type IssueMoment = KeyUsed | Unissued;

interface KeyUsed {
  readonly first: { readonly id: string; readonly account: string };
}

interface Unissued {
  readonly first: undefined;
  readonly now: Date;
  /** The briefing in which it is given; null: none. */
  readonly briefing: { readonly state: string; readonly liveAt: Date | null } | null;
  /** Attachments that it names, as far as they are kept, by `sha256`. */
  readonly files: ReadonlyMap<string, { readonly type: string; readonly size: number }>;
  /** The directive that it supersedes was recalled or superseded already. */
  readonly olderEnded: boolean;
}

export type Issuing =
  /** The directive of this key stands already. */
  | { readonly kind: 'stands'; readonly id: string }
  | {
      readonly kind: 'issue';
      readonly attachments: readonly Attachment[];
      /** Whole seconds since the briefing went live; null: in none. */
      readonly second: number | null;
    };

/**
 * DR3, DR4, DR5, DR19, DR23: what becomes of a draft. Pure.
 * @throws DomainError `rehearsal`, `conflict`, `briefing-closed`, `not-live`, `bad-request`
 */
export function decideIssue(draft: Draft, moment: IssueMoment): Issuing {
  const { first } = moment;
  if (first) {
    if (first.account !== draft.by.account) throw refuse('conflict', 'this key was used by somebody else');
    return { kind: 'stands', id: first.id };
  }
  const { now, briefing, files, olderEnded } = moment;
  // RH3
  if (draft.briefing !== null && isRehearsal(draft.briefing))
    throw refuse('rehearsal', 'this is a rehearsal: no directive is given in it');
  const liveAt = briefing && liveSince(briefing);
  if (draft.deadline !== null && Date.parse(draft.deadline) <= now.getTime())
    throw refuse('bad-request', 'the deadline has passed');
  const attachments = draft.attachments.map(({ sha256, name }) => {
    const file = files.get(sha256);
    if (!file) throw notUploaded(sha256);
    return { sha256, name: attachmentName(name, file.type), type: file.type, size: file.size };
  });
  if (olderEnded) throw refuse('conflict', 'the older directive was recalled or superseded already');
  const second = liveAt && Math.max(0, Math.floor((now.getTime() - liveAt.getTime()) / 1000));
  return { kind: 'issue', attachments, second };
}

/** DR25 */
export const notUploaded = (sha256: string): DomainError =>
  refuse('bad-request', `no attachment ${sha256} was uploaded`);

/** DR4 */
function liveSince({ state, liveAt }: NonNullable<Unissued['briefing']>): Date {
  if (state === 'closed') throw refuse('briefing-closed', 'this briefing is over');
  if (state !== 'live' || !liveAt) throw refuse('not-live', 'the briefing is not live');
  return liveAt;
}

/** DR17, DR19: whether a recall is recorded now; the same key again changes nothing. @throws DomainError `conflict` */
export function decideRecall(key: string, end: { readonly key: string } | undefined): boolean {
  if (end && end.key !== key) throw refuse('conflict', 'this directive was recalled or superseded already');
  return !end;
}
