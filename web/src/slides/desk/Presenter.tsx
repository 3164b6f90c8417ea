import { ChevronLeft, ChevronRight, MousePointer2, Presentation, Square } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { POINTS_PER_SECOND } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import { useAct } from '../../session/useAct.ts';
import { useShortcuts } from '../../ui/useShortcuts.ts';
import { SlidePage } from '../SlidePage.tsx';
import { seenOf } from '../seenOf.ts';
import { useDeck } from '../useDeck.ts';
import type { Shown } from '../useShownSlides.ts';
import { slidesDeskWords } from '../words/desk.vi.ts';

/** A little slower than the server takes. */
const POINT_MS = 1000 / POINTS_PER_SECOND + 30;

interface PresenterProps {
  readonly shown: Shown;
  /** Gives them the place again that something else took. */
  readonly onAgain: () => void;
}

/** Turns pages: by buttons, by keys, and so by a clicker; and points. */
export function Presenter({ shown, onAgain }: PresenterProps) {
  const { t } = useText(slidesDeskWords);
  const { run, pending } = useAct();
  const { programme } = useChannel();
  const deck = useDeck(shown.deck);
  const { deck: id, page, size } = shown;
  const seen = seenOf(programme, id);
  const [pointing, setPointing] = useState(false);
  const point = usePointer(pointing, id, page);
  // Pressed again before the answer is there: two pages on.
  const asked = useRef(page);
  useEffect(() => {
    asked.current = page;
  }, [page]);
  const turn = (to: number): void => {
    const nr = Math.min(size, Math.max(1, to));
    if (nr === asked.current) return;
    asked.current = nr;
    void run('slides.turn', { deck: id, page: nr }).then((done) => {
      if (!done) asked.current = page;
    });
  };
  const by = (pages: number) => () => turn(asked.current + pages);
  useShortcuts({
    arrowright: by(1),
    pagedown: by(1),
    arrowleft: by(-1),
    pageup: by(-1),
    home: () => turn(1),
    end: () => turn(size),
  });

  return (
    <div className="presenter">
      <div className="presenter-pages">
        <figure>
          <div className="presenter-page" data-pointing={pointing}>
            {deck && <SlidePage deck={deck} page={page} {...(pointing && { onPoint: point })} />}
          </div>
          <figcaption className="num">{t.seen[seen](page, size)}</figcaption>
        </figure>
        <figure className="presenter-next">
          <div className="presenter-page">
            {deck && page < size ? <SlidePage deck={deck} page={page + 1} /> : <p className="soft">{t.last}</p>}
          </div>
          <figcaption>{t.next}</figcaption>
        </figure>
      </div>
      <div className="row">
        {seen === 'away' && (
          <button type="button" className="button primary" disabled={pending.has(id)} onClick={onAgain}>
            <Presentation size={20} aria-hidden />
            {t.again}
          </button>
        )}
        <button type="button" className="button" disabled={page === 1} onClick={by(-1)}>
          <ChevronLeft size={20} aria-hidden />
          {t.back}
        </button>
        <button type="button" className="button" disabled={page === size} onClick={by(1)}>
          {t.forward}
          <ChevronRight size={20} aria-hidden />
        </button>
        <button
          type="button"
          className="button"
          aria-pressed={pointing}
          data-on={pointing}
          onClick={() => setPointing(!pointing)}
        >
          <MousePointer2 size={18} aria-hidden />
          {t.pointer}
        </button>
        <button
          type="button"
          className="button"
          disabled={pending.has('slides.end')}
          onClick={() => void run('slides.end', {})}
        >
          <Square size={18} aria-hidden />
          {t.end}
        </button>
      </div>
      <p className="soft small-text">{pointing ? t.pointerHint : t.keys}</p>
    </div>
  );
}

/** Sends the newest place, a few times a second; what is refused or lost is not sent again. */
function usePointer(pointing: boolean, deck: string, page: number) {
  const { channel } = useTools();
  const wanted = useRef<{ readonly at: { readonly x: number; readonly y: number } | null }>(undefined);
  useEffect(() => {
    if (!pointing) return;
    const send = (at: { readonly x: number; readonly y: number } | null) =>
      void channel.act('slides.point', { deck, page, at }).catch(() => undefined);
    const timer = setInterval(() => {
      if (!wanted.current) return;
      send(wanted.current.at);
      wanted.current = undefined;
    }, POINT_MS);
    return () => {
      clearInterval(timer);
      wanted.current = undefined;
      send(null);
    };
  }, [channel, pointing, deck, page]);
  return (at: { readonly x: number; readonly y: number } | undefined): void => {
    wanted.current = { at: at ?? null };
  };
}
