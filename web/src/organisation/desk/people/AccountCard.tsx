import { KeyRound, Link2, Monitor } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../../i18n/useText.tsx';
import { ConfirmSheet } from '../../../ui/ConfirmSheet.tsx';
import { peopleWords } from '../../words/people.vi.ts';
import { AccountSheet } from './AccountSheet.tsx';
import { LinkOnceSheet } from './LinkOnceSheet.tsx';
import { PasswordSheet } from './PasswordSheet.tsx';
import type { AccountRow } from './peopleApi.ts';
import { usePeople } from './usePeople.ts';

interface AccountCardProps {
  readonly account: AccountRow;
  readonly hasUnitsBelow: boolean;
  /** The unit and where it lies, for the slip. */
  readonly where: string;
  readonly onDone: () => void;
}
type Asked = 'issue' | 'password' | 'change' | 'disable' | { readonly withdraw: string } | { readonly url: string };

/** One account: what it is signed in by, where it is signed in, and what may be done to it. */
export function AccountCard({ account, hasUnitsBelow, where, onDone }: AccountCardProps) {
  const { t, day } = useText(peopleWords);
  const { people, session, busy, run } = usePeople();
  const [asked, setAsked] = useState<Asked>();
  const { id, name, role, disabled, links, sessions, login, indicators } = account;
  const own = id === session.account.id;
  const close = (): void => setAsked(undefined);
  const act = async (work: () => Promise<unknown>, said?: string): Promise<void> => {
    if (await run(work, said)) onDone();
  };
  const said = (link: AccountRow['links'][number]): string =>
    link.password && link.expiresAt
      ? t.link.password(day(link.expiresAt))
      : link.lastUsedAt
        ? t.link.used(day(link.lastUsedAt))
        : t.link.unused(day(link.issuedAt));
  const issue = async (): Promise<void> => {
    const link = await run(() => people.issueLink(id));
    if (!link) return;
    setAsked({ url: link.is.url });
    onDone();
  };
  return (
    <article className="people-account" aria-label={name}>
      <div className="row people-head">
        <span className="grow">
          <strong>{name}</strong>
          <small className="soft">
            {[t.roles[role], login && t.accounts.login(login), own && t.accounts.own].filter(Boolean).join(' · ')}
          </small>
          {indicators && <small className="soft">{t.accounts.answersFor(indicators.join(', '))}</small>}
        </span>
        {disabled && <span className="tag">{t.accounts.disabled}</span>}
      </div>
      <ul className="people-rows">
        {links.map((link) => (
          <li key={link.id}>
            {link.password ? <KeyRound size={16} aria-hidden /> : <Link2 size={16} aria-hidden />}
            <span className="grow">{said(link)}</span>
            <button
              type="button"
              className="button quiet small"
              aria-label={t.link.withdrawOf(said(link))}
              onClick={() => setAsked({ withdraw: link.id })}
            >
              {t.link.withdraw}
            </button>
          </li>
        ))}
        {sessions.map((one) => {
          const way = one.byCode ? 'byCode' : one.byLink ? 'byLink' : 'byPassword';
          const what = `${t.sessions.since(day(one.since))}, ${t.sessions[way]}`;
          return (
            <li key={one.id}>
              <Monitor size={16} aria-hidden />
              <span className="grow">{what}</span>
              <button
                type="button"
                className="button quiet small"
                aria-label={t.sessions.endOf(what)}
                disabled={busy}
                onClick={() => void act(() => people.endSession(id, one.id), t.sessions.ended)}
              >
                {t.sessions.end}
              </button>
            </li>
          );
        })}
      </ul>
      <div className="row people-acts">
        {disabled ? (
          <button
            type="button"
            className="button small"
            disabled={busy}
            onClick={() => void act(() => people.setDisabled(id, false), t.accounts.isEnabled(name))}
          >
            {t.accounts.enable}
          </button>
        ) : (
          <>
            <button type="button" className="button small" onClick={() => setAsked('issue')}>
              {t.link.issue}
            </button>
            <button type="button" className="button small" onClick={() => setAsked('password')}>
              {t.password.offer}
            </button>
            {!own && (
              <>
                <button type="button" className="button small" onClick={() => setAsked('change')}>
                  {t.accounts.change}
                </button>
                <button type="button" className="button small danger" onClick={() => setAsked('disable')}>
                  {t.accounts.disable}
                </button>
              </>
            )}
          </>
        )}
      </div>
      {asked === 'issue' && (
        <ConfirmSheet
          title={t.link.issueTitle(name)}
          body={t.link.issueBody}
          confirm={t.link.issue}
          onConfirm={issue}
          // It is replaced by the sheet that shows the link.
          onClose={() => setAsked((now) => (now === 'issue' ? undefined : now))}
        />
      )}
      {asked === 'disable' && (
        <ConfirmSheet
          title={t.accounts.disableTitle(name)}
          body={t.accounts.disableBody}
          confirm={t.accounts.disable}
          onConfirm={() => act(() => people.setDisabled(id, true), t.accounts.isDisabled(name))}
          onClose={close}
        />
      )}
      {asked === 'password' && <PasswordSheet account={account} where={where} onDone={onDone} onClose={close} />}
      {asked === 'change' && (
        <AccountSheet
          unit={account.unit}
          account={account}
          hasUnitsBelow={hasUnitsBelow}
          onDone={onDone}
          onClose={close}
        />
      )}
      {typeof asked === 'object' && 'withdraw' in asked && (
        <ConfirmSheet
          title={t.link.withdrawTitle}
          body={t.link.withdrawBody}
          confirm={t.link.withdraw}
          onConfirm={() => act(() => people.withdraw(asked.withdraw), t.link.withdrawn)}
          onClose={close}
        />
      )}
      {typeof asked === 'object' && 'url' in asked && (
        <LinkOnceSheet name={name} where={where} url={asked.url} onClose={close} />
      )}
    </article>
  );
}
