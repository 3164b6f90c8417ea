import { useEffect, useRef, useState } from 'react';
import type { Still } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { useOffice } from '../session/OfficeContext.tsx';
import { useAnnounce } from '../ui/Announcer.tsx';
import { StillFetcher } from './StillFetcher.ts';
import { slidesApi } from './slidesApi.ts';
import { stillsWords } from './words/stills.vi.ts';
import './stillView.css';

/** The newest still of a screen that has come, with the time it is from. */
export function StillView({ still, label, onDrawn }: { still: Still; label: string; onDrawn: () => void }) {
  const { t, time } = useText(stillsWords);
  const { api } = useOffice();
  const announce = useAnnounce();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [fetcher, setFetcher] = useState<StillFetcher>();
  const [drawn, setDrawn] = useState<Still>();
  useEffect(() => {
    const made = new StillFetcher(
      (wanted, signal) => slidesApi.still(api, wanted, signal),
      (fetched, picture) => {
        const element = canvas.current;
        if (!element) return;
        element.width = picture.width;
        element.height = picture.height;
        element.getContext('2d', { alpha: false })?.drawImage(picture, 0, 0);
        setDrawn(fetched);
        onDrawn();
      },
    );
    setFetcher(made);
    return () => made.close();
  }, [api, onDrawn]);
  useEffect(() => fetcher?.show(still), [fetcher, still]);
  const isThere = drawn !== undefined;
  useEffect(() => {
    if (isThere) announce(t.begins);
  }, [announce, isThere, t]);
  return (
    <div className="screen-still" data-nr={drawn?.nr} hidden={!isThere}>
      <canvas ref={canvas} role="img" aria-label={label} />
      <p>{drawn && t.still(time(drawn.at))}</p>
    </div>
  );
}
