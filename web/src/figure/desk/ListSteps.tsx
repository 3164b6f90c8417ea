import { useText } from '../../i18n/useText.tsx';
import { stepsWords } from '../words/steps.vi.ts';

interface ListStepsProps {
  /** Of what it is a list, for whoever hears the buttons one by one. */
  readonly label: string;
  /** After how many others the part that is shown begins, how many are in it, and how many there are. */
  readonly from: number;
  readonly shown: number;
  readonly all: number;
  /** Of a part. */
  readonly most: number;
  readonly onFrom: (from: number) => void;
}

/** Which part of a long list is shown, and the way to the others. Nothing where all of it is. */
export function ListSteps({ label, from, shown, all, most, onFrom }: ListStepsProps) {
  const { t, number } = useText(stepsWords);
  if (from === 0 && shown >= all) return null;
  const steps = [
    { text: t.newer, to: Math.max(0, from - most), isThere: from > 0 },
    { text: t.older, to: from + most, isThere: from + most < all },
  ];
  return (
    <nav className="row" aria-label={label}>
      <span className="soft num" role="status">
        {t.range(number(Math.min(from + 1, all)), number(Math.min(from + most, all)), number(all))}
      </span>
      {steps.map(({ text, to, isThere }) => (
        // It stays at the end of the list, so that the focus does.
        <button
          key={text}
          type="button"
          className="button quiet small"
          aria-disabled={!isThere}
          onClick={() => isThere && onFrom(to)}
        >
          {text}
        </button>
      ))}
    </nav>
  );
}
