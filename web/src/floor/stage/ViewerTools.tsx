import { Minus, PictureInPicture2, Plus, Scan, X } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { Speaker } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { viewerWords } from '../words/viewer.vi.ts';
import { type Box, CONTENT } from './arrange.ts';
import { asAllSee, type OwnView, zoomed } from './ownView.ts';
import { plateOf } from './plateOf.ts';
import './viewerTools.css';

interface ViewerToolsProps {
  readonly view: OwnView;
  readonly onView: (view: OwnView) => void;
  readonly onStage: readonly Speaker[];
  /** Where each picture stands. */
  readonly boxes: ReadonlyMap<string, Box>;
}

/** PN27: how this viewer alone looks at the stage: whom they see large, how near, and beside other windows. */
export default function ViewerTools({ view, onView, onStage, boxes }: ViewerToolsProps) {
  const { t, number } = useText(viewerWords);
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const large = largestOf(boxes);
  const float = useFloating(root, large);
  const people = onStage.filter(
    ({ seat }) => seat.identity === view.pinned || onStage.length > 1 || boxes.has(CONTENT),
  );
  const isOwn = view.pinned !== undefined || view.zoom > 1;
  return (
    <div ref={root} className="viewer-tools" data-open={open || isOwn}>
      <button
        type="button"
        className="button quiet icon"
        aria-expanded={open || isOwn}
        aria-label={t.title}
        title={t.title}
        onClick={() => (isOwn ? onView(asAllSee) : setOpen(!open))}
      >
        {open || isOwn ? <X size={18} aria-hidden /> : <Scan size={18} aria-hidden />}
      </button>
      {(open || isOwn) && (
        <fieldset aria-label={t.title}>
          {people.length > 0 && (
            <>
              <label htmlFor={id} className="unseen">
                {t.pin}
              </label>
              <select
                id={id}
                className="input"
                value={view.pinned ?? ''}
                onChange={({ target }) => onView({ ...view, pinned: target.value || undefined })}
              >
                <option value="">{t.asAll}</option>
                {(boxes.has(CONTENT) || view.pinned === CONTENT) && <option value={CONTENT}>{t.content}</option>}
                {people.map((speaker) => (
                  <option key={speaker.seat.identity} value={speaker.seat.identity}>
                    {plateOf(speaker).first}
                  </option>
                ))}
              </select>
            </>
          )}
          <button
            type="button"
            className="button quiet icon"
            aria-label={t.smaller}
            title={t.smaller}
            disabled={view.zoom === zoomed(view.zoom, -1)}
            onClick={() => onView({ ...view, zoom: zoomed(view.zoom, -1) })}
          >
            <Minus size={18} aria-hidden />
          </button>
          <output className="num">{t.times(number(view.zoom))}</output>
          <button
            type="button"
            className="button quiet icon"
            aria-label={t.larger}
            title={t.larger}
            disabled={view.zoom === zoomed(view.zoom, 1)}
            onClick={() => onView({ ...view, zoom: zoomed(view.zoom, 1) })}
          >
            <Plus size={18} aria-hidden />
          </button>
          {float && (
            <button type="button" className="button quiet icon" aria-label={t.float} title={t.float} onClick={float}>
              <PictureInPicture2 size={18} aria-hidden />
            </button>
          )}
          <p>{t.here}</p>
        </fieldset>
      )}
    </div>
  );
}

function largestOf(boxes: ReadonlyMap<string, Box>): string | undefined {
  const people = [...boxes].filter(([key]) => key !== CONTENT);
  return people.sort(([, a], [, b]) => b.width - a.width)[0]?.[0];
}

/** The largest picture in a window of its own, which follows the cut; undefined where the browser has no such window. */
function useFloating(root: React.RefObject<HTMLElement | null>, large: string | undefined) {
  const videoOf = (identity: string | undefined) =>
    identity === undefined
      ? null
      : root.current
          ?.closest('.stage')
          ?.querySelector<HTMLVideoElement>(`[data-identity="${CSS.escape(identity)}"] video`);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows who is large
  useEffect(() => {
    const floating = document.pictureInPictureElement;
    const next = videoOf(large);
    if (floating && next && floating !== next) void next.requestPictureInPicture().catch(() => undefined);
  }, [large]);
  if (!document.pictureInPictureEnabled || large === undefined) return undefined;
  return () => {
    if (document.pictureInPictureElement) return void document.exitPictureInPicture().catch(() => undefined);
    void videoOf(large)
      ?.requestPictureInPicture()
      .catch(() => undefined);
  };
}
