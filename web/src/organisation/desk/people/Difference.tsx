import type { Contact, Contacts, RosterPlan } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { peopleWords } from '../../words/people.vi.ts';

const kinds = ['opened', 'changed', 'moved', 'closed', 'contacts', 'tiers'] as const;

/** What a file would do, or what is wrong with it: counts first, then rows. */
export function Difference({ file, plan }: { file: string; plan: RosterPlan }) {
  const { t: words, number, date } = useText(peopleWords);
  const t = words.roster;
  const { counts, steps, errors, wrong } = plan;
  if (wrong > 0)
    return (
      <div role="alert" className="people-difference">
        <p className="note bad">{t.wrong(number(wrong))}</p>
        <ol className="people-rows">
          {errors.map(({ line, why, about }) => (
            <li key={`${line}${why}${about}`}>
              {line > 0 && <strong className="num">{t.line(number(line))}</strong>}
              <span className="grow">{t.fault[why](about)}</span>
            </li>
          ))}
        </ol>
        {errors.length < wrong && <p className="soft">{t.shown(number(errors.length))}</p>}
      </div>
    );
  const some = kinds.filter((kind) => counts[kind] > 0);
  if (some.length === 0)
    return (
      <p className="note" role="status">
        {t.same}
      </p>
    );
  const total = some.reduce((sum, kind) => sum + counts[kind], 0);
  return (
    <div className="people-difference">
      <div role="status">
        <p>
          <strong>{t.differs(file)}</strong>
        </p>
        <ul className="people-counts">
          {some.map((kind) => (
            <li key={kind}>{words.history.counts[kind](number(counts[kind]))}</li>
          ))}
          {counts.along > 0 && <li>{t.along(number(counts.along))}</li>}
        </ul>
      </div>
      {steps.length < total && <p className="soft">{t.shown(number(steps.length))}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard */}
      <section className="people-steps" tabIndex={0} aria-label={t.differs(file)}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.columns.kind}</th>
              <th scope="col">{t.columns.unit}</th>
              <th scope="col">{t.columns.before}</th>
              <th scope="col">{t.columns.after}</th>
              <th scope="col">{t.columns.from}</th>
            </tr>
          </thead>
          <tbody>
            {steps.map(({ kind, code, name, before, after, from, contacts }) => (
              <tr key={`${kind}${code}`}>
                <td>{t.kind[kind]}</td>
                <td>
                  {name} <small className="soft">{code}</small>
                </td>
                <td>{contacts ? <Rung contacts={contacts.before} /> : before}</td>
                <td>{contacts ? <Rung contacts={contacts.after} other={contacts.before} /> : after}</td>
                <td className="num">{from && date(from)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

/** Whom to ring, a line each; what the other side has not is strong. */
function Rung({ contacts, other }: { contacts: Contacts | null; other?: Contacts | null }) {
  const t = useText(peopleWords).t.contacts;
  const line = ({ name, title, telephone, deputy }: Contact): string =>
    [name, title, telephone, deputy && t.deputy].filter(Boolean).join(', ');
  const linesOf = (all: Contacts | null | undefined): string[] =>
    all ? [...(all.telephone ? [`${t.office}: ${all.telephone}`] : []), ...all.people.map(line)] : [];
  const known = other === undefined ? undefined : new Set(linesOf(other));
  return (
    <ul className="people-rung">
      {linesOf(contacts).map((text) => (
        <li key={text}>{known && !known.has(text) ? <strong>{text}</strong> : text}</li>
      ))}
    </ul>
  );
}
