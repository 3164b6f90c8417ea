import { RadioTower } from 'lucide-react';
import type { SilentSourceTold } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { figureTerritoryWords } from '../../words/territory.vi.ts';
import { useFigureText } from '../useFigureText.ts';
import { type DeskIndicators, namesOf } from './indicatorsOf.ts';

interface SilentListProps {
  readonly sources: readonly SilentSourceTold[];
  readonly indicators: DeskIndicators;
}

/** FG13: who should have spoken and did not, a line each, and not each of the units for which they speak. */
export function SilentList({ sources, indicators }: SilentListProps) {
  const { t, number } = useText(figureTerritoryWords);
  return (
    <section className="figure-desk-part" aria-labelledby="figure-desk-silent">
      <h3 id="figure-desk-silent">
        {t.silent} <span className="count num">{number(sources.length)}</span>
      </h3>
      <ul className="figure-desk-list">
        {sources.map((source) => (
          <Silent key={source.source} {...{ source, indicators }} />
        ))}
      </ul>
    </section>
  );
}

const NOTHING = { name: { vi: '', en: '' }, unit: { vi: '', en: '' }, scale: 0, every: 'once' } as const;

function Silent({ source, indicators }: { source: SilentSourceTold; indicators: DeskIndicators }) {
  const { t, day, moment, language } = useText(figureTerritoryWords);
  const { last } = source;
  const text = useFigureText(indicators.get(last.indicator) ?? NOTHING);
  return (
    <li className="figure-desk-silent">
      <RadioTower size={20} aria-hidden />
      <div>
        <strong>{t.silentLine(source.name, source.root, day(source.since))}</strong>
        <span className="soft num">{t.lastWord(text.name, text.period(last.period), moment(last.at))}</span>
        <span className="soft">{t.missing(namesOf(source.indicators, indicators, language))}</span>
      </div>
    </li>
  );
}
