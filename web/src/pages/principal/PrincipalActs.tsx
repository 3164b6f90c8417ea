import { FilePen, Mic, MicOff, Radio, Square, Undo2, VideoOff } from 'lucide-react';
import { useState } from 'react';
import { CloseBriefing } from '../../briefing/desk/CloseBriefing.tsx';
import { directiveDeskWords } from '../../directive/words/desk.vi.ts';
import { type OwnState, ownStateOf } from '../../floor/seat/ownStateOf.ts';
import { useOwnSending } from '../../floor/seat/useOwnSending.ts';
import { useTalkingMuted } from '../../floor/seat/useTalkingMuted.ts';
import { useDrawn } from '../../floor/stage/useScene.ts';
import { useElsewhere } from '../../floor/useElsewhere.ts';
import { useMine } from '../../floor/useMine.ts';
import { useSending } from '../../floor/useSending.ts';
import { useSilenced } from '../../floor/useSilenced.ts';
import { type FloorWords, floorWords } from '../../floor/words/floor.vi.ts';
import { stagesWords } from '../../floor/words/stages.vi.ts';
import { useText } from '../../i18n/useText.tsx';
import { chosenOf } from '../../programme/desk/choices.ts';
import { programmeWords } from '../../programme/words/programme.vi.ts';
import { useChannel, useDevices, useMedia, useTools } from '../../session/BriefingContext.tsx';
import { useAct } from '../../session/useAct.ts';
import ShareButton from '../../slides/ShareButton.tsx';
import { ConfirmSheet } from '../../ui/ConfirmSheet.tsx';
import { useShortcuts } from '../../ui/useShortcuts.ts';
import { principalWords } from './words/principal.vi.ts';
import './principalActs.css';

interface PrincipalActsProps {
  /** Starts the seconds before going on air. */
  readonly onGoLive: () => void;
  readonly counting: boolean;
  readonly onCompose: () => void;
}

/** Under the picture: going on air, or what one does while on it. */
export function PrincipalActs({ onGoLive, counting, onCompose }: PrincipalActsProps) {
  const { t, number } = useText(principalWords);
  const { t: floorText } = useText(floorWords);
  const { t: programmeText } = useText(programmeWords);
  const { t: rooms } = useText(stagesWords);
  const { t: giving } = useText(directiveDeskWords);
  const { session } = useTools();
  const { briefing, floor, presence, programme } = useChannel();
  const { sending, held } = useMedia();
  const { phase } = useDevices();
  const { speaker } = useMine();
  const { isElsewhere } = useElsewhere();
  const { run, pending } = useAct();
  const [ending, setEnding] = useState(false);
  useSending(true);
  const { open, off, turn } = useOwnSending();
  const muted = off.includes('microphone');
  const toggleMute = turn('microphone');
  useShortcuts({ m: toggleMute });
  useTalkingMuted(muted && toggleMute !== undefined);
  const drawn = useDrawn();
  const silenced = useSilenced();
  const state = ownStateOf({ speaker, hand: undefined, sending, phase, open, off, drawn, silenced });
  const room = speaker?.home === undefined ? undefined : floor.stage?.name;
  // TR2: units that are shown a room of their own neither see nor hear what is said here.
  const away = (floor.stages ?? []).filter(({ shown }) => shown).length;
  const said =
    state.kind !== 'air' || state.sends !== 'both'
      ? sentenceOf(state, floorText)
      : room !== undefined
        ? rooms.airTo(room)
        : away > 0
          ? rooms.airBut(away)
          : sentenceOf(state, floorText);
  // TR2: what is chosen is the picture of the briefing's own stage.
  const layout = room === undefined ? chosenOf(programme.layout) : undefined;
  const here = presence.get(session.account.unit.code)?.here ?? 0;

  // TR20: what is said here is not heard meanwhile, and what is looked at is not what would go on air.
  if (!speaker && isElsewhere && floor.stage)
    return (
      <div className="principal-acts">
        <p role="status">
          {rooms.watching(floor.stage.name)}
          <span>{rooms.unheard}</span>
        </p>
        <button
          type="button"
          className="button primary"
          disabled={pending.has('stage.enter')}
          onClick={() => void run('stage.enter', { unit: null }, 'stage.enter')}
        >
          <Undo2 size={20} aria-hidden />
          {rooms.back}
        </button>
        <button type="button" className="button" onClick={onCompose}>
          <FilePen size={20} aria-hidden />
          {giving.compose.start}
        </button>
      </div>
    );
  if (!speaker)
    return (
      <div className="principal-acts">
        <button
          type="button"
          className="button air big"
          disabled={counting || pending.has('stage.goLive')}
          onClick={onGoLive}
        >
          <Radio size={24} aria-hidden />
          {pending.has('stage.goLive') ? t.goingLive : t.goLive}
        </button>
        <button type="button" className="button" onClick={onCompose}>
          <FilePen size={20} aria-hidden />
          {giving.compose.start}
        </button>
        {briefing.state === 'live' && <CloseBriefing className="" />}
      </div>
    );
  return (
    <div className="principal-acts">
      <button type="button" className="button" data-on={muted} disabled={!toggleMute} onClick={toggleMute}>
        {muted ? <MicOff size={20} aria-hidden /> : <Mic size={20} aria-hidden />}
        {muted ? floorText.unmute : floorText.mute}
      </button>
      {/* FL22: in a room of their own unit it waits for a press. */}
      {held.includes('camera') && (
        <button type="button" className="button" data-on onClick={turn('camera')}>
          <VideoOff size={20} aria-hidden />
          {floorText.cameraOn}
        </button>
      )}
      <ShareButton />
      <p className="grow soft" role="status">
        {said}
        {layout && <span>{programmeText.now(programmeText.layouts[layout])}</span>}
      </p>
      <button type="button" className="button" onClick={onCompose}>
        <FilePen size={20} aria-hidden />
        {giving.compose.start}
      </button>
      {speaker.home === undefined ? (
        <button type="button" className="button danger" onClick={() => setEnding(true)}>
          <Square size={18} aria-hidden />
          {t.end}
        </button>
      ) : (
        <button type="button" className="button danger" onClick={() => void run('stage.leave', {}, 'stage.visit')}>
          <Undo2 size={18} aria-hidden />
          {rooms.endVisit}
        </button>
      )}
      {ending && (
        <ConfirmSheet
          title={t.endTitle}
          body={t.endBody(number(here))}
          confirm={t.endConfirm}
          keep={t.keepOn}
          onConfirm={() => run('stage.leave', {})}
          onClose={() => setEnding(false)}
        />
      )}
    </div>
  );
}

/** What goes out just now, and no more than that. */
function sentenceOf(state: OwnState, t: FloorWords): string {
  switch (state.kind) {
    case 'air':
      if (state.drawn) return t.air[state.sends];
      return state.sends === 'both' || state.sends === 'voice' ? t.unseen.heard : t.unseen.silent;
    case 'silenced':
      return t.silenced;
    case 'asked':
      return state.declined ? t.declined : t.invited;
    case 'hard-muted':
      return t.hardMuted;
    case 'holding':
      return t.ownHolding;
    case 'failed':
      return t.sendFailed;
    default:
      return t.starting;
  }
}
