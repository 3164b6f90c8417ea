import type { AskedNumber, Entry } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { withUnit } from '../../i18n/withUnit.ts';
import { numberWords } from '../words/number.vi.ts';

/** What is on record of a unit's number: which, whether it is in the sum, and who changed it. */
export default function NumberSaid({ asked, entry }: { asked: AskedNumber; entry: Entry }) {
  const { t, steps } = useText(numberWords);
  const { number } = entry;
  if (!number) return <p>{t.noneGiven}</p>;
  return (
    <p>
      <strong className="num">{t.given(withUnit(steps(number.value, asked.scale), asked.unit))}</strong>{' '}
      {number.changed ? t.changed(number.changed.by, number.changed.why) : number.held && t.held}
    </p>
  );
}
