import { type ReactNode, useEffect, useId, useRef } from 'react';
import { SheetAnnouncer } from './Announcer.tsx';

interface SheetProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly acts?: ReactNode;
  readonly className?: string;
  /** undefined: it stays until it is answered, also against Escape. */
  readonly onClose?: (() => void) | undefined;
}

/** The platform's own modal dialog: focus stays inside, the rest is inert, Escape closes it when it may be closed. */
export function Sheet({ title, children, acts, className, onClose }: SheetProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    const before = document.activeElement;
    dialog.showModal();
    return () => {
      dialog.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className={`sheet ${className ?? ''}`}
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
