import { Ear, LoaderCircle, MicOff, VideoOff, Volume2 } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { Speaker } from '../../api/contract.ts';
import { checkWords } from '../../briefing/words/check.vi.ts';
import { useText } from '../../i18n/useText.tsx';
import { Picture, Sound } from '../../livekit/mediaElements.tsx';
import type { Person } from '../../livekit/types.ts';
import { useChannel, useMedia, useTools } from '../../session/BriefingContext.tsx';
import { floorWords } from '../words/floor.vi.ts';
import { HoldingCard } from './HoldingCard.tsx';
import { stageOf } from './stageOf.ts';
import './stage.css';

interface StageProps {
  readonly audioOnly?: boolean;
  readonly onPictureBack?: () => void;
  /** The pages of officials hear the stage too, except where another stage on the page sounds already. */
  readonly silent?: boolean;
}

/** What everyone sees: those on stage, or the holding card; and everyone's sound. */
export function Stage({ audioOnly = false, onPictureBack, silent = false }: StageProps) {
  const { t } = useText(floorWords);
  const { identity } = useTools();
  const { briefing, floor } = useChannel();
  const { people, soundBlocked } = useMedia();
  const { media } = useTools();
  const stage = stageOf(briefing, floor);
  const warm = floor.speakers.filter(({ place, seat }) => place === 'green' && seat.identity !== identity);

  return (
    <section className="stage on-stage" aria-label={t.stage}>
      {stage.kind === 'holding' ? (
        <HoldingCard stage={stage} briefing={briefing} />
      ) : (
        <div className="tiles" data-count={stage.tiles.length}>
          {stage.tiles.map((speaker) => (
            <Tile
              key={speaker.seat.identity}
              speaker={speaker}
              person={people.get(speaker.seat.identity)}
              mine={speaker.seat.identity === identity}
              audioOnly={audioOnly}
            />
          ))}
        </div>
      )}
      {!silent &&
        stage.kind === 'tiles' &&
        stage.tiles.map(({ seat }) => {
          const sound = seat.identity === identity ? undefined : people.get(seat.identity)?.microphone;
          return sound && <Sound key={seat.identity} track={sound} />;
        })}
      {!audioOnly && <WarmSeats speakers={warm} people={people} />}
      {audioOnly && stage.kind === 'tiles' && (
        <div className="stage-note">
          <Ear size={20} aria-hidden />
          <span>{t.soundOnly}</span>
          {onPictureBack && (
            <button type="button" className="button small" onClick={onPictureBack}>
              {t.soundOnlyBack}
            </button>
          )}
        </div>
      )}
      {soundBlocked && !silent && (
        <div className="stage-note urgent">
          <Volume2 size={20} aria-hidden />
          <span>{t.soundBlocked}</span>
          <button type="button" className="button primary" onClick={() => void media.startSound()}>
            {t.unblock}
          </button>
        </div>
      )}
    </section>
  );
}

interface TileProps {
  readonly speaker: Speaker;
  readonly person: Person | undefined;
  readonly mine: boolean;
  readonly audioOnly: boolean;
}

function Tile({ speaker, person, mine, audioOnly }: TileProps) {
  const { t } = useText(floorWords);
  const { t: check } = useText(checkWords);
  const camera = person && !person.cameraMuted ? person.camera : undefined;
  const [seen, setSeen] = useState<unknown>();
  const onFrame = useCallback(() => setSeen(camera), [camera]);
  const { name } = speaker.seat;
  const silent = speaker.muted || (person?.microphoneMuted ?? false);
  const note = noteOf();

  function noteOf() {
    if (speaker.place === 'holding') return { icon: LoaderCircle, text: t.holdingBackTitle(name) };
    if (audioOnly) return { icon: Ear, text: undefined };
    if (!person?.camera) return { icon: LoaderCircle, text: t.waitingPicture };
    if (person.cameraMuted) return { icon: VideoOff, text: check.pictureOff };
    if (person.paused) return { icon: Ear, text: t.pictureWeak };
    return seen === camera ? undefined : { icon: LoaderCircle, text: t.waitingPicture };
  }

  return (
    <figure className="tile" data-identity={speaker.seat.identity} data-speaking={person?.speaking ?? false}>
      <div className="tile-picture">
        {camera && !audioOnly && <Picture track={camera} label={name} mirrored={mine} onFrame={onFrame} />}
        {note && (
          <div className="tile-note">
            <note.icon size={32} aria-hidden />
            {note.text && <p>{note.text}</p>}
          </div>
        )}
      </div>
      <figcaption>
        {silent ? <MicOff size={18} aria-hidden /> : person?.speaking && <Volume2 size={18} aria-hidden />}
        <span className="clip">
          <strong>{name}</strong>
          {mine && ` (${t.me})`}
        </span>
        {silent && <span className="unseen">{t.hardMuted}</span>}
      </figcaption>
    </figure>
  );
}

/**
 * Those in the green room are subscribed, paused, by everyone: shown nowhere, but with a decoder that waits, so that
 * the cut to them needs no negotiation and no new layer choice.
 */
function WarmSeats({ speakers, people }: { speakers: readonly Speaker[]; people: ReadonlyMap<string, Person> }) {
  return (
    <div className="warm-seats" aria-hidden>
      {speakers.map(({ seat }) => {
        const camera = people.get(seat.identity)?.camera;
        return camera && <Picture key={seat.identity} track={camera} label="" />;
      })}
    </div>
  );
}
