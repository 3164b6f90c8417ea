import {
  CircleAlert,
  Clock,
  Ear,
  Hand,
  LoaderCircle,
  type LucideIcon,
  Mic,
  MicOff,
  Radio,
  UserCheck,
  VideoOff,
} from 'lucide-react';
import { Suspense } from 'react';
import { LevelMeter } from '../../briefing/check/LevelMeter.tsx';
import { useLineWord } from '../../briefing/LineState.tsx';
import { useText } from '../../i18n/useText.tsx';
import { Picture } from '../../livekit/mediaElements.tsx';
import { useChannel, useDevices, useMedia } from '../../session/BriefingContext.tsx';
import { lazyRetried } from '../../ui/lazyRetried.tsx';
import { stageOf, waitedFor } from '../stage/stageOf.ts';
import { useDrawn } from '../stage/useScene.ts';
import { useMine } from '../useMine.ts';
import { useSilenced } from '../useSilenced.ts';
import { type FloorWords, floorWords } from '../words/floor.vi.ts';
import { Lacking } from './Lacking.tsx';
import { isSo, ownStateOf, type OwnState as State } from './ownStateOf.ts';
import { useOwnSending } from './useOwnSending.ts';
import './ownState.css';

// Few are ever on stage.
const StageTimer = lazyRetried(() => import('../StageTimer.tsx'));

interface View {
  readonly tone: 'listening' | 'waiting' | 'air' | 'bad';
  readonly icon: LucideIcon;
  readonly title: string;
  readonly body?: string | undefined;
}

/** What this unit is just now, in words: listening, asking, getting ready, on air. */
export function OwnState() {
  const { t, time } = useText(floorWords);
  const { stream, phase, mirror } = useDevices();
  const { sending } = useMedia();
  const { speaker, hand } = useMine();
  const { briefing, floor } = useChannel();
  const waits = waitedFor(stageOf(briefing, floor));
  const { open, off } = useOwnSending();
  const drawn = useDrawn();
  const silenced = useSilenced();
  const word = useLineWord();
  const state = ownStateOf({ speaker, hand, sending, phase, open, off, drawn, silenced });
  // What is done about the line is said beside it.
  if (!isSo(state, word === 'good' || word === 'weak' || word === 'lost' || word === 'stopped')) return null;
  if (word === 'stopped' && state.kind === 'listening') return null;
  const view = viewOf(state, { here: floor.stage?.path, waits }, t, time);
  const camera = open.includes('camera') && !off.includes('camera') ? stream : undefined;
  const voice = speaker && open.includes('microphone') && !off.includes('microphone') ? stream : undefined;
  return (
    <section className={`own ${view.tone}`} aria-label={t.me_}>
      {/* On stage one's own picture stands there; in the green room it stands here. */}
      {speaker && speaker.place !== 'stage' && camera && (
        <div className="own-view">
          <Picture stream={camera} mirrored={mirror} label={t.myPicture} />
        </div>
      )}
      <div className="own-words" role="status">
        <view.icon size={26} aria-hidden />
        <div>
          <h2>{view.title}</h2>
          {view.body && <p>{view.body}</p>}
        </div>
      </div>
      {voice && (
        <div className="own-level">
          <Mic size={20} aria-hidden />
          <LevelMeter stream={voice} onHeard={nothing} />
        </div>
      )}
      {speaker?.place === 'stage' && (
        <Suspense fallback={null}>
          <StageTimer />
        </Suspense>
      )}
      {speaker && <Lacking />}
    </section>
  );
}

/** Here the bar alone speaks. */
const nothing = (): void => undefined;

interface Seen {
  /** The stage that the device is shown; undefined: the briefing's own. */
  readonly here: string | undefined;
  /** While there is nothing to watch. */
  readonly waits: ReturnType<typeof waitedFor>;
}

function viewOf(state: State, { here, waits }: Seen, t: FloorWords, time: (iso: string) => string): View {
  switch (state.kind) {
    case 'listening':
      if (waits === 'soon') return { tone: 'listening', icon: Clock, title: t.waiting, body: t.listeningBody };
      if (waits === 'coming') return { tone: 'listening', icon: LoaderCircle, title: t.holdingComingTitle };
      return { tone: 'listening', icon: Ear, title: t.listening, body: t.listeningBody };
    case 'hand': {
      const { place, raisedAt, stage } = state.hand;
      const queue = place === undefined ? t.placeFar : t.place(place);
      // TR4: each stage has its own queue.
      const body = stage === here ? `${queue} ${t.handUpBody}` : t.handAbove;
      return { tone: 'waiting', icon: Hand, title: t.handUp(time(raisedAt)), body };
    }
    case 'starting':
      return { tone: 'waiting', icon: LoaderCircle, title: t.starting };
    case 'failed':
      return { tone: 'bad', icon: CircleAlert, title: t.sendFailed };
    case 'holding':
      return { tone: 'waiting', icon: LoaderCircle, title: t.ownHolding, body: t.ownHoldingBody };
    case 'silenced':
      return { tone: 'waiting', icon: MicOff, title: t.silenced, body: t.silencedBody };
    case 'hard-muted':
      return { tone: 'bad', icon: MicOff, title: t.hardMuted, body: t.hardMutedBody };
    case 'asked':
      return { tone: 'waiting', icon: Radio, title: state.declined ? t.declined : t.invited, body: t.unsent };
    case 'green':
      return {
        tone: 'waiting',
        icon: state.checked ? UserCheck : LoaderCircle,
        title: state.checked ? t.greenChecked : t.green,
        body: t.greenSends[state.sends],
      };
    case 'air':
      return airOf(state, t, here !== undefined);
  }
}

function airOf({ sends, off, drawn }: State & { kind: 'air' }, t: FloorWords, inRoom: boolean): View {
  if (!drawn) {
    const heard = sends === 'both' || sends === 'voice';
    const body = heard ? t.unseen.heardBody : t.unseen.silentBody;
    const how = off.includes('microphone') ? `${body} ${t.turnOnSound}` : body;
    return { tone: 'air', icon: Radio, title: heard ? t.unseen.heard : t.unseen.silent, body: how };
  }
  const icon = { both: Radio, voice: VideoOff, picture: MicOff, none: CircleAlert }[sends];
  const hints = [off.includes('microphone') && t.turnOnSound, off.includes('camera') && t.turnOnPicture];
  const body = [t.airBody[sends], ...hints].filter(Boolean).join(' ');
  // FL46: “everybody” of a room is not everybody.
  const title = inRoom && sends === 'both' ? t.airRoom : t.air[sends];
  return { tone: sends === 'none' ? 'bad' : 'air', icon, title, body };
}
