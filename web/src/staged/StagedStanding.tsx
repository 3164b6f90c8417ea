import type { StagedText } from './stagedText.ts';

/**
 * FG141, FG143: below a value and its coverage, what of it is to be doubted, and which period is coming in; nothing where all is
 * well.
 */
export function StagedStanding({ text: { marksShort, later } }: { text: Pick<StagedText, 'marksShort' | 'later'> }) {
  if (marksShort.length === 0 && !later) return null;
  return (
    <ul className="staged-standing num">
      {marksShort.map((mark) => (
        <li key={mark}>{mark}</li>
      ))}
      {later && <li className="staged-later">{later}</li>}
    </ul>
  );
}
