import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { answeredOf as answeredInRound, neededOf } from '../../api/channel/rounds.ts';
import { type AttendanceVerdict, type BriefingSummary, type CallState, percentText } from '../../api/contract.ts';
import { answeredOf, standingsOf } from '../../directive/desk/boardSums.ts';
import { floorWords } from '../../floor/words/floor.vi.ts';
import { useText } from '../../i18n/useText.tsx';
import { NumberLine } from '../../rollcall/desk/number/NumberLine.tsx';
import { summaryWords } from '../words/summary.vi.ts';
import './summaryPaper.css';

/** Beside the page, and the only thing that a printer gets. */
export const Printed = ({ children }: { children: ReactNode }) =>
  createPortal(<div className="printed">{children}</div>, document.body);

const verdicts = ['present', 'partial', 'excused', 'absent'] as const satisfies readonly AttendanceVerdict[];
/** Rows of the table of territories that fit beside each other in two columns of a page. */
const ONE_COLUMN = 14;

/**
 * The briefing on one sheet of A4: who was here by territory, rounds, calls, directives, questions. Black on white, as it is
 * printed.
 */
export function SummaryPaper({ summary }: { summary: BriefingSummary }) {
  const { t: d } = useText(summaryWords);
  const { t, number, day, hour } = useText(floorWords);
  const { briefing, territories, rounds, calls, directives, questions } = summary;
  const [whole, ...below] = territories;
  const share = (part: number, of: number): string => percentText(part, of) ?? '–';
  const percent = (part: number, of: number): string => (of === 0 ? '–' : `${share(part, of)}%`);
  // AT9: before the start, and where there was none, nobody is absent; who came is known.
  const judged = briefing.liveAt !== null;
  const never = briefing.closedAt ? d.neverCame : d.notYet;
  const from = briefing.liveAt ?? briefing.openedAt;
  const left = below.length > ONE_COLUMN ? below.slice(0, Math.ceil(below.length / 2)) : below;
  const right = below.slice(left.length);
  return (
    <article className="paper" aria-label={d.title}>
      <header>
        {briefing.rehearsal && <p className="paper-rehearsal">{d.rehearsal}</p>}
        <p className="paper-kind">{d.title}</p>
        <h2>{briefing.title}</h2>
        <p>
          {briefing.liveAt === null
            ? briefing.closedAt
              ? d.neverLive(day(briefing.closedAt))
              : d.notLive
            : briefing.closedAt
              ? d.span(day(briefing.liveAt), hour(briefing.closedAt))
              : d.since(day(from ?? summary.at))}
          {summary.liveSeconds > 0 && <>, {d.lasted(number(Math.max(1, Math.round(summary.liveSeconds / 60))))}</>}
          {whole && <> · {d.territory(whole.name)}</>}
        </p>
      </header>
      {whole && (
        <dl className="paper-figures">
          <Figure label={d.expected} value={number(whole.expected)} />
          <Figure label={d.came} value={number(whole.came)} note={percent(whole.came, whole.expected)} />
          {judged ? (
            verdicts.map((verdict) => (
              <Figure
                key={verdict}
                label={d[verdict]}
                value={number(whole.attendance[verdict])}
                note={percent(whole.attendance[verdict], whole.expected)}
              />
            ))
          ) : (
            <Figure
              label={never}
              value={number(whole.expected - whole.came)}
              note={percent(whole.expected - whole.came, whole.expected)}
            />
          )}
        </dl>
      )}
      {below.length > 0 && (
        <section>
          <h3>{d.byUnit}</h3>
          <div className="paper-columns">
            {[left, right].map(
              (rows) =>
                rows.length > 0 && (
                  <table key={rows[0]?.unit}>
                    <thead>
                      <tr>
                        <th scope="col">{d.unit}</th>
                        <th scope="col">{d.expected}</th>
                        {(judged ? verdicts.map((verdict) => d[verdict]) : [d.came, never]).map((title) => (
                          <th key={title} scope="col">
                            {title}
                          </th>
                        ))}
                        <th scope="col">%</th>
                      </tr>
                    </thead>
                    <tbody>
                      {rows.map(({ unit, name, expected, came, attendance }) => (
                        <tr key={unit}>
                          <th scope="row">{name}</th>
                          <td>{number(expected)}</td>
                          {(judged
                            ? verdicts.map((verdict) => ({ of: verdict, n: attendance[verdict] }))
                            : [
                                { of: 'came', n: came },
                                { of: 'never', n: expected - came },
                              ]
                          ).map(({ of, n }) => (
                            <td key={of}>{n > 0 ? number(n) : '–'}</td>
                          ))}
                          <td>{share(judged ? attendance.present : came, expected)}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                ),
            )}
          </div>
        </section>
      )}
      <div className="paper-halves">
        <section>
          <h3>{d.rounds}</h3>
          {rounds.length === 0 && <p>{d.noRounds}</p>}
          <ul>
            {rounds.map(({ round, total, sum }) => (
              <li key={round.id}>
                <strong>{d.round(round.nr, round.question)}</strong>
                {round.number && <NumberLine asked={round.number} sum={sum} short />}
                <span>
                  {d.roundAt(hour(round.openedAt), round.by)} · {d.answered} {number(answeredInRound(total))} /{' '}
                  {number(neededOf(total))} ({percent(answeredInRound(total), neededOf(total))};{' '}
                  {d.ofThem(number(total.late), number(total.official), round.proof === 'challenge')}
                  {total.unconfirmed > 0 && `; ${d.unconfirmed(number(total.unconfirmed))}`}
                  {total.away ? `; ${d.away(number(total.away))}` : ''})
                </span>
              </li>
            ))}
          </ul>
          {calls.length > 0 && (
            <>
              <h3>{d.calls}</h3>
              <ul>
                {calls.map((call) => (
                  <li key={`${call.unitName}${call.at}`}>
                    <strong>
                      {hour(call.at)} {call.unitName}
                    </strong>
                    <span>
                      {call.answerSeconds === null
                        ? (t.call.state[call.state as CallState] ?? call.state)
                        : d.callSeconds(number(call.answerSeconds))}
                    </span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
        <section>
          <h3>{d.directives}</h3>
          {directives.length === 0 && <p>{d.noDirectives}</p>}
          <ul>
            {directives.map(({ directive, total }) => {
              const sums = standingsOf(total);
              return (
                <li key={directive.id}>
                  <strong>
                    {directive.number}/{directive.year} {directive.title}
                  </strong>
                  <span>
                    {d.directiveState(number(answeredOf(sums)), number(total.addressees), number(sums.done))} ·{' '}
                    {directive.deadline ? d.due(day(directive.deadline)) : d.noDue}
                  </span>
                </li>
              );
            })}
          </ul>
          {questions.asked > 0 && (
            <>
              <h3>{d.questions}</h3>
              <p>{d.questionCounts(questions, number)}</p>
            </>
          )}
        </section>
      </div>
      <footer>
        <span>{d.foot}</span>
        <span>{d.made(day(summary.at))}</span>
      </footer>
    </article>
  );
}

function Figure({ label, value, note }: { label: string; value: string; note?: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <strong>{value}</strong>
        {note && <span>{note}</span>}
      </dd>
    </div>
  );
}
