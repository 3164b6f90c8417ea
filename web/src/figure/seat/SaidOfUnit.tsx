import { useCallback, useState } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { usePolled } from '../../ui/usePolled.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { formWords } from '../words/form.vi.ts';
import { ContestButton } from './ContestButton.tsx';
import { contestOn } from './contestOn.ts';
import { formApi } from './formApi.ts';
import { LastAct } from './LastAct.tsx';
import { periodName, valueText } from './taskText.ts';

/** What is contested is answered while somebody looks. */
const LOOK_MS = 60_000;

/** What all sources say of the own unit in the newest period of each indicator, when, and what of it counts. */
export function SaidOfUnit() {
  const words = useText(formWords);
  const { t, moment, language } = words;
  const { t: ui } = useText(uiWords);
  const { api, session } = useOffice();
  const load = useCallback(() => formApi.said(api), [api]);
  const { value, error, reload } = usePolled(load, LOOK_MS);
  /** Whose button was pressed: the one that takes its place has the focus. */
  const [acted, setActed] = useState<string>();
  if (!value) return <p className="soft">{error === undefined ? ui.loading : t.failed}</p>;
  if (value.length === 0) return <p className="soft">{t.othersNone}</p>;
  return (
    <ul className="figure-said" aria-label={t.others}>
      {value.map(({ indicator, period, state, words: said }) => (
        <li key={indicator.code}>
          <p>
            <strong>{indicator.name[language]}</strong>{' '}
            <span className="soft num">
              {periodName({ period, indicator }, words)} · {t.state[state]}
            </span>{' '}
            {indicator.simulated && <small className="figure-line-simulated">{t.simulated}</small>}
          </p>
          {said.map((word) => {
            const { source, name, value: steps, at, counts, held, rejected, contested, ownContest, revision } = word;
            const act = contestOn(word, said);
            return (
              <p key={`${source} ${revision}`} className="num">
                {name}: <strong>{valueText(steps, indicator, words)}</strong>{' '}
                <span className="soft">
                  {moment(at)}
                  {counts && ` · ${t.counts}`}
                  {held && ` · ${t.held}`}
                  {rejected && ` · ${t.rejected}`}
                  {contested && ` · ${t.contested}`}
                </span>{' '}
                {act && (
                  <ContestButton
                    key={`${period} ${contested}`}
                    act={act}
                    value={{ indicator: indicator.code, unit: session.account.unit.code, period, source, revision }}
                    focus={acted === `${indicator.code} ${source}`}
                    onDone={() => {
                      setActed(`${indicator.code} ${source}`);
                      reload();
                    }}
                    onFailed={reload}
                  />
                )}
                {!ownContest && <LastAct said={word} />}
              </p>
            );
          })}
        </li>
      ))}
    </ul>
  );
}
