import { Ear, Hand, LifeBuoy, LogOut, Mic, MicOff, MonitorPlay, Video, VideoOff } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { HelpSheet } from '../../briefing/HelpSheet.tsx';
import { LineNote, LineSign, useLineWord } from '../../briefing/LineState.tsx';
import { LiveSign } from '../../briefing/LiveSign.tsx';
import { briefingWords } from '../../briefing/words/briefing.vi.ts';
import { DirectivePanel } from '../../directive/seat/DirectivePanel.tsx';
import { useInbox, useInboxInBriefing } from '../../directive/seat/useInbox.ts';
import { CallSheet } from '../../floor/seat/CallSheet.tsx';
import { OwnState } from '../../floor/seat/OwnState.tsx';
import { SpeakerList } from '../../floor/seat/SpeakerList.tsx';
import { Stage } from '../../floor/stage/Stage.tsx';
import { useMine } from '../../floor/useMine.ts';
import { useSending } from '../../floor/useSending.ts';
import { floorWords } from '../../floor/words/floor.vi.ts';
import { useText } from '../../i18n/useText.tsx';
import { OwnAnswers } from '../../rollcall/seat/OwnAnswers.tsx';
import { RollCallPrompt } from '../../rollcall/seat/RollCallPrompt.tsx';
import { useChannel, useMedia, useTools } from '../../session/BriefingContext.tsx';
import { Switches } from '../../session/Switches.tsx';
import { useAct } from '../../session/useAct.ts';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { useShortcuts } from '../../ui/useShortcuts.ts';
import './seatPage.css';

/** A unit's seat in a briefing: sees, hears, is called, raises a hand, speaks. */
export function SeatPage() {
  const { t } = useText(floorWords);
  const { t: room } = useText(briefingWords);
  const { session, media, identity, channel } = useTools();
  const { briefing, ring, link } = useChannel();
  const { people } = useMedia();
  const { speaker, hand, call } = useMine();
  const { run, pending } = useAct();
  const [audioOnly, setAudioOnly] = useState(false);
  const [help, setHelp] = useState(false);
  useSending(ring !== undefined);
  useSpokenLine();
  useInboxInBriefing();
  const asked = useInbox().awaiting.length > 0;

  const workFirst = asked && !speaker;
  const me = people.get(identity);
  const mayMute = speaker !== undefined && !speaker.muted;
  const muted = speaker?.muted || (me?.microphoneMuted ?? true);
  const toggleMute = mayMute ? () => void media.mute('microphone', !muted) : undefined;
  const handUp = hand !== undefined;
  // The floor may tell before the acknowledgement comes.
  const sendingHand = pending.has(handUp ? 'hand.lower' : 'hand.raise');
  const toggleHand =
    speaker || sendingHand || link !== 'online' ? undefined : () => void run(handUp ? 'hand.lower' : 'hand.raise', {});
  useShortcuts({ m: toggleMute, h: toggleHand, '?': () => setHelp(true) });

  return (
    <div className="commune">
      <header className="topbar">
        <div className="who">
          <strong>{session.account.unit.name}</strong>
          <span>{briefing.title}</span>
        </div>
        <LiveSign />
        <LineSign />
        <Switches />
      </header>
      <main className="commune-main">
        <Stage audioOnly={audioOnly} onPictureBack={() => setAudioOnly(false)} />
        <aside className="commune-side">
          {/* What must be answered comes first, except while the unit itself is to be seen. The panel is never moved:
              a modal dialog that is moved in the document is modal no more. */}
          {!workFirst && <OwnState />}
          {!workFirst && <LineNote />}
          <DirectivePanel />
          {workFirst && <LineNote />}
          {workFirst && <OwnState />}
          <SpeakerList />
          <OwnAnswers channel={channel} unit={session.account.unit.name} stage={<Stage silent />} />
        </aside>
      </main>
      <footer className="toolbar">
        <div className="toolbar-side">
          {speaker && (
            <>
              <button type="button" className="button tool" data-on={muted} disabled={!mayMute} onClick={toggleMute}>
                {muted ? <MicOff size={22} aria-hidden /> : <Mic size={22} aria-hidden />}
                <span>{muted ? t.unmute : t.mute}</span>
              </button>
              <button
                type="button"
                className="button tool"
                data-on={me?.cameraMuted ?? true}
                onClick={() => void media.mute('camera', !(me?.cameraMuted ?? true))}
              >
                {me?.cameraMuted ? <VideoOff size={22} aria-hidden /> : <Video size={22} aria-hidden />}
                <span>{me?.cameraMuted ? t.cameraOn : t.cameraOff}</span>
              </button>
            </>
          )}
          <button type="button" className="button tool" data-on={audioOnly} onClick={() => setAudioOnly(!audioOnly)}>
            {audioOnly ? <MonitorPlay size={22} aria-hidden /> : <Ear size={22} aria-hidden />}
            <span>{audioOnly ? t.withPicture : t.audioOnly}</span>
          </button>
        </div>
        <div className="toolbar-main">
          {call ? (
            <button
              type="button"
              className="button danger"
              disabled={pending.has('call.end')}
              onClick={() => void run('call.end', { call: call.id })}
            >
              <LogOut size={22} aria-hidden />
              {t.finish}
            </button>
          ) : (
            !speaker && (
              <button
                type="button"
                className={handUp || asked ? 'button' : 'button primary'}
                disabled={!toggleHand}
                onClick={toggleHand}
              >
                <Hand size={22} aria-hidden />
                {sendingHand ? t.sending : handUp ? t.lower : t.raise}
              </button>
            )
          )}
        </div>
        <div className="toolbar-side end">
          <button type="button" className="button tool" onClick={() => setHelp(true)}>
            <LifeBuoy size={22} aria-hidden />
            <span>{room.help.title}</span>
          </button>
        </div>
      </footer>
      <RollCallPrompt channel={channel} unit={session.account.unit.name} stage={<Stage silent />} />
      {ring && <CallSheet key={ring.id} call={ring} />}
      {help && !ring && <HelpSheet onClose={() => setHelp(false)} />}
    </div>
  );
}

/** Changes of the line are spoken once, not at the first look. */
function useSpokenLine(): void {
  const { t } = useText(briefingWords);
  const announce = useAnnounce();
  const word = useLineWord();
  const before = useRef(word);
  useEffect(() => {
    if (before.current === word) return;
    announce(word === 'good' ? t.announceBack : `${t.lineState[word]}. ${t.lineDoes[word]}`);
    before.current = word;
  }, [word, announce, t]);
}
