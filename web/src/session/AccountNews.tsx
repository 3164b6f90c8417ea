import { UserCog } from 'lucide-react';
import { useCallback, useState } from 'react';
import { accountNewsSchema } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { usePolled } from '../ui/usePolled.ts';
import { useStore } from '../ui/useStore.ts';
import { newsOf, newsText } from './accountNews.ts';
import { EndEntered } from './EndEntered.tsx';
import { useOffice } from './OfficeContext.tsx';
import { Support } from './Support.tsx';
import { newsWords } from './words/news.vi.ts';
import './accountNews.css';

/** Interval of pages that the order channel tells at once, and of those whom a minute does no harm. */
const ASK_MS = 60_000;
/** Interval of the office's own page, which has no order channel. (LK9) */
const ASK_OFFICE_MS = 4_000;

/**
 * AC4: what others did to this account, over whatever page is there, until the person has seen it.
 * @param isOffice the page is the office's own
 */
export default function AccountNews({ isOffice = false }: { readonly isOffice?: boolean }) {
  const { api, news, session } = useOffice();
  const { t, moment } = useText(newsWords);
  const { value } = usePolled(
    useCallback(() => api.ask('/api/session/news', accountNewsSchema), [api]),
    isOffice ? ASK_OFFICE_MS : ASK_MS,
  );
  const { heard } = useStore(news);
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const acts = newsOf([...(value?.acts ?? []), ...heard], seen, session.session);
  const isEntered = acts.some(({ what }) => what.act === 'code.used');
  // Its title says it then.
  const isAlone = isEntered && acts.length === 1;
  const last = acts.at(-1);
  if (!last) return null;
  const close = (): void => {
    setSeen(new Set([...seen, ...acts.map(({ id }) => id)]));
    const body = { act: last.id };
    // Whoever is signed out by it, or has no line, is told again at the next sign-in.
    api.ask('/api/session/news/seen', undefined, { method: 'POST', body }).catch(() => undefined);
  };
  return (
    <section className="note warn account-news" role="alert" aria-label={isEntered ? t.entered.title : t.title}>
      <UserCog size={20} aria-hidden />
      <div className="grow">
        <strong>{isEntered ? t.entered.title : t.title}</strong>
        <ol>
          {acts.map(({ id, at, by, what }) => (
            <li key={id}>
              {!isAlone && newsText(what, t)}
              <small className="soft">
                {by?.name ?? t.commandLine}, <time dateTime={at}>{moment(at)}</time>
              </small>
              {what.act === 'code.used' && <EndEntered account={what.account} entered={what.session} />}
            </li>
          ))}
        </ol>
        <p>{isEntered ? t.entered.lead : t.lead}</p>
        <Support />
        <button type="button" className="button small" onClick={close}>
          {t.seen}
        </button>
      </div>
    </section>
  );
}
