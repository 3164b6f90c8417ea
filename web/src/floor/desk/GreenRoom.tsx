import { Ear, EarOff, LoaderCircle, UserCheck } from 'lucide-react';
import { useState } from 'react';
import type { Speaker } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { Picture, Sound } from '../../livekit/mediaElements.tsx';
import { useChannel, useMedia } from '../../session/BriefingContext.tsx';
import { floorDeskWords } from '../words/desk.vi.ts';
import { floorWords } from '../words/floor.vi.ts';
import { SeatMenu } from './SeatMenu.tsx';
import type { Moderation } from './useModeration.ts';
import './greenRoom.css';
import './seatActs.css';

interface GreenRoomProps {
  readonly moderation: Moderation;
  readonly onRemove: (speaker: Speaker) => void;
}

/** Those who get ready: seen, and heard on request, before anybody else sees them. */
export function GreenRoom({ moderation, onRemove }: GreenRoomProps) {
  const { t } = useText(floorDeskWords);
  const { floor } = useChannel();
  const waiting = floor.speakers.filter(({ place }) => place === 'green');
  return (
    <section className="green" aria-label={t.green}>
      <h2>
        {t.green} <span className="count num">{waiting.length}</span>
      </h2>
      {waiting.length === 0 ? (
        <p className="soft empty">{t.greenNone}</p>
      ) : (
        <ul className="green-list">
          {waiting.map((speaker) => (
            <GreenSeat key={speaker.seat.identity} speaker={speaker} moderation={moderation} onRemove={onRemove} />
          ))}
        </ul>
      )}
    </section>
  );
}

function GreenSeat({ speaker, moderation, onRemove }: GreenRoomProps & { speaker: Speaker }) {
  const { t } = useText(floorDeskWords);
  const { t: floorText } = useText(floorWords);
  const { people } = useMedia();
  const [listening, setListening] = useState(false);
  const { seat, checked } = speaker;
  const person = people.get(seat.identity);
  const busy = moderation.busy(seat);
  return (
    <li className="green-seat">
      <div className="green-picture on-stage">
        {person?.camera ? (
          <Picture track={person.camera} label={seat.name} />
        ) : (
          <div className="tile-note">
            <LoaderCircle size={20} aria-hidden />
            <p>{floorText.waitingPicture}</p>
          </div>
        )}
        {listening && person?.microphone && <Sound track={person.microphone} />}
      </div>
      <div className="green-words">
        <strong className="clip">{seat.name}</strong>
        <div className="seat-acts">
          <button
            type="button"
            className="button small"
            aria-pressed={checked}
            data-on={checked}
            disabled={busy}
            onClick={() => void moderation.check(seat, !checked)}
          >
            <UserCheck size={16} aria-hidden />
            {t.checked}
          </button>
          <button
            type="button"
            className="button small"
            aria-pressed={listening}
            data-on={listening}
            onClick={() => setListening(!listening)}
          >
            {listening ? <EarOff size={16} aria-hidden /> : <Ear size={16} aria-hidden />}
            {t.listen}
          </button>
        </div>
      </div>
      <div className="seat-acts green-acts">
        {/* Red only after the check: that is the order of work. */}
        <button
          type="button"
          className={checked ? 'button primary small' : 'button small'}
          disabled={busy}
          onClick={() => void moderation.promote(seat)}
        >
          {t.promote}
        </button>
        <button
          type="button"
          className="button small"
          disabled={busy}
          onClick={() => void moderation.demote(seat, 'audience')}
        >
          {t.demote}
        </button>
        <SeatMenu speaker={speaker} moderation={moderation} onRemove={() => onRemove(speaker)} />
      </div>
    </li>
  );
}
