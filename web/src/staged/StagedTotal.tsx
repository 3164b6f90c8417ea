import { withUnit } from '../i18n/withUnit.ts';
import type { StagedText } from './stagedText.ts';

/** A value with what it counts, which may stand on a line of its own; a per cent sign stays at the number. */
export function StagedTotal({ value, text }: { value: number | null; text: StagedText }) {
  return (
    <p className="staged-total num">
      <strong>{text.bare(value)}</strong>
      {value !== null && <span>{withUnit('', text.unit)}</span>}
    </p>
  );
}
