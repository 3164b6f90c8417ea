import { useEffect, useState } from 'react';
import { useText } from '../i18n/useText.tsx';
import { Problem } from '../ui/Problem.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { uiWords } from '../ui/words/ui.vi.ts';
import { draftsIn, isNothing, type KeptHere } from './keptHere.ts';
import type { Office } from './OfficeContext.tsx';
import { useOutbox } from './OutboxContext.tsx';
import { sentence } from './sentence.ts';
import { problemWords } from './words/problem.vi.ts';
import { signOutWords } from './words/signOut.vi.ts';

interface SignOutSheetProps {
  readonly account: string;
  readonly leave: NonNullable<Office['leave']>;
  readonly onClose: () => void;
}

/**
 * Nothing that is kept here is deleted unasked: neither answers that are not with the server yet, nor drafts, of
 * whoever uses this browser. Where there are none, all that this site keeps is deleted.
 */
export default function SignOutSheet({ account, leave, onClose }: SignOutSheetProps) {
  const { t } = useText(signOutWords);
  const { t: ui } = useText(uiWords);
  const { t: problems } = useText(problemWords);
  const outbox = useOutbox();
  const [kept, setKept] = useState<KeptHere>();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let stopped = false;
    const look = async (): Promise<void> => {
      // What cannot be read is not deleted either.
      const unsent = await outbox.unsent().catch(() => ({ own: 0, others: 1 }));
      if (!stopped) setKept({ unsent, drafts: draftsIn(Object.keys(localStorage), account) });
    };
    void look();
    return () => {
      stopped = true;
    };
  }, [outbox, account]);
  if (!kept) return null;

  const go = async (what: 'everything' | 'nothing'): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await leave.signOut(what);
      // What cannot be deleted keeps nobody here who is out already.
      if (what === 'nothing') await outbox.forget().catch(() => undefined);
      leave.onSignedOut();
    } catch (error) {
      setProblem(sentence(error, problems));
      setBusy(false);
    }
  };
  const nothing = isNothing(kept);
  const { unsent, drafts } = kept;
  const lines = [
    unsent.own > 0 && t.ownUnsent(unsent.own),
    unsent.others > 0 && t.othersUnsent(unsent.others),
    drafts.own > 0 && t.ownDraft,
    drafts.others > 0 && t.othersDrafts(drafts.others),
  ].filter((line) => line !== false);
  return (
    <Sheet
      title={t.title}
      onClose={onClose}
      acts={
        <>
          {/* biome-ignore lint/a11y/noAutofocus: the sheet was just opened by hand */}
          <button type="button" className="button" autoFocus onClick={onClose}>
            {ui.cancel}
          </button>
          {!nothing && (
            <button type="button" className="button danger" disabled={busy} onClick={() => void go('nothing')}>
              {t.deleteAll}
            </button>
          )}
          <button
            type="button"
            className="button primary"
            disabled={busy}
            onClick={() => void go(nothing ? 'nothing' : 'everything')}
          >
            {nothing ? t.signOut : t.keepAll}
          </button>
        </>
      }
    >
      {nothing ? (
        <p className="confirm-body">{t.nothing}</p>
      ) : (
        <>
          <p className="confirm-body">{t.something}</p>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p className="soft">{t.choice}</p>
        </>
      )}
      <Problem text={problem} />
    </Sheet>
  );
}
