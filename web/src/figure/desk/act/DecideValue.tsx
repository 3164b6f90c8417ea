import type { FigureRevision } from '../../../api/contract.ts';
import { Decide } from './Decide.tsx';
import { decisionsOn } from './standing.ts';

interface DecideValueProps {
  readonly indicator: string;
  readonly unit: string;
  readonly period: string;
  readonly revision: FigureRevision;
  /** All that was said of this unit and period. */
  readonly all: readonly FigureRevision[];
  readonly onDone: () => void;
}

/** FG14, FG16: what an official may decide on a value that is held, or that somebody contests. */
export function DecideValue({ indicator, unit, period, revision, all, onDone }: DecideValueProps) {
  const decisions = [...decisionsOn(revision, all), ...(isContested(revision) ? (['answer'] as const) : [])];
  const value = { indicator, unit, period, source: revision.source, revision: revision.revision };
  return <Decide {...{ decisions, onDone }} of={{ values: [value] }} />;
}

/** The last of what was said about it stands. */
const isContested = ({ counts, acts }: FigureRevision): boolean =>
  counts && acts.findLast(({ act }) => act !== 'release' && act !== 'reject')?.act === 'contest';
