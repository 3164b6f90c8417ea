import { CircleCheck, CircleOff, LogOut, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { ClusterNode, NodeUse } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { mayDrain } from '../sums.ts';
import { nodesWords } from '../words/nodes.vi.ts';
import { DrainSheet } from './DrainSheet.tsx';
import './nodeCard.css';

const ICONS = { serves: CircleCheck, drains: LogOut, empty: CircleOff } as const;

interface NodeCardProps {
  readonly node: ClusterNode;
  readonly nodes: readonly ClusterNode[];
  readonly onDone: () => void;
}

export function NodeCard({ node, nodes, onDone }: NodeCardProps) {
  const { t, day } = useText(nodesWords);
  const { name, here, about, reached } = node;
  return (
    <li className="node-card" data-state={about?.state} aria-label={name}>
      <header>
        <h3>
          {name}
          {here && <small className="soft">{t.here}</small>}
        </h3>
        <State node={node} />
      </header>
      {about && (
        <>
          <p className="soft small-text num">
            {t.version(about.version, about.region)}
            <br />
            {t.since(day(about.since))}
          </p>
          {about.lacksMedia && (
            <p className="note warn small-text" role="status">
              <TriangleAlert size={18} aria-hidden />
              {t.lacksMedia}
            </p>
          )}
          <Figures about={about} />
          <ul className="node-uses" aria-label={t.uses}>
            {about.uses.map((use) => (
              <Use key={use.what} use={use} />
            ))}
          </ul>
        </>
      )}
      {reached && (
        <dl className="node-reached small-text">
          <dt className="soft">{t.address}</dt>
          <dd>{reached.address}</dd>
          <dt className="soft">{t.pipes}</dt>
          <dd>{reached.pipes}</dd>
        </dl>
      )}
      {about && <DrainButton node={node} nodes={nodes} onDone={onDone} />}
    </li>
  );
}

function State({ node: { about, reached } }: { node: ClusterNode }) {
  const { t } = useText(nodesWords);
  if (!about || !reached)
    return (
      <strong className="node-state" data-state="silent">
        <TriangleAlert size={18} aria-hidden />
        {about ? t.silent : t.older}
      </strong>
    );
  const Icon = ICONS[about.state];
  return (
    <strong className="node-state" data-state={about.state}>
      <Icon size={18} aria-hidden />
      {t.state[about.state]}
    </strong>
  );
}

function Figures({ about }: { about: NonNullable<ClusterNode['about']> }) {
  const { t, number } = useText(nodesWords);
  return (
    <div className="node-figures">
      {(['viewers', 'devices', 'room'] as const).map((what) => (
        <p key={what}>
          <strong className="num">{number(about[what])}</strong>{' '}
          <span className="soft small-text">{t.counts[what](about[what])}</span>
        </p>
      ))}
      {about.expected > 0 && <p className="soft small-text node-expected">{t.expected(number(about.expected))}</p>}
    </div>
  );
}

function Use({ use: { what, used, of, given } }: { use: NodeUse }) {
  const { t, number } = useText(nodesWords);
  const scale = what === 'loop' ? 100 : 1;
  const digits = what === 'cores' || what === 'mbit' ? 10 : 1;
  const written = (value: number) => number(Math.round(value * scale * digits) / digits);
  const isFull = used >= given;
  const percent = (value: number) => `${Math.min(100, (100 * value) / of)}%`;
  return (
    <li data-full={isFull}>
      <span className="small-text">{t.use[what]}</span>
      <span className="small-text num">
        {isFull && <TriangleAlert size={14} aria-label={t.full} />}
        {t.amount[what](written(used), written(of))}
      </span>
      <span className="node-bar" aria-hidden>
        <span style={{ width: percent(used) }} />
        <i style={{ insetInlineStart: percent(given) }} />
      </span>
    </li>
  );
}

function DrainButton({ node, nodes, onDone }: NodeCardProps) {
  const { t } = useText(nodesWords);
  const [asking, setAsking] = useState(false);
  const draining = node.about?.state !== 'serves';
  const can = draining || mayDrain(node, nodes);
  const why = `node-last-${node.boot}`;
  return (
    <footer>
      <button
        type="button"
        className="button small"
        aria-label={draining ? t.undrainOf(node.name) : t.drainOf(node.name)}
        aria-describedby={can ? undefined : why}
        disabled={!can}
        onClick={() => setAsking(true)}
      >
        {draining ? t.undrain : t.drain}
      </button>
      {!can && (
        <small id={why} className="soft">
          {t.last}
        </small>
      )}
      {asking && (
        <DrainSheet node={node} nodes={nodes} draining={!draining} onDone={onDone} onClose={() => setAsking(false)} />
      )}
    </footer>
  );
}
