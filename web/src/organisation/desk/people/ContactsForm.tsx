import { Plus, X } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { ApiError } from '../../../api/ApiError.ts';
import {
  type Contact,
  type Contacts,
  LONGEST_NAME,
  LONGEST_TELEPHONE,
  MOST_PEOPLE,
  type UnitContacts,
} from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { sentence } from '../../../session/sentence.ts';
import { problemWords } from '../../../session/words/problem.vi.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/words/ui.vi.ts';
import { peopleWords } from '../../words/people.vi.ts';
import { usePeople } from './usePeople.ts';

interface ContactsFormProps {
  readonly contacts: UnitContacts;
  /** Somebody else was quicker: what stands now. */
  readonly onFound: (contacts: UnitContacts) => void;
  readonly onSaved: (contacts: UnitContacts) => void;
  readonly onCancel: () => void;
}

const nobody: Contact = { name: '', title: null, telephone: null, deputy: false };
/** As the server takes it (CT3). */
const NUMBER = '\\+?[\\d ()\\.#\\-]{3,}';

/** The office's number and up to six people, in the order in which they are rung. */
export function ContactsForm({ contacts, onFound, onSaved, onCancel }: ContactsFormProps) {
  const t = useText(peopleWords).t.contacts;
  const { t: ui } = useText(uiWords);
  const { t: problems } = useText(problemWords);
  const { people: api, busy, run } = usePeople();
  const [telephone, setTelephone] = useState(contacts.telephone ?? '');
  const [people, setPeople] = useState<readonly Contact[]>(contacts.people.length > 0 ? contacts.people : [nobody]);
  const [problem, setProblem] = useState<string>();
  const hint = useId();
  const change = (at: number, part: Partial<Contact>): void =>
    setPeople((all) => all.map((one, i) => (i === at ? { ...one, ...part } : one)));
  const save = (event: FormEvent): void => {
    event.preventDefault();
    setProblem(undefined);
    const wanted: Contacts & { version: number } = {
      version: contacts.version,
      telephone: telephone.trim() || null,
      people: people.filter(({ name }) => name.trim() !== ''),
    };
    void run(async () => {
      try {
        onSaved(await api.changeContacts(contacts.unit, wanted));
      } catch (error) {
        if (!(error instanceof ApiError) || error.reason !== 'conflict') return setProblem(sentence(error, problems));
        const found = await api.contacts(contacts.unit);
        onFound(found);
        setTelephone(found.telephone ?? '');
        setPeople(found.people.length > 0 ? found.people : [nobody]);
        setProblem(t.changed);
      }
    });
  };
  return (
    <form className="stack" onSubmit={save}>
      <Problem text={problem} />
      <label className="field">
        <span className="label">{t.office}</span>
        <input
          className="input"
          type="tel"
          maxLength={LONGEST_TELEPHONE}
          pattern={NUMBER}
          title={t.hint}
          aria-describedby={hint}
          // biome-ignore lint/a11y/noAutofocus: the form was just opened by hand
          autoFocus
          value={telephone}
          onChange={({ target }) => setTelephone(target.value)}
        />
        <small id={hint} className="soft">
          {t.hint}
        </small>
      </label>
      {people.map((person, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: people have no other name than their place
        <fieldset key={i} className="people-person">
          <legend className="unseen">{t.person(i + 1)}</legend>
          <Text label={t.name} value={person.name} onChange={(name) => change(i, { name })} />
          <Text label={t.post} value={person.title ?? ''} onChange={(title) => change(i, { title: title || null })} />
          <label className="field">
            <span className="label">{t.telephone}</span>
            <input
              className="input"
              type="tel"
              maxLength={LONGEST_TELEPHONE}
              pattern={NUMBER}
              title={t.hint}
              value={person.telephone ?? ''}
              onChange={({ target }) => change(i, { telephone: target.value || null })}
            />
          </label>
          <label className="choice">
            <input
              type="checkbox"
              checked={person.deputy}
              onChange={({ target }) => change(i, { deputy: target.checked })}
            />
            {t.deputy}
          </label>
          <button
            type="button"
            className="button quiet icon"
            aria-label={t.remove(person.name || t.person(i + 1))}
            onClick={() => setPeople((all) => all.filter((_, at) => at !== i))}
          >
            <X size={18} aria-hidden />
          </button>
        </fieldset>
      ))}
      <div className="row people-acts">
        {people.length < MOST_PEOPLE && (
          <button type="button" className="button quiet small" onClick={() => setPeople((all) => [...all, nobody])}>
            <Plus size={16} aria-hidden />
            {t.add}
          </button>
        )}
        <span className="grow" />
        <button type="button" className="button" onClick={onCancel}>
          {ui.cancel}
        </button>
        <button type="submit" className="button primary" disabled={busy}>
          {t.save}
        </button>
      </div>
    </form>
  );
}

const Text = (props: { label: string; value: string; onChange: (value: string) => void }) => (
  <label className="field">
    <span className="label">{props.label}</span>
    <input
      className="input"
      maxLength={LONGEST_NAME}
      autoComplete="off"
      value={props.value}
      onChange={({ target }) => props.onChange(target.value)}
    />
  </label>
);
