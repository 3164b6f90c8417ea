import { useText } from '../../../i18n/useText.tsx';
import { figureDeskWords } from '../../words/desk.vi.ts';
import type { Figure } from '../useFigures.ts';
import { useFigureText } from '../useFigureText.ts';
import { periodsBefore } from './periodsBefore.ts';

interface AgainstProps {
  readonly of: Figure;
  readonly ago: number;
  readonly onAgo: (ago: number) => void;
}
/** With which a period may be compared: of what comes hourly, the same hour of the day before is among them. */
const OFFERED = 28;

/** FG97: which period a change is from. */
export function Against({ of: { indicator, card }, ago, onAgo }: AgainstProps) {
  const { t } = useText(figureDeskWords);
  const text = useFigureText(indicator);
  const periods = periodsBefore(indicator.every, card.period, OFFERED);
  if (periods.length === 0) return null;
  return (
    <select
      className="input figure-against"
      aria-label={t.against}
      value={ago}
      onChange={({ target }) => onAgo(Number(target.value))}
    >
      {periods.map((period, i) => (
        <option key={period} value={i}>
          {t.thanPeriod(text.period(period))}
        </option>
      ))}
    </select>
  );
}
