import { useCallback, useEffect, useState } from 'react';
import type { DoneAct, PeopleAct } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { type PeopleWords, peopleWords } from '../../words/people.vi.ts';
import { usePeople } from './usePeople.ts';

/** What was done to a unit and its people, in words. @param round raised when something was done */
export function HistoryPart({ unit, round }: { unit: string; round: number }) {
  const { t, number, day } = useText(peopleWords);
  const { people, run } = usePeople();
  const [acts, setActs] = useState<readonly DoneAct[]>();
  const [all, setAll] = useState(false);
  const read = useCallback(
    (before: string | undefined) => run(() => people.history(unit, before)),
    [run, people, unit],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when something was done
  useEffect(() => {
    void read(undefined).then((found) => found && setActs(found.is));
  }, [read, round]);
  const more = async (): Promise<void> => {
    const older = await read(acts?.at(-1)?.at);
    if (!older) return;
    setAll(older.is.length === 0);
    setActs((shown) => [...(shown ?? []), ...older.is]);
  };
  return (
    <section className="people-part" aria-label={t.history.title}>
      <h3>{t.history.title}</h3>
      {acts?.length === 0 && <p className="soft">{t.history.none}</p>}
      <ol className="people-rows">
        {acts?.map(({ id, at, by, what }) => (
          <li key={id}>
            <time dateTime={at} className="soft num">
              {day(at)}
            </time>
            <span className="grow">
              <strong>{by?.name ?? t.history.commandLine}</strong> {said(what, t, number)}
            </span>
          </li>
        ))}
      </ol>
      {acts && acts.length >= 50 && !all && (
        <button type="button" className="button quiet small" onClick={() => void more()}>
          {t.history.more}
        </button>
      )}
    </section>
  );
}

const counted = ['opened', 'changed', 'moved', 'closed', 'contacts', 'tiers'] as const;

function said(what: PeopleAct, t: PeopleWords, number: (n: number) => string): string {
  const { history, roles } = t;
  switch (what.act) {
    case 'account.changed': {
      const of = ({ name, role, unit, indicators = [] }: typeof what.from) =>
        [name, roles[role], unit, ...indicators].join(', ');
      return history.changed(of(what.from), of(what.to));
    }
    case 'roster.imported': {
      const counts = counted.filter((key) => what[key] > 0).map((key) => history.counts[key](number(what[key])));
      return history.imported(what.file, counts.join(', '));
    }
    case 'units.succeeded':
      return history.succeeded(what.file, number(what.units));
    case 'units.successors-withdrawn':
      return history.successorsWithdrawn(what.file, number(what.units));
    case 'codes.issued':
      return `${history.said[what.act]} ${what.title} (${number(what.codes)})`;
    case 'list.saved':
    case 'list.renamed':
    case 'list.deleted':
      return `${history.said[what.act]} ${what.name}`;
    case 'seats.made':
    case 'contacts.changed':
      return history.said[what.act];
    default:
      return `${history.said[what.act]} ${what.name}`;
  }
}
