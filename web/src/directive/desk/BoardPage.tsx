import { ArrowLeft, ChevronRight } from 'lucide-react';
import { type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { type Directive, type DirectiveCount, within } from '../../api/contract.ts';
import { elapsed } from '../../i18n/formats.ts';
import { useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { lazyRetried } from '../../ui/lazyRetried.tsx';
import { useNow } from '../../ui/useNow.ts';
import { listWords } from '../../ui/words/lists.vi.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { Attachments } from '../Attachments.tsx';
import { deadlineOf } from '../deadline.ts';
import { directiveDeskWords } from '../words/desk.vi.ts';
import { directiveWords } from '../words/directive.vi.ts';
import { directiveMapWords } from '../words/map.vi.ts';
import { BoardTable } from './BoardTable.tsx';
import { FollowList } from './FollowList.tsx';
import { Progress, ProgressLegend } from './Progress.tsx';
import { RecallForm } from './RecallForm.tsx';
import { useBoard } from './useBoard.ts';
import './board.css';

/** Few directives come from a figure. */
const WhySelected = lazyRetried(() => import('../../figure/WhySelected.tsx'));

const DirectiveMap = lazyRetried(() => import('./map/DirectiveMap.tsx'));
const views = ['places', 'list', 'map'] as const;

interface BoardPageProps {
  readonly directive: Directive;
  readonly onBack: () => void;
  readonly onChanged: (directive: Directive) => void;
  readonly onSupersede: () => void;
  readonly onCall: ((unit: string, name: string) => void) | undefined;
  readonly roster: RosterView | undefined;
  /** What stands below the figures: the board as a file. */
  readonly exportsOf: (directive: string) => ReactNode;
}

/** How far one directive has come: the whole, unit by unit, and each addressee. */
export function BoardPage({ directive, onBack, onChanged, onSupersede, onCall, roster, exportsOf }: BoardPageProps) {
  const { t: giving } = useText(directiveDeskWords);
  const { t: lists } = useText(listWords);
  const d = useText(directiveDeskWords).t.board;
  const text = useText(directiveWords);
  const { t: problems } = useText(problemWords);
  const { t: ui } = useText(uiWords);
  const { t: map } = useText(directiveMapWords);
  const { t, number, time } = text;
  const { session } = useOffice();
  const now = useNow();
  const [path, setPath] = useState<readonly Pick<DirectiveCount, 'unit' | 'name'>[]>([]);
  const [recalling, setRecalling] = useState(false);
  const [view, setView] = useState<(typeof views)[number]>('places');
  /** From a map into a part of it: what was pressed there is no more. */
  const [entered, setEntered] = useState(false);
  const root = path.at(-1)?.unit;
  const { value, error } = useBoard(directive.id, root);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // What was pressed to come here is there no more.
    if (document.activeElement === document.body) heading.current?.focus();
  }, []);
  const [total, ...below] = value?.counts ?? [];
  const asking = total?.states.question ?? 0;
  const { unit } = session.account;
  const ours = within(directive.issuer.path, unit.path);
  const title = t.number(directive.number, directive.year);
  const show = (which: (typeof views)[number]): void => {
    setEntered(false);
    setView(which);
  };
  return (
    <article className="board-page" aria-label={directive.title}>
      <header className="desk-head">
        <button type="button" className="button quiet icon" aria-label={ui.back} onClick={onBack}>
          <ArrowLeft size={20} aria-hidden />
        </button>
        <div className="grow">
          <p className="issued-meta">
            <strong className="num">{title}</strong>
            <span className="soft num">
              {giving.issued.at(text.day(directive.issuedAt))}
              {directive.second !== null && `, ${d.second(elapsed(directive.second * 1000))}`}
            </span>
            {directive.state !== 'issued' && <span className="tag">{giving.issued.state[directive.state]}</span>}
          </p>
          <h2 ref={heading} tabIndex={-1}>
            {directive.title}
          </h2>
          <p className="issued-meta">
            <strong>{deadlineOf(directive.deadline, now, text, directive.state !== 'issued')}</strong>
            <span className="soft">{t.signed(directive.by)}</span>
          </p>
        </div>
      </header>
      {!ours && <p className="note">{d.fromAbove(unit.name)}</p>}
      {directive.why && <p className="note warn">{d.recalledWhy(directive.why)}</p>}
      <div className="board-tools">
        <details className="board-text folds">
          <summary>{d.text}</summary>
          <p className="review-text">{directive.text}</p>
          {directive.selection && (
            <Suspense fallback={null}>
              <WhySelected selection={directive.selection} />
            </Suspense>
          )}
          <Attachments of={directive.attachments} />
        </details>
        {ours && directive.state === 'issued' && !recalling && (
          <div className="board-acts">
            <button type="button" className="button small" onClick={onSupersede}>
              {d.supersede}
            </button>
            <button type="button" className="button small danger" onClick={() => setRecalling(true)}>
              {d.recall}
            </button>
          </div>
        )}
      </div>
      {recalling && (
        <RecallForm
          directive={directive}
          total={path.length === 0 ? total : undefined}
          onBack={() => setRecalling(false)}
          onRecalled={(recalled) => {
            setRecalling(false);
            onChanged(recalled);
          }}
        />
      )}
      {path.length > 0 && (
        <nav className="crumbs" aria-label={d.byUnit}>
          <button type="button" onClick={() => setPath([])}>
            {unit.name}
          </button>
          {path.map(({ unit: code, name }, i) => (
            <span key={code}>
              <ChevronRight size={16} aria-hidden />
              <button type="button" disabled={i === path.length - 1} onClick={() => setPath(path.slice(0, i + 1))}>
                {name}
              </button>
            </span>
          ))}
        </nav>
      )}
      {error !== undefined && <p className="stale">{lists.failed(sentence(error, problems))}</p>}
      {!value && error === undefined && <p className="soft">{lists.loading}</p>}
      {value && total && (
        <>
          <div className="board-total">
            <Progress count={total} />
            <ProgressLegend count={total} />
            <p className="soft num">
              {error === undefined ? lists.asOf(time(value.at)) : lists.stale(time(value.at))}
              {total.absentees > 0 && <> · {d.absentees(number(total.absentees))}</>}
            </p>
          </div>
          {total.addressees === 0 && <p className="soft empty">{d.nowhere}</p>}
          {below.length > 0 && (
            <fieldset className="chips" aria-label={d.view}>
              {views.map((which) => (
                <label key={which} className="chip">
                  <input type="radio" name="view" checked={view === which} onChange={() => show(which)} />
                  {which === 'places' ? d.byUnit : which === 'list' ? d.list : map.view}
                  {which === 'list' && asking > 0 && <span className="num">{d.asking(number(asking))}</span>}
                </label>
              ))}
            </fieldset>
          )}
          {below.length > 0 && view === 'map' ? (
            <Suspense fallback={<p className="soft">{lists.loading}</p>}>
              {roster ? (
                <DirectiveMap
                  {...{ roster, onCall }}
                  directive={directive.id}
                  root={total.unit}
                  toldAt={value.at}
                  autoFocus={entered}
                  onDrill={(to) => {
                    setEntered(true);
                    setPath([...path, to]);
                  }}
                />
              ) : (
                <p className="soft">{lists.loading}</p>
              )}
            </Suspense>
          ) : below.length > 0 && view === 'places' ? (
            <BoardTable counts={below} onDrill={({ unit: code, name }) => setPath([...path, { unit: code, name }])} />
          ) : (
            <FollowList
              key={total.unit}
              directive={directive}
              total={total}
              ours={ours}
              onCall={onCall}
              roster={roster}
            />
          )}
          {exportsOf(directive.id)}
        </>
      )}
    </article>
  );
}
