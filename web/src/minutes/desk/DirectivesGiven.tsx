import type { BriefingSummary } from '../../api/contract.ts';
import { answeredOf, standingsOf } from '../../directive/desk/boardSums.ts';
import { useText } from '../../i18n/useText.tsx';
import { minutesWords } from '../words/minutes.vi.ts';

/** What is still to be done: each directive with how far its addressees are. */
export function DirectivesGiven({
  directives,
  onFollow,
}: {
  directives: BriefingSummary['directives'];
  onFollow: () => void;
}) {
  const { t, number, day } = useText(minutesWords);
  return (
    <section aria-label={t.directives}>
      <h3>{t.directives}</h3>
      {directives.length === 0 && <p className="soft">{t.noDirectives}</p>}
      <ul className="happened-directives">
        {directives.map(({ directive, total }) => {
          const sums = standingsOf(total);
          return (
            <li key={directive.id}>
              <div className="grow">
                <strong>
                  <span className="num">
                    {directive.number}/{directive.year}
                  </span>{' '}
                  {directive.title}
                </strong>
                <p className="soft num">
                  {directive.state === 'issued'
                    ? directive.deadline
                      ? t.due(day(directive.deadline))
                      : t.noDue
                    : t[directive.state]}
                </p>
              </div>
              <dl>
                <Sum n={number(total.addressees)} word={t.states.of} />
                <Sum n={number(answeredOf(sums))} word={t.states.answered} />
                <Sum n={number(sums.done)} word={t.states.done} />
                {total.overdue > 0 && <Sum n={number(total.overdue)} word={t.states.overdue} bad />}
              </dl>
            </li>
          );
        })}
      </ul>
      {directives.length > 0 && (
        <button type="button" className="button" onClick={onFollow}>
          {t.readMore}
        </button>
      )}
    </section>
  );
}

function Sum({ n, word, bad = false }: { n: string; word: string; bad?: boolean }) {
  return (
    <div data-bad={bad || undefined}>
      <dd className="num">{n}</dd>
      <dt>{word}</dt>
    </div>
  );
}
