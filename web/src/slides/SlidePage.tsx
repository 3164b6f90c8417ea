import { LoaderCircle } from 'lucide-react';
import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Deck } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { useOffice } from '../session/OfficeContext.tsx';
import { useSize } from '../ui/useSize.ts';
import { type Drawn, PagePictures } from './PagePictures.ts';
import { slidesApi } from './slidesApi.ts';
import { slidesWords } from './words/slides.vi.ts';
import './slidePage.css';

interface SlidePageProps {
  readonly deck: Deck;
  readonly page: number;
  /** Upon the page, where somebody points. */
  readonly children?: ReactNode;
  /** Told where on the page, between 0 and 1; undefined: no longer on it. */
  readonly onPoint?: (at: { readonly x: number; readonly y: number } | undefined) => void;
}

/** One page of a deck, as large as its place allows and as sharp as the screen shows it. */
export function SlidePage({ deck, page, children, onPoint }: SlidePageProps) {
  const { t } = useText(slidesWords);
  const { api } = useOffice();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pictures, setPictures] = useState<PagePictures>();
  const [drawn, setDrawn] = useState<{ readonly page: number; readonly sharp: boolean }>();
  const [place, { width, height }] = useSize<HTMLDivElement>();
  const facts = deck.pages[page - 1];
  const ratio = facts ? facts.width / facts.height : 16 / 9;
  const shownWidth = Math.min(width, height * ratio);

  useEffect(() => {
    const draw = ({ page: nr, sharp, picture }: Drawn) => {
      const element = canvas.current;
      if (!element) return;
      element.width = picture.width;
      element.height = picture.height;
      element.getContext('2d', { alpha: false })?.drawImage(picture, 0, 0);
      setDrawn({ page: nr, sharp });
    };
    const made = new PagePictures((id, sha256, signal) => slidesApi.picture(api, id, sha256, signal), draw);
    setPictures(made);
    return () => made.close();
  }, [api]);
  useEffect(() => {
    if (shownWidth > 0) pictures?.show({ deck, page, pixels: shownWidth * devicePixelRatio });
  }, [pictures, deck, page, shownWidth]);

  const point = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const inside = (value: number) => Math.min(1, Math.max(0, value));
    onPoint?.({ x: inside((event.clientX - box.left) / box.width), y: inside((event.clientY - box.top) / box.height) });
  };
  return (
    <div ref={place} className="slide-place">
      <div
        className="slide-page"
        style={{ width: shownWidth, height: shownWidth / ratio }}
        data-page={drawn?.page}
        data-sharp={drawn?.sharp}
        {...(onPoint && { onPointerMove: point, onPointerLeave: () => onPoint(undefined) })}
      >
        <canvas
          ref={canvas}
          role="img"
          aria-label={t.page(page, deck.size)}
          data-old={drawn !== undefined && drawn.page !== page}
        />
        {drawn?.page === page
          ? children
          : shownWidth > 0 && (
              <p className="slide-waiting">
                <LoaderCircle size={24} aria-hidden />
                {t.loading(page)}
              </p>
            )}
      </div>
    </div>
  );
}
