import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';

type Announce = (text: string, urgency?: 'polite' | 'assertive') => void;
const AnnounceContext = createContext<Announce>(() => undefined);

/** The two live regions of the page; screen readers read what is put there. */
export function Announcer({ children }: { children: ReactNode }) {
  const [texts, setTexts] = useState({ polite: '', assertive: '' });
  const announce = useCallback<Announce>((text, urgency = 'polite') => {
    setTexts((before) => ({ ...before, [urgency]: text }));
  }, []);
  return (
    <AnnounceContext value={announce}>
      {children}
      <div className="unseen" aria-live="polite">
        {texts.polite}
      </div>
      <div className="unseen" aria-live="assertive">
        {texts.assertive}
      </div>
    </AnnounceContext>
  );
}

export const useAnnounce = (): Announce => useContext(AnnounceContext);
