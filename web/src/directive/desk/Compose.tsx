import { ArrowLeft, CloudOff, Send } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Briefing, Directive } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { Problem } from '../../ui/Problem.tsx';
import { useToasts } from '../../ui/Toasts.tsx';
import { useStore } from '../../ui/useStore.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { deadlineOf } from '../deadline.ts';
import { directiveDeskWords } from '../words/desk.vi.ts';
import { directiveWords } from '../words/directive.vi.ts';
import { AddresseeField } from './AddresseeField.tsx';
import { AttachField } from './AttachField.tsx';
import { DeadlineField } from './DeadlineField.tsx';
import { addressingOf, type Draft, type DraftStore, emptyDraft, isBlank, wayOf } from './draft.ts';
import { Reach } from './Reach.tsx';
import { useIssue } from './useIssue.ts';
import { type Preview, usePreview } from './usePreview.ts';
import './compose.css';
import { serverNow } from '../../lib/serverClock.ts';

interface ComposeProps {
  /** The briefing in which it is given, if it is live. */
  readonly briefing: Briefing | undefined;
  readonly store: DraftStore;
  readonly onGiven: (directive: Directive) => void;
  readonly onBack: () => void;
}

/** A directive is written beside the stage, read once more with the number of those it reaches, and given. */
export function Compose({ briefing, store, onGiven, onBack }: ComposeProps) {
  const d = useText(directiveDeskWords).t.compose;
  const { t, number } = useText(directiveWords);
  const { t: ui } = useText(uiWords);
  const { t: problems } = useText(problemWords);
  const { session } = useOffice();
  const { tell } = useToasts();
  const draft = useStore(store);
  // Nobody is expected before the doors are open.
  const meeting = briefing?.state === 'scheduled' ? undefined : briefing?.id;
  const to = wayOf(draft, meeting);
  // Whoever goes on with it elsewhere still reaches those whom they saw counted.
  const change = (part: Partial<Draft>): void => store.change({ to, ...part });
  const [reviewing, setReviewing] = useState(false);
  const addressing = addressingOf(draft, session.account.unit.code, meeting);
  const preview = usePreview(addressing);
  const issue = useIssue((directive) => {
    store.change(emptyDraft());
    tell({
      text: d.given(t.number(directive.number, directive.year), number(directive.addressees)),
      tone: 'good',
    });
    onGiven(directive);
  });
  const title = useRef<HTMLInputElement>(null);
  useEffect(() => title.current?.focus(), []);
  const late = draft.deadline !== null && Date.parse(draft.deadline) <= serverNow();
  const complete =
    !briefing?.rehearsal &&
    draft.title.trim() !== '' &&
    draft.text.trim() !== '' &&
    preview.kind === 'counted' &&
    preview.addressees > 0 &&
    !late;
  const live = briefing?.state === 'live' ? briefing.id : null;
  const give = (): void => {
    if (!addressing) return;
    const { key, title, text, attachments, deadline, supersedes } = draft;
    void issue.give({
      key,
      title,
      text,
      attachments: attachments.map(({ sha256, name }) => ({ sha256, name })),
      addressees: addressing,
      deadline,
      briefing: live,
      supersedes: supersedes?.id ?? null,
    });
  };

  if (reviewing)
    return (
      <Review
        store={store}
        preview={preview}
        live={live !== null}
        sending={issue.state.kind !== 'idle'}
        onGive={give}
        onEdit={() => {
          issue.stop();
          setReviewing(false);
        }}
      >
        {issue.state.kind === 'waiting' && (
          <p className="note warn" role="status">
            <CloudOff size={20} aria-hidden />
            {d.waiting}
          </p>
        )}
        <Problem
          text={
            issue.state.kind === 'idle' && issue.state.error !== undefined
              ? sentence(issue.state.error, problems)
              : undefined
          }
        />
      </Review>
    );
  return (
    <form
      className="compose"
      aria-label={d.title}
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) setReviewing(true);
      }}
    >
      <header className="desk-head">
        <button type="button" className="button quiet icon" aria-label={ui.back} onClick={onBack}>
          <ArrowLeft size={20} aria-hidden />
        </button>
        <h2 className="grow">{d.title}</h2>
        {!isBlank(draft) &&
          (store.kept ? (
            <small className="soft">{d.kept}</small>
          ) : (
            <small className="note warn" role="status">
              {d.notKept}
            </small>
          ))}
      </header>
      {briefing?.rehearsal && <p className="note warn">{d.rehearsal}</p>}
      {draft.supersedes && (
        <div className="note warn">
          <p className="grow">
            <strong>{d.supersedes(t.number(draft.supersedes.number, draft.supersedes.year))}</strong>
            {d.supersedesNote}
          </p>
          <button type="button" className="button small" onClick={() => change({ supersedes: null })}>
            {ui.undo}
          </button>
        </div>
      )}
      <div className="field">
        <label htmlFor="compose-title">{d.name}</label>
        <input
          ref={title}
          id="compose-title"
          className="input"
          maxLength={200}
          required
          placeholder={d.nameHint}
          value={draft.title}
          onChange={({ target }) => change({ title: target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor="compose-text">{d.text}</label>
        <textarea
          id="compose-text"
          className="input"
          rows={5}
          maxLength={20_000}
          required
          placeholder={d.textHint}
          value={draft.text}
          onChange={({ target }) => change({ text: target.value })}
        />
      </div>
      <AttachField value={draft.attachments} onChange={(attachments) => change({ attachments })} />
      <AddresseeField draft={draft} to={to} inBriefing={meeting !== undefined} onChange={change} />
      <DeadlineField value={draft.deadline} onChange={(deadline) => change({ deadline })} />
      <footer className="desk-acts">
        <Reach preview={preview} />
        <button
          type="button"
          className="button quiet"
          onClick={() => {
            store.change(emptyDraft());
            onBack();
          }}
        >
          {d.discard}
        </button>
        <button type="submit" className="button primary" disabled={!complete}>
          {d.review}
        </button>
      </footer>
    </form>
  );
}

interface ReviewProps {
  readonly store: DraftStore;
  readonly preview: Preview;
  readonly live: boolean;
  readonly sending: boolean;
  readonly onGive: () => void;
  readonly onEdit: () => void;
  readonly children: React.ReactNode;
}

/** What will be given, as the units will read it, and to how many. */
function Review({ store, preview, live, sending, onGive, onEdit, children }: ReviewProps) {
  const d = useText(directiveDeskWords).t.compose;
  const text = useText(directiveWords);
  const { t, number } = text;
  const { title, text: words, deadline, attachments, supersedes } = useStore(store);
  const reach = number(preview.kind === 'counted' ? preview.addressees : 0);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <section className="compose review" aria-label={d.reviewTitle(reach)}>
      <h2>{d.reviewTitle(reach)}</h2>
      <p>{d.reviewBody}</p>
      {supersedes && <p className="note warn">{d.supersedes(t.number(supersedes.number, supersedes.year))}</p>}
      <article className="review-paper">
        <h3>{title}</h3>
        <p className="directive-due">{deadlineOf(deadline, serverNow(), text)}</p>
        <p className="review-text">{words}</p>
        {attachments.length > 0 && <p className="soft">{attachments.map(({ name }) => name).join(', ')}</p>}
      </article>
      {live && <p className="soft">{d.live}</p>}
      {children}
      <footer className="desk-acts">
        <button type="button" className="button" onClick={onEdit}>
          {sending ? d.stop : d.edit}
        </button>
        <button ref={button} type="button" className="button primary" disabled={sending} onClick={onGive}>
          <Send size={18} aria-hidden />
          {sending ? d.giving : d.give(reach)}
        </button>
      </footer>
    </section>
  );
}
