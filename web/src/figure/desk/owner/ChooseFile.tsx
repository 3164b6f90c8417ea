import { Download, FileUp } from 'lucide-react';
import { type ChangeEvent, useId, useState } from 'react';
import type { Indicator, NumberStyle, numberStyles, OwnedSource } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { saveFile } from '../../../ui/saveFile.ts';
import { ownerWords } from '../../words/owner.vi.ts';
import { Simulated } from '../Simulated.tsx';
import { type ChosenFile, chosenFile } from './ownerApi.ts';
import { FILE_COLUMNS, templateOf } from './templateOf.ts';

interface ChooseFileProps {
  readonly sources: readonly OwnedSource[];
  readonly indicators: readonly Indicator[];
  readonly busy: boolean;
  readonly onChosen: (reading: Promise<ChosenFile>) => void;
}
const styles = ['vi', 'en', 'plain'] as const satisfies readonly (typeof numberStyles)[number][];

/** FG73: whose figures these are, how their numbers are written, and the file itself. */
export function ChooseFile({ sources, indicators, busy, onChosen }: ChooseFileProps) {
  const { t: words, language } = useText(ownerWords);
  const t = words.upload;
  const hint = useId();
  const [code, setCode] = useState(sources[0]?.code);
  const [style, setStyle] = useState<NumberStyle>();
  const source = sources.find((one) => one.code === code) ?? sources[0];
  if (!source) return null;
  const listed = indicators.filter((one) => source.indicators.includes(one.code));
  const take = (event: ChangeEvent<HTMLInputElement>): void => {
    const [chosen] = event.target.files ?? [];
    if (chosen && style) onChosen(chosenFile(chosen, source.code, style));
    // The same file again, mended, is chosen too.
    event.target.value = '';
  };
  return (
    <div className="figure-own-choose">
      <label className="field">
        <span className="label">{t.source}</span>
        <select className="input" value={source.code} disabled={busy} onChange={({ target }) => setCode(target.value)}>
          {sources.map((one) => (
            <option key={one.code} value={one.code}>
              {`${one.name}, ${t.of(one.root.name)}`}
            </option>
          ))}
        </select>
      </label>
      {source.simulated && <Simulated />}
      <div>
        <span className="label">{t.indicators}</span>
        <ul className="figure-own-listed">
          {listed.map((one) => (
            <li key={one.code}>
              {one.name[language]} <code>{one.code}</code>
            </li>
          ))}
        </ul>
      </div>
      <fieldset className="figure-own-style" disabled={busy} aria-describedby={hint}>
        <legend className="label">{t.style}</legend>
        <div className="radios">
          {styles.map((one) => (
            <label key={one} className="radio">
              <input type="radio" name="style" checked={style === one} onChange={() => setStyle(one)} />
              <span className="num">{t.styles[one]}</span>
            </label>
          ))}
        </div>
        <small className="soft" id={hint}>
          {t.styleHint}
        </small>
      </fieldset>
      <div className="figure-own-acts">
        <label className="button primary figure-own-file" data-off={busy || style === undefined}>
          <FileUp size={20} aria-hidden />
          {t.choose}
          <input
            type="file"
            className="unseen"
            accept=".csv,.xlsx"
            disabled={busy || style === undefined}
            onChange={take}
          />
        </label>
        <button
          type="button"
          className="button"
          onClick={() => saveFile(`${source.code}.csv`, templateOf(listed, style ?? 'vi'))}
        >
          <Download size={20} aria-hidden />
          {t.template}
        </button>
        {style === undefined && <span className="soft">{t.first}</span>}
      </div>
      <small className="soft">{t.columns(...FILE_COLUMNS)}</small>
    </div>
  );
}
