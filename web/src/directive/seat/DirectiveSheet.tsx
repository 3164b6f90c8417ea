import { CircleCheck, CloudUpload, Download } from 'lucide-react';
import { Suspense, useEffect, useState } from 'react';
import { issuerOf } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { problemWords } from '../../session/words/problem.vi.ts';
import { lazyRetried } from '../../ui/lazyRetried.tsx';
import { Problem } from '../../ui/Problem.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { saveJson } from '../../ui/saveFile.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { Attachments } from '../Attachments.tsx';
import { DirectiveState } from '../DirectiveState.tsx';
import { History } from '../History.tsx';
import type { ActName, InboxItem } from '../openActs.ts';
import { openActs } from '../openActs.ts';
import { receiptName } from '../receiptName.ts';
import { directiveWords } from '../words/directive.vi.ts';
import { DirectiveActForm, type FormAct } from './DirectiveActForm.tsx';
import { Due } from './Due.tsx';
import type { OwnAct } from './Inbox.ts';
import { useInboxTools } from './InboxContext.tsx';
import { useInbox } from './useInbox.ts';
import '../directive.css';
import './directiveSheet.css';

/** Few directives come from a figure. */
const WhySelected = lazyRetried(() => import('../../figure/WhySelected.tsx'));

const withForm: ReadonlySet<ActName> = new Set<FormAct>(['acknowledge', 'refuse', 'ask', 'done', 'refuse-recall']);

/** A directive in full; what the unit answers, and what was recorded of it. */
export default function DirectiveSheet({
  item,
  onClose,
  beside = false,
}: {
  item: InboxItem;
  onClose: () => void;
  /** In a briefing: whoever speaks is still seen. */
  beside?: boolean;
}) {
  const text = useText(directiveWords);
  const { t: ui } = useText(uiWords);
  const { t: problems } = useText(problemWords);
  const { t: d, day } = text;
  const inbox = useInboxTools();
  const { unsent, refused, recorded } = useInbox();
  const { directive, follow } = item;
  const [form, setForm] = useState<FormAct>();
  const waiting = unsent.get(directive.id);
  const problem = refused.get(directive.id);
  const done = recorded.get(directive.id);
  const acts = waiting ? [] : openActs(item);
  // Opened, it was read; a page in the background shows nothing to anybody.
  useEffect(() => {
    if (document.visibilityState === 'visible') inbox?.read(directive.id);
  }, [inbox, directive.id]);

  const send = async (act: OwnAct): Promise<void> => {
    if (problem) await inbox?.dismiss(problem.key);
    await inbox?.post(directive.id, act);
    setForm(undefined);
  };
  const choose = (act: ActName): void => {
    if (withForm.has(act)) setForm(act as FormAct);
    else void send({ act } as OwnAct);
  };

  return (
    <Sheet
      title={directive.title}
      className="wide directive-sheet"
      onClose={onClose}
      beside={beside}
      acts={
        form ? undefined : (
          <>
            <button type="button" className="button quiet" onClick={onClose}>
              {ui.close}
            </button>
            {[...acts].reverse().map((act) => (
              <button
                key={act}
                type="button"
                className={act === acts[0] ? 'button primary' : 'button'}
                // biome-ignore lint/a11y/noAutofocus: the sheet was just opened by hand
                autoFocus={act === acts[0]}
                onClick={() => choose(act)}
              >
                {actLabel(act)}
              </button>
            ))}
          </>
        )
      }
    >
      <p className="directive-meta">
        <strong>{d.number(directive.number, directive.year)}</strong>
        <span>{d.from(issuerOf(directive), day(directive.issuedAt))}</span>
        <Due item={item} />
      </p>
      {directive.state === 'superseded' && <p className="note warn">{d.superseded}</p>}
      {directive.state === 'recalled' && (
        <div className="note warn">
          <p>
            <strong>{follow.state === 'recall-asked' ? d.recallAsked : d.recalledNote}</strong>
            {directive.why && d.recallWhy(directive.why)}
          </p>
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text scrolls by keyboard */}
      <section className="directive-text" aria-label={d.text} tabIndex={0}>
        {directive.text}
      </section>
      {directive.selection && (
        <Suspense fallback={null}>
          <WhySelected selection={directive.selection} unit={follow.unit} />
        </Suspense>
      )}
      <Attachments of={directive.attachments} />
      {follow.question && (
        <div className="directive-talk">
          <p>
            <strong>{d.asked}:</strong> {follow.question}
          </p>
          <p>
            {follow.reply ? <strong>{d.reply}: </strong> : d.waitingReply}
            {follow.reply}
          </p>
        </div>
      )}
      {follow.words && (
        <div className="directive-own">
          <p>
            <strong>{follow.name}</strong> {follow.words}
          </p>
          {follow.promised && <p className="soft">{d.promisedBy(text.date(`${follow.promised}T12:00`))}</p>}
          {follow.report && (
            <p>
              <strong>{d.reported}</strong> {follow.report}
            </p>
          )}
        </div>
      )}
      <div className="directive-standing" role="status">
        {waiting ? (
          <p className="note warn">
            <CloudUpload size={22} aria-hidden />
            <span>
              <strong>{actDone(waiting)}</strong>
              {d.unsent}
            </span>
          </p>
        ) : done ? (
          <div className="note good">
            <CircleCheck size={22} aria-hidden />
            <p className="grow">
              <strong>
                {actDone(done.act)}. {d.recorded(text.time(done.receipt.at))}
              </strong>
              {d.receiptHint}
            </p>
            <button
              type="button"
              className="button small"
              onClick={() => saveJson(receiptName(item, done.act), done.receipt)}
            >
              <Download size={18} aria-hidden />
              {d.receipt}
            </button>
          </div>
        ) : (
          <DirectiveState follow={follow} unsent={false} />
        )}
      </div>
      <Problem
        text={
          problem
            ? d.refusedSend(problem.reason === 'network' ? problems.network : problems.reason[problem.reason])
            : undefined
        }
      />
      {form && <DirectiveActForm act={form} onSend={(act) => void send(act)} onCancel={() => setForm(undefined)} />}
      <History item={item} />
    </Sheet>
  );

  function actLabel(act: ActName): string {
    if (act === 'agree-recall') return d.agreeRecall;
    if (act === 'refuse-recall') return d.refuseRecall;
    if (act === 'delivered' || act === 'read') return d.read;
    return d[act];
  }
  function actDone(act: ActName): string {
    return d.act[act];
  }
}
