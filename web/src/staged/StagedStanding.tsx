import type { StagedText } from './stagedText.ts';

/** FG141, FG143: below a value, what of it is to be doubted, and which period is coming in; nothing where all is well. */
export function StagedStanding({ text: { marks, later } }: { text: Pick<StagedText, 'marks' | 'later'> }) {
  if (marks.length === 0 && !later) return null;
  return (
    <ul className="staged-standing num">
      {marks.map((mark) => (
        <li key={mark}>{mark}</li>
      ))}
      {later && <li className="staged-later">{later}</li>}
    </ul>
  );
}
