import { Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { AccountsAnswer } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useTools } from '../../session/BriefingContext.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { Problem } from '../../ui/Problem.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { organisationDeskWords } from '../words/desk.vi.ts';
import './reissueLinkSheet.css';

interface LinkSheetProps {
  readonly unit: string;
  readonly name: string;
  readonly onClose: () => void;
}

/** A new personal link for a unit's seat: the old one stops at once, the new one is shown this once. */
export function ReissueLinkSheet({ unit, name, onClose }: LinkSheetProps) {
  const { t, day } = useText(organisationDeskWords);
  const { t: ui } = useText(uiWords);
  const { t: problems } = useText(problemWords);
  const { api } = useTools();
  const { session } = useOffice();
  /** Whose button was pressed once: the second press disables. */
  const [asked, setAsked] = useState<string>();
  const [accounts, setAccounts] = useState<AccountsAnswer>();
  const [url, setUrl] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    api.accounts(unit).then(setAccounts, (error) => setProblem(sentence(error, problems)));
  }, [api, unit, problems]);
  const issue = (account: string): void => {
    setProblem(undefined);
    api.issueLink(account).then(
      (link) => setUrl(link.url),
      (error) => setProblem(sentence(error, problems)),
    );
  };
  const setDisabled = (account: string, disabled: boolean): void => {
    setProblem(undefined);
    setAsked(undefined);
    api
      .setDisabled(account, disabled)
      .then(() => api.accounts(unit))
      .then(setAccounts, (error) => setProblem(sentence(error, problems)));
  };
  const copy = async (): Promise<void> => {
    if (!url) return;
    await navigator.clipboard.writeText(url);
    setCopied(true);
  };
  return (
    <Sheet
      title={t.linkTitle(name)}
      onClose={onClose}
      acts={
        // biome-ignore lint/a11y/noAutofocus: the sheet was just opened by hand
        <button type="button" className="button" autoFocus onClick={onClose}>
          {ui.close}
        </button>
      }
    >
      <div className="stack link-sheet">
        <Problem text={problem} />
        {url ? (
          <>
            <p>{t.linkOnce}</p>
            <div className="row">
              <input
                className="input grow"
                readOnly
                aria-label={t.link}
                value={url}
                onFocus={(e) => e.target.select()}
              />
              <button type="button" className="button primary" onClick={() => void copy()}>
                <Copy size={18} aria-hidden />
                {copied ? ui.copied : ui.copy}
              </button>
            </div>
          </>
        ) : (
          <>
            <p>{t.linkBody}</p>
            {accounts?.length === 0 && <p className="soft">{t.linkNone}</p>}
            {accounts?.map((account) => {
              const used = account.links.find((link) => link.lastUsedAt)?.lastUsedAt;
              return (
                <div key={account.id} className="row link-account">
                  <span className="grow">
                    <strong>{account.name}</strong>
                    <br />
                    <span className="soft">
                      {account.disabled ? t.accountDisabled : used ? t.linkUsed(day(used)) : t.linkNever}
                    </span>
                  </span>
                  {account.disabled ? (
                    <button type="button" className="button" onClick={() => setDisabled(account.id, false)}>
                      {t.accountEnable}
                    </button>
                  ) : (
                    <>
                      {account.id !== session.account.id && session.acts.includes('account.disable') && (
                        <button
                          type="button"
                          className="button danger"
                          onClick={() => (asked === account.id ? setDisabled(account.id, true) : setAsked(account.id))}
                        >
                          {asked === account.id ? t.accountDisableSure : t.accountDisable}
                        </button>
                      )}
                      <button type="button" className="button" onClick={() => issue(account.id)}>
                        {t.linkMake}
                      </button>
                    </>
                  )}
                </div>
              );
            })}
          </>
        )}
      </div>
    </Sheet>
  );
}
