import type { ReactNode } from 'react';
import type { OpenValue, OwnedFigures } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { withUnit } from '../../../i18n/withUnit.ts';
import { periodText } from '../../../staged/periodText.ts';
import { stagedWords } from '../../../staged/words/staged.vi.ts';
import { ownerWords } from '../../words/owner.vi.ts';

type Owned = Pick<OwnedFigures, 'indicators' | 'sources'>;

interface OwnedValueProps {
  readonly owned: Owned;
  readonly value: Pick<OpenValue, 'indicator' | 'name' | 'within' | 'period' | 'source' | 'value'>;
  /** Beside what it is of. */
  readonly more?: string | false;
  /** What became of it. */
  readonly children: ReactNode;
}

/** FG39: a value of somebody's figures: of which unit, how much, of what, which period and which source. */
export function OwnedValue({ owned, value: said, more, children }: OwnedValueProps) {
  const { t, language, ...formats } = useText(ownerWords);
  const { t: staged } = useText(stagedWords);
  const { name, within, indicator: code, period, source, value } = said;
  const indicator = indicatorIn(owned, code);
  const amount = useAmount(owned, code);
  return (
    <div className="figure-own-said">
      <strong className="num">
        {name}: {amount(value)}
      </strong>
      {within && <span className="soft">{within}</span>}
      <span>
        {[
          indicator?.name[language] ?? code,
          periodText(indicator?.every ?? 'day', period, staged.period, { ...formats, language }),
          t.answered.from(owned.sources.find((one) => one.code === source)?.name ?? source),
          more,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {children}
    </div>
  );
}

/** A value of an indicator as it is read, with its unit. */
export function useAmount(owned: Owned, code: string): (steps: number | null) => string {
  const { t, steps, language } = useText(ownerWords);
  const { scale = 0, unit } = indicatorIn(owned, code) ?? {};
  return (one) => (one === null ? t.plan.empty : withUnit(steps(one, scale), unit?.[language] ?? ''));
}

const indicatorIn = ({ indicators }: Owned, code: string) => indicators.find((one) => one.code === code);
