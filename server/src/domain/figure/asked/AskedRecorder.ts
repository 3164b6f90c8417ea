import type { Logger } from '../../../observability/logger.ts';
import { DomainError, isAway, type Reason } from '../../../protocol/errors.ts';
import type { BatchAnswer, FigureRow } from '../../../protocol/figureBatch.ts';
import type { FigureSource, Indicator } from '../../../protocol/figureDefinition.ts';
import type { RoundStore, WholeRound } from '../../rollcall/ports.ts';
import type { FigureIntake } from '../FigureIntake.ts';
import { ASKED } from '../limits.ts';
import type { FigureBy } from '../ports.ts';
import { type AskedFor, askedCode, askedIndicator, askedSource } from './askedIndicator.ts';
import { type AskedStep, askedStepsOf, keyOfStep, saidBy } from './askedSteps.ts';

/** A round that is over, and of whose numbers not all are with the figures. */
export interface WaitingRound extends AskedFor {
  readonly round: string;
  /** Its last entry. */
  readonly seq: number;
  /** All up to this entry are with the figures; 0: none. */
  readonly taken: number;
  /** Its values stand under the code that versions before FG147 gave to all rounds with the same label. */
  readonly shared: boolean;
}

export interface AskedStore {
  /** In the order in which they were closed. */
  waiting(): Promise<readonly WaitingRound[]>;
  /** All up to that entry are. */
  taken(round: string, seq: number): Promise<void>;
  /**
   * Unless all up to that entry are: does `work`, and then they are. One after the other of an indicator, on whichever node.
   * @param work told what is with the figures at that moment; may be done again when other transactions got in its way
   */
  inTurn(
    indicator: string,
    to: Pick<WaitingRound, 'round' | 'seq'>,
    work: (taken: number) => Promise<void>,
  ): Promise<void>;
}

interface Parts {
  readonly store: AskedStore;
  readonly rounds: Pick<RoundStore, 'load'>;
  readonly definitions: {
    /** Where there is none of its code: what an operator has made of one stands. */
    beginIndicator(wanted: Omit<Indicator, 'version'>, by: FigureBy): Promise<number | undefined>;
    /** With the indicators that it writes already. */
    widenSource(wanted: FigureSource, by: FigureBy): Promise<number | undefined>;
  };
  readonly intake: Pick<FigureIntake, 'take'>;
  /** Something was recorded, and stands at this N. */
  readonly committed: (n: number) => void;
  readonly now: () => number;
  readonly logger: Logger;
}

/** What is refused for one of these is refused whenever it is tried: the record of the round has it all the same. */
const FOR_GOOD: ReadonlySet<Reason> = new Set(['bad-request', 'conflict', 'forbidden', 'too-large']);

const isForGood = (err: unknown): boolean => err instanceof DomainError && FOR_GOOD.has(err.reason);

/**
 * FG60: when a round is over, what it has asked for comes in as batches, by the way that all figures come in: what units
 * have said, and each change of an official by itself, with its reason. Each has a key that follows from the round and its
 * last entry, so that it is taken once, on whichever node and however often.
 */
export class AskedRecorder {
  readonly #o: Parts;
  /** By code of indicator: not before. Its rounds come in one after the other, so that the last one counts. */
  readonly #again = new Map<string, number>();
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
    const { store, now, logger } = this.#o;
    for (const waiting of await store.waiting()) {
      const { round, seq } = waiting;
      const code = askedCode(waiting, { id: round, shared: waiting.shared });
      if (now() < (this.#again.get(code) ?? 0)) continue;
      this.#again.delete(code);
      try {
        await this.#take(waiting);
      } catch (err) {
        if (isAway(err)) throw err;
        if (!isForGood(err)) {
          this.#again.set(code, now() + ASKED.againMs);
          logger.error({ err, round }, 'the numbers of a round are no figures yet; it is tried again');
          continue;
        }
        logger.error({ err, round }, 'the numbers of a round could not become figures');
      }
      await store.taken(round, seq);
    }
  }

  async #take({ round: id, seq, taken, shared }: WaitingRound): Promise<void> {
    const { store, rounds, definitions, committed } = this.#o;
    const whole = await rounds.load(id);
    const number = whole?.round.number;
    if (!whole || !number) return;
    const { round, entries } = whole;
    const by = { account: null, name: round.by };
    const asked = {
      ...{ id, shared, openedAt: round.openedAt, scope: round.scope },
      ...(round.selection !== undefined && { units: whole.units.map(({ unit }) => unit) }),
    };
    const indicator = askedIndicator(number, asked);
    const source = askedSource(number, asked);
    const made = [
      number.indicator === null ? await definitions.beginIndicator(indicator, by) : undefined,
      await definitions.widenSource(source, by),
    ];
    for (const n of made) if (n !== undefined) committed(n);
    for (const step of askedStepsOf(entries.filter((entry) => entry.seq > taken && entry.seq <= seq)))
      await store.inTurn(indicator.code, { round: id, seq: step.seq }, (since) =>
        this.#step({ id, whole, source, number: { ...number, indicator: indicator.code } }, step, since),
      );
  }

  /** What was said since: of the other units, later rounds may have said something newer. */
  async #step({ id, whole, source, number }: Taking, step: AskedStep, since: number): Promise<void> {
    const { intake, logger } = this.#o;
    const { entries, round } = whole;
    // What a key stands for is the round up to that entry, whichever of it is new.
    const { rows, held, bodyHash } = saidBy(whole, step, number);
    const saidAnew = new Set(entries.filter(({ seq }) => seq > since && seq <= step.seq).map(({ unit }) => unit));
    const changed = rows.filter(({ unit }) => saidAnew.has(unit)).map((row, i) => ({ ...row, row: i + 1 }));
    if (changed.length === 0) return;
    try {
      const answer = await intake.take(source, changed, {
        ...{ key: keyOfStep(id, step), kind: 'asked', mode: 'partial', dryRun: false, bodyHash, by: round.by, held },
        ...(step.change?.note && { reason: step.change.note }),
      });
      if (answer.refused === 0) return;
      const refused = refusedIn(changed, answer);
      logger.warn({ round: id, count: answer.refused, refused }, 'some numbers of a round are no figures');
    } catch (err) {
      if (!isForGood(err)) throw err;
      logger.error({ err, round: id, entry: step.seq }, 'numbers of a round could not become figures');
    }
  }
}

/** A round whose numbers are taken. */
interface Taking {
  readonly id: string;
  readonly whole: WholeRound;
  readonly source: FigureSource;
  readonly number: { readonly indicator: string; readonly scale: number };
}

const refusedIn = (rows: readonly FigureRow[], { errors }: BatchAnswer) =>
  errors.map(({ row, reason, value }) => ({ unit: rows[row - 1]?.unit, reason, value }));
