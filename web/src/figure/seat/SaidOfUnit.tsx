import { useCallback } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { usePolled } from '../../ui/usePolled.ts';
import { formWords } from '../words/form.vi.ts';
import { ContestButton } from './ContestButton.tsx';
import { formApi } from './formApi.ts';
import { periodName, valueText } from './taskText.ts';

/** What all sources say of the own unit in the newest period of each indicator, when, and what of it counts. */
export function SaidOfUnit() {
  const words = useText(formWords);
  const { t, moment, language } = words;
  const { api, session } = useOffice();
  const load = useCallback(() => formApi.said(api), [api]);
  const { value, error, reload } = usePolled(load);
  if (!value) return <p className="soft">{error === undefined ? '…' : t.failed}</p>;
  if (value.length === 0) return <p className="soft">{t.othersNone}</p>;
  return (
    <ul className="figure-said">
      {value.map(({ indicator, period, state, words: said }) => (
        <li key={indicator.code}>
          <p>
            <strong>{indicator.name[language]}</strong>{' '}
            <span className="soft num">
              {periodName({ period, indicator }, words)} · {t.state[state]}
            </span>
            {indicator.simulated && <small className="figure-line-simulated">{t.simulated}</small>}
          </p>
          {said.map(({ source, name, value: steps, at, counts, held, rejected, contested, ownContest, revision }) => (
            <p key={source} className="num">
              {name}: <strong>{valueText(steps, indicator, words)}</strong>{' '}
              <span className="soft">
                {moment(at)}
                {counts && ` · ${t.counts}`}
                {held && ` · ${t.held}`}
                {rejected && ` · ${t.rejected}`}
                {contested && ` · ${t.contested}`}
              </span>{' '}
              {counts && steps !== null && (!contested || ownContest) && (
                <ContestButton
                  key={`${period} ${revision} ${contested}`}
                  act={contested ? 'withdraw' : 'contest'}
                  value={{ indicator: indicator.code, unit: session.account.unit.code, period, source, revision }}
                  onDone={reload}
                />
              )}
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}
