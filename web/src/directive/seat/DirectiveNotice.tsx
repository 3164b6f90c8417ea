import { useEffect, useRef, useState } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { chime } from '../../ui/ringTone.ts';
import { directiveWords } from '../words/directive.vi.ts';
import { useInbox } from './useInbox.ts';

/** A directive that comes while the page is out of sight is told until somebody looks; what was there before is not. */
export function DirectiveNotice() {
  const { t } = useText(directiveWords);
  const { phase, awaiting } = useInbox();
  const known = useRef<Set<string>>(undefined);
  const [fresh, setFresh] = useState<string>();
  const item = awaiting.find(({ directive }) => directive.id === fresh);
  useEffect(() => {
    if (phase !== 'ready') return;
    const ids = awaiting.map(({ directive }) => directive.id);
    const before = known.current;
    known.current = new Set([...(before ?? []), ...ids]);
    const came = before && ids.find((id) => !before.has(id));
    if (!came || !document.hidden) return;
    setFresh(came);
    void chime();
  }, [phase, awaiting]);
  useEffect(() => {
    const look = (): void => {
      if (!document.hidden) setFresh(undefined);
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  if (!item) return null;
  const { number, year, title } = item.directive;
  return <Notice title={t.number(number, year)} body={title} />;
}
