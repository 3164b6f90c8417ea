import { ChevronRight, FilePen } from 'lucide-react';
import { useState } from 'react';
import { type Briefing, type Directive, issuerOf } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { useNow } from '../../ui/useNow.ts';
import { listWords } from '../../ui/words/lists.vi.ts';
import { deadlineOf } from '../deadline.ts';
import { directiveDeskWords } from '../words/desk.vi.ts';
import { directiveWords } from '../words/directive.vi.ts';
import { answeredOf, standingsOf } from './boardSums.ts';
import { Progress } from './Progress.tsx';
import { useBoard } from './useBoard.ts';
import { useGiven } from './useGiven.ts';
import './issued.css';

/** The newest are followed; how far older ones are is read when they are opened. */
const FOLLOWED = 20;

interface IssuedListProps {
  readonly briefing: Briefing | undefined;
  readonly hasDraft: boolean;
  readonly onCompose: () => void;
  readonly onOpen: (directive: Directive) => void;
}

/** What was given to the territory from above and by it, newest first, each with how far it has come in it. */
export function IssuedList({ briefing, hasDraft, onCompose, onOpen }: IssuedListProps) {
  const { t: lists } = useText(listWords);
  const { issued: d, compose } = useText(directiveDeskWords).t;
  const { t } = useText(problemWords);
  const [here, setHere] = useState(briefing !== undefined);
  const only = here ? briefing?.id : undefined;
  const { value, error } = useGiven(only);
  const above = value?.above ?? [];
  const list = (of: readonly Directive[], fromAbove: boolean) => (
    <ul>
      {of.map((directive, index) => (
        <li key={directive.id}>
          <IssuedLine
            directive={directive}
            fromAbove={fromAbove}
            followed={index < FOLLOWED}
            onOpen={() => onOpen(directive)}
          />
        </li>
      ))}
    </ul>
  );
  return (
    <div className="issued">
      <button type="button" className="button primary compose-start" onClick={onCompose}>
        <FilePen size={20} aria-hidden />
        {hasDraft ? compose.resume : compose.start}
      </button>
      {briefing && (
        <fieldset className="chips" aria-label={d.which}>
          {([true, false] as const).map((which) => (
            <label key={String(which)} className="chip">
              <input type="radio" name="issued" checked={here === which} onChange={() => setHere(which)} />
              {which ? d.here : d.all}
            </label>
          ))}
        </fieldset>
      )}
      {error !== undefined && <p className="stale">{lists.failed(sentence(error, t))}</p>}
      {!value && error === undefined && <p className="soft">{lists.loading}</p>}
      {above.length > 0 && (
        <section className="issued-group" aria-label={d.above}>
          <h3>{d.above}</h3>
          {list(above, true)}
        </section>
      )}
      {value && (
        <section className="issued-group" aria-label={d.own}>
          {above.length > 0 && <h3>{d.own}</h3>}
          {value.own.length === 0 && <p className="soft empty">{here ? d.emptyHere : d.empty}</p>}
          {list(value.own, false)}
        </section>
      )}
    </div>
  );
}

interface IssuedLineProps {
  readonly directive: Directive;
  readonly fromAbove: boolean;
  readonly followed: boolean;
  readonly onOpen: () => void;
}

function IssuedLine({ directive, fromAbove, followed, onOpen }: IssuedLineProps) {
  const d = useText(directiveDeskWords).t.issued;
  const text = useText(directiveWords);
  const { t, number } = text;
  const now = useNow();
  const total = useBoard(followed ? directive.id : undefined).value?.counts[0];
  const sums = total && standingsOf(total);
  return (
    <button type="button" className="issued-line" onClick={onOpen}>
      <span className="grow">
        <span className="issued-meta">
          <strong className="num">{t.number(directive.number, directive.year)}</strong>
          <span className="soft num">
            {fromAbove ? t.from(issuerOf(directive), text.day(directive.issuedAt)) : d.at(text.day(directive.issuedAt))}
          </span>
          {directive.state !== 'issued' && <span className="tag">{d.state[directive.state]}</span>}
        </span>
        <strong className="issued-title">{directive.title}</strong>
        {total && <Progress count={total} />}
        <span className="issued-meta num">
          {total && sums ? (
            <>
              <span>{d.answered(number(answeredOf(sums)), number(total.addressees))}</span>
              {sums.done > 0 && <span>{d.done(number(sums.done))}</span>}
              {sums.question > 0 && <strong className="warn">{d.questions(number(sums.question))}</strong>}
              {sums.refused > 0 && <strong className="warn">{d.refused(number(sums.refused))}</strong>}
              {total.overdue > 0 && <strong className="over">{d.overdue(number(total.overdue))}</strong>}
            </>
          ) : (
            !fromAbove && <span className="soft">{d.addressees(number(directive.addressees))}</span>
          )}
          <span className="soft">{deadlineOf(directive.deadline, now, text, directive.state !== 'issued')}</span>
        </span>
      </span>
      <ChevronRight size={20} aria-hidden />
    </button>
  );
}
