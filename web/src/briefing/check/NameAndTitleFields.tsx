import { UserRound } from 'lucide-react';
import { LONGEST_PERSON, LONGEST_PERSON_TITLE, type Person } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { checkWords } from '../words/check.vi.ts';
import './nameAndTitleFields.css';

interface NameAndTitleFieldsProps {
  /** As typed; both may be empty. */
  readonly person: Person;
  readonly onChange: (person: Person) => void;
}

/** PS1: who sits here, for the plate under their picture. Nobody has to say. */
export function NameAndTitleFields({ person, onChange }: NameAndTitleFieldsProps) {
  const { t } = useText(checkWords);
  return (
    <section className="panel sitting">
      <h2>
        <UserRound size={22} aria-hidden /> {t.sitting}
      </h2>
      <div className="sitting-fields">
        <div className="field">
          <label htmlFor="sitting-name">{t.sittingName}</label>
          <input
            id="sitting-name"
            className="input"
            autoComplete="name"
            maxLength={LONGEST_PERSON}
            value={person.name}
            aria-describedby="sitting-hint"
            onChange={(e) => onChange({ ...person, name: e.target.value })}
          />
        </div>
        <div className="field">
          <label htmlFor="sitting-title">{t.sittingTitle}</label>
          <input
            id="sitting-title"
            className="input"
            autoComplete="organization-title"
            maxLength={LONGEST_PERSON_TITLE}
            placeholder={t.sittingTitleExample}
            value={person.title}
            aria-describedby="sitting-hint"
            onChange={(e) => onChange({ ...person, title: e.target.value })}
          />
        </div>
      </div>
      <p id="sitting-hint" className="soft">
        {t.sittingHint}
      </p>
    </section>
  );
}
