import { ChartColumn } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { FormTask } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { useEntries } from '../../session/OutboxContext.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { usePolled } from '../../ui/usePolled.ts';
import { AnswersFor } from '../contact/AnswersFor.tsx';
import { contactWords } from '../words/contact.vi.ts';
import { formWords } from '../words/form.vi.ts';
import { FigureForm } from './FigureForm.tsx';
import { formApi } from './formApi.ts';
import { SaidOfUnit } from './SaidOfUnit.tsx';
import { SentFigures } from './SentFigures.tsx';
import { useFormCarrier } from './useFormCarrier.ts';
import './figureForm.css';

/** Nothing is pushed: what is due is due for hours. */
const LOOK_MS = 300_000;

/** "Số liệu của đơn vị": what is due until when, overdue, and the way to type it in; nothing where nothing is typed in. */
export default function FigureTasks({ at }: { at: 'lobby' | 'briefing' }) {
  const { t, number, day } = useText(formWords);
  const { api, session } = useOffice();
  const { unit } = session.account;
  const { t: names, language } = useText(contactWords);
  useFormCarrier();
  const load = useCallback(() => formApi.tasks(api), [api]);
  const { value, reload } = usePolled(load, LOOK_MS);
  const letters = useEntries('figure.enter');
  const [shown, setShown] = useState(false);
  const [others, setOthers] = useState(false);
  const [people, setPeople] = useState(false);
  const recorded = letters.filter(({ status }) => status === 'recorded').length;
  useEffect(() => {
    if (recorded > 0) reload();
  }, [recorded, reload]);
  const tasks = value?.tasks ?? [];
  if (tasks.length === 0 && letters.length === 0) return null;
  const open = tasks.filter(({ state }) => state !== 'done');
  const overdue = open.filter(({ state }) => state === 'overdue').length;
  const [next] = open.flatMap(({ due, state }) => (due && state === 'due' ? [due] : [])).toSorted();
  return (
    <section className={`figure-tasks ${at}`} aria-label={t.title}>
      <h2>{t.title}</h2>
      {value && (
        <p className="num">
          {open.length === 0 ? t.allDone : t.toDo(number(open.length))}
          {overdue > 0 && <strong className="figure-line-over"> · {t.overdue(number(overdue))}</strong>}
          {next && <span className="soft"> · {t.next(day(next))}</span>}
        </p>
      )}
      <SentFigures letters={letters} />
      {tasks.length > 0 && (
        <button type="button" className="button" onClick={() => setShown(true)}>
          <ChartColumn size={20} aria-hidden /> {t.open}
        </button>
      )}
      {shown && value && (
        <Sheet title={t.title} className="wide" onClose={() => setShown(false)}>
          <FigureForm
            tasks={value.tasks}
            now={value.now}
            onSent={() => setShown(false)}
            onClose={() => setShown(false)}
          />
          <details className="folds" onToggle={(event) => setOthers(event.currentTarget.open)}>
            <summary>{t.others}</summary>
            {others && <SaidOfUnit />}
          </details>
          <details className="folds" onToggle={(event) => setPeople(event.currentTarget.open)}>
            <summary>{names.title}</summary>
            {people &&
              indicatorsOf(tasks).map(({ code, name }) => (
                <AnswersFor key={code} indicator={code} unit={unit.code} title={names.of(name[language])} />
              ))}
          </details>
        </Sheet>
      )}
    </section>
  );
}

/** Each once, whatever its periods. */
const indicatorsOf = (tasks: readonly FormTask[]) => [
  ...new Map(tasks.map(({ indicator }) => [indicator.code, indicator])).values(),
];
