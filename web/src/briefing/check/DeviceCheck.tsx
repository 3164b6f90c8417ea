import { Camera, CircleAlert, CircleCheck, Mic, Network, Volume2 } from 'lucide-react';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { ApiError } from '../../api/ApiError.ts';
import type { EquipmentState, FoundCheck } from '../../api/contract.ts';
import { type LineMeasure, verdictOf } from '../../api/measureLine.ts';
import { useText } from '../../i18n/useText.tsx';
import type { Readable } from '../../lib/Store.ts';
import { type Devices, type DevicesState, troubledKinds } from '../../livekit/Devices.ts';
import { Picture } from '../../livekit/mediaElements.tsx';
import { PageHead } from '../../session/PageHead.tsx';
import { lazyRetried } from '../../ui/lazyRetried.tsx';
import { chime } from '../../ui/ringTone.ts';
import { useStore } from '../../ui/useStore.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { MirrorSwitch } from '../MirrorSwitch.tsx';
import { checkWords } from '../words/check.vi.ts';
import { LevelMeter } from './LevelMeter.tsx';
import { NoticeCheck } from './NoticeCheck.tsx';
import './deviceCheck.css';

// Few computers have a choice.
const OutputChoice = lazyRetried(async () => ({ default: (await import('../DeviceChoices.tsx')).OutputChoice }));
const BlurChoice = lazyRetried(async () => ({ default: (await import('../DeviceChoices.tsx')).BlurChoice }));

interface DeviceCheckProps {
  readonly unit: string;
  readonly title: string;
  readonly devices: { readonly state: Readable<DevicesState> } & Pick<
    Devices,
    'open' | 'choose' | 'worked' | 'blurBackground' | 'turnMirror'
  >;
  readonly onEnter: () => void;
  /** Stands beside the title. */
  readonly beside?: ReactNode;
  /** Who sits here: stands below the camera's picture. */
  readonly sitting?: ReactNode;
  /** The way out, at the end of the header. */
  readonly way?: ReactNode;
  /** Told what was found when that is settled, and when it changes; the same function each time. */
  readonly onFound?: ((found: FoundCheck) => void) | undefined;
  /** The same function each time, since another one measures anew. */
  readonly measure: (signal: AbortSignal) => Promise<LineMeasure>;
}

/** Camera, microphone, loudspeaker and line, each with a verdict and what to do; nothing here keeps anybody out. */
export function DeviceCheck({
  unit,
  title,
  devices,
  onEnter,
  beside,
  sitting,
  way,
  measure,
  onFound,
}: DeviceCheckProps) {
  const { t, day } = useText(checkWords);
  const { t: ui } = useText(uiWords);
  const {
    stream,
    phase,
    asks,
    mirror,
    workedAt,
    trouble,
    equipment,
    cameras,
    microphones,
    camera,
    microphone,
    capture,
  } = useStore(devices.state);
  const [heard, setHeard] = useState(false);
  const [sound, setSound] = useState(false);
  const [line, setLine] = useState<LineMeasure | 'failed'>();
  const hasCamera = (stream?.getVideoTracks().length ?? 0) > 0;
  const hasMicrophone = (stream?.getAudioTracks().length ?? 0) > 0;
  const isOpening = phase === 'opening' || phase === 'closed';
  useEffect(() => {
    void devices.open();
  }, [devices]);

  const isSettled = (phase === 'open' || phase === 'failed') && line !== undefined;
  useEffect(() => {
    if (!isSettled || !onFound) return;
    const [downKbps, upKbps] = line === 'failed' ? [null, null] : [Math.round(line.downKbps), Math.round(line.upKbps)];
    onFound({ camera: hasCamera, microphone: hasMicrophone, voice: heard, sound, downKbps, upKbps });
  }, [isSettled, onFound, hasCamera, hasMicrophone, heard, sound, line]);

  const enter = (): void => {
    if (hasCamera && hasMicrophone) devices.worked();
    onEnter();
  };

  return (
    <div className="check">
      <PageHead name={unit} line={title} way={way} />
      <main className="check-main">
        <div className="check-lead">
          <div>
            <h1>{t.title}</h1>
            {workedAt && phase !== 'failed' ? (
              <p className="check-before">
                <CircleCheck className="good" size={20} aria-hidden />
                <span>
                  {t.rememberedTitle(day(workedAt))}. {t.rememberedBody}
                </span>
              </p>
            ) : (
              <p className="soft">{t.lead}</p>
            )}
          </div>
          {beside}
        </div>
        <div className="check-seen">
          <section className="panel check-camera">
            <h2>
              <Camera size={22} aria-hidden /> {t.camera}
            </h2>
            <div className={`check-picture on-stage ${trouble ? 'none' : ''}`}>
              {hasCamera ? (
                <>
                  <Picture stream={stream} mirrored={mirror} label={t.camera} />
                  <MirrorSwitch devices={devices} />
                </>
              ) : (
                <p>{isOpening ? t[asks ? 'cameraAsk' : 'cameraWait'] : t.cameraNone[whyNot(equipment.camera)]}</p>
              )}
            </div>
            {trouble && (
              <div className="note warn">
                <CircleAlert size={22} aria-hidden />
                <p>{t.trouble[trouble](t.what[troubledKinds(trouble, equipment)])}</p>
                <button type="button" className="button small" onClick={() => void devices.open()}>
                  {ui.retry}
                </button>
              </div>
            )}
            <div className="check-choices">
              {hasCamera && <Verdict good text={t.cameraGood} />}
              {cameras.length > 1 && (
                <Choice
                  label={t.chooseCamera}
                  value={camera}
                  of={cameras}
                  onChoose={(id) => void devices.choose({ camera: id })}
                />
              )}
              {canBlur(stream) && (
                <Suspense fallback={null}>
                  <BlurChoice devices={devices} />
                </Suspense>
              )}
              {hasCamera && (
                <div className="field">
                  <label htmlFor="capture">{t.capture}</label>
                  <select
                    id="capture"
                    className="input"
                    value={capture}
                    onChange={(e) =>
                      void devices.choose({ capture: e.target.value === 'light' ? 'light' : 'standard' })
                    }
                  >
                    <option value="standard">{t.captureStandard}</option>
                    <option value="light">{t.captureLight}</option>
                  </select>
                </div>
              )}
            </div>
          </section>
          <LineCheck measure={measure} onMeasured={setLine} speaks={hasMicrophone} />
        </div>
        <div className="check-side">
          {sitting}
          <section className="panel">
            <h2>
              <Mic size={22} aria-hidden /> {t.microphone}
            </h2>
            {hasMicrophone && stream ? (
              <>
                <LevelMeter stream={stream} onHeard={() => setHeard(true)} />
                {heard ? <Verdict good text={t.microphoneHeard} /> : <p>{t.microphoneHint}</p>}
              </>
            ) : (
              <p>
                {isOpening
                  ? t[asks ? 'microphoneAsk' : 'microphoneWait']
                  : t.microphoneNone[whyNot(equipment.microphone)]}
              </p>
            )}
            {microphones.length > 1 && (
              <Choice
                label={t.chooseMicrophone}
                value={microphone}
                of={microphones}
                onChoose={(id) => void devices.choose({ microphone: id })}
              />
            )}
          </section>
          <SoundCheck onHeard={() => setSound(true)} isOpen={stream !== undefined} />
          <NoticeCheck />
        </div>
        <div className="check-enter">
          <button type="button" className="button primary big" onClick={enter}>
            {phase === 'failed' ? t.enterWithout : t.enter}
          </button>
        </div>
      </main>
    </div>
  );
}

function Verdict({ good, text }: { good: boolean; text: string }) {
  const Icon = good ? CircleCheck : CircleAlert;
  return (
    <p className={`check-verdict ${good ? 'good' : 'warn'}`}>
      <Icon size={20} aria-hidden />
      <span>{text}</span>
    </p>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly of: readonly MediaDeviceInfo[];
  readonly onChoose: (id: string) => void;
}

function Choice({ label, value, of, onChoose }: ChoiceProps) {
  const { t } = useText(checkWords);
  return (
    <div className="field">
      <label htmlFor={label}>{label}</label>
      <select id={label} className="input" value={value ?? ''} onChange={(e) => onChoose(e.target.value)}>
        <option value="">{t.defaultDevice}</option>
        {of.map(({ deviceId, label: name }) => (
          <option key={deviceId} value={deviceId}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

/** @param isOpen the browser names loudspeakers only to who may use a microphone */
function SoundCheck({ onHeard, isOpen }: { onHeard: () => void; isOpen: boolean }) {
  const { t } = useText(checkWords);
  const [state, setState] = useState<'idle' | 'playing' | 'played' | 'heard'>('idle');
  const play = async (): Promise<void> => {
    setState('playing');
    await chime();
    setState('played');
  };
  return (
    <section className="panel">
      <h2>
        <Volume2 size={22} aria-hidden /> {t.speaker}
      </h2>
      {isOpen && state !== 'idle' && (
        <Suspense fallback={null}>
          <OutputChoice />
        </Suspense>
      )}
      <div className="row check-sound">
        {state === 'heard' ? <Verdict good text={t.heard} /> : <p>{t.speakerHint}</p>}
        <button type="button" className="button small" disabled={state === 'playing'} onClick={() => void play()}>
          {state === 'playing' ? t.playing : t.playSound}
        </button>
        {state === 'played' && (
          <button
            type="button"
            className="button small"
            onClick={() => {
              setState('heard');
              onHeard();
            }}
          >
            {t.heard}
          </button>
        )}
      </div>
    </section>
  );
}

interface LineCheckProps extends Pick<DeviceCheckProps, 'measure'> {
  /** There is a microphone: nobody without one reads how they are heard. */
  readonly speaks: boolean;
  readonly onMeasured: (line: LineMeasure | 'failed') => void;
}

function LineCheck({ measure, onMeasured, speaks }: LineCheckProps) {
  const { t, rate } = useText(checkWords);
  const [line, setLine] = useState<LineMeasure | 'failed' | 'later' | undefined>();
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round measures anew
  useEffect(() => {
    const stop = new AbortController();
    setLine(undefined);
    measure(stop.signal).then(
      (result) => {
        if (stop.signal.aborted) return;
        setLine(result);
        onMeasured(result);
      },
      (error) => {
        if (stop.signal.aborted) return;
        setLine(isTooOften(error) ? 'later' : 'failed');
        // Whoever is told to measure later says nothing of the line.
        if (!isTooOften(error)) onMeasured('failed');
      },
    );
    return () => stop.abort();
  }, [round, measure]);
  const verdict = typeof line === 'object' ? verdictOf(line) : line;
  const good = verdict === 'good' || verdict === 'fair';
  return (
    <section className="panel check-line">
      <h2>
        <Network size={22} aria-hidden /> {t.line}
      </h2>
      <div role="status">
        {verdict ? (
          <Verdict good={good} text={t.verdict[verdict === 'good' && !speaks ? 'goodSilent' : verdict]} />
        ) : (
          <p>{t.measuring}</p>
        )}
      </div>
      {typeof line === 'object' && (
        <p className="soft figures">
          {t.down} <span>{rate(line.downKbps)}</span> · {t.up} <span>{rate(line.upKbps)}</span>
        </p>
      )}
      {verdict && !good && (
        <button type="button" className="button small" onClick={() => setRound(round + 1)}>
          {t.measure}
        </button>
      )}
    </section>
  );
}

/** "There is none" is said only where there is none. (FL34) */
const whyNot = (state: EquipmentState): 'denied' | 'missing' | 'other' =>
  state === 'denied' || state === 'missing' ? state : 'other';

/** A system that always blurs, or never, leaves nothing to choose. (FL37) */
function canBlur(stream: MediaStream | undefined): boolean {
  const [track] = stream?.getVideoTracks() ?? [];
  const { backgroundBlur } = (track?.getCapabilities?.() ?? {}) as { backgroundBlur?: readonly boolean[] };
  return (backgroundBlur?.length ?? 0) > 1;
}

const isTooOften = (error: unknown): boolean =>
  error instanceof ApiError && (error.reason === 'rate-limited' || error.reason === 'busy');
