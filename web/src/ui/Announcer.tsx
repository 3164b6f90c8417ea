import {
  createContext,
  type Dispatch,
  type ReactNode,
  type SetStateAction,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';

type Announce = (text: string, urgency?: 'polite' | 'assertive') => void;
const silence = { polite: '', assertive: '' };
type Take = Dispatch<SetStateAction<typeof silence>>;

interface AnnouncerTools {
  readonly announce: Announce;
  /** While a sheet is open its own regions speak. @returns what ends it */
  readonly enter: (take: Take) => () => void;
}
const AnnouncerContext = createContext<AnnouncerTools>({ announce: () => undefined, enter: () => () => undefined });

/** The two live regions of the page; screen readers read what is put there. */
export function Announcer({ children }: { children: ReactNode }) {
  const [texts, setTexts] = useState(silence);
  const sheets = useRef<Take[]>([]);
  const announce = useCallback<Announce>((text, urgency = 'polite') => {
    const take = sheets.current.at(-1) ?? setTexts;
    // The same words a second time are read again only when they differ.
    take((before) => ({ ...before, [urgency]: before[urgency] === text ? `${text}\u00a0` : text }));
  }, []);
  const enter = useCallback((take: Take) => {
    sheets.current.push(take);
    return () => {
      sheets.current = sheets.current.filter((other) => other !== take);
    };
  }, []);
  const tools = useMemo(() => ({ announce, enter }), [announce, enter]);
  return (
    <AnnouncerContext value={tools}>
      {children}
      <LiveRegions texts={texts} />
    </AnnouncerContext>
  );
}

/** The live regions of an open sheet: what lies under a modal dialog is inert, and not read. */
export function SheetAnnouncer() {
  const { enter } = useContext(AnnouncerContext);
  const [texts, setTexts] = useState(silence);
  useEffect(() => enter(setTexts), [enter]);
  return <LiveRegions texts={texts} />;
}

function LiveRegions({ texts }: { texts: typeof silence }) {
  return (
    <>
      <div className="unseen" aria-live="polite">
        {texts.polite}
      </div>
      <div className="unseen" aria-live="assertive">
        {texts.assertive}
      </div>
    </>
  );
}

export const useAnnounce = (): Announce => useContext(AnnouncerContext).announce;
