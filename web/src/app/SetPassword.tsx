import { CircleCheck, KeyRound, LoaderCircle } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import type { Api } from '../api/Api.ts';
import { type PasswordOffer, passwordOfferSchema } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { Switches } from '../session/Switches.tsx';
import { sentence } from '../session/sentence.ts';
import { problemWords } from '../session/words/problem.vi.ts';
import { Message } from '../ui/Message.tsx';
import { uiWords } from '../ui/words/ui.vi.ts';
import { Refused } from './Refused.tsx';
import { appWords } from './words/app.vi.ts';
import { passwordWords } from './words/password.vi.ts';
import './signIn.css';

type State =
  | { readonly kind: 'opening' }
  | { readonly kind: 'offered'; readonly offer: PasswordOffer }
  | { readonly kind: 'refused'; readonly error: unknown }
  | { readonly kind: 'done'; readonly login: string };

/** Whoever holds a link to set a password by chooses it here, once (PW5). */
export default function SetPassword({ api, secret }: { api: Pick<Api, 'ask'>; secret: string }) {
  const { t } = useText(passwordWords);
  const { t: app } = useText(appWords);
  const { t: ui } = useText(uiWords);
  const [state, setState] = useState<State>({ kind: 'opening' });
  useEffect(() => {
    api.ask('/api/password-link', passwordOfferSchema, { method: 'POST', body: { secret } }).then(
      (offer) => setState({ kind: 'offered', offer }),
      (error: unknown) => setState({ kind: 'refused', error }),
    );
  }, [api, secret]);
  if (state.kind === 'refused') return <Refused error={state.error} />;
  if (state.kind === 'opening') return <Message icon={LoaderCircle} title={ui.loading} />;
  return (
    <>
      <header className="topbar">
        <div className="who">
          <strong>{app.name}</strong>
          <span>{app.tagline}</span>
        </div>
        <Switches />
      </header>
      {state.kind === 'done' ? (
        <Message icon={CircleCheck} title={t.done} body={t.doneBody(state.login)}>
          <button type="button" className="button primary" onClick={() => location.assign('/')}>
            {t.enter}
          </button>
        </Message>
      ) : (
        <Message icon={KeyRound} title={t.title} body={t.whose(state.offer.name, state.offer.unit)}>
          <PasswordForm
            api={api}
            secret={secret}
            offer={state.offer}
            onDone={() => setState({ kind: 'done', login: state.offer.login })}
          />
        </Message>
      )}
    </>
  );
}

interface PasswordFormProps {
  readonly api: Pick<Api, 'ask'>;
  readonly secret: string;
  readonly offer: PasswordOffer;
  readonly onDone: () => void;
}

function PasswordForm({ api, secret, offer, onDone }: PasswordFormProps) {
  const { t } = useText(passwordWords);
  const { t: problems } = useText(problemWords);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const set = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = String(form.get('password'));
    if (password.length < offer.shortest) return setProblem(t.short(offer.shortest));
    if (password !== form.get('again')) return setProblem(t.differ);
    setBusy(true);
    setProblem(undefined);
    try {
      await api.ask('/api/password-link/use', undefined, { method: 'POST', body: { secret, password } });
      onDone();
    } catch (error) {
      setProblem(sentence(error, problems));
      setBusy(false);
    }
  };
  return (
    <form className="panel stack sign-in" onSubmit={(event) => void set(event)}>
      <label className="field">
        <span className="label">{t.login}</span>
        <input className="input" name="login" readOnly autoComplete="username" value={offer.login} />
      </label>
      <label className="field">
        <span className="label">{t.password}</span>
        {/* biome-ignore lint/a11y/noAutofocus: the page is for this alone */}
        <input className="input" name="password" type="password" autoComplete="new-password" required autoFocus />
        <small className="soft">{t.hint(offer.shortest)}</small>
      </label>
      <label className="field">
        <span className="label">{t.again}</span>
        <input className="input" name="again" type="password" autoComplete="new-password" required />
      </label>
      {problem && (
        <p className="note bad" role="alert">
          {problem}
        </p>
      )}
      <button type="submit" className="button primary" disabled={busy}>
        {t.set}
      </button>
    </form>
  );
}
