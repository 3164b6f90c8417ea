import { type Indicator, MOST_BESIDE } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { figureStageWords } from '../../words/stage.vi.ts';

interface BesideChoiceProps {
  readonly others: readonly Indicator[];
  /** Codes, in the order in which they stand there. */
  readonly chosen: readonly string[];
  readonly onChoose: (codes: readonly string[]) => void;
}

/** FG75: which other figures stand on the stage beside the one that is drawn. */
export function BesideChoice({ others, chosen, onChoose }: BesideChoiceProps) {
  const { t, number, language } = useText(figureStageWords);
  return (
    <details className="folds stage-beside">
      <summary>{t.beside(number(chosen.length), number(MOST_BESIDE))}</summary>
      <p className="soft">{t.besideHint}</p>
      <ul>
        {others.map(({ code, name }) => {
          const on = chosen.includes(code);
          return (
            <li key={code}>
              <label className="row">
                <input
                  type="checkbox"
                  checked={on}
                  disabled={!on && chosen.length >= MOST_BESIDE}
                  onChange={() => onChoose(on ? chosen.filter((one) => one !== code) : [...chosen, code])}
                />
                {name[language]}
              </label>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
