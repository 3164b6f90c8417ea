import { Phone } from 'lucide-react';
import type { UnitContacts } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { floorDeskWords } from '../words/desk.vi.ts';

/** The office's number and its people in the order in which they are rung; a press rings where the device can. */
export function Telephones({ contacts, failed }: { contacts: UnitContacts | undefined; failed: boolean }) {
  const { t } = useText(floorDeskWords);
  const { t: ui } = useText(uiWords);
  if (!contacts) return <p className="soft">{failed ? t.reach.telephoneFailed : ui.loading}</p>;
  const people = contacts.people.filter(({ telephone }) => telephone !== null);
  if (!contacts.telephone && people.length === 0) return <p className="soft">{t.reach.noTelephone}</p>;
  return (
    <ul>
      {people.map(({ name, title, telephone, deputy }) => (
        <li key={`${name} ${telephone}`}>
          <span className="grow">
            <strong>{name}</strong>
            <span className="soft">{[title, deputy && t.reach.deputy].filter(Boolean).join(' · ')}</span>
          </span>
          <Ring telephone={telephone ?? ''} />
        </li>
      ))}
      {contacts.telephone && (
        <li>
          <span className="grow">
            <strong>{t.reach.office}</strong>
          </span>
          <Ring telephone={contacts.telephone} />
        </li>
      )}
    </ul>
  );
}

/** A press rings where the device can. */
export const Ring = ({ telephone }: { telephone: string }) => (
  <a className="button small num" href={`tel:${telephone.replaceAll(/[^\d+]/g, '')}`}>
    <Phone size={16} aria-hidden />
    {telephone}
  </a>
);
