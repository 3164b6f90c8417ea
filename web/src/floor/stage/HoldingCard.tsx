import { Clock, Hourglass, LoaderCircle } from 'lucide-react';
import type { Briefing } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useTools } from '../../session/BriefingContext.tsx';
import { floorWords } from '../words/floor.vi.ts';
import type { StageView } from './stageOf.ts';
import './holdingCard.css';

/** In place of a picture: says why there is none, and that nothing is to be done. */
export function HoldingCard({ stage, briefing }: { stage: StageView & { kind: 'holding' }; briefing: Briefing }) {
  const { t, day } = useText(floorWords);
  const { identity } = useTools();
  // FL33: nobody reads that they are waiting for themselves.
  const isOwn = stage.why === 'back' && stage.identity === identity;
  const Icon = { soon: Clock, coming: LoaderCircle, back: LoaderCircle, pause: Hourglass }[stage.why];
  const [title, body] = {
    soon: [t.holdingSoonTitle, t.holdingSoonBody],
    coming: [t.holdingComingTitle, t.holdingComingBody],
    back: isOwn
      ? [t.ownHolding, t.ownHoldingBody]
      : [t.holdingBackTitle(stage.why === 'back' ? stage.name : ''), t.holdingBackBody],
    pause: [t.holdingPauseTitle, t.holdingPauseBody],
  }[stage.why] as [string, string];
  return (
    <div className="holding" role="status" data-why={stage.why}>
      <Icon size={40} aria-hidden />
      <h2>{title}</h2>
      <p>{body}</p>
      {stage.why === 'soon' && <p className="holding-when">{t.scheduledFor(day(briefing.scheduledAt))}</p>}
    </div>
  );
}
