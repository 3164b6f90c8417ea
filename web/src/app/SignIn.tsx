import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { Api } from '../api/Api.ts';
import type { Session } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { PageHead } from '../session/PageHead.tsx';
import { ProblemMessage } from '../session/Support.tsx';
import { DoorForm } from './DoorForm.tsx';
import { appWords } from './words/app.vi.ts';
import { signInWords } from './words/signIn.vi.ts';
import './signIn.css';

interface SignInProps {
  readonly api: Pick<Api, 'signInByPassword' | 'signInByCode'>;
  /** Unit and code as the QR code of a slip has them, with a point between them. (LK7) */
  readonly slip: string | undefined;
  readonly onSession: (session: Session) => void;
}

/** Without a link: the code of a slip is typed here, and those who have a password may use it. */
export default function SignIn({ api, slip, onSession }: SignInProps) {
  const { t: app } = useText(appWords);
  const { t } = useText(signInWords);
  const [way, setWay] = useState<'code' | 'password'>('code');
  const [unit = '', code = ''] = slip?.split('.') ?? [];
  return (
    <>
      <PageHead name={app.name} line={app.tagline} />
      <ProblemMessage icon={KeyRound} title={t.title} body={t.body} next={t.next} ring={app.ringForLink}>
        {way === 'code' ? (
          <DoorForm
            key="code"
            submit={t.code.enter}
            onSubmit={async (typed) => {
              onSession(await api.signInByCode(typed('unit'), typed('code')));
              return undefined;
            }}
          >
            <div className="code-fields">
              <div className="field">
                <label htmlFor="unit">{t.code.unit}</label>
                <input
                  id="unit"
                  name="unit"
                  className="input num"
                  autoComplete="off"
                  autoCapitalize="none"
                  spellCheck={false}
                  required
                  defaultValue={unit}
                />
              </div>
              <div className="field">
                <label htmlFor="code">{t.code.code}</label>
                <input
                  id="code"
                  name="code"
                  className="input num code-typed"
                  autoComplete="off"
                  autoCapitalize="characters"
                  spellCheck={false}
                  required
                  defaultValue={code}
                  aria-describedby="code-hint"
                />
              </div>
            </div>
            <p id="code-hint" className="soft small-text">
              {t.code.hint}
            </p>
          </DoorForm>
        ) : (
          <DoorForm
            key="password"
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
        )}
        <button type="button" className="button quiet" onClick={() => setWay(way === 'code' ? 'password' : 'code')}>
          {way === 'code' ? t.byPassword : t.byCode}
        </button>
      </ProblemMessage>
    </>
  );
}
