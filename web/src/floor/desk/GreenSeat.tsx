import { Ear, EarOff, LoaderCircle, Radio, VideoOff, X } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { Speaker } from '../../api/contract.ts';
import { LevelMeter } from '../../briefing/check/LevelMeter.tsx';
import { checkWords } from '../../briefing/words/check.vi.ts';
import { useText } from '../../i18n/useText.tsx';
import { Picture, Sound, useSoundStream } from '../../livekit/mediaElements.tsx';
import { equipmentLine, isWhole } from '../../organisation/equipmentLine.ts';
import { equipmentWords } from '../../organisation/words/equipment.vi.ts';
import { useMedia } from '../../session/BriefingContext.tsx';
import { plateOf } from '../stage/plateOf.ts';
import { floorDeskWords } from '../words/desk.vi.ts';
import { stageWords } from '../words/stage.vi.ts';
import { Invited } from './Invited.tsx';
import { SeatMenu } from './SeatMenu.tsx';
import { greenChecks, useGreenChecks } from './useGreenChecks.ts';
import type { Moderation } from './useModeration.ts';
import './greenRoom.css';
import './seatActs.css';

interface GreenSeatProps {
  readonly speaker: Speaker;
  readonly within: string;
  readonly moderation: Moderation;
  readonly onRemove: () => void;
}

/** One who gets ready: how they look and sound, what is still to be checked, and one thing to do. */
export function GreenSeat({ speaker, within, moderation, onRemove }: GreenSeatProps) {
  const { t } = useText(floorDeskWords);
  const { t: stage } = useText(stageWords);
  const { t: check } = useText(checkWords);
  const { t: equipmentText } = useText(equipmentWords);
  const { people } = useMedia();
  const { seat, checked, invited } = speaker;
  // FL35: what will stand under the picture is what is asked about.
  const { first, second } = plateOf(speaker);
  const person = people.get(seat.identity);
  const [listening, setListening] = useState(false);
  const [seen, setSeen] = useState<unknown>();
  const [heard, setHeard] = useState(false);
  const camera = person && !person.cameraMuted ? person.camera : undefined;
  const onFrame = useCallback(() => setSeen(camera), [camera]);
  const onHeard = useCallback(() => setHeard(true), []);
  const voice = useSoundStream(person?.microphone);
  const evidence = { picture: camera !== undefined && seen === camera, sound: heard };
  const { ticks, all, toggle } = useGreenChecks(checked, evidence, (now) => void moderation.check(seat, now));
  const busy = moderation.busy(seat);
  const lacks = seat.equipment && !isWhole(seat.equipment) && equipmentLine(seat.equipment, equipmentText);
  return (
    <li className="green-seat">
      <div className="green-picture on-stage">
        {camera && <Picture track={camera} label={seat.name} onFrame={onFrame} />}
        {!evidence.picture && (
          <div className="tile-note">
            {person?.cameraMuted ? <VideoOff size={24} aria-hidden /> : <LoaderCircle size={24} aria-hidden />}
            <p>{person?.cameraMuted ? check.pictureOff : lacks || stage.waitingPicture}</p>
          </div>
        )}
        {listening && person?.microphone && <Sound track={person.microphone} />}
      </div>
      {voice ? (
        <div className="green-meter">
          <LevelMeter stream={voice} onHeard={onHeard} />
        </div>
      ) : (
        <p className="soft">{t.noSoundYet}</p>
      )}
      <div className="green-name">
        <span className="soft">{t.plate}</span>
        <strong>{first}</strong>
        <span>{second || within}</span>
        {!seat.person && <span className="soft">{t.nobodyNamed}</span>}
      </div>
      <ul className="green-checks" aria-label={t.checklist}>
        {greenChecks.map((name) => (
          <li key={name}>
            <label className={ticks[name] ? 'green-check on' : 'green-check'}>
              <input type="checkbox" checked={ticks[name]} onChange={() => toggle(name)} />
              {t.checks[name]}
            </label>
          </li>
        ))}
      </ul>
      {invited && <Invited key={invited.at} invited={invited} />}
      {!invited || invited.declined ? (
        // Red only after the check: that is the order of work.
        <button
          type="button"
          className={all ? 'button air' : 'button'}
          disabled={busy}
          onClick={() => void moderation.promote(seat)}
        >
          <Radio size={20} aria-hidden />
          {t.promote}
        </button>
      ) : (
        <button type="button" className="button primary" disabled={busy} onClick={() => void moderation.withdraw(seat)}>
          <X size={20} aria-hidden />
          {t.stopPromote}
        </button>
      )}
      <div className="seat-acts">
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
        <SeatMenu speaker={speaker} moderation={moderation} onRemove={onRemove} />
        <button type="button" className="button small" disabled={busy} onClick={() => void moderation.outOfGreen(seat)}>
          {t.outOfGreen}
        </button>
      </div>
    </li>
  );
}
