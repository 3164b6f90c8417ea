import { Check, Footprints, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { directiveDeskWords } from '../../directive/words/desk.vi.ts';
import { figureWords } from '../../figure/words/figure.vi.ts';
import { figureStageWords } from '../../figure/words/stage.vi.ts';
import { stagesWords } from '../../floor/words/stages.vi.ts';
import { useText } from '../../i18n/useText.tsx';
import { rollcallDeskWords } from '../../rollcall/words/desk.vi.ts';
import { rollcallWords } from '../../rollcall/words/rollcall.vi.ts';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { type GuidedStep, useGuidedSteps } from './useGuidedSteps.ts';
import { guidedWords } from './words/guided.vi.ts';
import { principalWords } from './words/principal.vi.ts';
import './guidedPath.css';

interface GuidedPathProps {
  /** Whether the installation has figures that can be shown. */
  readonly hasFigures: boolean;
  /** Whether rooms stand in a tab beside the picture. */
  readonly columns: boolean;
}

/** DC9: the one thing that a newcomer to a demo can try next, and where its control is. It covers nothing. */
export default function GuidedPath({ hasFigures, columns }: GuidedPathProps) {
  const { t } = useText(guidedWords);
  const where = useWhere(columns);
  const announce = useAnnounce();
  const region = useRef<HTMLElement>(null);
  const { steps, done, closed, close } = useGuidedSteps(hasFigures);
  const next = steps.find((step) => !done.has(step));
  const said = closed ? undefined : next ? t.next(t.steps[next], where[next]) : t.all;
  // The first one is read with the page; after that, what has changed is told.
  const [first] = useState(said);
  useEffect(() => {
    if (said !== undefined && said !== first) announce(said);
  }, [announce, first, said]);
  if (closed) return null;
  return (
    <section ref={region} className="guided" aria-label={t.title}>
      <Footprints size={20} aria-hidden />
      <p className="grow">
        {next ? (
          <>
            <strong>{t.try(t.steps[next])}</strong> {where[next]}
          </>
        ) : (
          t.all
        )}
      </p>
      <ol aria-label={t.tried(steps.filter((step) => done.has(step)).length, steps.length)}>
        {steps.map((step) => (
          <li key={step} data-done={done.has(step)} aria-current={step === next ? 'step' : undefined}>
            {done.has(step) && <Check size={14} aria-hidden />}
            <span className="unseen">{done.has(step) ? t.isDone(t.steps[step]) : t.steps[step]}</span>
          </li>
        ))}
      </ol>
      <button
        type="button"
        className="button quiet icon"
        aria-label={t.close}
        onClick={() => {
          // The focus goes on to what follows, and not to the beginning of the page.
          region.current?.nextElementSibling?.querySelector('button')?.focus();
          close();
        }}
      >
        <X size={20} aria-hidden />
      </button>
    </section>
  );
}

/** The way to each control, by the words that stand on it. */
function useWhere(columns: boolean): Readonly<Record<GuidedStep, string>> {
  const { t } = useText(guidedWords);
  const { t: principal } = useText(principalWords);
  const { t: rollcall } = useText(rollcallWords);
  const { t: rollcallDesk } = useText(rollcallDeskWords);
  const { t: directive } = useText(directiveDeskWords);
  const { t: rooms } = useText(stagesWords);
  const { t: figure } = useText(figureWords);
  const { t: figureStage } = useText(figureStageWords);
  return {
    live: t.press(principal.goLive),
    call: t.search,
    round: t.inTab(rollcall.title, rollcallDesk.open),
    directive: t.press(directive.compose.start),
    room: columns ? t.inTab(principal.conduct, rooms.openFor) : t.inPart(rooms.title, rooms.openFor),
    figure: t.ofFigure(figure.title, figureStage.show),
  };
}
