import type { StagedPicture } from '../api/contract.ts';
import type { StagedCommunes } from './stagedCommunes.ts';
import { placesBelow } from './stagedRows.ts';
import type { StagedText } from './stagedText.ts';
import './stagedExtremes.css';

const MOST = 5;

interface StagedExtremesProps {
  readonly picture: StagedPicture;
  readonly communes: StagedCommunes | undefined;
  readonly text: StagedText;
  /** FG166: of both ends, so many; left out: a few of the end that matters. */
  readonly ofBoth?: number;
}

/** The units at the end that matters (where it is bad to be low, the lowest; else the highest), or at both, that one first. */
export function StagedExtremes({ picture, communes, text, ofBoth }: StagedExtremesProps) {
  const { indicator } = picture;
  const there = placesBelow(picture, communes).flatMap((place) => {
    const [code, value] = place.unit;
    return value === null ? [] : [{ code, value, name: place.name, written: text.onMap(place) }];
  });
  if (there.length <= MOST) return null;
  // Of few units none is at both ends.
  const most = ofBoth === undefined ? MOST : Math.min(ofBoth, Math.floor(there.length / 2));
  const falling = there.toSorted((a, b) => b.value - a.value).map((one, i) => ({ ...one, place: i + 1 }));
  const ends = [
    { title: text.t.highest, rows: falling.slice(0, most) },
    { title: text.t.lowest, rows: falling.toReversed().slice(0, most) },
  ];
  if (indicator.cuts?.worse === 'down') ends.reverse();
  return ends.slice(0, ofBoth === undefined ? 1 : 2).map(({ title, rows }) => (
    <section key={title} className="staged-extremes" aria-hidden>
      <h3>{title}</h3>
      <ol>
        {rows.map(({ code, name, written, place }) => (
          <li key={code}>
            <span className="clip">{ofBoth === undefined ? name : `${place}. ${name}`}</span>{' '}
            <strong className="num">{written}</strong>
          </li>
        ))}
      </ol>
    </section>
  ));
}
