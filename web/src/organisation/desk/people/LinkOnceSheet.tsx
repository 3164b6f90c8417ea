import { Copy, Printer } from 'lucide-react';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { useText } from '../../../i18n/useText.tsx';
import { Sheet } from '../../../ui/Sheet.tsx';
import { uiWords } from '../../../ui/words/ui.vi.ts';
import { peopleWords } from '../../words/people.vi.ts';

export interface Slip {
  readonly name: string;
  /** The unit and where it lies. */
  readonly where: string;
  readonly url: string;
}

/** A link that is shown this once: copied, or printed as a slip. */
export function LinkOnceSheet({ name, where, url, onClose }: Slip & { onClose: () => void }) {
  const { t } = useText(peopleWords);
  const { t: ui } = useText(uiWords);
  const [copied, setCopied] = useState(false);
  return (
    <Sheet
      title={t.link.onceTitle(name)}
      onClose={onClose}
      acts={
        <>
          <button type="button" className="button" onClick={onClose}>
            {ui.close}
          </button>
          <button type="button" className="button" onClick={() => window.print()}>
            <Printer size={18} aria-hidden />
            {t.link.print}
          </button>
          <button
            type="button"
            className="button primary"
            // biome-ignore lint/a11y/noAutofocus: the sheet was just opened by hand
            autoFocus
            onClick={() => void navigator.clipboard.writeText(url).then(() => setCopied(true))}
          >
            <Copy size={18} aria-hidden />
            {copied ? ui.copied : ui.copy}
          </button>
        </>
      }
    >
      <div className="stack">
        <p>{t.link.once}</p>
        <input className="input" readOnly aria-label={t.link.label} value={url} onFocus={(e) => e.target.select()} />
      </div>
      <PrintedSlips slips={[{ name, where, url }]} />
    </Sheet>
  );
}

/** On paper alone: one slip for each, none cut by the end of a page. */
export function PrintedSlips({ slips }: { slips: readonly Slip[] }) {
  const { t } = useText(peopleWords);
  return createPortal(
    <div className="slips" aria-hidden>
      {slips.map(({ name, where, url }) => (
        <section key={url} className="slip">
          <h2>{t.slip.title}</h2>
          <p>
            <strong>{name}</strong>
          </p>
          <p>{where}</p>
          <p>{t.slip.how}</p>
          <p className="slip-url">{url}</p>
          <p>{t.slip.keep}</p>
        </section>
      ))}
    </div>,
    document.body,
  );
}
