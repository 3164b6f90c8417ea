import type { Indicator } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { type Classes, SHARES } from '../../staged/classes.ts';
import { figureDeskWords } from '../words/desk.vi.ts';
import type { MapView } from './mapJoins.ts';
import { Shades } from './Shades.tsx';
import { useFigureText } from './useFigureText.ts';

interface ShadeStripProps {
  readonly indicator: Indicator;
  readonly classes: Classes;
  readonly view: MapView;
  /** Each area is a place with its sum. */
  readonly isOfPlaces: boolean;
  /** Places, drawn as areas or as tiles, have a rank where their value has no room. */
  readonly isRanked: boolean;
}

/** What the colours of a map mean, above it at every size. (FG165) */
export function ShadeStrip({ indicator, classes, view, isOfPlaces, isRanked }: ShadeStripProps) {
  const { t } = useText(figureDeskWords);
  const { bare, unit } = useFigureText(indicator);
  const shades =
    view === 'value' ? (
      <>
        <span className="soft">{unit}</span>
        <Shades {...{ indicator, classes, bare }} />
      </>
    ) : (
      view === 'coverage' &&
      isOfPlaces && (
        <>
          <span className="soft">{t.shareOf}</span>
          <Shades indicator={{}} classes={SHARES} bare={(value) => `${value}%`} />
        </>
      )
    );
  if (!shades && !isRanked) return null;
  return (
    <section className="figure-strip" aria-label={t.colours}>
      {shades}
      {isRanked && (
        <p className="figure-ranked soft">
          <span className="map-rank num" aria-hidden>
            1
          </span>
          {isOfPlaces ? t.rankNote : t.tileNote}
        </p>
      )}
    </section>
  );
}
