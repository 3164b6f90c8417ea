import type { StagedPicture } from '../api/contract.ts';
import type { StagedCommunes } from './stagedCommunes.ts';
import { placesBelow } from './stagedRows.ts';
import type { StagedText } from './stagedText.ts';
import './stagedExtremes.css';

const MOST = 5;

/** The units at the end that matters: where it is bad to be low, the lowest; else the highest. */
export function StagedExtremes({
  picture,
  communes,
  text,
}: {
  picture: StagedPicture;
  communes: StagedCommunes | undefined;
  text: StagedText;
}) {
  const { indicator } = picture;
  const isLow = indicator.cuts?.worse === 'down';
  const there = placesBelow(picture, communes).flatMap((place) => {
    const [code, value] = place.unit;
    return value === null ? [] : [{ code, value, name: place.name, written: text.onMap(place) }];
  });
  const first = there.toSorted((a, b) => (isLow ? a.value - b.value : b.value - a.value)).slice(0, MOST);
  if (there.length <= MOST) return null;
  return (
    <section className="staged-extremes" aria-hidden>
      <h3>{isLow ? text.t.lowest : text.t.highest}</h3>
      <ol>
        {first.map(({ code, name, written }) => (
          <li key={code}>
            <span className="clip">{name}</span> <strong className="num">{written}</strong>
          </li>
        ))}
      </ol>
    </section>
  );
}
