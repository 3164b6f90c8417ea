import '../../ui/styles/desks.css';
import { FilePen, LifeBuoy, Mic, MicOff, Radio, Square } from 'lucide-react';
import { Suspense, useState } from 'react';
import { CloseBriefing } from '../../briefing/desk/CloseBriefing.tsx';
import { HelpSheet } from '../../briefing/HelpSheet.tsx';
import { LineNote, LineSign } from '../../briefing/LineState.tsx';
import { LiveSign } from '../../briefing/LiveSign.tsx';
import { briefingWords } from '../../briefing/words/briefing.vi.ts';
import { checkWords } from '../../briefing/words/check.vi.ts';
import { directiveDeskWords } from '../../directive/words/desk.vi.ts';
import { CallUnitSearch } from '../../floor/desk/CallUnitSearch.tsx';
import { HandQueue } from '../../floor/desk/HandQueue.tsx';
import { OthersOnStage } from '../../floor/desk/OthersOnStage.tsx';
import { RunningCalls } from '../../floor/desk/RunningCalls.tsx';
import { Stage } from '../../floor/stage/Stage.tsx';
import { useMine } from '../../floor/useMine.ts';
import { useSending } from '../../floor/useSending.ts';
import { floorWords } from '../../floor/words/floor.vi.ts';
import { useText } from '../../i18n/useText.tsx';
import { Picture } from '../../livekit/mediaElements.tsx';
import { useRoster } from '../../organisation/useRoster.ts';
import { PresenceByUnit, PresenceCountLine } from '../../presence/desk/PresenceSummary.tsx';
import { ProducerPanel } from '../../programme/desk/ProducerPanel.tsx';
import { RoundWall } from '../../rollcall/desk/RoundWall.tsx';
import { useDigitsOnStage } from '../../rollcall/desk/useDigitsOnStage.ts';
import { useRounds } from '../../rollcall/desk/useRounds.ts';
import { useChannel, useDevices, useMedia, useTools } from '../../session/BriefingContext.tsx';
import { Switches } from '../../session/Switches.tsx';
import { useAct } from '../../session/useAct.ts';
import { ConfirmSheet } from '../../ui/ConfirmSheet.tsx';
import { useShortcuts } from '../../ui/useShortcuts.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { DeskButton } from '../office/DeskButton.tsx';
import { LazyDesk, useDesk } from '../office/useDesk.ts';
import { PresenceOrRound } from './PresenceOrRound.tsx';
import { principalWords } from './words/principal.vi.ts';
import './principalPage.css';

/** The leader's desk: go live, see who is there, call a unit, give the floor. */
export default function PrincipalPage() {
  const { t, number } = useText(principalWords);
  const { t: room } = useText(briefingWords);
  const { t: check } = useText(checkWords);
  const { t: floorText } = useText(floorWords);
  const { t: ui } = useText(uiWords);
  const { session, media, identity, api } = useTools();
  const { briefing, presence, floor } = useChannel();
  const { people, sending } = useMedia();
  const { stream, trouble } = useDevices();
  const { speaker } = useMine();
  const { run, pending } = useAct();
  const [ending, setEnding] = useState(false);
  const [help, setHelp] = useState(false);
  const { desk, compose, toggle, close } = useDesk();
  const { t: giving } = useText(directiveDeskWords);
  const roster = useRoster(session.account.unit.code);
  const rounds = useRounds();
  const [walled, setWall] = useState(false);
  // What was asked for last is shown: the desk over the wall, which is there again afterwards.
  const wall = walled && !desk;
  useSending(true);
  useDigitsOnStage();

  const onStage = speaker !== undefined;
  const muted = people.get(identity)?.microphoneMuted ?? true;
  const toggleMute = onStage ? () => void media.mute('microphone', !muted) : undefined;
  useShortcuts({ m: toggleMute, d: compose, '?': () => setHelp(true) });
  const here = presence.get(session.account.unit.code)?.here ?? 0;
  const goLive = async (): Promise<void> => {
    if (briefing.state === 'scheduled')
      await api.briefingAct(briefing.id, 'open', briefing.epoch).catch(() => undefined);
    await run('stage.goLive', {});
  };

  return (
    <div className="console principal">
      <header className="topbar">
        <div className="who">
          <strong>{session.account.name}</strong>
          <span>{briefing.title}</span>
        </div>
        <LiveSign />
        <LineSign />
        <DeskButton open={desk !== undefined} onPress={toggle} />
        <Switches />
        <button type="button" className="button quiet icon" aria-label={room.help.title} onClick={() => setHelp(true)}>
          <LifeBuoy size={20} aria-hidden />
        </button>
      </header>
      <main className={wall ? 'principal-main with-wall' : 'principal-main'}>
        <div className="principal-left">
          {wall ? (
            <RoundWall rounds={rounds} roster={roster} onClose={() => setWall(false)} />
          ) : (
            <div className={onStage ? 'pictures one' : 'pictures two'}>
              {!onStage && (
                <figure className="preview on-stage">
                  <div className="tile-picture">
                    {stream?.getVideoTracks().length ? (
                      <Picture stream={stream} mirrored label={t.preview} />
                    ) : (
                      <div className="tile-note">
                        <p>{trouble ? check.trouble[trouble] : check.cameraWait}</p>
                      </div>
                    )}
                  </div>
                  <figcaption>
                    <strong>{t.preview}</strong>
                    <span>{t.previewNote}</span>
                  </figcaption>
                </figure>
              )}
              <div className="stage-frame on-stage">
                <Stage />
                <p className="stage-label">{t.stageNote}</p>
              </div>
            </div>
          )}
          <LineNote />
          {!wall && <ProducerPanel />}
          {!wall && <RunningCalls />}
          <div className="principal-acts">
            {onStage ? (
              <>
                <button type="button" className="button" data-on={muted} onClick={toggleMute}>
                  {muted ? <MicOff size={20} aria-hidden /> : <Mic size={20} aria-hidden />}
                  {muted ? floorText.unmute : floorText.mute}
                </button>
                <p className="grow soft" role="status">
                  {sending === 'on'
                    ? floorText.onAir
                    : sending === 'failed'
                      ? floorText.sendFailed
                      : floorText.starting}
                </p>
                <button type="button" className="button" onClick={compose}>
                  <FilePen size={20} aria-hidden />
                  {giving.compose.start}
                </button>
                <button type="button" className="button danger" onClick={() => setEnding(true)}>
                  <Square size={18} aria-hidden />
                  {t.end}
                </button>
              </>
            ) : (
              <>
                <button
                  type="button"
                  className="button primary big"
                  disabled={pending.has('stage.goLive')}
                  onClick={() => void goLive()}
                >
                  <Radio size={24} aria-hidden />
                  {pending.has('stage.goLive') ? t.goingLive : t.goLive}
                </button>
                {briefing.state === 'live' && <CloseBriefing className="" />}
              </>
            )}
          </div>
        </div>
        {wall ? null : desk ? (
          <Suspense fallback={<p className="desk soft empty">{ui.loading}</p>}>
            <LazyDesk
              key={desk.nr}
              briefing={briefing}
              roster={roster}
              composing={desk.composing}
              onCall={(unit) => void run('call.start', { unit })}
              onClose={close}
            />
          </Suspense>
        ) : (
          <aside className="principal-right">
            <PresenceCountLine />
            <CallUnitSearch disabled={floor.calls.length > 0} />
            <PresenceOrRound
              rounds={rounds}
              roster={roster}
              onWall={() => setWall(true)}
              presence={<PresenceByUnit roster={roster} />}
            />
            <HandQueue
              title={t.hands}
              roster={roster}
              acts={(hand) => (
                <button
                  type="button"
                  className="button small"
                  disabled={pending.has(hand.seat.identity)}
                  onClick={() => void run('stage.promote', { identity: hand.seat.identity }, hand.seat.identity)}
                >
                  {t.invite}
                </button>
              )}
            />
            <OthersOnStage />
          </aside>
        )}
      </main>
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
      {help && <HelpSheet onClose={() => setHelp(false)} />}
    </div>
  );
}
