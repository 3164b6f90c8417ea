import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { type Briefing, type Decision, isRehearsal, type QuestionRow, within } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { fold } from '../../organisation/nameSearch.ts';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { FilterChips } from '../../ui/FilterChips.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { useToasts } from '../../ui/Toasts.tsx';
import { questionDeskWords } from '../words/desk.vi.ts';
import { questionWords } from '../words/question.vi.ts';
import { QuestionActs } from './QuestionActs.tsx';
import { QuestionList } from './QuestionList.tsx';
import { sorted, type View, views } from './sorted.ts';
import { useQuestions } from './useQuestions.ts';
import './questionDesk.css';

interface QuestionDeskProps {
  readonly briefing: Briefing;
  readonly onCall?: ((unit: string, name: string) => void) | undefined;
}
const NONE: ReadonlySet<string> = new Set();

/** Written questions of the territory: read, passed up, joined, declined, answered. */
export default function QuestionDesk({ briefing, onCall }: QuestionDeskProps) {
  const { t, number } = useText(questionDeskWords);
  const { t: q } = useText(questionWords);
  const { t: problems } = useText(problemWords);
  const { tell } = useToasts();
  const { account } = useOffice().session;
  const home = account.unit.path;
  const answers = within(briefing.stage, home);
  const { rows, failed, decide } = useQuestions(briefing.id);
  const { rows: lists, others } = useMemo(
    () => sorted(rows ?? new Map<string, QuestionRow>(), home, briefing.stage),
    [rows, home, briefing.stage],
  );
  const [wanted, setView] = useState<View>();
  const offered = views.filter((view) => (answers ? view !== 'above' : view !== 'chosen' && view !== 'below'));
  const view = wanted ?? (answers && lists.chosen.length > 0 ? 'chosen' : 'here');
  const [search, setSearch] = useState('');
  const query = useDeferredValue(fold(search.trim()));
  const shown = useMemo(
    () =>
      query === ''
        ? lists[view]
        : lists[view].filter((row) => fold(`${row.name} ${row.within} ${row.text}`).includes(query)),
    [lists, view, query],
  );
  const [picked, setPicked] = useState(NONE);
  const chosen = shown.filter(({ id }) => picked.has(id));
  const [busy, setBusy] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const none = chosen.length === 0;
  // What had the focus is there no more: the button that led here, or what was decided on.
  useEffect(() => {
    if (none && document.activeElement === document.body) heading.current?.focus();
  }, [none]);
  const pick = (id: string, more: boolean): void =>
    setPicked((before) => {
      if (!more) return new Set([id]);
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const onDecide = async (decision: Decision, of: readonly string[] = chosen.map(({ id }) => id)): Promise<boolean> => {
    setBusy(true);
    try {
      await decide(of, decision);
      tell({ text: t.done[decision.act], tone: 'good' });
      // Who has gone on to another question meanwhile keeps it.
      setPicked((now) => (now === picked ? NONE : now));
      return true;
    } catch (error) {
      tell({ text: sentence(error, problems), tone: 'bad' });
      return false;
    } finally {
      setBusy(false);
    }
  };
  const all = rows ? [...rows.values()].filter(({ state }) => state.kind !== 'withdrawn').length : 0;
  return (
    <div className="question-desk">
      {isRehearsal(briefing.id) && <p className="note warn">{t.rehearsal}</p>}
      <div className="question-head">
        <h2 ref={heading} tabIndex={-1}>
          {t.title}
        </h2>
        <small className="soft num">{t.counts(number(all), number(lists.answered.length))}</small>
      </div>
      <FilterChips
        label={t.title}
        names={offered}
        chosen={view}
        onChoose={(name) => {
          setView(name);
          setPicked(NONE);
        }}
      >
        {(name) => (
          <>
            {t.views[name]} <span className="num">{number(lists[name].length)}</span>
          </>
        )}
      </FilterChips>
      <SearchField label={t.search} value={search} onChange={setSearch} />
      {failed && (
        <p className="soft" role="status">
          {q.failed}
        </p>
      )}
      {shown.length === 0 ? (
        <p className="soft empty">{!rows ? t.loading : query !== '' ? t.nothing : t.empty[view]}</p>
      ) : (
        <>
          <QuestionList rows={shown} others={others} picked={picked} onPick={pick} />
          {none && <p className="soft question-pick-hint">{t.pickHint}</p>}
        </>
      )}
      {!none && (
        <QuestionActs
          key={[...picked].join()}
          rows={chosen}
          answers={answers}
          live={briefing.state === 'live'}
          own={chosen.every(({ desk }) => within(desk, home))}
          busy={busy}
          onDecide={onDecide}
          onCall={onCall}
        />
      )}
    </div>
  );
}
