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

type Urgency = 'polite' | 'assertive';
type Announce = (text: string, urgency?: Urgency) => void;
const silence = { polite: '', assertive: '' };
type Take = Dispatch<SetStateAction<typeof silence>>;

/** How long an announcement stays in its region: screen readers take it when it appears, and who walks the page afterwards must not meet it. (KP13) */
const STAYS_MS = 10_000;

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
      <LiveRegions texts={texts} take={setTexts} />
    </AnnouncerContext>
  );
}

/** The live regions of an open sheet: what lies under a modal dialog is inert, and not read. */
export function SheetAnnouncer() {
  const { enter } = useContext(AnnouncerContext);
  const [texts, setTexts] = useState(silence);
  useEffect(() => enter(setTexts), [enter]);
  return <LiveRegions texts={texts} take={setTexts} />;
}

function LiveRegions({ texts, take }: { texts: typeof silence; take: Take }) {
  return (
    <>
      <LiveRegion urgency="polite" text={texts.polite} take={take} />
      <LiveRegion urgency="assertive" text={texts.assertive} take={take} />
    </>
  );
}

function LiveRegion({ urgency, text, take }: { urgency: Urgency; text: string; take: Take }) {
  useEffect(() => {
    if (text === '') return;
    // A newer announcement has its own time: it is not cut short by the timer of the one before.
    const timer = setTimeout(() => take((before) => ({ ...before, [urgency]: '' })), STAYS_MS);
    return () => clearTimeout(timer);
  }, [urgency, text, take]);
  return (
    <div className="unseen" aria-live={urgency}>
      {text}
    </div>
  );
}

export const useAnnounce = (): Announce => useContext(AnnouncerContext).announce;
