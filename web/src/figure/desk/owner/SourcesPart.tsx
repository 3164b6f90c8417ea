import { Download } from 'lucide-react';
import type { Indicator, OwnedSource } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { useOffice } from '../../../session/OfficeContext.tsx';
import { sentence } from '../../../session/sentence.ts';
import { problemWords } from '../../../session/words/problem.vi.ts';
import { saveFile } from '../../../ui/saveFile.ts';
import { useToasts } from '../../../ui/Toasts.tsx';
import { ownerWords } from '../../words/owner.vi.ts';
import { ownerApi } from './ownerApi.ts';
import { PullState } from './PullState.tsx';

/** FG39: sources with what they sent last, and since when their keys are good. */
export function SourcesPart({
  sources,
  indicators,
}: {
  sources: readonly OwnedSource[];
  indicators: readonly Indicator[];
}) {
  const { t: words, number, language, moment, day } = useText(ownerWords);
  const { t: problems } = useText(problemWords);
  const t = words.sources;
  const { api } = useOffice();
  const { tell } = useToasts();
  const nameOf = (code: string): string => indicators.find((one) => one.code === code)?.name[language] ?? code;
  const save = async (n: number): Promise<void> => {
    try {
      saveFile(`errors-${n}.csv`, await ownerApi.batchErrors(api, n));
    } catch (error) {
      tell({ text: sentence(error, problems), tone: 'bad' });
    }
  };
  if (sources.length === 0) return null;
  return (
    <section className="figure-own-part" aria-label={t.title}>
      <h2>{t.title}</h2>
      {sources.map(({ code, name, kind, rank, root, indicators: own, keys, batches, pull }) => (
        <article key={code} className="figure-own-source" aria-label={name}>
          <h3>{name}</h3>
          <p className="soft">
            {[
              t.kind[kind],
              words.upload.of(root.name),
              t.rank(number(rank)),
              ...(kind === 'push' ? (keys.length === 0 ? [t.noKeys] : keys.map((since) => t.keys(day(since)))) : []),
              own.map(nameOf).join(', '),
            ].join(' · ')}
          </p>
          {kind === 'pull' && <PullState source={code} pull={pull} />}
          {batches.length === 0 && <p className="soft">{t.none}</p>}
          {batches.length > 0 && (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard
            <section className="figure-own-scroll" tabIndex={0} aria-label={name}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t.at}</th>
                    <th scope="col" className="wide-only">
                      {t.by}
                    </th>
                    {[t.accepted, t.held, t.refused].map((title) => (
                      <th key={title} scope="col" className="num">
                        {title}
                      </th>
                    ))}
                    <th scope="col" aria-label={t.list} />
                  </tr>
                </thead>
                <tbody>
                  {batches.map(({ n, at, by, reason, accepted, held, refused, errors }) => (
                    <tr key={n}>
                      <th scope="row">
                        {moment(at)} <small className="soft">{t.number(number(n))}</small>
                      </th>
                      <td className="wide-only">
                        {by}
                        {reason && <small className="soft">{reason}</small>}
                      </td>
                      <td className="num">{number(accepted)}</td>
                      <td className={held > 0 ? 'num warn' : 'num zero'}>{number(held)}</td>
                      <td className={refused > 0 ? 'num over' : 'num zero'}>{number(refused)}</td>
                      <td className="num">
                        {errors > 0 && (
                          <button
                            type="button"
                            className="button quiet small"
                            aria-label={t.listOf(number(n))}
                            onClick={() => void save(n)}
                          >
                            <Download size={16} aria-hidden />
                            {t.list}
                          </button>
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          )}
        </article>
      ))}
    </section>
  );
}
