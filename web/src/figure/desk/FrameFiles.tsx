import { codeOf, type FigureCard, type Indicator } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { figureDeskWords } from '../words/desk.vi.ts';
import { FileButton } from './FileButton.tsx';
import { usePast } from './past/Past.tsx';

interface FrameFilesProps {
  readonly indicator: Indicator;
  readonly card: FigureCard;
  /** Path of the territory that the map shows. */
  readonly place: string;
}

/** FG203: what the map or the table shows, as files. */
export function FrameFiles({ indicator, card, place }: FrameFilesProps) {
  const { t, language } = useText(figureDeskWords);
  const at = usePast()?.at;
  const unit = codeOf(place);
  return (
    <fieldset className="row frame-files" aria-label={t.takeAlong}>
      <span className="soft">{t.save}</span>
      {(['xlsx', 'csv'] as const).map((format) => (
        <FileButton
          key={format}
          path={`/api/figures/tables/${indicator.code}?${new URLSearchParams({ unit, period: card.period, language, format, ...(at && { at }) })}`}
          name={`${indicator.code}-${unit}-${card.period.slice(0, 10)}.${format}`}
          label={`${t.takeAlong} (${t.formats[format]})`}
        >
          {t.formats[format]}
        </FileButton>
      ))}
    </fieldset>
  );
}
