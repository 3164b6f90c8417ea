import { LoaderCircle } from 'lucide-react';
import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Deck } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { useOffice } from '../session/OfficeContext.tsx';
import { useSize } from '../ui/useSize.ts';
import { COLUMN_GAP, columnsOf, columnTop } from './columnsOf.ts';
import { type Drawn, PagePictures } from './PagePictures.ts';
import { slidesApi } from './slidesApi.ts';
import { slidesWords } from './words/slides.vi.ts';
import './slidePage.css';

interface SlidePageProps {
  readonly deck: Deck;
  readonly page: number;
  /** Upon the page, where somebody points. */
  readonly children?: ReactNode;
  /** An upright page may be cut into columns, as large as a wide screen lets it be. (SL24) */
  readonly inColumns?: boolean;
  /** Told where on the page, between 0 and 1; undefined: no longer on it. */
  readonly onPoint?: (at: { readonly x: number; readonly y: number } | undefined) => void;
}

/** One page of a deck, as large as its place allows and as sharp as the screen shows it. */
export function SlidePage({ deck, page, children, inColumns = false, onPoint }: SlidePageProps) {
  const { t } = useText(slidesWords);
  const { api } = useOffice();
  const canvases = useRef<(HTMLCanvasElement | null)[]>([]);
  const picture = useRef<ImageBitmap>(undefined);
  const [pictures, setPictures] = useState<PagePictures>();
  const [drawn, setDrawn] = useState<{ readonly page: number; readonly sharp: boolean }>();
  const [place, { width, height }] = useSize<HTMLDivElement>();
  const facts = deck.pages[page - 1];
  const ratio = facts ? facts.width / facts.height : 16 / 9;
  const columns = columnsOf(ratio, width, height, inColumns);
  const { width: shownWidth, count } = columns;

  useEffect(() => {
    const draw = ({ page: nr, sharp, picture: told }: Drawn) => {
      picture.current = told;
      setDrawn({ page: nr, sharp });
      paint(canvases.current, told);
    };
    const made = new PagePictures((id, sha256, signal) => slidesApi.picture(api, id, sha256, signal), draw);
    setPictures(made);
    return () => made.close();
  }, [api]);
  useEffect(() => {
    if (shownWidth > 0) pictures?.show({ deck, page, pixels: shownWidth * devicePixelRatio });
  }, [pictures, deck, page, shownWidth]);

  // Another column has a canvas of its own.
  // biome-ignore lint/correctness/useExhaustiveDependencies: painted once more for each number of columns
  useEffect(() => {
    if (picture.current) paint(canvases.current, picture.current);
  }, [count]);

  const point = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const inside = (value: number) => Math.min(1, Math.max(0, value));
    onPoint?.({ x: inside((event.clientX - box.left) / box.width), y: inside((event.clientY - box.top) / box.height) });
  };
  const whole = { width: shownWidth, height: shownWidth / ratio };
  return (
    <div ref={place} className="slide-place" style={{ gap: COLUMN_GAP }} data-columns={count}>
      {Array.from({ length: count }, (_, column) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
          key={column}
          className="slide-column"
          style={{ width: shownWidth, height: columns.height }}
          aria-hidden={column > 0 || undefined}
        >
          <div
            className="slide-page"
            style={{ ...whole, top: -columnTop(column, count) * whole.height }}
            data-page={drawn?.page}
            data-sharp={drawn?.sharp}
            {...(onPoint && { onPointerMove: point, onPointerLeave: () => onPoint(undefined) })}
          >
            <canvas
              ref={(element) => {
                canvases.current[column] = element;
              }}
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
      ))}
    </div>
  );
}

function paint(canvases: readonly (HTMLCanvasElement | null)[], picture: ImageBitmap): void {
  // Closed: of a page that is no longer wanted.
  if (picture.width === 0) return;
  for (const element of canvases) {
    if (!element) continue;
    element.width = picture.width;
    element.height = picture.height;
    element.getContext('2d', { alpha: false })?.drawImage(picture, 0, 0);
  }
}
