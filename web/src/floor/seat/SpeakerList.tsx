import { useEffect, useRef } from 'react';
import type { Speaker } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useChannel, useMedia, useTools } from '../../session/BriefingContext.tsx';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { stageOf } from '../stage/stageOf.ts';
import { floorWords } from '../words/floor.vi.ts';
import './speakerList.css';

/** Who is on air and who speaks just now; changes of the floor are read aloud. */
export function SpeakerList() {
  const { t } = useText(floorWords);
  const { identity } = useTools();
  const announce = useAnnounce();
  const { briefing, floor } = useChannel();
  const { people } = useMedia();
  const stage = stageOf(briefing, floor);
  const tiles = stage.kind === 'tiles' ? stage.tiles : [];
  const namesOf = (some: readonly Speaker[]) => some.map(({ seat }) => seat.name).join(', ');
  const names = namesOf(tiles.filter(({ away, place }) => !away && place === 'stage'));
  const lost = namesOf(tiles.filter(({ place, seat }) => place === 'holding' && seat.identity !== identity));
  const away = namesOf(tiles.filter(({ away }) => away));
  const before = useRef({ names, away, lost });
  useEffect(() => {
    if (names && names !== before.current.names) announce(t.onStage(names));
    if (away && away !== before.current.away) announce(t.looking(away));
    if (lost && lost !== before.current.lost) announce(t.holdingBackTitle(lost));
    before.current = { names, away, lost };
  }, [names, away, lost, announce, t]);
  if (tiles.length === 0) return null;
  return (
    <ul className="speaker-list">
      {tiles.map((speaker) => (
        <li key={speaker.seat.identity}>{lineOf(speaker)}</li>
      ))}
    </ul>
  );

  function lineOf({ seat, place, away }: Speaker): string {
    if (place === 'holding') return seat.identity === identity ? t.ownHolding : t.holdingBackTitle(seat.name);
    if (away) return t.looking(seat.name);
    return people.get(seat.identity)?.speaking ? t.speaking(seat.name) : t.onStage(seat.name);
  }
}
