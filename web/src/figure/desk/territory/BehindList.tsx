import { Phone } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import {
  type BehindUnit,
  contactListSchema,
  type FigureDeskTold,
  shortName,
  type UnitContacts,
} from '../../../api/contract.ts';
import { Ring } from '../../../floor/desk/Telephones.tsx';
import { useText } from '../../../i18n/useText.tsx';
import type { RosterView } from '../../../organisation/rosterView.ts';
import { useOffice } from '../../../session/OfficeContext.tsx';
import { usePolled } from '../../../ui/usePolled.ts';
import { figureTerritoryWords } from '../../words/territory.vi.ts';
import { type DeskIndicators, namesOf } from './indicatorsOf.ts';

interface BehindListProps {
  readonly behind: FigureDeskTold['behind'];
  readonly indicators: DeskIndicators;
  readonly roster: RosterView | undefined;
  /** Whether some are late because of silent sources, and so are not among them. */
  readonly isSilent: boolean;
  readonly onCall: ((unit: string, name: string) => void) | undefined;
}

/** Who is read at one look; the others after a press. */
const STEP = 20;

/** Which units are late, with what, and on which number they are rung. */
export function BehindList({ behind, indicators, roster, isSilent, onCall }: BehindListProps) {
  const { t, number } = useText(figureTerritoryWords);
  const [most, setMost] = useState(STEP);
  const shown = behind.list.slice(0, most);
  const contacts = useContacts(
    shown
      .map(({ unit }) => unit)
      .toSorted()
      .join(),
  );
  return (
    <section className="figure-desk-part figure-desk-half" aria-labelledby="figure-desk-behind">
      <h3 id="figure-desk-behind">
        {t.behind} {behind.units > 0 && <span className="count num">{number(behind.units)}</span>}
      </h3>
      {behind.units === 0 && <p className="soft">{isSilent ? t.behindSilent : t.behindNone}</p>}
      <ul className="figure-desk-list figure-desk-behind">
        {shown.map((unit) => (
          <Behind
            key={unit.unit}
            {...{ unit, indicators, onCall }}
            where={roster ? shortName(roster.within(unit.path)) : ''}
            contacts={contacts.get(unit.unit)}
          />
        ))}
      </ul>
      {shown.length < behind.units && (
        <p className="row">
          {shown.length < behind.list.length && (
            <button type="button" className="button small" onClick={() => setMost((before) => before + STEP)}>
              {t.more}
            </button>
          )}
          <span className="soft num">{t.behindOf(number(shown.length), number(behind.units))}</span>
        </p>
      )}
    </section>
  );
}

/**
 * Of these units, and of those that were asked for before: a number that somebody is about to ring stays while others are
 * read.
 * @param units codes, with commas between them @returns null: nobody has written any
 */
function useContacts(units: string): ReadonlyMap<string, UnitContacts | null> {
  const { api } = useOffice();
  const [known, setKnown] = useState<ReadonlyMap<string, UnitContacts | null>>(new Map());
  const load = useCallback(async () => {
    const { contacts } = await api.ask(`/api/contacts?units=${encodeURIComponent(units)}`, contactListSchema);
    const told = new Map(contacts.map((one) => [one.unit, one]));
    return units.split(',').map((unit) => [unit, told.get(unit) ?? null] as const);
  }, [api, units]);
  const { value } = usePolled(units === '' ? undefined : load);
  useEffect(() => {
    if (value) setKnown((before) => new Map([...before, ...value]));
  }, [value]);
  return known;
}

interface BehindProps {
  readonly unit: BehindUnit;
  readonly where: string;
  readonly indicators: DeskIndicators;
  /** null: nobody has written any; undefined: they are not read yet. */
  readonly contacts: UnitContacts | null | undefined;
  readonly onCall: ((unit: string, name: string) => void) | undefined;
}

function Behind({ unit, where, indicators, contacts, onCall }: BehindProps) {
  const { t, day, language } = useText(figureTerritoryWords);
  const { name } = unit;
  const person = contacts?.people.find(({ telephone }) => telephone !== null);
  const telephone = person?.telephone ?? contacts?.telephone;
  return (
    <li>
      <div>
        <strong>{name}</strong> <span className="soft">{where}</span>
        <span className="figure-desk-why">{t.lateWith(namesOf(unit.indicators, indicators, language))}</span>
        <span className="soft num">{unit.since === null ? t.never : t.since(day(unit.since))}</span>
      </div>
      <div className="figure-desk-ring">
        {telephone && (
          <>
            <span className="soft">{person ? [person.name, person.title].filter(Boolean).join(', ') : t.office}</span>
            <Ring telephone={telephone} />
          </>
        )}
        {contacts !== undefined && !telephone && <span className="soft">{t.noTelephone}</span>}
        {onCall && (
          <button
            type="button"
            className="button small"
            aria-label={t.callUnit(name)}
            onClick={() => onCall(unit.unit, name)}
          >
            <Phone size={16} aria-hidden />
            {t.call}
          </button>
        )}
      </div>
    </li>
  );
}
