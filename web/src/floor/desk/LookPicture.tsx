import { useEffect, useRef, useState } from 'react';
import type { StagePicture } from '../../api/contract.ts';

/** A small picture of a stage. The old one stays until the next is drawn. */
export function LookPicture({ picture: { at, bytes } }: { readonly picture: StagePicture }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isThere, setThere] = useState(false);
  useEffect(() => {
    let over = false;
    const draw = async (): Promise<void> => {
      const blob = new Blob([Uint8Array.from(atob(bytes), (char) => char.charCodeAt(0))], { type: 'image/jpeg' });
      const picture = await createImageBitmap(blob);
      const element = canvas.current;
      if (!over && element) {
        element.width = picture.width;
        element.height = picture.height;
        element.getContext('2d', { alpha: false })?.drawImage(picture, 0, 0);
        setThere(true);
      }
      picture.close();
    };
    draw().catch(() => undefined);
    return () => {
      over = true;
    };
  }, [bytes]);
  return <canvas ref={canvas} className="room-picture" data-at={at} hidden={!isThere} aria-hidden />;
}
