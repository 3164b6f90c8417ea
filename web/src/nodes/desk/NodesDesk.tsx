import { useCallback } from 'react';
import type { NodesPage } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { usePolled } from '../../ui/usePolled.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { nodesApi } from '../nodesApi.ts';
import { roomOf, viewersOf } from '../sums.ts';
import { nodesWords } from '../words/nodes.vi.ts';
import { NodeCard } from './NodeCard.tsx';
import { PastList } from './PastList.tsx';
import { PipesTable } from './PipesTable.tsx';
import { Refusals } from './Refusals.tsx';
import { UnitsTable } from './UnitsTable.tsx';
import './nodesDesk.css';

const LOOK_MS = 3_000;

/** The nodes of the installation for who runs them: what each does, what goes between them, and what happened. */
export default function NodesDesk() {
  const { t, number } = useText(nodesWords);
  const { t: ui } = useText(uiWords);
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  const { value, error, reload } = usePolled(
    useCallback(() => nodesApi.page(api), [api]),
    LOOK_MS,
  );
  if (!value)
    return (
      <p className={error === undefined ? 'soft' : 'stale'}>
        {error === undefined ? ui.loading : sentence(error, problems)}
      </p>
    );
  const { nodes } = value;
  const sum = t.sum(number(nodes.length), number(viewersOf(nodes)), number(roomOf(nodes)));
  return (
    <section className="nodes" aria-label={t.title}>
      <header className="nodes-head">
        <p className="nodes-sum num">{sum}</p>
        {!value.cluster && <p className="soft">{t.alone}</p>}
        <p className="soft">{t.mark}</p>
        {!value.known && <p className="stale">{t.unknown}</p>}
        {error !== undefined && <p className="stale">{t.failed(sentence(error, problems))}</p>}
      </header>
      <ul className="nodes-cards">
        {nodes.map((node) => (
          <NodeCard key={node.boot} node={node} nodes={nodes} onDone={reload} />
        ))}
      </ul>
      <div className="nodes-body">
        <div className="nodes-part">
          <Carried page={value} />
          <section aria-label={t.between}>
            <h3>{t.between}</h3>
            <PipesTable page={value} />
          </section>
        </div>
        <section className="nodes-part" aria-label={t.past}>
          <h3>{t.past}</h3>
          <PastList events={value.events} />
        </section>
      </div>
      <section className="nodes-part" aria-label={t.byUnit}>
        <h3>{t.byUnit}</h3>
        <UnitsTable page={value} />
      </section>
      <Refusals />
    </section>
  );
}

function Carried({ page: { carried } }: { page: NodesPage }) {
  const { t } = useText(nodesWords);
  return (
    <section aria-label={t.carried}>
      <h3>{t.carried}</h3>
      {carried.length === 0 && <p className="soft">{t.noBriefing}</p>}
      <ul className="nodes-carried">
        {carried.map(({ briefing, title, carrier, standby }) => (
          <li key={briefing}>
            <strong>{title}</strong>
            <span>
              {carrier === null ? t.nobody : t.carrier(carrier)}
              {carrier !== null && (
                <span className="soft">{` · ${standby === null ? t.noStandby : t.standby(standby)}`}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
