import { PhoneCall } from 'lucide-react';
import { useCallback, useId, useState } from 'react';
import type { FigureContact } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { Problem } from '../../ui/Problem.tsx';
import { usePolled } from '../../ui/usePolled.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { contactWords } from '../words/contact.vi.ts';
import { contactApi } from './contactApi.ts';
import './answersFor.css';

interface AnswersForProps {
  readonly indicator: string;
  readonly unit: string;
  /** Above it; undefined: what it is of is clear. */
  readonly title?: string;
}
const nobody: FigureContact = { name: '', title: null, telephone: '' };

/** FG69: who answers for a figure in a unit, one press from their telephone, and the way to name somebody else. */
export function AnswersFor({ indicator, unit, title }: AnswersForProps) {
  const { t } = useText(contactWords);
  const { api } = useOffice();
  const { value, error, reload } = usePolled(
    useCallback(() => contactApi.read(api, indicator, unit), [api, indicator, unit]),
  );
  const [open, setOpen] = useState(false);
  /** The fields were there, and are no more: the focus was in them. */
  const [closed, setClosed] = useState(false);
  if (value === undefined) return error === undefined ? null : <p className="stale">{t.failed}</p>;
  return (
    <section className="figure-contact" aria-label={title ?? t.title}>
      {title && <h4>{title}</h4>}
      {value && !open ? (
        <p>
          <span>
            <strong>{value.name}</strong> <span className="soft">{value.title}</span>
          </span>
          <a
            className="button small num"
            href={`tel:${value.telephone.replaceAll(/[^\d+#]/g, '')}`}
            aria-label={t.ring(value.name, value.telephone)}
          >
            <PhoneCall size={16} aria-hidden />
            {value.telephone}
          </a>
        </p>
      ) : (
        !open && <p className="soft">{t.nobody}</p>
      )}
      {open ? (
        <ContactFields
          {...{ indicator, unit }}
          before={value ?? nobody}
          isNew={value === null}
          onDone={() => {
            setOpen(false);
            setClosed(true);
            reload();
          }}
        />
      ) : (
        <button
          type="button"
          className="button quiet small"
          // biome-ignore lint/a11y/noAutofocus: it takes the place of the fields that were just closed
          autoFocus={closed}
          onClick={() => setOpen(true)}
        >
          {value ? t.change : t.write}
        </button>
      )}
    </section>
  );
}

interface ContactFieldsProps {
  readonly indicator: string;
  readonly unit: string;
  readonly before: FigureContact;
  readonly isNew: boolean;
  readonly onDone: () => void;
}

function ContactFields({ indicator, unit, before, isNew, onDone }: ContactFieldsProps) {
  const { t } = useText(contactWords);
  const { t: ui } = useText(uiWords);
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  const id = useId();
  const [draft, setDraft] = useState(before);
  const [state, setState] = useState<{ readonly busy: boolean; readonly error?: unknown }>({ busy: false });
  const put = async (contact: FigureContact | null): Promise<void> => {
    setState({ busy: true });
    try {
      await contactApi.name(api, indicator, unit, contact);
      onDone();
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  const field = (name: 'name' | 'title' | 'telephone', label: string) => (
    <div className="field">
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <input
        id={`${id}-${name}`}
        className="input"
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: it was just opened by hand
        autoFocus={name === 'name'}
        maxLength={name === 'telephone' ? 40 : 200}
        inputMode={name === 'telephone' ? 'tel' : 'text'}
        value={draft[name] ?? ''}
        onChange={({ target }) => setDraft({ ...draft, [name]: target.value })}
      />
    </div>
  );
  const { name, title, telephone } = draft;
  const ready = name.trim() !== '' && telephone.replaceAll(/\D/g, '').length >= 3;
  return (
    <div className="stack">
      {field('name', t.name)}
      {field('title', t.job)}
      {field('telephone', t.telephone)}
      <p className="soft">{t.privacy}</p>
      <Problem text={state.error === undefined ? undefined : sentence(state.error, problems)} />
      <div className="row">
        <button
          type="button"
          className="button small primary"
          disabled={!ready || state.busy}
          onClick={() =>
            void put({ name: name.trim(), title: title?.trim() ? title.trim() : null, telephone: telephone.trim() })
          }
        >
          {t.save}
        </button>
        <button type="button" className="button small" onClick={onDone}>
          {ui.cancel}
        </button>
        {!isNew && (
          <button type="button" className="button quiet small" disabled={state.busy} onClick={() => void put(null)}>
            {t.remove}
          </button>
        )}
      </div>
    </div>
  );
}
