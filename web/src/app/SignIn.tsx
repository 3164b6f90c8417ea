import { KeyRound } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { Api } from '../api/Api.ts';
import type { Session } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { ProblemMessage } from '../session/Support.tsx';
import { Switches } from '../session/Switches.tsx';
import { sentence } from '../session/sentence.ts';
import { problemWords } from '../session/words/problem.vi.ts';
import { appWords } from './words/app.vi.ts';
import './signIn.css';

/** Without a link: says where links come from; those who have a password may use it. */
export default function SignIn({
  api,
  onSession,
}: {
  api: Pick<Api, 'signInByPassword'>;
  onSession: (session: Session) => void;
}) {
  const { t } = useText(appWords);
  const { t: problems } = useText(problemWords);
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(undefined);
    try {
      onSession(await api.signInByPassword(String(form.get('login')), String(form.get('password'))));
    } catch (error) {
      setProblem(sentence(error, problems));
      setBusy(false);
    }
  };
  return (
    <>
      <header className="topbar">
        <div className="who">
          <strong>{t.name}</strong>
          <span>{t.tagline}</span>
        </div>
        <Switches />
      </header>
      <ProblemMessage
        icon={KeyRound}
        title={t.noLinkTitle}
        body={t.noLinkBody}
        next={t.noLinkNext}
        ring={t.ringForLink}
      >
        {open ? (
          <form className="panel stack sign-in" onSubmit={(event) => void submit(event)}>
            <div className="field">
              <label htmlFor="login">{t.login}</label>
              {/* biome-ignore lint/a11y/noAutofocus: the form was just opened by hand */}
              <input id="login" name="login" className="input" autoComplete="username" required autoFocus />
            </div>
            <div className="field">
              <label htmlFor="password">{t.password}</label>
              <input
                id="password"
                name="password"
                type="password"
                className="input"
                autoComplete="current-password"
                required
              />
            </div>
            {problem && (
              <p className="note bad" role="alert">
                {problem}
              </p>
            )}
            <button type="submit" className="button primary" disabled={busy}>
              {t.enter}
            </button>
          </form>
        ) : (
          <button type="button" className="button" onClick={() => setOpen(true)}>
            {t.signIn}
          </button>
        )}
      </ProblemMessage>
    </>
  );
}
