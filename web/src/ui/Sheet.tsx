import { type ReactNode, useEffect, useId, useRef } from 'react';
import { SheetAnnouncer } from './Announcer.tsx';

interface SheetProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly acts?: ReactNode;
  readonly className?: string;
  /** undefined: it stays until it is answered, also against Escape. */
  readonly onClose?: (() => void) | undefined;
  /** Stands where it is written, beside what else the page shows, and keeps nothing from being used. */
  readonly beside?: boolean;
}

/** The platform's own modal dialog: focus stays inside, the rest is inert, Escape closes it when it may be closed. */
export function Sheet({ title, children, acts, className, onClose, beside = false }: SheetProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    const before = document.activeElement;
    if (beside) {
      dialog.show();
      // What was focused may be its last button; it is read from its beginning.
      dialog.closest('aside')?.scrollTo(0, 0);
    } else dialog.showModal();
    return () => {
      dialog.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, [beside]);
  return (
    <dialog
      ref={ref}
      className={`sheet ${beside ? 'beside ' : ''}${className ?? ''}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      // Chromium closes a dialog at the second Escape whatever `cancel` says.
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        // A sheet over a sheet: one press closes the upper one only.
        event.stopPropagation();
        onClose?.();
      }}
    >
      <h2 id={id}>{title}</h2>
      {children}
      {acts && <div className="acts">{acts}</div>}
      <SheetAnnouncer />
    </dialog>
  );
}
