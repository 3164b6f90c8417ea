import type { AskedNumber, NumberSum } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { withUnit } from '../../../i18n/withUnit.ts';
import { numberDeskWords } from '../../words/numberDesk.vi.ts';
import './numberLine.css';

interface NumberLineProps {
  readonly asked: AskedNumber;
  readonly sum: NumberSum | undefined;
  readonly short?: boolean;
}

/** `41.207 giường, từ 9.871/10.051 đơn vị`: a sum is never written without how much of the territory is in it. */
export function NumberLine({ asked, sum, short = false }: NumberLineProps) {
  const { t, number, steps } = useText(numberDeskWords);
  if (!sum) return null;
  const { fresh, late, held, none, expected } = sum.coverage;
  const beside = [held > 0 && t.held(number(held)), late > 0 && t.late(number(late)), t.without(number(none))];
  return (
    <p className="asked-sum" aria-live="off">
      {!short && <span className="label">{asked.label}</span>}
      <strong className="num">
        {sum.value === null ? t.nobody : withUnit(steps(sum.value, asked.scale), asked.unit)}
      </strong>{' '}
      <span className="num">{t.from(number(fresh + late), number(expected))}</span>
      {!short && <span className="soft num">{beside.filter(Boolean).join(' · ')}</span>}
    </p>
  );
}
