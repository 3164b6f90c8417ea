import { useCallback, useRef } from 'react';
import { figureDeskSchema } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import type { RosterView } from '../../../organisation/rosterView.ts';
import { useOffice } from '../../../session/OfficeContext.tsx';
import { usePolled } from '../../../ui/usePolled.ts';
import { figureDeskWords } from '../../words/desk.vi.ts';
import { figureTerritoryWords } from '../../words/territory.vi.ts';
import { Simulated } from '../Simulated.tsx';
import { BehindList } from './BehindList.tsx';
import { CoverageTable } from './CoverageTable.tsx';
import { HeldList } from './HeldList.tsx';
import { waitingOf } from './indicatorsOf.ts';
import { SilentList } from './SilentList.tsx';
import './territoryDesk.css';

interface TerritoryDeskProps {
  readonly roster: RosterView | undefined;
  /** Into the room of a live briefing. */
  readonly onCall?: ((unit: string, name: string) => void) | undefined;
}

const LOOK_MS = 20_000;

/** What whoever answers for a territory looks at first: how far its figures have come, who is late, and what waits. */
export default function TerritoryDesk({ roster, onCall }: TerritoryDeskProps) {
  const { t, number, time } = useText(figureTerritoryWords);
  const { t: desk } = useText(figureDeskWords);
  const { api, session } = useOffice();
  const { code, name } = session.account.unit;
  /** Where the lists begin. */
  const from = useRef({ held: 0, contested: 0 });
  const load = useCallback(async () => {
    const { held, contested } = from.current;
    // A node of the version before knows none of them.
    const lists = `${held > 0 ? `&heldFrom=${held}` : ''}${contested > 0 ? `&contestedFrom=${contested}` : ''}`;
    const found = await api.ask(`/api/figures/desk?root=${encodeURIComponent(code)}${lists}`, figureDeskSchema);
    from.current = { held: found.held.from ?? 0, contested: found.contests?.from ?? 0 };
    return found;
  }, [api, code]);
  const { value: told, error, reload } = usePolled(load, LOOK_MS);
  if (!told)
    return (
      <p className={error === undefined ? 'soft empty' : 'stale empty'} role="status">
        {error === undefined ? desk.loading : desk.failed}
      </p>
    );
  const indicators = new Map(told.indicators.map((one) => [one.code, one]));
  const waiting = waitingOf(told);
  // Units that are late by them are counted with their source alone.
  const isSilent = told.figures.some(({ silent }) => silent > 0);
  const behind = isSilent ? t.sums.behindBeside : t.sums.behind;
  const sums = [
    ...[{ key: 'behind', text: behind(number(told.behind.units)), count: told.behind.units }],
    ...[{ key: 'held', text: t.sums.held(number(waiting)), count: waiting }],
    ...[{ key: 'silent', text: t.sums.silent(number(told.silent.length)), count: told.silent.length }],
  ];
  const shown = told.figures.length > 0 || waiting > 0;
  const simulated = told.figures.some(({ indicator }) => indicators.get(indicator)?.simulated);
  return (
    <section className="figure-desk" aria-label={t.title(name)}>
      <header className="figure-desk-head">
        <h2>{t.title(name)}</h2>
        {simulated && <Simulated />}
        <p className={error === undefined ? 'soft num' : 'stale num'}>{t.asOf(time(told.now))}</p>
        {error !== undefined && <p className="stale">{t.failed}</p>}
      </header>
      {!shown ? (
        <p className="soft empty">{t.none}</p>
      ) : (
        <>
          <ul className="figure-desk-sums num" aria-live="polite">
            {sums.map(({ key, text, count }) => (
              <li key={key} className={count > 0 ? 'is-open' : 'soft'}>
                {text}
              </li>
            ))}
          </ul>
          <div className="figure-desk-body">
            <CoverageTable figures={told.figures} indicators={indicators} now={told.now} />
            {told.silent.length > 0 && <SilentList sources={told.silent} indicators={indicators} />}
            <HeldList
              {...{ told, indicators, roster }}
              root={code}
              onDone={reload}
              onFrom={(list, first) => {
                from.current = { ...from.current, [list]: first };
                reload();
              }}
            />
            <BehindList behind={told.behind} {...{ indicators, roster, onCall, isSilent }} />
          </div>
        </>
      )}
    </section>
  );
}
