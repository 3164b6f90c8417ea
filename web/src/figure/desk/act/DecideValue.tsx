import type { FigureRevision } from '../../../api/contract.ts';
import { useOffice } from '../../../session/OfficeContext.tsx';
import { Decide } from './Decide.tsx';
import { contestsOn, decisionsOn } from './standing.ts';

interface DecideValueProps {
  readonly indicator: string;
  readonly unit: string;
  readonly period: string;
  readonly revision: FigureRevision;
  /** All that was said of this unit and period. */
  readonly all: readonly FigureRevision[];
  readonly onDone: () => void;
}

/** FG14, FG16: what an official may do about a value that is held, counts, or is contested by somebody. */
export function DecideValue({ indicator, unit, period, revision, all, onDone }: DecideValueProps) {
  const { account } = useOffice().session;
  const decisions = [
    ...decisionsOn(revision, all),
    ...contestsOn(revision, { name: account.name, unit: account.unit.code }),
  ];
  const value = { indicator, unit, period, source: revision.source, revision: revision.revision };
  return <Decide {...{ decisions, onDone }} of={{ values: [value] }} />;
}
