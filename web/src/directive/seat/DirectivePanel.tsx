import { ChevronRight, CloudOff, LoaderCircle } from 'lucide-react';
import { Suspense, useCallback, useEffect, useState } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { lazyRetried } from '../../ui/lazyRetried.tsx';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { isUnopened } from '../openActs.ts';
import { directiveWords } from '../words/directive.vi.ts';
import { DirectiveCard, DirectiveLine } from './DirectiveCard.tsx';
import { useInboxTools } from './InboxContext.tsx';
import { useInbox } from './useInbox.ts';
import './directivePanel.css';

const loadSheet = () => import('./DirectiveSheet.tsx');
const SPREAD_MS = 3_000;
const DirectiveSheet = lazyRetried(loadSheet);
/** Before the first directive: ten thousand pages show it at once. */
export const loadPin = () => import('./DirectivePin.tsx');
const DirectivePin = lazyRetried(loadPin);

/**
 * "Việc của xã": the one that waits for an answer as a card, all others that are open as lines.
 *
 * @param pinIn where a directive that nobody has opened is told while its card is out of sight (DR40)
 */
export function DirectivePanel({ pinIn }: { pinIn?: HTMLElement | null }) {
  const { t } = useText(directiveWords);
  const { t: ui } = useText(uiWords);
  const inbox = useInboxTools();
  const { phase, items, open, closed, awaiting, unsent, all } = useInbox();
  const [shown, setShown] = useState<string>();
  const close = useCallback(() => setShown(undefined), []);
  const first = awaiting[0];
  const asked = first !== undefined;
  // What will be opened is there when it is; ten thousand pages learn of a directive at once, and do not ask for it at
  // once.
  useEffect(() => {
    if (!asked) return;
    const timer = setTimeout(() => void loadSheet().catch(() => undefined), Math.random() * SPREAD_MS);
    return () => clearTimeout(timer);
  }, [asked]);
  const unopened = awaiting.filter(isUnopened);
  const newest = unopened.toSorted((a, b) => b.directive.issuedAt.localeCompare(a.directive.issuedAt))[0];
  const lines = open.filter((item) => item !== first);
  const chosen = shown === undefined ? undefined : items.get(shown);
  const show = (id: string) => (): void => {
    setShown(id);
  };
  return (
    <section className="directives" aria-label={t.mine}>
      {first && (
        <DirectiveCard item={first} unsent={unsent.has(first.directive.id)} onOpen={show(first.directive.id)} />
      )}
      <h2 className="num">{t.mineCount(open.length)}</h2>
      {phase === 'loading' && (
        <p className="soft directives-note">
          <LoaderCircle size={18} aria-hidden /> {t.loading}
        </p>
      )}
      {phase === 'stale' && (
        <p className="soft directives-note">
          <CloudOff size={18} aria-hidden /> {t.stale}
        </p>
      )}
      {phase === 'ready' && open.length === 0 && <p className="soft">{t.none}</p>}
      {phase === 'ready' && first && lines.length === 0 && <p className="soft">{t.oneAbove}</p>}
      {lines.map((item) => (
        <DirectiveLine
          key={item.directive.id}
          item={item}
          unsent={unsent.has(item.directive.id)}
          onOpen={show(item.directive.id)}
        />
      ))}
      {all ? (
        <>
          <h3 className="num soft">{t.older(closed.length)}</h3>
          {closed.map((item) => (
            <DirectiveLine key={item.directive.id} item={item} unsent={false} onOpen={show(item.directive.id)} />
          ))}
        </>
      ) : (
        phase !== 'loading' && (
          <button type="button" className="button quiet small" onClick={() => void inbox?.loadAll()}>
            <ChevronRight size={18} aria-hidden /> {t.showOlder}
          </button>
        )
      )}
      {chosen && (
        <Suspense fallback={<p className="note">{ui.loading}</p>}>
          <DirectiveSheet key={chosen.directive.id} item={chosen} onClose={close} beside />
        </Suspense>
      )}
      {newest && pinIn && newest.directive.id !== shown && (
        <Suspense fallback={null}>
          <DirectivePin
            key={`${newest.directive.id} ${newest === first}`}
            item={newest}
            count={unopened.length}
            place={pinIn}
            onOpen={show(newest.directive.id)}
          />
        </Suspense>
      )}
      <span className="unseen" role="status">
        {awaiting.length > 0 && t.toAnswer(awaiting.length)}
      </span>
    </section>
  );
}
