import { useRef } from 'react';
import type { ContestedValueTold, FigureDeskTold, HeldBatchTold, HeldValueTold } from '../../../api/contract.ts';
import { MOST_HELD, shortName } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import type { RosterView } from '../../../organisation/rosterView.ts';
import { figureTerritoryWords } from '../../words/territory.vi.ts';
import { Decide } from '../act/Decide.tsx';
import { whoContests } from '../act/whoContests.ts';
import { ListSteps } from '../ListSteps.tsx';
import { useFigureText } from '../useFigureText.ts';
import { type DeskIndicator, type DeskIndicators, namesOf, waitingOf } from './indicatorsOf.ts';

interface HeldListProps {
  readonly told: Pick<FigureDeskTold, 'held' | 'contested' | 'contests'>;
  /** In which territory it is decided. */
  readonly root: string;
  readonly indicators: DeskIndicators;
  readonly roster: RosterView | undefined;
  readonly onDone: () => void;
  /** Reads a list from another place on. */
  readonly onFrom: (list: 'held' | 'contested', from: number) => void;
}

const BOTH = ['release', 'reject'] as const;

/** FG14, FG15, FG16: what does not count until somebody decides, and what is contested until somebody answers. */
export function HeldList({ told, root, indicators, roster, onDone, onFrom }: HeldListProps) {
  const { t, number } = useText(figureTerritoryWords);
  const heading = useRef<HTMLHeadingElement>(null);
  const { held, contested = [], contests } = told;
  const batches = held.inBatches?.batches ?? 0;
  const waiting = waitingOf(told);
  const done = (): void => {
    // The line that had the focus is there no more.
    heading.current?.focus();
    onDone();
  };
  return (
    <section className="figure-desk-part figure-desk-half" aria-labelledby="figure-desk-held">
      <h3 id="figure-desk-held" ref={heading} tabIndex={-1}>
        {t.held} {waiting > 0 && <span className="count num">{number(waiting)}</span>}
      </h3>
      {waiting === 0 && contested.length === 0 && <p className="soft">{t.heldNone}</p>}
      <ul className="figure-desk-list">
        {held.batches.map((batch) => (
          <Batch key={batch.batch} {...{ batch, root, indicators }} onDone={done} />
        ))}
      </ul>
      {held.batches.length < batches && (
        <p className="soft num">{t.batchesOf(number(held.batches.length), number(batches))}</p>
      )}
      <ul className="figure-desk-list">
        {held.list.map((value) => {
          const indicator = indicators.get(value.indicator);
          const { unit, period, source, revision } = value;
          const key = `${value.indicator} ${unit} ${period} ${source} ${revision}`;
          return indicator && <Value key={key} {...{ value, indicator, roster }} onDone={done} />;
        })}
      </ul>
      {held.from !== undefined && (
        <ListSteps
          {...{ label: t.held, from: held.from, shown: held.list.length, all: held.values, most: MOST_HELD }}
          onFrom={(from) => onFrom('held', from)}
        />
      )}
      <ul className="figure-desk-list">
        {contested.map((value) => {
          const indicator = indicators.get(value.indicator);
          const { unit, period, source, revision } = value;
          const key = `contested ${value.indicator} ${unit} ${period} ${source} ${revision}`;
          return indicator && <Contested key={key} {...{ value, indicator, roster }} onDone={done} />;
        })}
      </ul>
      {contests && (
        <ListSteps
          {...{
            label: t.contested,
            from: contests.from,
            shown: contested.length,
            all: contests.values,
            most: MOST_HELD,
          }}
          onFrom={(from) => onFrom('contested', from)}
        />
      )}
    </section>
  );
}

interface ValueProps {
  readonly value: HeldValueTold;
  readonly indicator: DeskIndicator;
  readonly roster: RosterView | undefined;
  readonly onDone: () => void;
}

function Value({ value, indicator, roster, onDone }: ValueProps) {
  const { t, moment, language } = useText(figureTerritoryWords);
  const text = useFigureText(indicator);
  const { unit, period, source, revision, path, name, beside } = value;
  const where = roster ? shortName(roster.within(path)) : '';
  return (
    <li className="figure-desk-held">
      <div>
        <strong>{name}</strong> <span className="soft">{where}</span>
        <span className="figure-desk-doubted num">
          {text.name}: <strong>{text.value(value.value)}</strong>
        </span>
        <span className="figure-desk-why">
          {[value.say?.[language] ?? t.noReason, beside !== null && t.beside(text.value(beside))]
            .filter(Boolean)
            .join(' ')}
        </span>
        <span className="soft num">
          {[text.period(period), value.sourceName, t.receivedAt(moment(value.at))].filter(Boolean).join(' · ')}
        </span>
      </div>
      <Decide
        decisions={BOTH}
        about={`${name}, ${text.name}, ${text.value(value.value)}`}
        of={{ values: [{ indicator: indicator.code, unit, period, source, revision }] }}
        onDone={onDone}
      />
    </li>
  );
}

interface ContestedProps extends Omit<ValueProps, 'value'> {
  readonly value: ContestedValueTold;
}

function Contested({ value, indicator, roster, onDone }: ContestedProps) {
  const { t, moment } = useText(figureTerritoryWords);
  const text = useFigureText(indicator);
  const { unit, period, source, revision, path, name, contest, acts } = value;
  return (
    <li className="figure-desk-held">
      <div>
        <strong>{name}</strong> <span className="soft">{roster ? shortName(roster.within(path)) : ''}</span>
        <span className="figure-desk-doubted num">
          {text.name}: <strong>{text.value(value.value)}</strong>
        </span>
        <span className="figure-desk-why">{t.contestedBy(whoContests(contest), moment(contest.at))}</span>
        {contest.reason && <q>{contest.reason}</q>}
        <span className="soft num">{[text.period(period), value.sourceName].filter(Boolean).join(' · ')}</span>
      </div>
      <Decide
        decisions={acts}
        about={`${name}, ${text.name}, ${text.value(value.value)}`}
        of={{ values: [{ indicator: indicator.code, unit, period, source, revision }] }}
        onDone={onDone}
      />
    </li>
  );
}

interface BatchProps {
  readonly batch: HeldBatchTold;
  readonly root: string;
  readonly indicators: DeskIndicators;
  readonly onDone: () => void;
}

function Batch({ batch, root, indicators, onDone }: BatchProps) {
  const { t, number, moment, language } = useText(figureTerritoryWords);
  const title = t.heldBatch(number(batch.values), batch.sourceName);
  return (
    <li className="figure-desk-held">
      <div>
        <strong className="num">{title}</strong>
        <span className="figure-desk-why">{batch.say?.[language] ?? t.noReason}</span>
        <span className="soft num">
          {[namesOf(batch.indicators, indicators, language), t.receivedAt(moment(batch.at))].join(' · ')}
        </span>
      </div>
      <Decide decisions={BOTH} about={title} of={{ batch: batch.batch, root }} onDone={onDone} />
    </li>
  );
}
