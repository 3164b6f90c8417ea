import { type QuestionRow, type QuestionState, type UnitPath, within } from '../../api/contract.ts';

export const views = ['chosen', 'here', 'below', 'above', 'answered', 'declined'] as const;
export type View = (typeof views)[number];

export interface Sorted {
  readonly rows: Readonly<Record<View, readonly QuestionRow[]>>;
  /** How many more of the same matter, by the question that they were joined with. */
  readonly others: ReadonlyMap<string, number>;
}

/**
 * QU5: what lies where, as seen from a tier. At the stage only what was passed up waits; elsewhere also what lies on a
 * desk below, on which perhaps nobody sits. What was joined is counted with its question.
 * @param home path of the official's unit
 */
export function sorted(rows: ReadonlyMap<string, QuestionRow>, home: UnitPath, stage: UnitPath): Sorted {
  const found: Record<View, QuestionRow[]> = {
    ...{ chosen: [], here: [], below: [], above: [], answered: [], declined: [] },
  };
  const others = new Map<string, number>();
  const overStage = within(stage, home);
  for (const row of rows.values()) {
    if (row.into !== null) {
      const lead = leadOf(row, rows);
      others.set(lead, (others.get(lead) ?? 0) + 1);
      continue;
    }
    const view = viewOf(row.state, row.desk, home, overStage ? stage : undefined);
    if (view) found[view].push(row);
  }
  const byTime = (a: QuestionRow, b: QuestionRow): number => a.at.localeCompare(b.at);
  for (const list of Object.values(found)) list.sort(byTime);
  return { rows: found, others };
}

function viewOf(
  { kind }: QuestionState,
  desk: UnitPath,
  home: UnitPath,
  stage: UnitPath | undefined,
): View | undefined {
  if (kind === 'withdrawn') return undefined;
  if (kind === 'answered' || kind === 'declined') return kind;
  if (stage !== undefined) return kind === 'chosen' ? 'chosen' : desk === stage ? 'here' : 'below';
  return kind !== 'chosen' && within(desk, home) ? 'here' : 'above';
}

function leadOf(row: QuestionRow, rows: ReadonlyMap<string, QuestionRow>): string {
  const into = row.into === null ? undefined : rows.get(row.into);
  return into ? leadOf(into, rows) : (row.into ?? row.id);
}
