import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Round } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import type { BriefingTools } from '../../session/BriefingContext.tsx';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { loadRetried } from '../../ui/lazyRetried.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useToasts } from '../../ui/Toasts.tsx';
import { useStore } from '../../ui/useStore.ts';
import { rollcallWords } from '../words/rollcall.vi.ts';
import type { OwnRound } from './ownRound.ts';
import { callRoll } from './rollCallTone.ts';
import { settledElsewhere } from './settledElsewhere.ts';
import { useAnswerCarrier, useOwnRounds } from './useOwnRounds.ts';
import './foldedPrompt.css';
import { serverNow } from '../../lib/serverClock.ts';

const load = () => import('./answering.ts');
let loaded: Awaited<ReturnType<typeof load>> | undefined;
/** A prompt whose sheet takes longer, ms, calls without it. */
const LOAD_MS = 2_000;

/** Beforehand, with the field of numbers: a roll-call may come when the line is gone. */
export async function loadAnswering(): Promise<void> {
  const { loadNumberField } = await loadSheets();
  await loadRetried(loadNumberField);
}

async function loadSheets() {
  loaded ??= await loadRetried(load);
  return loaded;
}

interface RollCallPromptProps {
  readonly channel: BriefingTools['channel'];
  readonly unit: string;
  /** The stage once more, for the two digits that it shows; at the door there is none, but a way in. */
  readonly stage?: ReactNode;
  readonly onEnter?: () => void;
  /** Why a round asks this unit. */
  readonly aboutOf?: (round: Round) => ReactNode;
}

/**
 * What a unit is asked comes over whatever page is open, with sound, and stays until it is answered; then what became
 * of the answer.
 */
export function RollCallPrompt({ channel, unit, stage, onEnter, aboutOf }: RollCallPromptProps) {
  const { t } = useText(rollcallWords);
  const { briefing, link, prompts } = useStore(channel.state);
  useAnswerCarrier({ channel, briefing: briefing.id, link });
  const rounds = useOwnRounds(channel);
  const asked = rounds.findLast(({ standing }) => standing.kind === 'asked');
  const [answered, setAnswered] = useState<string>();
  const [fold, setFold] = useState<Fold>();
  const outcome = rounds.find(({ round }) => round.id === answered);
  const { sheets, isLate } = useSheets(asked !== undefined || outcome !== undefined);
  useCalling(channel, sheets || isLate ? asked : undefined);
  useToldElsewhere(rounds, answered);

  if (outcome && outcome.standing.kind !== 'asked')
    return (
      sheets && (
        <sheets.OutcomeSheet own={outcome} channel={channel} unit={unit} onClose={() => setAnswered(undefined)} />
      )
    );
  if (!asked) return null;
  const { id } = asked.round;
  const late = asked.phase === 'due';
  const turn = (open: boolean, begun = false) => setFold({ round: id, at: prompts, late, open, begun });
  if (!isOpen(asked, fold, prompts) || !sheets) return <FoldedPrompt own={asked} onOpen={() => turn(true)} />;
  return (
    <>
      <Notice title={t.title} body={`${unit}. ${asked.round.question}`} />
      <sheets.AnswerSheet
        key={asked.round.id}
        own={asked}
        channel={channel}
        unit={unit}
        stage={stage}
        about={aboutOf?.(asked.round)}
        onEnter={onEnter}
        onFold={() => turn(false)}
        onBegun={() => turn(true, true)}
        onAnswered={() => setAnswered(asked.round.id)}
      />
    </>
  );
}

/** What an answer is given by, once it is here. */
function useSheets(wanted: boolean) {
  const [, setHere] = useState(false);
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!wanted || loaded) return;
    const timer = setTimeout(() => setLate(true), LOAD_MS);
    loadSheets().then(
      () => setHere(true),
      () => undefined,
    );
    return () => clearTimeout(timer);
  }, [wanted]);
  return { sheets: loaded, isLate };
}

/** What was done by hand with the sheet of a round. */
interface Fold {
  readonly round: string;
  /** How often it had been asked by then, and whether late answers were taken already. */
  readonly at: number;
  readonly late: boolean;
  readonly open: boolean;
  /** Somebody has said a part of the answer. */
  readonly begun: boolean;
}

/** RC24: by itself it covers the meeting until the deadline, and anew each time that it is asked again. */
function isOpen({ round, phase }: OwnRound, fold: Fold | undefined, prompts: number): boolean {
  if (fold?.round !== round.id) return phase === 'open';
  if (fold.begun) return true;
  return phase === 'due' ? fold.late && fold.open : fold.at !== prompts || fold.open;
}

/** One line at the foot of the page: what is still to be answered, and how. */
function FoldedPrompt({ own, onOpen }: { own: OwnRound; onOpen: () => void }) {
  const { t, time } = useText(rollcallWords);
  const { round, phase } = own;
  const late = phase === 'due';
  return (
    <section className="folded-prompt" aria-label={t.title}>
      <p className="grow">
        <strong>{t.round(round.nr)}</strong> {round.question}
        <span className="soft"> {late ? t.lateBody(time(round.lateUntil)) : t.deadline(time(round.deadline))}</span>
      </p>
      <button type="button" className="button primary" onClick={onOpen}>
        {late ? t.openLate : t.openAsked}
      </button>
    </section>
  );
}

/** Three notes at the first prompt and at each that follows, spoken for screen readers. */
function useCalling(channel: BriefingTools['channel'], asked: OwnRound | undefined): void {
  const { t } = useText(rollcallWords);
  const announce = useAnnounce();
  const { prompts } = useStore(channel.state);
  const round = asked?.round.id;
  const question = asked?.round.question;
  const before = useRef<string>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each prompt calls once more
  useEffect(() => {
    if (!round || !question) return;
    announce(before.current === round ? t.again(question) : t.announce(question), 'assertive');
    before.current = round;
    return callRoll();
  }, [round, question, prompts, announce, t]);
}

/** A prompt that goes away by itself says why: another computer answered, an official wrote it down, or time was up. */
function useToldElsewhere(rounds: readonly OwnRound[], mine: string | undefined): void {
  const { t, time } = useText(rollcallWords);
  const { tell } = useToasts();
  const before = useRef(new Map<string, OwnRound['standing']['kind']>());
  useEffect(() => {
    for (const { round, standing } of rounds) {
      const was = before.current.get(round.id);
      before.current.set(round.id, standing.kind);
      if (was === standing.kind || round.id === mine) continue;
      if (standing.kind === 'missed' && was === 'asked') tell({ text: t.closedMissed, tone: 'bad' });
      if (standing.kind !== 'recorded' && standing.kind !== 'unconfirmed') continue;
      if (was === 'asked') tell({ text: settledElsewhere(standing.entry, t, time), tone: 'good' });
      if (was === 'unsent')
        tell({ text: t.recorded(time(standing.entry.at ?? new Date(serverNow()).toISOString())), tone: 'good' });
    }
  }, [rounds, mine, tell, t, time]);
}
