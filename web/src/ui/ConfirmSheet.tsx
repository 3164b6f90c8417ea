import { type ReactNode, useState } from 'react';
import { useText } from '../i18n/useText.tsx';
import { Sheet } from './Sheet.tsx';
import { uiWords } from './words/ui.vi.ts';

interface ConfirmSheetProps {
  readonly title: string;
  /** The effect, in numbers. */
  readonly body: string;
  readonly confirm: string;
  readonly keep?: string;
  readonly children?: ReactNode;
  /** Something has to be said first. */
  readonly held?: boolean;
  readonly onConfirm: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** For what can't be undone: asked once. The focus is on keeping things as they are. */
export function ConfirmSheet({
  title,
  body,
  confirm,
  keep,
  children,
  held = false,
  onConfirm,
  onClose,
}: ConfirmSheetProps) {
  const { t } = useText(uiWords);
  const [busy, setBusy] = useState(false);
  const go = async (): Promise<void> => {
    setBusy(true);
    await onConfirm();
    onClose();
  };
  return (
    <Sheet
      title={title}
      onClose={onClose}
      acts={
        <>
          {/* biome-ignore lint/a11y/noAutofocus: the sheet was just opened by hand */}
          <button type="button" className="button" autoFocus onClick={onClose}>
            {keep ?? t.cancel}
          </button>
          <button type="button" className="button primary" disabled={busy || held} onClick={() => void go()}>
            {confirm}
          </button>
        </>
      }
    >
      <p className="confirm-body">{body}</p>
      {children}
    </Sheet>
  );
}
