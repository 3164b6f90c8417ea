import { useCallback, useState } from 'react';
import type { RefusalsPage } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { usePolled } from '../../ui/usePolled.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { nodesApi } from '../nodesApi.ts';
import { refusalsWords } from '../words/refusals.vi.ts';

const LOOK_MS = 10_000;
const FIRST = 12;

/** HT17: who was refused what lately, at all nodes. Wider than a phone, so it is moved sideways. */
export function Refusals() {
  const { t } = useText(refusalsWords);
  const { t: ui } = useText(uiWords);
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  const { value, error } = usePolled(
    useCallback(() => nodesApi.refusals(api), [api]),
    LOOK_MS,
  );
  return (
    <section className="nodes-part" aria-label={t.title}>
      <h3>{t.title}</h3>
      <p className="soft">{t.about}</p>
      {error !== undefined && <p className="stale">{t.failed(sentence(error, problems))}</p>}
      {value && value.silent.length > 0 && <p className="stale">{t.silent(value.silent.join(', '))}</p>}
      {value ? <RefusalsTable tries={value.tries} /> : error === undefined && <p className="soft">{ui.loading}</p>}
    </section>
  );
}

function RefusalsTable({ tries }: Pick<RefusalsPage, 'tries'>) {
  const { t, number, moment } = useText(refusalsWords);
  const [all, setAll] = useState(false);
  if (tries.length === 0) return <p className="soft">{t.none}</p>;
  const shown = all || tries.length <= FIRST + 1 ? tries : tries.slice(0, FIRST);
  const reasons: Readonly<Record<string, string>> = t.reason;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys, too */}
      <section className="nodes-units" aria-label={t.title} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {[t.who, t.act, t.why].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
              <th scope="col" className="num">
                {t.count}
              </th>
              {[t.first, t.last, t.address, t.node].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ account, unit, act, reason, count, first, last, address, node }) => (
              <tr key={`${node} ${account} ${unit} ${act} ${reason} ${address} ${first}`}>
                <th scope="row">
                  {account ?? t.stranger}
                  {unit && <small className="soft"> {unit}</small>}
                </th>
                <td>{act === 'others' ? t.others : <code>{act}</code>}</td>
                <td>{reasons[reason] ?? reason}</td>
                <td className="num nodes-total">{number(count)}</td>
                <td className="num">{moment(first)}</td>
                <td className="num">{moment(last)}</td>
                <td className="num">{address}</td>
                <td>{node}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {shown.length < tries.length && (
        <button type="button" className="button quiet small" onClick={() => setAll(true)}>
          {t.all(number(tries.length))}
        </button>
      )}
    </>
  );
}
