import { useCallback } from 'react';
import type { HookFailure } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { useToasts } from '../../ui/Toasts.tsx';
import { usePolled } from '../../ui/usePolled.ts';
import { hookApi } from '../hookApi.ts';
import { hooksWords } from '../words/hooks.vi.ts';

const LOOK_MS = 5_000;

/** What could not be delivered to one system, with the last reason. (WH13) */
export function HookFailureList({ hook }: { hook: string }) {
  const { t, number, moment } = useText(hooksWords);
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  const { tell } = useToasts();
  const { value, reload } = usePolled(
    useCallback(() => hookApi.failures(api, hook), [api, hook]),
    LOOK_MS,
  );
  if (!value) return null;
  const nameOf = ({ kind }: HookFailure) => (kind === 'test' ? t.testEvent : t.events[kind]);
  const whyOf = ({ fault, status }: HookFailure) => {
    const why = fault === null ? '' : t.fault[fault];
    return status === null ? why : t.withStatus(why, status);
  };
  const again = async ({ event }: HookFailure): Promise<void> => {
    await hookApi.again(api, hook, event).catch((error) => tell({ text: sentence(error, problems), tone: 'bad' }));
    reload();
  };
  if (value.failures.length === 0) return <p className="soft small-text">{t.noFailures}</p>;
  return (
    <section className="hooks-failures" aria-label={t.failures}>
      <h3>{t.failures}</h3>
      <ul>
        {value.failures.map((failure) => (
          <li key={failure.event}>
            <span>
              <strong>{nameOf(failure)}</strong> · {moment(failure.at)}
              <span className="soft small-text">
                {whyOf(failure)} · {t.tries(number(failure.attempts))} ·{' '}
                {failure.nextAt ? t.next(moment(failure.nextAt)) : t.givenUp}
              </span>
            </span>
            <button
              type="button"
              className="button small quiet"
              aria-label={t.againOf(nameOf(failure), moment(failure.at))}
              onClick={() => void again(failure)}
            >
              {t.again}
            </button>
          </li>
        ))}
      </ul>
      {value.more && <p className="soft small-text">{t.more}</p>}
    </section>
  );
}
