import { Copy } from 'lucide-react';
import { useText } from '../../i18n/useText.tsx';
import { useToasts } from '../../ui/Toasts.tsx';
import { hooksWords } from '../words/hooks.vi.ts';

/** The secret of a webhook, which the server never says again. (WH10) */
export function HookSecretNote({ secret, onSeen }: { secret: string; onSeen: () => void }) {
  const { t } = useText(hooksWords);
  const { tell } = useToasts();
  const copy = async (): Promise<void> => {
    // Where the browser refuses, the text is there to be selected.
    await navigator.clipboard.writeText(secret).then(
      () => tell({ text: t.copied, tone: 'good' }),
      () => undefined,
    );
  };
  return (
    <div className="note warn hooks-secret" role="alert">
      <p>
        <strong>{t.secretTitle}</strong>
        {t.secretBody}
      </p>
      <code>{secret}</code>
      <div className="hooks-acts">
        <button type="button" className="button small" onClick={() => void copy()}>
          <Copy size={16} aria-hidden />
          {t.copy}
        </button>
        <button type="button" className="button small quiet" onClick={onSeen}>
          {t.secretSeen}
        </button>
      </div>
    </div>
  );
}
