import { DoorOpen, Eye, LayoutGrid, Mic, Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { type StageOverview, within } from '../../api/contract.ts';
import { useFormats, useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import { useAct } from '../../session/useAct.ts';
import { ConfirmSheet } from '../../ui/ConfirmSheet.tsx';
import { useElsewhere } from '../useElsewhere.ts';
import { useMine } from '../useMine.ts';
import { stagesWords } from '../words/stages.vi.ts';
import { OpenStageFor } from './OpenStageFor.tsx';
import { TierActs } from './TierActs.tsx';
import { useRoomActs } from './useRoomActs.tsx';
import './stagesPanel.css';

interface StagesPanelProps {
  readonly roster: RosterView | undefined;
  /** What this device sends, while it stands on the stage of its unit. */
  readonly sending?: ReactNode;
  /** Opens all rooms as a wall. */
  readonly onWall?: () => void;
  /** TR18: opens the lists of the room of a unit. */
  readonly onReport?: (unit: string) => void;
  /** Beside the wall: what is done with all, and with the room that is shown; not each by itself. */
  readonly brief?: boolean;
}

/** TR7: the stages of a territory and above it: who is on them, and whether their units see them; opened, watched, ended. */
export function StagesPanel({ roster, sending, onWall, onReport, brief = false }: StagesPanelProps) {
  const { t } = useText(stagesWords);
  const { session, identity, media } = useTools();
  const { briefing, floor } = useChannel();
  const { speaker } = useMine();
  const { run, pending } = useAct();
  const [ending, setEnding] = useState<StageOverview>();
  const { unit } = session.account;
  const stages = (floor.stages ?? []).toSorted((a, b) => (roster ? roster.rank(a.unit) - roster.rank(b.unit) : 0));
  const listed = brief ? stages.filter(({ path }) => path === unit.path || path === floor.stage?.path) : stages;
  const own = stages.find(({ path }) => path === unit.path);
  const isBelow = isUnder(unit.path, briefing.stage);
  const rooms = useRoomActs();
  const { enter } = rooms;
  const isBusy = pending.size > 0 || rooms.isBusy || briefing.state !== 'live';
  const { main, isVisiting, isElsewhere } = useElsewhere();
  /** TR14: the call that brought them on stage is ended first. */
  const isInCall = speaker?.call != null;
  const endVisit = (
    <button
      type="button"
      className="button small primary"
      disabled={isBusy}
      onClick={() => void run('stage.leave', {}, 'stage.visit')}
    >
      <Undo2 size={16} aria-hidden />
      {t.endVisit}
    </button>
  );

  return (
    <section className="stages" aria-label={t.title}>
      <h2>
        {t.title} <span className="count num">{stages.length}</span>
      </h2>
      {isElsewhere && (
        <div className="stages-elsewhere" role="status">
          <Eye size={18} aria-hidden />
          <span className="grow">
            {floor.stage ? t.watching(floor.stage.name) : t.watchingCommon}
            {!speaker && !brief && session.account.role !== 'principal' && ` ${t.unheard}`}
          </span>
          <button type="button" className="button small primary" disabled={isBusy} onClick={() => enter(null)}>
            <Undo2 size={16} aria-hidden />
            {t.back}
          </button>
        </div>
      )}
      {isVisiting && floor.stage && (
        <div className="stages-elsewhere" role="status">
          <Mic size={18} aria-hidden />
          <span className="grow">{t.visiting(floor.stage.name)}</span>
          {endVisit}
        </div>
      )}
      {isInCall && stages.some(({ path }) => isUnder(path, unit.path)) && (
        <p className="soft" role="status">
          {t.visitAfterCall}
        </p>
      )}
      <TierActs roster={roster} disabled={isBusy} />
      {isBelow && !own && (
        <div className="stages-own">
          <p className="soft">
            {t.ownHint}
            {briefing.state !== 'live' && ` ${t.notLive}`}
          </p>
          <button
            type="button"
            className="button"
            disabled={isBusy}
            onClick={() => void rooms.open({ unit: unit.code, name: unit.name })}
          >
            <DoorOpen size={18} aria-hidden />
            {t.open(unit.name)}
          </button>
        </div>
      )}
      {onWall && stages.length > 1 && (
        <button type="button" className="button small stages-all" data-way="rooms" onClick={onWall}>
          <LayoutGrid size={16} aria-hidden />
          {t.all}
        </button>
      )}
      {listed.length > 0 && (
        <ul>
          {listed.map((stage) => (
            <li key={stage.path} className="stages-one" data-here={floor.stage?.path === stage.path}>
              <StageLine stage={stage} isHere={floor.stage?.path === stage.path} />
              <div className="stages-acts">
                {stage === own && !speaker && (
                  <button
                    type="button"
                    className="button small"
                    disabled={isBusy || floor.stage?.path !== own.path}
                    onClick={() => {
                      media.askForStage();
                      void run('stage.promote', { identity });
                    }}
                  >
                    <Mic size={16} aria-hidden />
                    {t.speak}
                  </button>
                )}
                {(stage === own || isVisiting) && speaker?.stage === stage.path && sending}
                {isUnder(stage.path, unit.path) && !(isVisiting && speaker?.stage === stage.path) && (
                  <button
                    type="button"
                    className="button small"
                    aria-label={t.visitOf(stage.name)}
                    disabled={isBusy || isInCall}
                    onClick={() => rooms.visit(stage)}
                  >
                    <Mic size={16} aria-hidden />
                    {t.visit}
                  </button>
                )}
                {!isVisiting && floor.stage?.path !== stage.path && (
                  <button
                    type="button"
                    className="button small"
                    aria-label={t.enterOf(stage.name)}
                    disabled={isBusy}
                    onClick={() => enter(stage.path === main?.path ? null : stage)}
                  >
                    {t.enter}
                  </button>
                )}
                {onReport && within(stage.path, unit.path) && stage.people.length > 0 && (
                  <button
                    type="button"
                    className="button quiet small"
                    aria-label={t.reportOf(stage.name)}
                    onClick={() => onReport(stage.unit)}
                  >
                    {t.report}
                  </button>
                )}
                {within(stage.path, unit.path) && (
                  <button
                    type="button"
                    className="button quiet small"
                    aria-label={t.endOf(stage.name)}
                    disabled={isBusy}
                    onClick={() => setEnding(stage)}
                  >
                    {t.end}
                  </button>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
      {floor.stage && !isElsewhere && !isVisiting && (
        <button
          type="button"
          className="button small quiet"
          disabled={isBusy}
          onClick={() => enter({ unit: rootOf(briefing), name: t.common })}
        >
          <Eye size={16} aria-hidden />
          {t.enterCommon}
        </button>
      )}
      {!brief && (
        <OpenStageFor roster={roster} disabled={isBusy} onOpen={(code, name) => rooms.open({ unit: code, name })} />
      )}
      {rooms.sheet}
      {ending && (
        <ConfirmSheet
          title={t.endTitle(ending.name)}
          body={t.endBody}
          confirm={t.end}
          onConfirm={() => run('stage.close', { unit: ending.unit })}
          onClose={() => setEnding(undefined)}
        />
      )}
    </section>
  );
}

const isUnder = (path: string, above: string): boolean => path !== above && within(path, above);

/** The unit of the briefing's own stage. */
const rootOf = ({ stage }: { readonly stage: string }): string => stage.slice(stage.lastIndexOf('.') + 1);

function StageLine({ stage, isHere }: { stage: StageOverview; isHere: boolean }) {
  const { t } = useText(stagesWords);
  const { time } = useFormats();
  return (
    <div className="stages-line">
      <strong className="clip">{t.own(stage.name)}</strong>
      <span className="soft clip">{stage.people.length > 0 ? stage.people.join(', ') : t.empty}</span>
      <span className="soft">
        <span className="num">{t.since(time(stage.since))}</span>
        {stage.by && `, ${t.openedBy(stage.by)}`}
        {stage.people.length > 0 && ` · ${stage.shown ? t.shown : t.elsewhere}`}
        {isHere && ` · ${t.here}`}
      </span>
    </div>
  );
}
