import { useState } from 'react';
import { useText } from '../i18n/useText.tsx';
import { ShownStages } from './ShownStages.tsx';
import { shownWords } from './words/shown.vi.ts';

/** TR13: of the own unit, after a briefing. Opened by few, so thousands of pages do not ask for it when it closes. */
export default function ShownFold(props: { readonly briefing: string; readonly unit: string }) {
  const { t } = useText(shownWords);
  const [isOpen, setOpen] = useState(false);
  return (
    // In line with the books above and below it.
    <section className="answer-book">
      <details className="folds" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t.title}</summary>
        {isOpen && <ShownStages {...props} always />}
      </details>
    </section>
  );
}
