import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { Api } from '../api/Api.ts';
import type { Session } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { PageHead } from '../session/PageHead.tsx';
import { ProblemMessage } from '../session/Support.tsx';
import { DoorForm } from './DoorForm.tsx';
import { appWords } from './words/app.vi.ts';

/** Without a link: says where links come from; those who have a password may use it. */
export default function SignIn({
  api,
  onSession,
}: {
  api: Pick<Api, 'signInByPassword'>;
  onSession: (session: Session) => void;
}) {
  const { t } = useText(appWords);
  const [open, setOpen] = useState(false);
  return (
    <>
      <PageHead name={t.name} line={t.tagline} />
      <ProblemMessage
        icon={KeyRound}
        title={t.noLinkTitle}
        body={t.noLinkBody}
        next={t.noLinkNext}
        ring={t.ringForLink}
      >
        {open ? (
          <DoorForm
            submit={t.enter}
            onSubmit={async (typed) => {
              onSession(await api.signInByPassword(typed('login'), typed('password')));
              return undefined;
            }}
          >
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
          </DoorForm>
        ) : (
          <button type="button" className="button" onClick={() => setOpen(true)}>
            {t.signIn}
          </button>
        )}
      </ProblemMessage>
    </>
  );
}
