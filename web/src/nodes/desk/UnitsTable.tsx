import { useState } from 'react';
import type { NodesPage } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { unitRows } from '../sums.ts';
import { nodesWords } from '../words/nodes.vi.ts';

const FIRST = 12;

/** Viewers by province and node. With many nodes it is wider than a phone, so it is moved sideways. */
export function UnitsTable({ page: { nodes, viewers } }: { page: NodesPage }) {
  const { t, number } = useText(nodesWords);
  const [all, setAll] = useState(false);
  const rows = unitRows(viewers);
  if (rows.length === 0) return <p className="soft">{t.noViewers}</p>;
  const shown = all || rows.length <= FIRST + 1 ? rows : rows.slice(0, FIRST);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys, too */}
      <section className="nodes-units" aria-label={t.byUnit} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.unit}</th>
              <th scope="col" className="num">
                {t.total}
              </th>
              {nodes.map(({ boot, name }) => (
                <th key={boot} scope="col" className="num">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ unit, name, at, total }) => (
              <tr key={unit}>
                <th scope="row">{name ?? t.others}</th>
                <td className="num nodes-total">{number(total)}</td>
                {nodes.map(({ boot }) => (
                  <td key={boot} className={`num ${at[boot] ? '' : 'zero'}`}>
                    {number(at[boot] ?? 0)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {shown.length < rows.length && (
        <button type="button" className="button quiet small" onClick={() => setAll(true)}>
          {t.allUnits(number(rows.length))}
        </button>
      )}
    </>
  );
}
