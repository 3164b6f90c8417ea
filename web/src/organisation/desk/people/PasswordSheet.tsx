import { type FormEvent, useId, useState } from 'react';
import { ApiError } from '../../../api/ApiError.ts';
import { LONGEST_LOGIN } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { sentence } from '../../../session/sentence.ts';
import { problemWords } from '../../../session/words/problem.vi.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { Sheet } from '../../../ui/Sheet.tsx';
import { uiWords } from '../../../ui/words/ui.vi.ts';
import { peopleWords } from '../../words/people.vi.ts';
import { LinkOnceSheet } from './LinkOnceSheet.tsx';
import type { AccountRow } from './peopleApi.ts';
import { usePeople } from './usePeople.ts';

interface PasswordSheetProps {
  readonly account: AccountRow;
  readonly where: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** A link by which the person sets a password; also for whoever forgot theirs. */
export function PasswordSheet({ account, where, onDone, onClose }: PasswordSheetProps) {
  const { t } = useText(peopleWords);
  const { t: ui } = useText(uiWords);
  const { t: problems } = useText(problemWords);
  const { people, busy, run } = usePeople();
  const form = useId();
  const [login, setLogin] = useState(account.login ?? `${account.role}-${account.unit.code}`);
  const [problem, setProblem] = useState<string>();
  const [url, setUrl] = useState<string>();
  const offer = (event: FormEvent): void => {
    event.preventDefault();
    setProblem(undefined);
    void run(async () => {
      try {
        setUrl((await people.offerPassword(account.id, login)).url);
        onDone();
      } catch (error) {
        const taken = error instanceof ApiError && error.reason === 'conflict';
        setProblem(taken ? t.password.taken : sentence(error, problems));
      }
    });
  };
  if (url !== undefined) return <LinkOnceSheet name={account.name} where={where} url={url} onClose={onClose} />;
  return (
    <Sheet
      title={t.password.title(account.name)}
      onClose={onClose}
      acts={
        <>
          <button type="button" className="button" onClick={onClose}>
            {ui.cancel}
          </button>
          <button type="submit" form={form} className="button primary" disabled={busy}>
            {t.password.make}
          </button>
        </>
      }
    >
      <form id={form} className="stack" onSubmit={offer}>
        <p>{t.password.body}</p>
        <Problem text={problem} />
        <label className="field">
          <span className="label">{t.password.login}</span>
          <input
            className="input"
            required
            minLength={3}
            maxLength={LONGEST_LOGIN}
            pattern="[a-z0-9][a-z0-9._@\-]*"
            title={t.password.hint}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={login}
            onChange={({ target }) => setLogin(target.value.toLowerCase())}
          />
          <small className="soft">{t.password.hint}</small>
        </label>
      </form>
    </Sheet>
  );
}
