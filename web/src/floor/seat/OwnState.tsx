import { CircleAlert, Ear, Hand, LoaderCircle, type LucideIcon, MicOff, Radio, UserCheck } from 'lucide-react';
import { checkWords } from '../../briefing/words/check.vi.ts';
import { useText } from '../../i18n/useText.tsx';
import { Picture } from '../../livekit/mediaElements.tsx';
import { useDevices, useMedia, useTools } from '../../session/BriefingContext.tsx';
import { useMine } from '../useMine.ts';
import { floorWords } from '../words/floor.vi.ts';
import './ownState.css';

interface View {
  readonly tone: 'listening' | 'waiting' | 'air' | 'bad';
  readonly icon: LucideIcon;
  readonly title: string;
  readonly body?: string | undefined;
}

/** What this unit is just now, in words: listening, asking, getting ready, on air. */
export function OwnState() {
  const { t } = useText(floorWords);
  const { identity } = useTools();
  const { stream } = useDevices();
  const { people } = useMedia();
  const { speaker } = useMine();
  const view = useView();
  const onStage = speaker?.place === 'stage';
  const camera = stream?.getVideoTracks().length && !people.get(identity)?.cameraMuted ? stream : undefined;
  return (
    <section className={`own ${view.tone}`} aria-label={t.me_}>
      {/* On stage one's own picture stands there; in the green room it stands here. */}
      {speaker && !onStage && camera && (
        <div className="own-picture">
          <Picture stream={camera} mirrored label={t.myPicture} />
        </div>
      )}
      <div className="own-words" role="status">
        <view.icon size={26} aria-hidden />
        <div>
          <h2>{view.title}</h2>
          {view.body && <p>{view.body}</p>}
        </div>
      </div>
    </section>
  );
}

function useView(): View {
  const { t, time } = useText(floorWords);
  const { t: check } = useText(checkWords);
  const { identity } = useTools();
  const { people, sending } = useMedia();
  const { trouble } = useDevices();
  const { speaker, hand } = useMine();
  if (!speaker && hand)
    return { tone: 'waiting', icon: Hand, title: t.handUp(time(hand.raisedAt)), body: t.handUpBody };
  if (!speaker) return { tone: 'listening', icon: Ear, title: t.listening, body: t.listeningBody };
  if (sending === 'failed' || trouble) {
    const body = trouble ? check.trouble[trouble] : undefined;
    if (sending !== 'on') return { tone: 'bad', icon: CircleAlert, title: t.sendFailed, body };
  }
  if (sending !== 'on') return { tone: 'waiting', icon: LoaderCircle, title: t.starting };
  if (speaker.muted) return { tone: 'bad', icon: MicOff, title: t.hardMuted, body: t.hardMutedBody };
  if (speaker.place === 'green')
    return speaker.checked
      ? { tone: 'waiting', icon: UserCheck, title: t.greenChecked, body: t.greenBody }
      : { tone: 'waiting', icon: LoaderCircle, title: t.green, body: t.greenBody };
  if (people.get(identity)?.microphoneMuted)
    return { tone: 'air', icon: MicOff, title: t.onAirMuted, body: t.onAirMutedBody };
  return { tone: 'air', icon: Radio, title: t.onAir, body: t.onAirBody };
}
