import { useEffect, useState } from 'react';
import { issuerApi } from '../../directive/desk/issuerApi.ts';
import { useMine } from '../../floor/useMine.ts';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';

const STEPS = ['live', 'call', 'round', 'directive', 'room', 'figure'] as const;
export type GuidedStep = (typeof STEPS)[number];

/** Of this tab: the steps that were taken, and whether the path was closed. */
const KEPT = 'dh.guided';
interface Kept {
  readonly done: readonly string[];
  readonly closed: boolean;
}

/** DC9: which steps the briefing shows to have been taken. Closed once, the path stays closed in this tab. */
export function useGuidedSteps(hasFigures: boolean) {
  const { floor, lastCall, rounds, programme } = useChannel();
  const { speaker } = useMine();
  const given = useHasGiven();
  const [kept, setKept] = useState(recall);
  const seen: Readonly<Record<GuidedStep, boolean>> = {
    live: speaker !== undefined,
    call: floor.calls.length > 0 || lastCall !== undefined,
    round: rounds.length > 0,
    directive: given,
    room: (floor.stages?.length ?? 0) > 0,
    figure: programme.content?.kind === 'figures',
  };
  const done = new Set(STEPS.filter((step) => seen[step] || kept.done.includes(step)));
  // By name, so that it is written when a step was added and not with each notice.
  const names = [...done].join(' ');
  useEffect(() => {
    setKept((before) => {
      const after = { ...before, done: names === '' ? [] : names.split(' ') };
      remember(after);
      return after;
    });
  }, [names]);
  const close = (): void => {
    const after = { ...kept, closed: true };
    remember(after);
    setKept(after);
  };
  return { steps: STEPS.filter((step) => step !== 'figure' || hasFigures), done, closed: kept.closed, close };
}

/** Whether this account has given a directive in the briefing: asked at once, and when progress of one is told. */
function useHasGiven(): boolean {
  const { channel } = useTools();
  const { api } = useOffice();
  const { id } = useChannel().briefing;
  const [given, setGiven] = useState(false);
  useEffect(() => {
    if (given) return;
    let stopped = false;
    const ask = async (): Promise<void> => {
      const issued = await issuerApi.given(api, 'issued', id).catch(() => []);
      if (!stopped && issued.length > 0) setGiven(true);
    };
    void ask();
    const end = channel.on('directive.tick', () => void ask());
    return () => {
      stopped = true;
      end();
    };
  }, [api, channel, id, given]);
  return given;
}

function recall(): Kept {
  try {
    const { done, closed } = JSON.parse(sessionStorage.getItem(KEPT) ?? '') as Partial<Kept>;
    return { done: Array.isArray(done) ? done : [], closed: closed === true };
  } catch {
    return { done: [], closed: false };
  }
}

function remember(kept: Kept): void {
  sessionStorage.setItem(KEPT, JSON.stringify(kept));
}
