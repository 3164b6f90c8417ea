import { Check, CircleAlert, X } from 'lucide-react';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useText } from '../i18n/useText.tsx';
import { useAnnounce } from './Announcer.tsx';
import { uiWords } from './words/ui.vi.ts';

export interface Toast {
  readonly text: string;
  readonly tone: 'good' | 'bad';
  /** Shown for 5 s; what it undoes was done already. */
  readonly undo?: () => void;
}
interface Toasts {
  tell(toast: Toast): void;
}
const ToastContext = createContext<Toasts>({ tell: () => undefined });
/** Undo is promised for five seconds; a refusal stays a little longer, since it must be read. */
const STAY_MS = { good: 5_000, bad: 8_000 } as const;

export function ToastProvider({ children }: { children: ReactNode }) {
  const { t } = useText(uiWords);
  const announce = useAnnounce();
  const [shown, setShown] = useState<readonly (Toast & { id: number })[]>([]);
  const next = useRef(0);
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());
  const drop = useCallback((id: number) => setShown((all) => all.filter((toast) => toast.id !== id)), []);
  const tell = useCallback(
    (toast: Toast) => {
      const id = next.current++;
      setShown((all) => [...all.slice(-2), { ...toast, id }]);
      announce(toast.text, toast.tone === 'bad' ? 'assertive' : 'polite');
      timers.current.add(setTimeout(() => drop(id), STAY_MS[toast.tone]));
    },
    [announce, drop],
  );
  useEffect(() => {
    const running = timers.current;
    return () => running.forEach(clearTimeout);
  }, []);
  const toasts = useMemo(() => ({ tell }), [tell]);
  return (
    <ToastContext value={toasts}>
      {children}
      <div className="toasts">
        {shown.map(({ id, text, tone, undo }) => (
          <div key={id} className={`toast ${tone}`}>
            {tone === 'good' ? <Check size={20} aria-hidden /> : <CircleAlert size={20} aria-hidden />}
            <span className="grow">{text}</span>
            {undo && (
              <button
                type="button"
                className="button small"
                onClick={() => {
                  drop(id);
                  undo();
                }}
              >
                {t.undo}
              </button>
            )}
            <button type="button" className="button quiet icon" aria-label={t.close} onClick={() => drop(id)}>
              <X size={18} aria-hidden />
            </button>
          </div>
        ))}
      </div>
    </ToastContext>
  );
}

export const useToasts = (): Toasts => useContext(ToastContext);
