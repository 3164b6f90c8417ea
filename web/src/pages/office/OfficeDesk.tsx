import '../../ui/styles/desks.css';
import { X } from 'lucide-react';
import { type RefObject, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { type Briefing, type Session, within } from '../../api/contract.ts';
import { AttendanceDesk } from '../../attendance/desk/AttendanceDesk.tsx';
import { scheduleSignWords } from '../../briefing/words/schedule.vi.ts';
import { DirectiveDesk } from '../../directive/desk/DirectiveDesk.tsx';
import type { Draft } from '../../directive/desk/draft.ts';
import { useFormats, useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { ReportButtons } from '../../report/desk/ReportButtons.tsx';
import { ReportDesk } from '../../report/desk/ReportDesk.tsx';
import { SentAgainDesk } from '../../resubmission/desk/SentAgainDesk.tsx';
import { RoundReceipts } from '../../rollcall/desk/RoundReceipts.tsx';
import { ScreensPanel } from '../../screen/desk/ScreensPanel.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { SlidesPanel } from '../../slides/desk/SlidesPanel.tsx';
import { lazyRetried } from '../../ui/lazyRetried.tsx';
import { usePolled } from '../../ui/usePolled.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { OfficeLink, openOffice } from './OfficeLink.tsx';
import { officeWords } from './words/office.vi.ts';
import './officeDesk.css';

// The directory of a country is for few, and opened seldom.
const PeopleDesk = lazyRetried(() => import('../../organisation/desk/people/PeopleDesk.tsx'));

// Who hands in files of figures does so now and then.
const FiguresDesk = lazyRetried(() => import('../../figure/desk/owner/FiguresDesk.tsx'));

// Likewise: who runs the machines, and looks when something is wrong.
const NodesDesk = lazyRetried(() => import('../../nodes/desk/NodesDesk.tsx'));

// Likewise.
const HooksDesk = lazyRetried(() => import('../../hook/desk/HooksDesk.tsx'));

const QuestionDesk = lazyRetried(() => import('../../question/desk/QuestionDesk.tsx'));
const HeldQuestions = lazyRetried(() => import('../../question/desk/HeldQuestions.tsx'));
const HappenedDesk = lazyRetried(() => import('../../minutes/desk/HappenedDesk.tsx'));
const ReadinessDesk = lazyRetried(() => import('../../readiness/desk/ReadinessDesk.tsx'));
const TerritoryFigures = lazyRetried(() => import('../../figure/desk/territory/TerritoryDesk.tsx'));
const ScheduleDesk = lazyRetried(() => import('../../schedule/desk/ScheduleDesk.tsx'));

const ofBriefing = [
  ...['happened', 'directives', 'questions', 'slides', 'screens', 'attendance', 'report', 'readiness', 'schedule'],
] as const;
export type Tool = (typeof ofBriefing)[number] | 'figures' | 'resubmission' | 'people' | 'nodes' | 'hooks' | 'upload';

const ofNoBriefing: readonly Tool[] = ['schedule', 'screens', 'figures', 'people', 'nodes', 'hooks', 'upload'];

/** What is about a briefing that is held or was held; all others prepare one, or are the office's own. */
const ofMeeting: ReadonlySet<Tool> = new Set(ofBriefing.filter((tool) => tool !== 'readiness' && tool !== 'schedule'));

/** KP10: what is needed while one speaks; all else is on the office's own page. */
const besideCamera: ReadonlySet<Tool> = new Set([...ofMeeting].filter((tool) => tool !== 'screens'));

/** Outside a briefing there is nobody's presence to report on, and slides are for one that is still to come. */
function toolsFor(about: Briefing | undefined, { id, role, unit }: Session['account']): readonly Tool[] {
  if (!about) return ['directives', 'schedule', 'screens'];
  const produces = role === 'principal' ? within(about.stage, unit.path) : about.producers.includes(id);
  const isOver = about.state === 'closed';
  const fits = (tool: Tool): boolean => {
    if (tool === 'happened') return isOver;
    if (tool === 'slides') return produces && !isOver;
    return tool !== 'screens' || !isOver;
  };
  return ofBriefing.filter(fits);
}

interface DeskProps {
  /** undefined: opened outside a briefing. */
  readonly briefing: Briefing | undefined;
  readonly roster: RosterView | undefined;
  readonly composing?: boolean;
  /** Of the directive that is to be written. */
  readonly begun?: Partial<Draft> | undefined;
  readonly onCall?: (unit: string, name: string) => void;
  readonly onClose?: () => void;
  /** KP10: beside a camera, where the rest of the office is a link away. */
  readonly beside?: boolean;
  /** What it opens with. */
  readonly first?: 'happened' | 'directives' | 'questions' | 'report' | 'schedule' | undefined;
  /** TR18: the unit whose room it is reported on first. */
  readonly session?: string | undefined;
  /** What was read in it, where a page of another width may take its place. */
  readonly last?: RefObject<Tool | undefined>;
  /** Goes into a briefing whose doors are open. */
  readonly onEnter?: ((briefing: string) => void) | undefined;
  /** Whoever opens its doors here is not led into it. */
  readonly stays?: boolean | undefined;
}

/** Directives, attendance and reports: of this briefing, of an older one, or of the office. */
export default function OfficeDesk({
  briefing,
  roster,
  composing = false,
  begun,
  onCall,
  onClose,
  first = 'directives',
  beside = false,
  session: room,
  last,
  onEnter,
  stays,
}: DeskProps) {
  const { t: office } = useText(officeWords);
  const { t: ui } = useText(uiWords);
  const { t: sign } = useText(scheduleSignWords);
  const { session } = useOffice();
  const { account, restored, acts } = session;
  // Who runs the machines has no directives and no briefings, but people.
  const atHome: Tool = acts.includes('directive.issue') ? first : 'people';
  const [tool, setTool] = useState<Tool>(last?.current ?? (briefing?.state === 'closed' ? 'happened' : atHome));
  const [other, setOther] = useState<Briefing | 'office'>();
  /** Of which a new one is begun. */
  const [like, setLike] = useState<Briefing>();
  const about = other === undefined ? briefing : other === 'office' ? undefined : other;
  const all: readonly Tool[] = [
    ...(atHome === 'people' ? [] : toolsFor(about, account)),
    ...(acts.includes('figure.release') ? (['figures'] as const) : []),
    ...(acts.includes('account.read') ? (['people'] as const) : []),
    ...(runsAll(session) ? (['nodes'] as const) : []),
    ...(acts.includes('hook.read') ? (['hooks'] as const) : []),
    ...(restored ? (['resubmission'] as const) : []),
    ...(acts.includes('figure.upload') ? (['upload'] as const) : []),
  ];
  const offered = beside ? all.filter((name) => besideCamera.has(name)) : all;
  const shown = offered.includes(tool) ? tool : atHome;
  const bar = useRef<HTMLElement>(null);
  // On a phone the row is longer than the page: what is open is in sight in it.
  useEffect(() => {
    const tab = bar.current?.querySelector(`[data-tool=${shown}]`)?.getBoundingClientRect();
    const row = bar.current?.getBoundingClientRect();
    if (tab && row) bar.current?.scrollBy({ left: tab.left + tab.width / 2 - row.left - row.width / 2 });
  }, [shown]);
  const groups = [
    [office.meeting, offered.filter((name) => ofMeeting.has(name))],
    [office.rest, offered.filter((name) => !ofMeeting.has(name))],
  ] as const;
  const go = (to: Tool, begun?: Briefing): void => {
    setLike(begun);
    setTool(to);
    if (last) last.current = to;
  };
  const choose = (chosen: Briefing | 'office'): void => {
    setOther(chosen);
    // What is over is read from the beginning.
    if (chosen !== 'office' && chosen.state === 'closed') go('happened');
  };
  return (
    <section className="desk" aria-label={office.title}>
      <div className="desk-bar">
        <nav ref={bar} aria-label={office.title}>
          {groups.map(
            ([title, names]) =>
              names.length > 0 && (
                <ul key={title} aria-label={title}>
                  {names.map((name) => (
                    <li key={name}>
                      <button
                        type="button"
                        data-tool={name}
                        aria-current={shown === name ? 'page' : undefined}
                        onClick={() => go(name)}
                      >
                        {office.tools[name]}
                      </button>
                    </li>
                  ))}
                </ul>
              ),
          )}
          {beside && <OfficeLink />}
        </nav>
        {!ofNoBriefing.includes(shown) && <BriefingChoice current={briefing} chosen={about} onChoose={choose} />}
        {onClose && (
          <button type="button" className="button quiet icon" aria-label={office.toRoom} onClick={onClose}>
            <X size={20} aria-hidden />
          </button>
        )}
      </div>
      <div className="desk-body" key={`${shown}${about?.id}`}>
        {about?.rehearsal && about.state === 'closed' && isRecord(shown) && (
          <div className="note warn">
            <p>
              <strong>{sign.rehearsal}</strong>
              {sign.rehearsalBody}
            </p>
          </div>
        )}
        {shown === 'directives' && (
          <DirectiveDesk briefing={about} {...{ composing, begun, onCall, roster, exportsOf }} />
        )}
        {shown === 'slides' && about && <SlidesPanel briefing={about} />}
        {shown === 'screens' && <ScreensPanel />}
        {shown === 'attendance' && about && <AttendanceDesk briefing={about} roster={roster} />}
        {shown === 'report' && about && <ReportDesk briefing={about} session={room} />}
        {shown === 'resubmission' && <SentAgainDesk />}
        <Suspense fallback={<p className="soft">{ui.loading}</p>}>
          {shown === 'questions' && about && (
            <QuestionDesk briefing={about} onCall={about === briefing ? onCall : undefined} />
          )}
          {shown === 'readiness' && about && <ReadinessDesk briefing={about} />}
          {shown === 'happened' && about && (
            <HappenedDesk
              briefing={about}
              onEnter={onEnter}
              onDirectives={() => go('directives')}
              onSchedule={beside ? openOffice : () => go('schedule')}
              onCopy={!beside && copies(about, session) ? () => go('schedule', about) : undefined}
              lists={<Lists briefing={about.id} />}
              roundActs={({ id, scope, version }) =>
                scope.every((path) => within(path, account.unit.path)) && <RoundReceipts round={id} version={version} />
              }
              questions={(counts) => (
                <HeldQuestions briefing={about.id} counts={counts} onOpen={() => go('questions')} />
              )}
            />
          )}
          {shown === 'schedule' && (
            <ScheduleDesk
              onEnter={onEnter}
              stays={stays}
              onHappened={choose}
              like={like}
              nameOf={(code) => roster?.byCode.get(code)?.name}
            />
          )}
          {shown === 'figures' && <TerritoryFigures roster={roster} onCall={onCall} />}
          {shown === 'people' && <PeopleDesk />}
          {shown === 'nodes' && <NodesDesk />}
          {shown === 'hooks' && <HooksDesk />}
          {shown === 'upload' && <FiguresDesk />}
        </Suspense>
      </div>
    </section>
  );
}

/** RH4: of a rehearsal that is over these say so; results and questions have words of their own for it. */
const isRecord = (tool: Tool): boolean => tool === 'attendance' || tool === 'report';

/** Where it would be held again is theirs to decide. */
const copies = ({ stage }: Briefing, { acts, account }: Session): boolean =>
  acts.includes('briefing.create') && within(stage, account.unit.path);

/** PL12: nodes serve the whole tree, so they are for who has all of it. */
const runsAll = ({ acts, account }: Session): boolean => acts.includes('node.read') && !account.unit.path.includes('.');

function Lists({ briefing }: { briefing: string }) {
  return (['attendance', 'rounds', 'directives'] as const).map((kind) => (
    <ReportButtons key={kind} about={{ kind, briefing }} />
  ));
}

const exportsOf = (directive: string) => <ReportButtons about={{ kind: 'directive', directive }} />;

interface BriefingChoiceProps {
  readonly current: Briefing | undefined;
  readonly chosen: Briefing | undefined;
  readonly onChoose: (briefing: Briefing | 'office') => void;
}

/** Whose record is looked at; only shown when there is something to choose. */
function BriefingChoice({ current, chosen, onChoose }: BriefingChoiceProps) {
  const { t: d } = useText(officeWords);
  const { date } = useFormats();
  const { api } = useOffice();
  const found = usePolled(useCallback(() => api.briefings(), [api])).value ?? [];
  const others = found.filter(({ id, state }) => (state === 'closed' || state === 'scheduled') && id !== current?.id);
  if (others.length === 0) return null;
  return (
    <select
      className="input desk-choice"
      aria-label={d.which}
      value={chosen?.id ?? ''}
      onChange={({ target }) => {
        const briefing = [current, ...others].find((one) => one?.id === target.value);
        onChoose(briefing ?? 'office');
      }}
    >
      <option value="">{d.all}</option>
      {current && <option value={current.id}>{d.current}</option>}
      {others.map(({ id, title, closedAt, scheduledAt }) => (
        <option key={id} value={id}>
          {`${title} (${date(closedAt ?? scheduledAt)})`}
        </option>
      ))}
    </select>
  );
}
