import { CircleCheck, KeyRound, LoaderCircle } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Api } from '../api/Api.ts';
import { type PasswordOffer, passwordOfferSchema } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { PageHead } from '../session/PageHead.tsx';
import { Message } from '../ui/Message.tsx';
import { uiWords } from '../ui/words/ui.vi.ts';
import { DoorForm } from './DoorForm.tsx';
import { Refused } from './Refused.tsx';
import { appWords } from './words/app.vi.ts';
import { passwordWords } from './words/password.vi.ts';

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
      <PageHead name={app.name} line={app.tagline} />
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
  const set = async (typed: (name: string) => string): Promise<string | undefined> => {
    const password = typed('password');
    if (password.trim().length < offer.shortest) return t.short(offer.shortest);
    if (password !== typed('again')) return t.differ;
    await api.ask('/api/password-link/use', undefined, { method: 'POST', body: { secret, password } });
    onDone();
    return undefined;
  };
  return (
    <DoorForm submit={t.set} onSubmit={set}>
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
    </DoorForm>
  );
}
