import { useEffect, useRef, useState } from 'react';
import type { FigureRevision, Indicator } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useTools } from '../../session/BriefingContext.tsx';
import { figureActWords } from '../words/act.vi.ts';
import { figureDeskWords } from '../words/desk.vi.ts';
import { DecideValue } from './act/DecideValue.tsx';
import { standingOf } from './act/standing.ts';
import { usePast } from './past/Past.tsx';
import { useFigureText } from './useFigureText.ts';

interface RevisionsProps {
  readonly indicator: Indicator;
  readonly unit: string;
  readonly period: string;
  /** As of which the value beside it is. */
  readonly n: number;
}

/** FG21: where a value is from, when it was recorded, and what stood before; asked for when it is opened. */
export function Revisions(props: RevisionsProps) {
  const { t } = useText(figureDeskWords);
  const [open, setOpen] = useState(false);
  return (
    <details className="folds" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t.revisions.title}</summary>
      {open && <List {...props} />}
    </details>
  );
}

function List({ indicator, unit, period, n }: RevisionsProps) {
  const { t, moment } = useText(figureDeskWords);
  const { channel } = useTools();
  const text = useFigureText(indicator);
  const past = usePast() !== undefined;
  const { t: acts } = useText(figureActWords);
  /** Decisions that were taken here: what is told is another after each. */
  const [decided, setDecided] = useState(0);
  const list = useRef<HTMLOListElement>(null);
  const [told, setTold] = useState<readonly FigureRevision[] | 'failed'>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: after a decision it is read again
  useEffect(() => {
    let stopped = false;
    channel.act('figures.history', { indicator: indicator.code, unit, period, ...(past && { n }) }).then(
      ({ revisions }) => stopped || setTold(revisions),
      () => stopped || setTold('failed'),
    );
    return () => {
      stopped = true;
    };
  }, [channel, indicator, unit, period, n, past, decided]);
  if (told === 'failed') return <p className="stale">{t.revisions.failed}</p>;
  if (!told) return <p className="soft">{t.loading}</p>;
  if (told.length === 0) return <p className="soft">{t.revisions.none}</p>;
  return (
    <ol ref={list} tabIndex={-1} className="figure-revisions">
      {told.toReversed().map((one) => (
        <li key={`${one.source} ${one.revision}`}>
          <strong className="num">{text.value(one.value)}</strong>
          <span className="soft num">
            {[t.revisions[standingOf(one, told)], one.sourceName ?? one.source, moment(one.at), one.reason]
              .filter(Boolean)
              .join(' · ')}
          </span>
          {one.acts.map((act) => (
            <span key={act.n} className="soft num">
              {[acts.done[act.act], act.by, moment(act.at), act.reason].filter(Boolean).join(' · ')}
            </span>
          ))}
          {!past && (
            <DecideValue
              {...{ indicator: indicator.code, unit, period, revision: one, all: told }}
              onDone={() => {
                setDecided((before) => before + 1);
                // The button may be there no more.
                list.current?.focus();
              }}
            />
          )}
        </li>
      ))}
    </ol>
  );
}
