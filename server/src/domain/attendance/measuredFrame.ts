import { SILENCE_MS } from './limits.ts';
import type { StoredFrame } from './ports.ts';

/** A run of a node as it is kept. */
export interface WrittenBoot {
  readonly boot: string;
  /** Read after the step `clock` of PostgreSQL's clock, ms. */
  readonly aliveAt: number;
  readonly clock: number;
  /** By how much the clock was set after that. */
  readonly since: number;
  readonly ended: boolean;
}

/** A step of PostgreSQL's clock since the doors of the briefing opened, and where the briefing stood. */
export interface TouchingStep {
  readonly nr: number;
  readonly ms: number;
  readonly state: 'open' | 'live' | 'closed';
}

/** A briefing as it is kept: all moments as PostgreSQL's clock was when they were written, ms. */
export interface WrittenFrame {
  readonly openedAt: number | null;
  readonly liveAt: number | null;
  readonly closedAt: number | null;
  readonly now: number;
  /** When PostgreSQL began to hear anybody. */
  readonly heardSince: number;
  readonly steps: readonly TouchingStep[];
  readonly boots: readonly WrittenBoot[];
  /** AT11: of a timeline that is sealed: how far each boot knew, as the clock went when the doors opened; null: it is not. */
  readonly sealed: ReadonlyMap<string, number> | null;
  readonly rule: StoredFrame['rule'];
  readonly sheet: StoredFrame['sheet'];
}

/**
 * AT7, AT15: a briefing in the time that went when its doors opened, whatever PostgreSQL's clock was set to afterwards. Pure.
 */
export function measuredFrame(kept: WrittenFrame): StoredFrame {
  const { openedAt, steps, rule, sheet } = kept;
  const shift = sumOf(steps, () => true);
  const closed = back(
    kept.closedAt,
    sumOf(steps, ({ state }) => state !== 'closed'),
  );
  const boots = kept.sealed
    ? new Map([...kept.sealed].map(([boot, aliveAt]) => [boot, { aliveAt, over: true }]))
    : new Map(
        kept.boots
          .map((boot) => [boot.boot, { aliveAt: aliveIn(boot, steps), over: isOver(boot, kept) }] as const)
          // What was not heard of since then has seen nothing of it.
          .filter(([, { aliveAt }]) => openedAt !== null && aliveAt >= openedAt),
      );
  const running = [...boots.values()].filter(({ over }) => !over).map(({ aliveAt }) => aliveAt);
  return {
    openedAt,
    liveAt: back(
      kept.liveAt,
      sumOf(steps, ({ state }) => state === 'open'),
    ),
    until: closed ?? Math.min(kept.now - shift, ...running),
    closed: closed !== null,
    boots,
    rule,
    pending: closed === null ? 0 : running.filter((aliveAt) => aliveAt < closed).length,
    sheet,
  };
}

/** How far a boot knew, in the time of the briefing. */
export const aliveIn = ({ aliveAt, clock }: WrittenBoot, steps: readonly TouchingStep[]): number =>
  aliveAt - sumOf(steps, ({ nr }) => nr <= clock);

/** AT3: it says so, or nothing was heard of it for so long in which PostgreSQL could have heard it. */
function isOver({ aliveAt, since, ended }: WrittenBoot, { now, heardSince }: WrittenFrame): boolean {
  // A start that lies ahead is of a clock that was set back since.
  const heardAt = heardSince > now ? aliveAt + since : Math.max(aliveAt + since, heardSince);
  return ended || heardAt < now - SILENCE_MS;
}

const sumOf = (steps: readonly TouchingStep[], counts: (step: TouchingStep) => boolean): number =>
  steps.reduce((sum, step) => (counts(step) ? sum + step.ms : sum), 0);

const back = (at: number | null, ms: number): number | null => (at === null ? null : at - ms);
