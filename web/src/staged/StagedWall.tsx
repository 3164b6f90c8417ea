import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Classes } from './classes.ts';
import { type Crossing, crossingsOf } from './crossingsOf.ts';
import { pointedAt } from './pointedAt.ts';
import { StagedBeside } from './StagedBeside.tsx';
import { StagedExtremes } from './StagedExtremes.tsx';
import { StagedGround } from './StagedGround.tsx';
import { StagedLegend } from './StagedLegend.tsx';
import { StagedSeries } from './StagedSeries.tsx';
import { StagedStanding } from './StagedStanding.tsx';
import { StagedTable } from './StagedTable.tsx';
import { StagedTotal } from './StagedTotal.tsx';
import { useClasses } from './useClasses.ts';
import { useCommunes } from './useCommunes.ts';
import type { ShownFigures } from './useStaged.ts';
import { useStagedText } from './useStagedText.ts';
import './shades.css';
import './stagedView.css';

/** So many have room beside the series. */
const MOST_CROSSINGS = 6;

/** FG166: beside a map that is higher than wide. */
const MOST_OF_ENDS = 10;

/** What is on the stage in the columns of a wall: its map, what the caller puts between, and the rest beside it. */
export function StagedWall({
  shown,
  crossed,
  hour,
  children,
}: {
  readonly shown: ShownFigures;
  readonly crossed: string;
  readonly hour: (iso: string) => string;
  readonly children: ReactNode;
}) {
  const { picture } = shown;
  const text = useStagedText(picture);
  const { communes, coming } = useCommunes(shown, true);
  const classes = useClasses(shown, communes);
  const crossings = useCrossings(shown, classes);
  const pointed = pointedAt(shown, text, communes);
  const { t } = text;
  return (
    <>
      <section className="staged-column" aria-label={t.table(text.name, picture.rootName)}>
        <div className="staged-wide">
          <StagedGround {...{ shown, classes, text, communes }} />
          <div className="staged-ends">
            <StagedExtremes {...{ picture, communes, text }} ofBoth={MOST_OF_ENDS} />
          </div>
        </div>
        <StagedTable {...{ shown, communes, text }} />
      </section>
      {children}
      <StagedBeside picture={picture} />
      <aside className="staged-column beside">
        <p className="staged-title">
          <strong>{text.name}</strong>
          <span>{[picture.rootName, text.period].filter(Boolean).join(' · ')}</span>
        </p>
        {picture.indicator.simulated && <strong className="staged-simulated">{t.simulated}</strong>}
        <StagedTotal value={picture.value} text={text} />
        <p className="staged-of num">
          <span>{text.coverage}</span>
          <span>{[text.asOf, text.oldest].filter(Boolean).join(' · ')}</span>
        </p>
        <StagedStanding text={text} />
        {shown.depth === 'communes' && !communes && <p className="staged-of">{text.coming(coming)}</p>}
        {pointed && <p className="staged-pointed num">{pointed}</p>}
        <StagedSeries {...{ shown, text }} small />
        <StagedLegend {...{ shown, classes, text, communes }} />
        {crossings.length === 0 ? (
          <StagedExtremes {...{ picture, communes, text }} />
        ) : (
          <section className="staged-extremes crossings">
            <h3>{crossed}</h3>
            <ol>
              {crossings.map(({ code, name, from, to, at }) => (
                <li key={`${code} ${at}`}>
                  <span className="clip">
                    {hour(at)} {name}
                  </span>
                  <strong className="num">
                    {text.bare(from)} → {text.bare(to)}
                  </strong>
                </li>
              ))}
            </ol>
          </section>
        )}
      </aside>
    </>
  );
}

/** Since the figures came on the stage, the newest first. */
function useCrossings({ content, picture: now }: ShownFigures, classes: Classes): readonly Crossing[] {
  const before = useRef<{ readonly content: string; readonly picture: typeof now }>(undefined);
  const [found, setFound] = useState<readonly Crossing[]>([]);
  useEffect(() => {
    const last = before.current;
    before.current = { content, picture: now };
    if (last?.content !== content) return setFound([]);
    const news = crossingsOf(last.picture, now, classes);
    if (news.length > 0) setFound((known) => [...news.toReversed(), ...known].slice(0, MOST_CROSSINGS));
  }, [content, now, classes]);
  return found;
}
