import { createHash } from 'node:crypto';
import type { FigureRow } from '../../../protocol/figureBatch.ts';
import { decimalOf } from '../../../protocol/figureValue.ts';
import { countedNumber, type EntryRecord, NOTHING, type UnitFacts } from '../../rollcall/entryRules.ts';
import type { WholeRound } from '../../rollcall/ports.ts';

/** Entries of a round that become one batch: an official's change by itself, or all that lie between two of them. */
export interface AskedStep {
  /** Of its last entry. */
  readonly seq: number;
  /** What an official has changed; undefined: said by units. */
  readonly change: EntryRecord | undefined;
}

/** In order. Where one ends follows from the entries alone, so that it is the same on whichever node. */
export function askedStepsOf(entries: readonly EntryRecord[]): readonly AskedStep[] {
  const steps: AskedStep[] = [];
  for (const entry of entries) {
    const change = entry.kind === 'number' ? entry : undefined;
    const last = steps.at(-1);
    if (last && !last.change && !change) steps.pop();
    steps.push({ seq: entry.seq, change });
  }
  return steps;
}

/** A UUID by its form, of a round and a step of it. */
export function keyOfStep(round: string, { seq, change }: AskedStep): string {
  const of = change ? `${round}:${seq}:change` : `${round}:${seq}`;
  const hash = createHash('sha256').update(of).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-${hash.slice(12, 16)}-${hash.slice(16, 20)}-${hash.slice(20, 32)}`;
}

/** Of the units that a step is about, what counts then (FG30), and whose is held. */
export function saidBy(
  { round, units, entries }: WholeRound,
  { seq, change }: AskedStep,
  { indicator, scale }: { readonly indicator: string; readonly scale: number },
) {
  const facts = new Map<string, UnitFacts>();
  for (const entry of entries)
    if (entry.seq <= seq && (!change || entry.unit === change.unit))
      facts.set(entry.unit, [...(facts.get(entry.unit) ?? NOTHING), entry]);
  const held = new Set<string>();
  const rows: FigureRow[] = [];
  const period = round.openedAt.toISOString();
  for (const { unit } of units) {
    const given = countedNumber(facts.get(unit) ?? NOTHING, round.proof);
    if (!given) continue;
    if (given.held) held.add(unit);
    rows.push({ row: rows.length + 1, indicator, unit, period, value: decimalOf(given.value, scale) });
  }
  const bodyHash = createHash('sha256')
    .update(JSON.stringify([rows, [...held]]))
    .digest('hex');
  return { rows, held, bodyHash };
}
