import { useCallback } from 'react';
import { useText } from '../../../i18n/useText.tsx';
import { usePolled } from '../../../ui/usePolled.ts';
import { uiWords } from '../../../ui/words/ui.vi.ts';
import { peopleWords } from '../../words/people.vi.ts';
import { usePeople } from './usePeople.ts';

interface ListedIndicatorsProps {
  readonly listed: readonly string[];
  readonly onChange: (listed: readonly string[]) => void;
}

/** FG38: which figures a steward answers for. */
export function ListedIndicators({ listed, onChange }: ListedIndicatorsProps) {
  const { t: words, language } = useText(peopleWords);
  const { t: ui } = useText(uiWords);
  const t = words.accounts;
  const { people } = usePeople();
  const { value: indicators } = usePolled(useCallback(() => people.indicators(), [people]));
  const isListed = (code: string): boolean => listed.includes(code);
  const turn = (code: string): void =>
    onChange(isListed(code) ? listed.filter((one) => one !== code) : [...listed, code]);
  return (
    <fieldset className="people-listed">
      <legend className="label">{t.indicators}</legend>
      {!indicators && <p className="soft">{ui.loading}</p>}
      {indicators?.length === 0 && <p className="soft">{t.noIndicators}</p>}
      {indicators?.map(({ code, name }) => (
        <label key={code} className="choice">
          <input type="checkbox" checked={isListed(code)} onChange={() => turn(code)} />
          <span>
            {name[language]} <small className="soft">{code}</small>
          </span>
        </label>
      ))}
      <small className="soft">{t.indicatorsHint}</small>
    </fieldset>
  );
}
