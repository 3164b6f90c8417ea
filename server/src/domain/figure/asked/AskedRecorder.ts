import { createHash } from 'node:crypto';
import type { Logger } from '../../../observability/logger.ts';
import { isAway } from '../../../protocol/errors.ts';
import type { FigureRow } from '../../../protocol/figureBatch.ts';
import type { FigureSource, Indicator } from '../../../protocol/figureDefinition.ts';
import { decimalOf } from '../../../protocol/figureValue.ts';
import { countedNumber, NOTHING, type UnitFacts } from '../../rollcall/entryRules.ts';
import type { RoundStore } from '../../rollcall/ports.ts';
import type { FigureIntake } from '../FigureIntake.ts';
import type { FigureBy } from '../ports.ts';
import { askedIndicator, askedSource } from './askedIndicator.ts';

/** Rounds that are over, and of whose numbers not all are with the figures. */
export interface AskedStore {
  waiting(): Promise<readonly { readonly round: string; readonly seq: number }[]>;
  /** All up to that entry are. */
  taken(round: string, seq: number): Promise<void>;
}

interface Parts {
  readonly store: AskedStore;
  readonly rounds: Pick<RoundStore, 'load'>;
  readonly definitions: {
    putIndicator(wanted: Omit<Indicator, 'version'>, by: FigureBy): Promise<number | undefined>;
    /** With the indicators that it writes already. */
    widenSource(wanted: FigureSource, by: FigureBy): Promise<number | undefined>;
  };
  readonly intake: Pick<FigureIntake, 'take'>;
  /** Something was recorded, and stands at this N. */
  readonly committed: (n: number) => void;
  readonly logger: Logger;
}

/**
 * FG60: when a round is over, what it has asked for comes in as a batch, by the way that all figures come in; and once more
 * what an official changes afterwards. Each batch has a key that follows from the round and its last entry, so that it is
 * taken once, on whichever node and however often.
 */
export class AskedRecorder {
  readonly #o: Parts;
  #running: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#o = parts;
  }

  /** All rounds that wait. Those that come meanwhile are found by the next look. */
  look(): Promise<void> {
    this.#running ??= this.#look().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #look(): Promise<void> {
    for (const { round, seq } of await this.#o.store.waiting()) {
      try {
        await this.#take(round, seq);
      } catch (err) {
        if (isAway(err)) throw err;
        // What is refused now is refused for good: the record of the round has it all the same.
        this.#o.logger.error({ err, round }, 'the numbers of a round could not become figures');
      }
      await this.#o.store.taken(round, seq);
    }
  }

  async #take(id: string, seq: number): Promise<void> {
    const { rounds, definitions, intake, committed } = this.#o;
    const whole = await rounds.load(id);
    const number = whole?.round.number;
    if (!whole || !number) return;
    const { round, units } = whole;
    const entries = whole.entries.filter((entry) => entry.seq <= seq);
    const facts = new Map<string, UnitFacts>();
    for (const entry of entries) facts.set(entry.unit, [...(facts.get(entry.unit) ?? NOTHING), entry]);
    const by = { account: null, name: round.by };
    const indicator = askedIndicator(number);
    const source = askedSource(number, round.scope);
    const made = [
      number.indicator === null ? await definitions.putIndicator(indicator, by) : undefined,
      await definitions.widenSource(source, by),
    ];
    for (const n of made) if (n !== undefined) committed(n);
    const held = new Set<string>();
    const rows: FigureRow[] = [];
    for (const { unit } of units) {
      const given = countedNumber(facts.get(unit) ?? NOTHING, round.proof);
      if (!given) continue;
      if (given.held) held.add(unit);
      rows.push({
        ...{ row: rows.length + 1, indicator: indicator.code, unit, period: round.openedAt.toISOString() },
        value: decimalOf(given.value, number.scale),
      });
    }
    if (rows.length === 0) return;
    const bodyHash = createHash('sha256')
      .update(JSON.stringify([rows, [...held]]))
      .digest('hex');
    const why = entries.findLast(({ kind }) => kind === 'number')?.note;
    await intake.take(source, rows, {
      ...{ key: keyOf(id, seq), kind: 'asked', mode: 'partial', dryRun: false, bodyHash, by: round.by, held },
      ...(why && { reason: why }),
    });
  }
}

/** A UUID by its form. */
function keyOf(round: string, seq: number): string {
  const hash = createHash('sha256').update(`${round}:${seq}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-${hash.slice(12, 16)}-${hash.slice(16, 20)}-${hash.slice(20, 32)}`;
}
