import { useState } from 'react';
import { codeOf, type Indicator, type StageView } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import { useMayProduce } from '../../../programme/useMayProduce.ts';
import { useChannel } from '../../../session/BriefingContext.tsx';
import { useAct } from '../../../session/useAct.ts';
import { hidesContent } from '../../../slides/hidesContent.ts';
import { useStaged } from '../../../staged/useStaged.ts';
import { ConfirmSheet } from '../../../ui/ConfirmSheet.tsx';
import { FilterChips } from '../../../ui/FilterChips.tsx';
import { figureStageWords } from '../../words/stage.vi.ts';
import { BesideChoice } from './BesideChoice.tsx';
import { useStageMark } from './useStageMark.ts';
import './stageFigures.css';

interface StageFiguresProps {
  readonly indicator: Indicator;
  /** Others that are looked at in this territory, and may be shown. */
  readonly others: readonly Indicator[];
  /** What the map shows, and the unit that was chosen in it: paths. */
  readonly place: string;
  readonly chosen: string;
  /** Units of it that report, and whether they are what is right below it. */
  readonly reporting: number;
  readonly isLowest: boolean;
}

/** As all see it. */
interface Shown {
  readonly view: StageView;
  readonly beside: readonly string[];
}

const views = ['map', 'series', 'table'] as const;

/** Puts the figure that is looked at on the stage, and takes it off again; nothing for those who may not. */
export const StageFigures = (props: StageFiguresProps) => (useMayProduce() ? <Stage {...props} /> : null);

function Stage({ indicator, others, place, chosen, reporting, isLowest }: StageFiguresProps) {
  const { t, number, language } = useText(figureStageWords);
  const { programme, briefing } = useChannel();
  const { run, pending } = useAct();
  const staged = useStaged();
  const [view, setView] = useState<StageView>('map');
  const [named, setNamed] = useState(false);
  const [asked, setAsked] = useState<Shown>();
  const [picked, setPicked] = useState<readonly string[]>();
  const isSame = staged?.picture.indicator.code === indicator.code;
  const isOwn = isSame && staged.picture.root === place;
  useStageMark(isSame ? staged : undefined, chosen);
  // A series is of the whole, and a table has a row for each unit right below it.
  const isByName = (shownAs: StageView): boolean => isLowest || (named && shownAs === 'map');
  const show = ({ view: shownAs, beside }: Shown) =>
    run('figures.show', {
      ...{ indicator: indicator.code, beside: [...beside], root: codeOf(place), view: shownAs },
      ...(isByName(shownAs) ? { depth: 'communes', confirmed: reporting } : { depth: 'provinces' }),
    });
  const told = isSame ? staged.picture.beside.map((one) => one.indicator.code) : [];
  const beside = (picked ?? told).filter((code) => others.some((one) => one.code === code));
  const press = (shown: Shown): void => {
    if (isByName(shown.view)) setAsked(shown);
    else void show(shown);
  };
  const choose = (next: StageView): void => {
    setView(next);
    if (isOwn && next !== staged.view) press({ view: next, beside });
  };
  const pick = (next: readonly string[]): void => {
    setPicked(next);
    if (isOwn) press({ view: staged.view, beside: next });
  };
  const current = isOwn ? staged.view : view;
  const count = number(reporting);
  if (!indicator.mayStage) return <p className="soft">{t.notStaged}</p>;
  const open = briefing.state === 'open' || briefing.state === 'live';
  return (
    <section className="stage-figures" aria-label={t.title}>
      <div className="stage-figures-acts">
        <button
          type="button"
          className={isOwn ? 'button' : 'button primary'}
          disabled={!open || reporting === 0 || pending.size > 0}
          onClick={() => (isOwn ? void run('figures.clear', {}) : press({ view, beside }))}
        >
          {isOwn ? t.clear : t.show}
        </button>
        {staged && !isOwn && (
          <button type="button" className="button" onClick={() => void run('figures.clear', {})}>
            {t.clear}
          </button>
        )}
        <FilterChips label={t.view} names={views} chosen={current} onChoose={choose}>
          {(name) => t.views[name]}
        </FilterChips>
      </div>
      {!isLowest && current === 'map' && (
        <label className="row">
          <input type="checkbox" checked={named} onChange={({ target }) => setNamed(target.checked)} />
          {t.byName(count)}
        </label>
      )}
      {others.length > 0 && <BesideChoice others={others} chosen={beside} onChoose={pick} />}
      {staged && (
        <p className="soft" role="status">
          {!isSame
            ? t.other(staged.picture.indicator.name[language])
            : hidesContent(programme.layout)
              ? t.hidden
              : `${t.shown}. ${t.pointing}`}
        </p>
      )}
      {asked && (
        <ConfirmSheet
          title={t.confirmTitle}
          body={t.confirmBody(count)}
          confirm={t.confirm(count)}
          onConfirm={() => show(asked)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </section>
  );
}
