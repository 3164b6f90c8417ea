import { Ear, LifeBuoy, MonitorPlay, Volume2 } from 'lucide-react';
import { type ReactNode, Suspense, useState } from 'react';
import { Agenda } from '../../briefing/Agenda.tsx';
import { LineNote, LineSign } from '../../briefing/LineState.tsx';
import { LiveSign } from '../../briefing/LiveSign.tsx';
import { useSpokenLine } from '../../briefing/useSpokenLine.ts';
import { briefingWords } from '../../briefing/words/briefing.vi.ts';
import { DirectiveNotice } from '../../directive/seat/DirectiveNotice.tsx';
import { DirectivePanel, loadPin } from '../../directive/seat/DirectivePanel.tsx';
import { useInbox, useInboxInBriefing } from '../../directive/seat/useInbox.ts';
import { CallSheet } from '../../floor/seat/CallSheet.tsx';
import { MissedCalls } from '../../floor/seat/MissedCalls.tsx';
import { OwnState } from '../../floor/seat/OwnState.tsx';
import { PlaceButton } from '../../floor/seat/PlaceButton.tsx';
import { SendingControls } from '../../floor/seat/SendingControls.tsx';
import { SpeakerList } from '../../floor/seat/SpeakerList.tsx';
import { useOwnPlace } from '../../floor/seat/useOwnPlace.ts';
import { useOwnSending } from '../../floor/seat/useOwnSending.ts';
import { Stage } from '../../floor/stage/Stage.tsx';
import { useMine } from '../../floor/useMine.ts';
import { useSending } from '../../floor/useSending.ts';
import { floorWords } from '../../floor/words/floor.vi.ts';
import { useText } from '../../i18n/useText.tsx';
import { Questions } from '../../question/seat/Questions.tsx';
import { loadAnswering, RollCallPrompt } from '../../rollcall/seat/RollCallPrompt.tsx';
import { useChannel, useMedia, useTools } from '../../session/BriefingContext.tsx';
import { ShortcutSwitch } from '../../session/ShortcutSwitch.tsx';
import { Switches } from '../../session/Switches.tsx';
import { FullScreenButton } from '../../ui/FullScreenButton.tsx';
import { lazyRetried, loadRetried } from '../../ui/lazyRetried.tsx';
import { useShortcuts } from '../../ui/useShortcuts.ts';
import './seatPage.css';

// There is nothing to show before the first round.
const OwnAnswers = lazyRetried(() => import('../../rollcall/seat/OwnAnswers.tsx'));
// Only who is on stage may share.
const ShareButton = lazyRetried(() => import('../../slides/ShareButton.tsx'));
// Few calls come from a figure.
const WhySelected = lazyRetried(() => import('../../figure/WhySelected.tsx'));
// After the picture; thousands of pages do not ask for it at once.
const FigureTasks = lazyRetried(async () => {
  await new Promise((resolve) => setTimeout(resolve, 6_000 + Math.random() * 10_000));
  // What is wanted when the line is gone.
  void loadAnswering().catch(() => undefined);
  void loadPin().catch(() => undefined);
  void loadRetried(loadHelp).catch(() => undefined);
  return import('../../figure/seat/FigureTasks.tsx');
});
const loadHelp = () => import('../../briefing/HelpSheet.tsx');
const HelpSheet = lazyRetried(async () => ({ default: (await loadHelp()).HelpSheet }));
const SoundSheet = lazyRetried(() => import('../../briefing/SoundSheet.tsx'));

/** A unit's seat in a briefing: sees, hears, is called, raises a hand, speaks. */
export function SeatPage() {
  const { t } = useText(floorWords);
  const { t: room } = useText(briefingWords);
  const { session, channel } = useTools();
  const { briefing, programme, ring, callNews, rounds } = useChannel();
  const { speaker, hand } = useMine();
  const { mayShare } = useMedia();
  const [audioOnly, setAudioOnly] = useState(false);
  const [help, setHelp] = useState(false);
  const [sound, setSound] = useState(false);
  const [pinIn, setPinIn] = useState<HTMLElement | null>(null);
  useSending(ring !== undefined);
  useSpokenLine();
  useInboxInBriefing();
  const asked = useInbox().awaiting.length > 0;

  const workFirst = asked && !speaker;
  const { turn } = useOwnSending();
  const own = useOwnPlace();
  useShortcuts({
    m: turn('microphone'),
    h: own.wish === 'stage.leave' ? undefined : own.act,
    '?': () => setHelp(true),
  });

  return (
    <div className="commune">
      <header className="topbar">
        <div className="who">
          <strong>{session.account.unit.name}</strong>
          <span>{briefing.title}</span>
        </div>
        <LiveSign />
        <LineSign />
        <ShortcutSwitch />
        <Switches />
      </header>
      <main className="commune-main">
        <Stage audioOnly={audioOnly} onPictureBack={() => setAudioOnly(false)} />
        <div className="commune-column">
          <div ref={setPinIn} />
          <aside className="commune-side">
            {/* What must be answered comes first, except while the unit itself is to be seen. The panel is never moved:
              a dialog that is moved in the document loses the focus. */}
            {!workFirst && <OwnState />}
            {!workFirst && <LineNote />}
            {/* Who is seen by all reads afterwards who had looked for them before. */}
            {!speaker && <MissedCalls news={callNews || undefined} />}
            <DirectivePanel pinIn={pinIn} />
            {workFirst && <LineNote />}
            {workFirst && <OwnState />}
            <div className="commune-more">
              <SpeakerList />
              <Questions />
              <Agenda briefing={briefing} item={programme.item} />
              {rounds.length > 0 && (
                <Suspense fallback={null}>
                  <OwnAnswers channel={channel} unit={session.account.unit.name} stage={<Stage silent />} />
                </Suspense>
              )}
              {/* Figures are of no briefing: what is typed in for an exercise would be official. */}
              {!briefing.rehearsal && (
                <Suspense fallback={null}>
                  <FigureTasks at="briefing" />
                </Suspense>
              )}
            </div>
          </aside>
        </div>
      </main>
      <footer className="toolbar">
        <div className="toolbar-side">
          <SendingControls />
          {mayShare && (
            <Suspense fallback={null}>
              <ShareButton className="button tool share-screen" />
            </Suspense>
          )}
          <button type="button" className="button tool" data-on={audioOnly} onClick={() => setAudioOnly(!audioOnly)}>
            {audioOnly ? <MonitorPlay size={22} aria-hidden /> : <Ear size={22} aria-hidden />}
            <span>{audioOnly ? t.withPicture : t.audioOnly}</span>
          </button>
        </div>
        <div className="toolbar-main">
          <PlaceButton own={own} className={hand || asked ? '' : 'strong'} />
        </div>
        <div className="toolbar-side end">
          <FullScreenButton />
          <button type="button" className="button tool" onClick={() => setSound(true)}>
            <Volume2 size={22} aria-hidden />
            <span>{room.sound.title}</span>
          </button>
          <button type="button" className="button tool" onClick={() => setHelp(true)}>
            <LifeBuoy size={22} aria-hidden />
            <span>{room.help.title}</span>
          </button>
        </div>
      </footer>
      <DirectiveNotice />
      <RollCallPrompt
        channel={channel}
        unit={session.account.unit.name}
        stage={<Stage silent />}
        aboutOf={(round) => why(round, session.account.unit.code)}
      />
      {ring && <CallSheet key={ring.id} call={ring} about={why(ring, ring.unit)} />}
      {sound && !ring && (
        <Suspense fallback={null}>
          <SoundSheet onClose={() => setSound(false)} />
        </Suspense>
      )}
      {help && !ring && (
        <Suspense fallback={null}>
          <HelpSheet onClose={() => setHelp(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** Where a figure chose the unit. */
const why = ({ selection }: { selection?: string | undefined }, unit: string): ReactNode =>
  selection && (
    <Suspense fallback={null}>
      <WhySelected selection={selection} unit={unit} />
    </Suspense>
  );
