import { type FormEvent, useState } from 'react';
import { hookEventSchema, LONGEST_HOOK_NAME, LONGEST_HOOK_URL } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { hookApi } from '../hookApi.ts';
import { hooksWords } from '../words/hooks.vi.ts';

type Field = 'name' | 'url' | 'events' | 'form';

/** Where to, of which territory, and of what. @param onMade told the secret */
export function MakeHookForm({ onMade }: { onMade: (secret: string) => void }) {
  const { t } = useText(hooksWords);
  const { t: problems } = useText(problemWords);
  const { api, session } = useOffice();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ readonly field: Field; readonly text: string }>();
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const [name, url] = [text('name'), text('url')];
    const events = hookEventSchema.options.filter((one) => data.getAll('events').includes(one));
    if (name === '') return setProblem({ field: 'name', text: t.nameMissing });
    if (!/^https?:\/\/[^/]/.test(url) || !URL.canParse(url)) return setProblem({ field: 'url', text: t.urlWrong });
    if (events.length === 0) return setProblem({ field: 'events', text: t.whichMissing });
    setProblem(undefined);
    setBusy(true);
    try {
      const { secret } = await hookApi.make(api, { name, url, events, territory: text('territory') });
      form.reset();
      onMade(secret);
    } catch (error) {
      setProblem({ field: 'form', text: sentence(error, problems) });
    } finally {
      setBusy(false);
    }
  };
  const wrong = (field: Field) =>
    problem?.field === field ? { 'aria-invalid': true, 'aria-describedby': 'hook-problem' } : {};
  return (
    <form className="hooks-form" noValidate onSubmit={(event) => void submit(event)}>
      <div className="field">
        <label htmlFor="hook-name">{t.name}</label>
        <input
          id="hook-name"
          name="name"
          className="input"
          autoComplete="off"
          placeholder={t.nameHint}
          maxLength={LONGEST_HOOK_NAME}
          {...wrong('name')}
        />
      </div>
      <div className="field">
        <label htmlFor="hook-url">{t.url}</label>
        <input
          id="hook-url"
          name="url"
          type="url"
          className="input"
          autoComplete="off"
          placeholder="https://"
          maxLength={LONGEST_HOOK_URL}
          {...wrong('url')}
        />
      </div>
      <div className="field">
        <label htmlFor="hook-territory">{t.code}</label>
        <input
          id="hook-territory"
          name="territory"
          className="input"
          autoComplete="off"
          defaultValue={session.account.unit.code}
        />
      </div>
      <fieldset className="hooks-events" {...wrong('events')}>
        <legend>{t.which}</legend>
        {hookEventSchema.options.map((event) => (
          <label key={event}>
            <input type="checkbox" name="events" value={event} defaultChecked />
            <span>{t.events[event]}</span>
          </label>
        ))}
      </fieldset>
      <button type="submit" className="button" disabled={busy}>
        {busy ? t.making : t.make}
      </button>
      {problem && (
        <p id="hook-problem" className="problem" role="alert">
          {problem.text}
        </p>
      )}
    </form>
  );
}
