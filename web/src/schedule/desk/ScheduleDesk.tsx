import {
  ArrowLeft,
  CalendarClock,
  CalendarPlus,
  DoorOpen,
  History,
  LogIn,
  Mails,
  MonitorCheck,
  Pencil,
  X,
} from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { type Briefing, type Producers, within } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import ReadinessDesk from '../../readiness/desk/ReadinessDesk.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { saveFile } from '../../ui/saveFile.ts';
import { useToasts } from '../../ui/Toasts.tsx';
import { usePolled } from '../../ui/usePolled.ts';
import { listWords } from '../../ui/words/lists.vi.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { whenOf } from '../whenOf.ts';
import { scheduleWords } from '../words/schedule.vi.ts';
import { BriefingForm } from './BriefingForm.tsx';
import { CancelSheet } from './CancelSheet.tsx';
import { InvitePanel } from './InvitePanel.tsx';
import { OpenSheet } from './OpenSheet.tsx';
import { type Plan, planLike } from './plan.ts';
import { scheduleApi } from './scheduleApi.ts';
import './schedule.css';

type Shown =
  | { readonly kind: 'list' }
  | { readonly kind: 'new'; readonly like?: Plan }
  | { readonly kind: 'change'; readonly briefing: Briefing; readonly producers: Producers }
  | { readonly kind: 'readiness'; readonly briefing: Briefing }
  | { readonly kind: 'invite'; readonly briefing: Briefing };

const LOOK_MS = 20_000;

/** Of those that were held, the newest; others are chosen in the list of the desk. */
const PAST_SHOWN = 8;

interface ScheduleDeskProps {
  readonly onEnter?: ((briefing: string) => void) | undefined;
  /** Whoever opens its doors here is not led into it. */
  readonly stays?: boolean | undefined;
  /** Shows what a briefing was. */
  readonly onHappened: (briefing: Briefing) => void;
  /** A new one is begun like this one. */
  readonly like?: Briefing | undefined;
  readonly nameOf: (code: string) => string | undefined;
}

/** What is coming: scheduled, changed, called off, opened, with invitations; and below it what was. */
export default function ScheduleDesk({ onEnter, stays = false, onHappened, like, nameOf }: ScheduleDeskProps) {
  const text = useText(scheduleWords);
  const { t } = text;
  const { t: lists } = useText(listWords);
  const { t: ui } = useText(uiWords);
  const { t: problems } = useText(problemWords);
  const { session, api } = useOffice();
  const { tell } = useToasts();
  const [shown, setShown] = useState<Shown>({ kind: 'list' });
  const [cancelling, setCancelling] = useState<Briefing>();
  const [opening, setOpening] = useState<Briefing>();
  const load = useCallback(() => api.briefings(), [api]);
  const { value, error, reload } = usePolled(load, LOOK_MS);
  const back = (): void => {
    setShown({ kind: 'list' });
    reload();
  };
  const may = (act: string): boolean => session.acts.includes(act);
  const change = async (briefing: Briefing): Promise<void> => {
    try {
      setShown({ kind: 'change', briefing, producers: await scheduleApi.producers(api, briefing.id) });
    } catch (failed) {
      tell({ text: sentence(failed, problems), tone: 'bad' });
    }
  };
  const open = async (briefing: Briefing, capacityReason?: string): Promise<void> => {
    try {
      const { id, epoch } = briefing;
      await scheduleApi.open(api, id, { epoch, ...(capacityReason !== undefined && { capacityReason }) });
      if (!stays) onEnter?.(briefing.id);
    } catch (failed) {
      tell({ text: sentence(failed, problems), tone: 'bad' });
    }
    reload();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: names that come later change nothing of what was begun
  useEffect(() => {
    if (!like) return;
    const home = session.account.unit.code;
    let stopped = false;
    const begin = (producers: Producers): void => {
      if (!stopped) setShown({ kind: 'new', like: planLike(like, producers, home, nameOf) });
    };
    // Who chose what all see then is chosen anew where that can't be read.
    scheduleApi.producers(api, like.id).then(begin, () => begin([]));
    return () => {
      stopped = true;
    };
  }, [like]);
  const coming = (value ?? [])
    .filter(({ state }) => state !== 'closed')
    .sort((a, b) => Date.parse(a.scheduledAt) - Date.parse(b.scheduledAt));
  switch (shown.kind) {
    case 'new':
      return <BriefingForm {...(shown.like && { like: shown.like })} onSaved={back} onBack={back} />;
    case 'change':
      return <BriefingForm briefing={shown.briefing} producers={shown.producers} onSaved={back} onBack={back} />;
    case 'readiness':
      return (
        <div className="plan">
          <header className="desk-head">
            <button type="button" className="button quiet icon" aria-label={ui.back} onClick={back}>
              <ArrowLeft size={20} aria-hidden />
            </button>
            <h2 className="grow">{t.acts.of(t.acts.readiness, shown.briefing.title)}</h2>
          </header>
          <ReadinessDesk briefing={shown.briefing} />
        </div>
      );
    case 'invite':
      return <InvitePanel briefing={shown.briefing} coming={coming} onBack={back} />;
  }
  const past = (value ?? [])
    .filter(({ liveAt, closedAt }) => liveAt !== null && closedAt !== null)
    .slice(0, PAST_SHOWN);
  return (
    <section className="schedule" aria-label={t.title}>
      <header className="desk-head">
        <h2 className="grow">{t.title}</h2>
        {may('briefing.create') && (
          <button type="button" className="button primary" onClick={() => setShown({ kind: 'new' })}>
            <CalendarPlus size={18} aria-hidden />
            {t.add}
          </button>
        )}
      </header>
      {value === undefined && error === undefined && <p className="soft">{lists.loading}</p>}
      {error !== undefined && <p className="stale">{lists.failed(sentence(error, problems))}</p>}
      {value && coming.length === 0 && (
        <div className="schedule-none">
          <CalendarClock size={40} aria-hidden />
          <p>
            <strong>{t.none}</strong>
          </p>
          <p className="soft">{t.noneBody}</p>
        </div>
      )}
      <ul className="schedule-list">
        {coming.map((briefing) => (
          <Coming
            key={briefing.id}
            briefing={briefing}
            ours={within(briefing.stage, session.account.unit.path)}
            onOpen={() => setOpening(briefing)}
            onEnter={onEnter}
            onChange={() => void change(briefing)}
            onCancel={() => setCancelling(briefing)}
            onReadiness={() => setShown({ kind: 'readiness', briefing })}
            onInvite={() => setShown({ kind: 'invite', briefing })}
          />
        ))}
      </ul>
      {past.length > 0 && (
        <section aria-label={t.past}>
          <h3 className="schedule-past">{t.past}</h3>
          <ul className="schedule-list">
            {past.map((briefing) => (
              <li key={briefing.id} className="schedule-item" data-state="closed">
                <div className="schedule-what">
                  <p className="num soft">{whenOf(briefing.liveAt ?? briefing.scheduledAt, text)}</p>
                  <h4>{briefing.title}</h4>
                </div>
                {briefing.rehearsal && <span className="tag rehearsal-tag">{t.rehearsal}</span>}
                <button
                  type="button"
                  className="button"
                  aria-label={t.acts.of(t.acts.happened, briefing.title)}
                  onClick={() => onHappened(briefing)}
                >
                  <History size={18} aria-hidden />
                  {t.acts.happened}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {cancelling && (
        <CancelSheet briefing={cancelling} onCancelled={reload} onClose={() => setCancelling(undefined)} />
      )}
      {opening && (
        <OpenSheet
          briefing={opening}
          onOpen={(capacityReason) => open(opening, capacityReason)}
          onClose={() => setOpening(undefined)}
        />
      )}
    </section>
  );
}

interface ComingProps {
  readonly briefing: Briefing;
  /** It may be changed from here. */
  readonly ours: boolean;
  readonly onOpen: () => void;
  readonly onEnter: ((briefing: string) => void) | undefined;
  readonly onChange: () => void;
  readonly onCancel: () => void;
  readonly onReadiness: () => void;
  readonly onInvite: () => void;
}

function Coming({ briefing, ours, onOpen, onEnter, onChange, onCancel, onReadiness, onInvite }: ComingProps) {
  const text = useText(scheduleWords);
  const { t, number } = text;
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  const { tell } = useToasts();
  const { id, title, state, notice, rehearsal } = briefing;
  const named = (act: string): string => t.acts.of(act, title);
  const calendar = async (): Promise<void> => {
    try {
      saveFile('lich-hop.ics', await api.file(`/api/briefings/${id}/calendar.ics`));
    } catch (error) {
      tell({ text: sentence(error, problems), tone: 'bad' });
    }
  };
  return (
    <li className="schedule-item" data-state={state}>
      <div className="schedule-what">
        <p className="schedule-when num">{whenOf(briefing.scheduledAt, text)}</p>
        <h3>{title}</h3>
        <p className="schedule-tags">
          <span className="tag">{t.state[state]}</span>
          {rehearsal && <span className="tag rehearsal-tag">{t.rehearsal}</span>}
          <span className="soft num">{t.expected(number(briefing.expected))}</span>
        </p>
        {notice && (
          <p className="soft">
            {notice.from && `${t.moved(whenOf(notice.from, text))}. `}
            {t.reason(notice.reason)}
          </p>
        )}
      </div>
      <div className="schedule-acts">
        {ours && state === 'scheduled' && (
          <button type="button" className="button" aria-label={named(t.acts.open)} onClick={onOpen}>
            <DoorOpen size={18} aria-hidden />
            {t.acts.open}
          </button>
        )}
        {state !== 'scheduled' && onEnter && (
          <button type="button" className="button primary" aria-label={named(t.acts.enter)} onClick={() => onEnter(id)}>
            <LogIn size={18} aria-hidden />
            {t.acts.enter}
          </button>
        )}
        <button type="button" className="button" aria-label={named(t.acts.readiness)} onClick={onReadiness}>
          <MonitorCheck size={18} aria-hidden />
          {t.acts.readiness}
        </button>
        <button type="button" className="button" aria-label={named(t.acts.invite)} onClick={onInvite}>
          <Mails size={18} aria-hidden />
          {t.acts.invite}
        </button>
        <button
          type="button"
          className="button quiet"
          aria-label={named(t.acts.calendar)}
          onClick={() => void calendar()}
        >
          <CalendarClock size={18} aria-hidden />
          {t.acts.calendar}
        </button>
        {ours && (
          <button type="button" className="button quiet" aria-label={named(t.acts.change)} onClick={onChange}>
            <Pencil size={18} aria-hidden />
            {t.acts.change}
          </button>
        )}
        {ours && state !== 'live' && (
          <button type="button" className="button quiet" aria-label={named(t.acts.cancel)} onClick={onCancel}>
            <X size={18} aria-hidden />
            {t.acts.cancel}
          </button>
        )}
      </div>
    </li>
  );
}
