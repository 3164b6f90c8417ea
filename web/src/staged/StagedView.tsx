import { type CSSProperties, useEffect, useRef } from 'react';
import { codeOf, countedIn, endBefore, type StagedPicture, toldAs } from '../api/contract.ts';
import { useFormats } from '../i18n/useText.tsx';
import { withUnit } from '../i18n/withUnit.ts';
import { useAnnounce } from '../ui/Announcer.tsx';
import { announcedText } from './announcedText.ts';
import { pointedAt } from './pointedAt.ts';
import { StagedBeside } from './StagedBeside.tsx';
import { StagedExtremes } from './StagedExtremes.tsx';
import { StagedGround } from './StagedGround.tsx';
import { StagedLegend } from './StagedLegend.tsx';
import { StagedSeries } from './StagedSeries.tsx';
import { StagedStanding } from './StagedStanding.tsx';
import { StagedTable } from './StagedTable.tsx';
import { StagedTotal } from './StagedTotal.tsx';
import type { StagedText } from './stagedText.ts';
import { comingText, marksText, weighedText } from './standingText.ts';
import { useClasses } from './useClasses.ts';
import { useCommunes } from './useCommunes.ts';
import type { ShownFigures } from './useStaged.ts';
import { useStagedText } from './useStagedText.ts';
import './shades.css';
import './stagedView.css';

interface StagedViewProps {
  readonly shown: ShownFigures;
  /** Of the face that stands in the lower right corner. */
  readonly face: { readonly width: number; readonly height: number } | undefined;
  /** Another stage on the page says what is shown. */
  readonly spoken: boolean;
}

/** Figures that are on the stage, drawn of the data: the same for everybody, and sharp at every size. */
export default function StagedView({ shown, face, spoken }: StagedViewProps) {
  const { picture, view, mark } = shown;
  const text = useStagedText(picture);
  const isByName = view !== 'series';
  const { communes, coming } = useCommunes(shown, isByName || (mark?.kind === 'unit' && !isAbove(mark.unit, picture)));
  const classes = useClasses(shown, communes);
  const pointed = pointedAt(shown, text, communes);
  const sentence = useSentence(shown, text);
  useSpoken(spoken ? shown.content + view : '', sentence, pointed);
  const { t } = text;
  const room = { '--face-width': `${face?.width ?? 0}px`, '--face-height': `${face?.height ?? 0}px` } as CSSProperties;
  return (
    <section className="staged" data-view={view} data-beside={picture.beside.length} style={room} aria-label={sentence}>
      <header className="staged-head">
        <p className="staged-title">
          <strong>{text.name}</strong>
          <span>{[picture.rootName, text.period].filter(Boolean).join(' · ')}</span>
        </p>
        {picture.indicator.simulated && <strong className="staged-simulated">{t.simulated}</strong>}
      </header>
      <div className="staged-body">
        {view === 'map' && <StagedGround {...{ shown, classes, text, communes }} />}
        {view === 'series' && <StagedSeries {...{ shown, text }} />}
        {view === 'table' && <StagedTable {...{ shown, communes, text }} seen />}
      </div>
      <StagedBeside picture={picture} />
      <aside className="staged-side">
        <StagedTotal value={picture.value} text={text} />
        <p className="staged-of num">
          <span>{text.coverage}</span>
          <span>{[text.asOf, text.oldest].filter(Boolean).join(' · ')}</span>
        </p>
        <StagedStanding text={text} />
        {shown.depth === 'communes' && isByName && !communes && <p className="staged-of">{text.coming(coming)}</p>}
        {pointed && <p className="staged-pointed num">{pointed}</p>}
        {view === 'map' && <StagedLegend {...{ shown, classes, text, communes }} />}
        {view !== 'series' && <StagedSeries {...{ shown, text }} small />}
        {view === 'map' && <StagedExtremes {...{ picture, communes, text }} />}
      </aside>
      {view !== 'table' && <StagedTable {...{ shown, communes, text }} />}
    </section>
  );
}

/** Its name is told with the picture. */
const isAbove = (unit: string, { root, units }: StagedPicture): boolean =>
  unit === codeOf(root) || units.some(([code]) => code === unit);

/** What is on the stage, in a sentence, with what stands beside. */
function useSentence({ picture }: ShownFigures, { t, language, ...text }: StagedText): string {
  const formats = useFormats();
  const { steps, number } = formats;
  const period = text.period ? `, ${text.period}` : '';
  const standing = [text.outOf, ...text.marks].join(', ');
  const said = t.spoken(text.name, picture.rootName, period, text.value(picture.value), standing);
  const beside = picture.beside.map(({ indicator: { name, unit, scale, every, up }, value, coverage, ...one }) => {
    const amount = value === null ? t.noValue : withUnit(steps(value, scale), unit[language]);
    const [counted, { expected }] = [countedIn(coverage), coverage];
    const as = toldAs({ up, value, counted, expected });
    const of =
      as === 'units'
        ? t.outOf(
            weighedText(
              t.coverage(number(counted), number(expected)),
              { up, unweighed: one.unweighed, coverage, unit: unit[language] },
              t,
              formats,
            ),
          )
        : announcedText(as, { every, end: endBefore({ every, ...one }) }, t, formats);
    const marked = [of, ...marksText(coverage, t, formats)].join(', ');
    return withLater(t.spokenBeside(name[language], amount, marked), comingText(one.coming, { every, up }, t, formats));
  });
  const isSimulated = [picture, ...picture.beside].some(({ indicator }) => indicator.simulated);
  return [withLater(said, text.later), ...beside, ...(isSimulated ? [t.spokenSimulated] : [])].join(' ');
}

const withLater = (sentence: string, later: string | undefined): string =>
  later === undefined ? sentence : `${sentence} ${later}.`;

/** Aloud when other figures come on the stage, and when somebody points. @param of empty: somebody else says it */
function useSpoken(of: string, sentence: string, pointed: string): void {
  const announce = useAnnounce();
  const said = useRef('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: what moves in it is not read again
  useEffect(() => {
    if (of === '' || said.current === of) return;
    said.current = of;
    announce(sentence);
  }, [announce, of]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: likewise
  useEffect(() => {
    if (of !== '' && pointed) announce(pointed);
  }, [announce, of, pointed.split(':')[1]?.split(',')[0]]);
}
