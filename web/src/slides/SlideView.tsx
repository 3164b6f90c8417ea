import { useEffect, useRef, useState } from 'react';
import type { Notice } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { useTools } from '../session/BriefingContext.tsx';
import { useAnnounce } from '../ui/Announcer.tsx';
import { SlidePage } from './SlidePage.tsx';
import { useDeck } from './useDeck.ts';
import type { Shown } from './useShownSlides.ts';
import { slidesWords } from './words/slides.vi.ts';
import './slideView.css';

/** The page that all see, with the pointer upon it and its text for those who do not see. */
export default function SlideView({ shown, spoken = true }: { shown: Shown; spoken?: boolean }) {
  const { t } = useText(slidesWords);
  // Nobody can enlarge it there, and many read it from afar.
  const isWall = useTools().session.account.role === 'screen';
  const announce = useAnnounce();
  const deck = useDeck(shown.deck);
  const { page, size, title } = shown;
  const text = deck?.pages[page - 1]?.text ?? '';
  const said = useRef<string>(undefined);
  useEffect(() => {
    const sentence = t.spoken(title, page, size);
    if (!spoken || said.current === sentence) return;
    said.current = sentence;
    announce(sentence);
  }, [announce, spoken, title, page, size, t]);
  return (
    <section className="slide-view" aria-label={t.slides(title)}>
      {deck && (
        <SlidePage deck={deck} page={page} inColumns={isWall}>
          <PointerMark shown={shown} />
        </SlidePage>
      )}
      <p className="unseen">{text === '' ? t.noText(page) : text}</p>
    </section>
  );
}

/** Where the presenter points, on this page alone. */
function PointerMark({ shown: { deck, page } }: { shown: Shown }) {
  const { channel } = useTools();
  const [point, setPoint] = useState<Notice<'slides.pointer'>>();
  useEffect(() => channel.on('slides.pointer', setPoint), [channel]);
  const at = point?.deck === deck && point.page === page ? point.at : undefined;
  if (!at) return null;
  return <span className="slide-pointer" style={{ left: `${at.x * 100}%`, top: `${at.y * 100}%` }} aria-hidden />;
}
