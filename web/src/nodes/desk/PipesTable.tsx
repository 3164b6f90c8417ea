import { ArrowRight } from 'lucide-react';
import type { NodesPage } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { nodesWords } from '../words/nodes.vi.ts';

/** From there on it is seen, and from there on it is bad. */
const LOST = { warn: 0.01, over: 0.05 } as const;

/** What one node takes from another. */
export function PipesTable({ page: { pipes, nodes } }: { page: NodesPage }) {
  const { t, number } = useText(nodesWords);
  const nameOf = (boot: string) => nodes.find((node) => node.boot === boot)?.name ?? boot.slice(0, 8);
  if (pipes.length === 0) return <p className="soft">{t.nothingBetween}</p>;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t.way}</th>
          <th scope="col" className="num">
            {t.tracks}
          </th>
          <th scope="col" className="num">
            {t.packets}
          </th>
          <th scope="col" className="num">
            {t.lost}
          </th>
        </tr>
      </thead>
      <tbody>
        {pipes.map(({ from, to, tracks, relayed, packets, lost }) => (
          <tr key={`${from} ${to}`}>
            <th scope="row">
              <span className="nodes-way">
                <span className="unseen">{t.to(nameOf(from), nameOf(to))}</span>
                <span aria-hidden>{nameOf(from)}</span>
                <ArrowRight size={16} aria-hidden />
                <span aria-hidden>{nameOf(to)}</span>
              </span>
              {relayed > 0 && <small className="stale">{t.relayed(number(relayed))}</small>}
            </th>
            <td className="num">{number(tracks)}</td>
            <td className="num">{number(Math.round(packets))}</td>
            <td className={`num ${lost === null || lost < LOST.warn ? '' : lost < LOST.over ? 'warn' : 'over'}`}>
              {lost === null ? '–' : `${number(Math.round(lost * 1000) / 10)}%`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
