import { CircleAlert, Ear, Hand, LoaderCircle, type LucideIcon, MicOff, Radio, UserCheck } from 'lucide-react';
import { useText } from '../../i18n/useText.tsx';
import { Picture } from '../../livekit/media.tsx';
import { useDevices, useMedia, useTools } from '../../session/BriefingContext.tsx';
import { useMine } from '../useMine.ts';

interface View {
  readonly tone: 'listening' | 'waiting' | 'air' | 'bad';
  readonly icon: LucideIcon;
  readonly title: string;
  readonly body?: string | undefined;
}

/** What this unit is just now, in words: listening, asking, getting ready, on air. */
export function OwnState() {
  const { t } = useText();
  const { identity } = useTools();
  const { stream } = useDevices();
  const { people } = useMedia();
  const { speaker } = useMine();
  const view = useView();
  const onStage = speaker?.place === 'stage';
  const camera = stream?.getVideoTracks().length && !people.get(identity)?.cameraMuted ? stream : undefined;
  return (
    <section className={`own ${view.tone}`} aria-label={t.room.me_}>
      {/* On stage one's own picture stands there; in the green room it stands here. */}
      {speaker && !onStage && camera && (
        <div className="own-picture">
          <Picture stream={camera} mirrored label={t.room.myPicture} />
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
  const { t, time } = useText();
  const { identity } = useTools();
  const { people, sending } = useMedia();
  const { trouble } = useDevices();
  const { speaker, hand } = useMine();
  const r = t.room;
  if (!speaker && hand)
    return { tone: 'waiting', icon: Hand, title: r.handUp(time(hand.raisedAt)), body: r.handUpBody };
  if (!speaker) return { tone: 'listening', icon: Ear, title: r.listening, body: r.listeningBody };
  if (sending === 'failed' || trouble) {
    const body = trouble ? t.check.trouble[trouble] : undefined;
    if (sending !== 'on') return { tone: 'bad', icon: CircleAlert, title: r.sendFailed, body };
  }
  if (sending !== 'on') return { tone: 'waiting', icon: LoaderCircle, title: r.starting };
  if (speaker.muted) return { tone: 'bad', icon: MicOff, title: r.hardMuted, body: r.hardMutedBody };
  if (speaker.place === 'green')
    return speaker.checked
      ? { tone: 'waiting', icon: UserCheck, title: r.greenChecked, body: r.greenBody }
      : { tone: 'waiting', icon: LoaderCircle, title: r.green, body: r.greenBody };
  if (people.get(identity)?.microphoneMuted)
    return { tone: 'air', icon: MicOff, title: r.onAirMuted, body: r.onAirMutedBody };
  return { tone: 'air', icon: Radio, title: r.onAir, body: r.onAirBody };
}
