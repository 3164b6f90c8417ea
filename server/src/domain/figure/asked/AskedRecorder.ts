import { createHash } from 'node:crypto';
import type { Logger } from '../../../observability/logger.ts';
import { DomainError, isAway, type Reason } from '../../../protocol/errors.ts';
import type { BatchAnswer, FigureRow } from '../../../protocol/figureBatch.ts';
import type { FigureSource, Indicator } from '../../../protocol/figureDefinition.ts';
import { decimalOf } from '../../../protocol/figureValue.ts';
import { countedNumber, NOTHING, type UnitFacts } from '../../rollcall/entryRules.ts';
import type { RoundStore, WholeRound } from '../../rollcall/ports.ts';
import type { FigureIntake } from '../FigureIntake.ts';
import { ASKED } from '../limits.ts';
import type { FigureBy } from '../ports.ts';
import { type AskedFor, askedCode, askedIndicator, askedSource } from './askedIndicator.ts';

/** A round that is over, and of whose numbers not all are with the figures. */
export interface WaitingRound extends AskedFor {
  readonly round: string;
  /** Its last entry. */
  readonly seq: number;
  /** All up to this entry are with the figures; 0: none. */
  readonly taken: number;
}

export interface AskedStore {
  /** In the order in which they were closed. */
  waiting(): Promise<readonly WaitingRound[]>;
  /** All up to that entry are. */
  taken(round: string, seq: number): Promise<void>;
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

/**
 * FG60: when a round is over, what it has asked for comes in as a batch, by the way that all figures come in; and once more
 * what an official changes afterwards. Each batch has a key that follows from the round and its last entry, so that it is
 * taken once, on whichever node and however often.
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
      const code = askedCode(waiting);
      if (now() < (this.#again.get(code) ?? 0)) continue;
      this.#again.delete(code);
      try {
        await this.#take(waiting);
      } catch (err) {
        if (isAway(err)) throw err;
        if (!(err instanceof DomainError && FOR_GOOD.has(err.reason))) {
          this.#again.set(code, now() + ASKED.againMs);
          logger.error({ err, round }, 'the numbers of a round are no figures yet; it is tried again');
          continue;
        }
        logger.error({ err, round }, 'the numbers of a round could not become figures');
      }
      await store.taken(round, seq);
    }
  }

  /** What was said since it was looked at last: of the others, later rounds may have said something newer. */
  async #take({ round: id, seq, taken }: WaitingRound): Promise<void> {
    const { rounds, definitions, intake, committed, logger } = this.#o;
    const whole = await rounds.load(id);
    const number = whole?.round.number;
    if (!whole || !number) return;
    const { round } = whole;
    const entries = whole.entries.filter((entry) => entry.seq <= seq);
    const by = { account: null, name: round.by };
    const indicator = askedIndicator(number);
    const source = askedSource(number, round.scope);
    const made = [
      number.indicator === null ? await definitions.beginIndicator(indicator, by) : undefined,
      await definitions.widenSource(source, by),
    ];
    for (const n of made) if (n !== undefined) committed(n);
    const { rows, held } = saidIn({ ...whole, entries }, { ...number, indicator: indicator.code });
    // What a key stands for is the round up to that entry, whichever of it is new.
    const bodyHash = createHash('sha256')
      .update(JSON.stringify([rows, [...held]]))
      .digest('hex');
    const fresh = entries.filter((entry) => entry.seq > taken);
    const saidAnew = new Set(fresh.map(({ unit }) => unit));
    const changed = rows.filter(({ unit }) => saidAnew.has(unit)).map((row, i) => ({ ...row, row: i + 1 }));
    if (changed.length === 0) return;
    const why = fresh.findLast(({ kind }) => kind === 'number')?.note;
    const answer = await intake.take(source, changed, {
      ...{ key: keyOf(id, seq), kind: 'asked', mode: 'partial', dryRun: false, bodyHash, by: round.by, held },
      ...(why && { reason: why }),
    });
    if (answer.refused === 0) return;
    const refused = refusedIn(changed, answer);
    logger.warn({ round: id, count: answer.refused, refused }, 'some numbers of a round are no figures');
  }
}

/** What counts of each unit (FG30), and whose is held. */
function saidIn({ round, units, entries }: WholeRound, { indicator, scale }: { indicator: string; scale: number }) {
  const facts = new Map<string, UnitFacts>();
  for (const entry of entries) facts.set(entry.unit, [...(facts.get(entry.unit) ?? NOTHING), entry]);
  const held = new Set<string>();
  const rows: FigureRow[] = [];
  const period = round.openedAt.toISOString();
  for (const { unit } of units) {
    const given = countedNumber(facts.get(unit) ?? NOTHING, round.proof);
    if (!given) continue;
    if (given.held) held.add(unit);
    rows.push({ row: rows.length + 1, indicator, unit, period, value: decimalOf(given.value, scale) });
  }
  return { rows, held };
}

const refusedIn = (rows: readonly FigureRow[], { errors }: BatchAnswer) =>
  errors.map(({ row, reason, value }) => ({ unit: rows[row - 1]?.unit, reason, value }));

/** A UUID by its form. */
function keyOf(round: string, seq: number): string {
  const hash = createHash('sha256').update(`${round}:${seq}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-${hash.slice(12, 16)}-${hash.slice(16, 20)}-${hash.slice(20, 32)}`;
}
