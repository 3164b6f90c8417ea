import { Ear, Eye, LoaderCircle, type LucideIcon, VideoOff, WifiOff } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { Speaker } from '../../api/contract.ts';
import { MirrorSwitch } from '../../briefing/MirrorSwitch.tsx';
import { briefingWords } from '../../briefing/words/briefing.vi.ts';
import { checkWords } from '../../briefing/words/check.vi.ts';
import { useText } from '../../i18n/useText.tsx';
import { Picture } from '../../livekit/mediaElements.tsx';
import type { Person } from '../../livekit/types.ts';
import { useDevices, useMedia, useTools } from '../../session/BriefingContext.tsx';
import { useOnline } from '../../ui/useOnline.ts';
import { opensSilent } from '../opensSilent.ts';
import { floorWords } from '../words/floor.vi.ts';
import { stageWords } from '../words/stage.vi.ts';
import type { Box } from './arrange.ts';
import { NamePlate } from './NamePlate.tsx';
import { plateOf } from './plateOf.ts';
import { plateRoomOf } from './plateRoomOf.ts';
import { VoiceLevel } from './VoiceLevel.tsx';

/** A picture that is wider has a button over it, CSS pixels. */
const LARGE = 320;

interface TileProps {
  readonly speaker: Speaker;
  readonly person: Person | undefined;
  readonly mine: boolean;
  readonly audioOnly: boolean;
  /** undefined: not shown, and its decoder waits for the cut. */
  readonly box: Box | undefined;
  /** A small picture lies over a large one. */
  readonly order: number;
  /** CSS pixels. */
  readonly stageWidth: number;
}

/** What stands in place of a picture. */
interface Note {
  readonly icon: LucideIcon;
  readonly text: string | undefined;
  /** Where there is no room for more. (PN39) */
  readonly short?: string;
  /** There is a name plate below it. */
  readonly waits?: boolean;
}

/** One of those on stage, with their name; or their name alone with their voice, while there is no picture. */
export function Tile({ speaker, person, mine, audioOnly, box, order, stageWidth }: TileProps) {
  const { t } = useText(floorWords);
  const { t: words } = useText(stageWords);
  const { t: check } = useText(checkWords);
  const { t: room } = useText(briefingWords);
  const camera = person && !person.cameraMuted && !audioOnly ? person.camera : undefined;
  const [seen, setSeen] = useState<unknown>();
  const onFrame = useCallback(() => setSeen(camera), [camera]);
  const { mirror } = useDevices();
  const { devices } = useTools();
  const online = useOnline();
  const { line, phase } = useMedia();
  /** Without a line nothing is heard either. */
  const hears = online && line !== 'lost' && phase === 'connected';
  const { name } = speaker.seat;
  const silent = speaker.muted || (person?.microphoneMuted ?? false);
  const note = noteOf();
  const { first, second } = plateOf(speaker);

  function noteOf(): Note | undefined {
    const { equipment } = speaker.seat;
    if (speaker.place === 'holding')
      return mine
        ? { icon: LoaderCircle, text: t.ownHolding, waits: true }
        : { icon: WifiOff, text: t.holdingBackTitle(name), short: room.lineState.lost, waits: true };
    if (speaker.away && !camera) return { icon: Eye, text: `${t.lookingAt(speaker.away.room)}. ${t.lookBack}` };
    if (audioOnly) return { icon: Ear, text: undefined };
    if (person?.camera) {
      if (person.cameraMuted) return { icon: VideoOff, text: check.pictureOff };
      // Held back for this device's own line, and only then: a picture that stands still may have another cause.
      if (person.paused && hears && line === 'weak')
        return { icon: Ear, text: `${words.pictureWeak}${silent ? '' : ` ${words.soundGoesOn}`}` };
      if (person.paused) return { icon: LoaderCircle, text: words.waitingPicture, waits: true };
      return seen === camera ? undefined : { icon: LoaderCircle, text: words.waitingPicture, waits: true };
    }
    // FL40: nobody waits for what comes only by a press of theirs.
    if (speaker.seat.role !== 'seat' && opensSilent(speaker, speaker.seat.path))
      return { icon: VideoOff, text: check.pictureOff };
    const hasCamera = equipment === undefined || isHope(equipment.camera);
    if (hasCamera) return { icon: LoaderCircle, text: words.waitingPicture, waits: true };
    const hasVoice = person?.microphone !== undefined || isHope(equipment.microphone);
    const { camera: lens, microphone } = equipment;
    if (hasVoice) return { icon: VideoOff, text: words.noCamera[lens === 'ready' ? 'unknown' : lens] };
    // FL34: by why, and each by its own where they differ.
    const why = lens === microphone && lens !== 'ready' ? lens : 'unknown';
    return { icon: VideoOff, text: words.noDevices[why] };
  }

  return (
    <figure
      className={box ? 'tile' : 'tile-aside'}
      data-identity={speaker.seat.identity}
      data-speaking={person?.speaking ?? false}
      data-over={order > 0}
      aria-hidden={box ? undefined : true}
      style={box && { ...box, zIndex: order }}
    >
      <div className="tile-picture">
        {camera && <Picture track={camera} label={name} mirrored={mine && mirror} onFrame={onFrame} />}
        {note && (
          <div className="tile-note tile-plate">
            {!note.waits && <strong>{first}</strong>}
            {!note.waits && second && <span className="tile-where">{second}</span>}
            {!note.waits && !silent && person?.microphone && <VoiceLevel track={person.microphone} />}
            <p>
              <note.icon aria-hidden />
              <span>{note.text}</span>
            </p>
            {note.short && (
              <p className="tile-short" aria-hidden>
                <note.icon /> {note.short}
              </p>
            )}
          </div>
        )}
      </div>
      {mine && camera && box && box.width > LARGE && (
        <div className="tile-mirror">
          <MirrorSwitch devices={devices} />
        </div>
      )}
      {(!note || note.waits) && (
        <NamePlate
          speaker={speaker}
          mine={mine}
          silent={silent}
          speaking={person?.speaking ?? false}
          room={box ? plateRoomOf(box.width, stageWidth) : 'all'}
        />
      )}
    </figure>
  );
}

/** There may yet be something of it. */
const isHope = (state: string): boolean => state === 'ready' || state === 'unknown';
