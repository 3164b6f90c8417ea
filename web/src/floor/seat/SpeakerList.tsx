import { useEffect, useRef } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { useChannel, useMedia } from '../../session/BriefingContext.tsx';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { stageOf } from '../stage/stageOf.ts';
import { floorWords } from '../words/floor.vi.ts';
import './speakerList.css';

/** Who is on air and who speaks just now; changes of the floor are read aloud. */
export function SpeakerList() {
  const { t } = useText(floorWords);
  const announce = useAnnounce();
  const { briefing, floor } = useChannel();
  const { people } = useMedia();
  const stage = stageOf(briefing, floor);
  const tiles = stage.kind === 'tiles' ? stage.tiles : [];
  const names = tiles.map(({ seat }) => seat.name).join(', ');
  const before = useRef(names);
  useEffect(() => {
    if (names && names !== before.current) announce(t.onStage(names));
    before.current = names;
  }, [names, announce, t]);
  if (tiles.length === 0) return null;
  return (
    <ul className="speaker-list">
      {tiles.map(({ seat, place }) => (
        <li key={seat.identity}>
          {place === 'holding'
            ? t.holdingBackTitle(seat.name)
            : people.get(seat.identity)?.speaking
              ? t.speaking(seat.name)
              : t.onStage(seat.name)}
        </li>
      ))}
    </ul>
  );
}
