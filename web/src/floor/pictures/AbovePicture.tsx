import { VolumeX } from 'lucide-react';
import { useState } from 'react';
import type { Floor } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { Picture } from '../../livekit/mediaElements.tsx';
import { useMedia, useTools } from '../../session/BriefingContext.tsx';
import { roomWords } from '../words/room.vi.ts';
import './abovePicture.css';

/**
 * TR16: who is seen in the room above, small and silent, in the corner of the stage. A line that is weak keeps all it
 * has for the room itself: without an element nothing is sent.
 */
export function AbovePicture({ above: { name, identity, speaker } }: { readonly above: NonNullable<Floor['above']> }) {
  const { t } = useText(roomWords);
  const { identity: me } = useTools();
  const { people, line, phase } = useMedia();
  const person = people.get(identity);
  const camera = person && !person.cameraMuted ? person.camera : undefined;
  const [seen, setSeen] = useState<unknown>();
  if (!camera || identity === me || line !== 'good' || phase !== 'connected') return null;
  const said = t.aboveSaid(name, speaker);
  return (
    <figure className="above-picture" data-seen={seen === camera} title={said}>
      <Picture track={camera} label={said} onFrame={() => setSeen(camera)} />
      <figcaption aria-hidden>
        <VolumeX size={12} aria-hidden />
        {name === null ? t.common : t.room(name)}
      </figcaption>
    </figure>
  );
}
