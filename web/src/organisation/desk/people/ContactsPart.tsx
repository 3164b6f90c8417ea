import { Pencil, Phone } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { UnitContacts } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { useAnnounce } from '../../../ui/Announcer.tsx';
import { uiWords } from '../../../ui/words/ui.vi.ts';
import { peopleWords } from '../../words/people.vi.ts';
import { ContactsForm } from './ContactsForm.tsx';
import { usePeople } from './usePeople.ts';

/** Whom to ring in a unit, and a form to change it. */
export function ContactsPart({ unit, onDone }: { unit: string; onDone: () => void }) {
  const t = useText(peopleWords).t.contacts;
  const { t: ui } = useText(uiWords);
  const { people, session, run } = usePeople();
  const announce = useAnnounce();
  const [contacts, setContacts] = useState<UnitContacts>();
  const [editing, setEditing] = useState(false);
  useEffect(() => {
    void run(() => people.contacts(unit)).then((found) => found && setContacts(found.is));
  }, [people, unit, run]);
  const mayEdit = session.acts.includes('contact.edit');
  return (
    <section className="people-part" aria-label={t.title}>
      <div className="row">
        <h3 className="grow">{t.title}</h3>
        {contacts && mayEdit && !editing && (
          <button type="button" className="button small" onClick={() => setEditing(true)}>
            <Pencil size={16} aria-hidden />
            {t.edit}
          </button>
        )}
      </div>
      {!contacts && <p className="soft">{ui.loading}</p>}
      {contacts && editing && (
        <ContactsForm
          contacts={contacts}
          onFound={setContacts}
          onCancel={() => setEditing(false)}
          onSaved={(saved) => {
            setContacts(saved);
            setEditing(false);
            announce(t.saved);
            onDone();
          }}
        />
      )}
      {contacts && !editing && (
        <>
          {contacts.telephone === null && contacts.people.length === 0 && <p className="soft">{t.none}</p>}
          <ul className="people-rows">
            {contacts.telephone !== null && (
              <li>
                <span className="grow">{t.office}</span>
                <Telephone number={contacts.telephone} />
              </li>
            )}
            {contacts.people.map(({ name, title, telephone, deputy }) => (
              <li key={`${name}${telephone}`}>
                <span className="grow">
                  <strong>{name}</strong>
                  <small className="soft">{[title, deputy && t.deputy].filter(Boolean).join(' · ')}</small>
                </span>
                {telephone !== null && <Telephone number={telephone} />}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

const Telephone = ({ number }: { number: string }) => (
  <a className="button small quiet num" href={`tel:${number.replaceAll(/[^\d+#]/g, '')}`}>
    <Phone size={16} aria-hidden />
    {number}
  </a>
);
