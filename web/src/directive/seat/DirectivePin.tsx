import { FileText } from 'lucide-react';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useText } from '../../i18n/useText.tsx';
import type { InboxItem } from '../openActs.ts';
import { directiveWords } from '../words/directive.vi.ts';
import './directivePin.css';

interface DirectivePinProps {
  /** The newest of those that nobody here has opened. */
  readonly item: InboxItem;
  /** How many nobody has opened, this one included. */
  readonly count: number;
  /** Above what is scrolled. */
  readonly place: HTMLElement;
  readonly onOpen: () => void;
}

/** Share of a card that is enough to see it. */
const IN_SIGHT = 0.5;
/** Share of its button that can be pressed. */
const PRESSABLE = 0.9;

/** DR40: a directive that nobody has opened is told above the column for as long as its own card is out of sight. */
export default function DirectivePin({ item, count, place, onOpen }: DirectivePinProps) {
  const { t } = useText(directiveWords);
  const { id, number, year, title } = item.directive;
  const [away, setAway] = useState(false);
  useEffect(() => {
    const card = document.getElementById(`directive-${id}`);
    if (!card) return setAway(true);
    const button = card.querySelector('.button');
    const shares = new Map<Element | null, number>();
    const share = (part: Element | null): number => shares.get(part) ?? 0;
    const watch = new IntersectionObserver(
      (seen) => {
        for (const { target, intersectionRatio } of seen) shares.set(target, intersectionRatio);
        // It would move the button under the finger that presses it.
        setAway(share(card) < IN_SIGHT && share(button) < PRESSABLE);
      },
      { threshold: [0, IN_SIGHT, PRESSABLE] },
    );
    for (const part of [card, button]) if (part) watch.observe(part);
    return () => watch.disconnect();
  }, [id]);
  if (!away) return null;
  return createPortal(
    <section className="directive-pin" aria-label={t.unopened(count)}>
      <FileText size={20} aria-hidden />
      <p>
        <strong>{t.number(number, year)}</strong>
        <span className="directive-title">{title}</span>
        {count > 1 && <span className="soft">{t.unopened(count)}</span>}
      </p>
      <button type="button" className="button primary" onClick={onOpen}>
        {t.open}
      </button>
    </section>,
    place,
  );
}
