import { randomUUID } from 'node:crypto';
import type { RoundMoment } from '../../src/domain/rollcall/ending.ts';
import type { EntryRecord } from '../../src/domain/rollcall/entryRules.ts';
import type { Opening } from '../../src/domain/rollcall/opening.ts';
import type { AskedUnit, EntryOutcome, NewRound, RoundStore } from '../../src/domain/rollcall/ports.ts';
import { notBefore, type RoundFacts, stateAt } from '../../src/domain/rollcall/roundRules.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { JsonText } from '../../src/lib/JsonText.ts';
import type { BriefingState } from '../../src/protocol/briefing.ts';
import { refuse } from '../../src/protocol/errors.ts';
import type { Receipt } from '../../src/protocol/record.ts';

interface Kept {
  round: RoundFacts;
  readonly key: string;
  readonly units: readonly AskedUnit[];
  readonly entries: EntryRecord[];
  /** When each of them was written. */
  readonly writtenAt: Date[];
  readonly acts: Set<string>;
}

interface Ground {
  readonly clock: Clock;
  readonly stateOf: (briefing: string) => BriefingState | undefined;
  readonly expected: (briefing: string) => readonly AskedUnit[];
}

/** The contract of the rounds' store in memory, without seals: for a world that has no PostgreSQL. */
export class MemoryRounds implements RoundStore {
  readonly #ground: Ground;
  readonly #rounds = new Map<string, Kept>();

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  async open(...[wanted, decide, former]: Parameters<RoundStore['open']>): ReturnType<RoundStore['open']> {
    const { briefing, key } = wanted;
    const all = this.of(briefing);
    const known = all.find((kept) => kept.key === key);
    if (known) return { opened: whole(known), first: false, closed: undefined };
    if (former) throw new Error('no round is asked again in memory');
    const units = this.#ground.expected(briefing);
    const source = { from: 'briefing', units, vouched: true } as const;
    const opening = decide({ now: this.#now, briefing: this.#state(briefing), lastNr: all.length, source });
    const kept = {
      key,
      units: opening.units,
      entries: [],
      writtenAt: [],
      acts: new Set<string>(),
      round: roundOf(wanted, opening),
    };
    this.#rounds.set(kept.round.id, kept);
    return { opened: whole(kept), first: true, closed: undefined };
  }

  async extend(...[id, key, , decide]: Parameters<RoundStore['extend']>): ReturnType<RoundStore['extend']> {
    const kept = this.#demand(id);
    const moment = this.#moment(kept);
    if (!kept.acts.has(key)) {
      kept.round = { ...kept.round, ...decide(moment), version: kept.round.version + 1, dueAt: undefined };
      kept.acts.add(key);
    }
    return { round: kept.round, now: moment.now };
  }

  async reach(...[id, decide]: Parameters<RoundStore['reach']>): ReturnType<RoundStore['reach']> {
    const kept = this.#demand(id);
    const moment = this.#moment(kept);
    const dueAt = new Date(Math.max(moment.now.getTime(), kept.round.deadline.getTime()));
    if (decide(moment)) kept.round = { ...kept.round, dueAt };
    return { round: kept.round, now: moment.now };
  }

  async close(...[id, by, decide]: Parameters<RoundStore['close']>): Promise<RoundFacts> {
    const kept = this.#demand(id);
    const moment = this.#moment(kept);
    if ((by && kept.acts.has(by.key)) || !decide(moment)) return kept.round;
    kept.round = { ...kept.round, closedAt: notBefore(kept.round, moment.now), version: kept.round.version + 1 };
    if (by) kept.acts.add(by.key);
    return kept.round;
  }

  async enter(...[briefing, asks, decide]: Parameters<RoundStore['enter']>): Promise<readonly EntryOutcome[]> {
    const named = this.of(briefing).filter(({ round }) => asks.some((ask) => ask.round === round.id));
    const { decisions, fresh } = decide({
      ...{ now: this.#now, briefing: this.#state(briefing) },
      rounds: new Map(named.map(({ round, entries }) => [round.id, { round, seq: entries.length }])),
      standing: named.flatMap(({ entries }) => entries),
    });
    for (const { record } of fresh) {
      const kept = this.#demand(record.round);
      kept.entries.push(record);
      kept.writtenAt.push(this.#now);
    }
    return decisions.map((decision) =>
      'error' in decision ? decision : { ...decision, receipt: receiptOf(decision.record) },
    );
  }

  async unwritable(asks: readonly unknown[]): Promise<readonly unknown[]> {
    return asks.map(() => undefined);
  }

  async load(id: string) {
    const kept = this.#rounds.get(id);
    return kept && whole(kept);
  }

  async look(id: string) {
    const kept = this.#rounds.get(id);
    return kept && { round: kept.round, now: this.#now };
  }

  async entriesSince(id: string, seq: number): Promise<readonly EntryRecord[]> {
    return this.#demand(id).entries.slice(seq);
  }

  async marks(): ReturnType<RoundStore['marks']> {
    const running = [...this.#rounds.values()].filter(({ round }) => this.#state(round.briefing) !== 'closed');
    const marks = running.map(({ round: { id, briefing, version, dueAt }, entries }) => {
      return { round: id, briefing, version, seq: entries.length, due: dueAt !== undefined };
    });
    return { marks, now: this.#now };
  }

  async overdue(): Promise<readonly string[]> {
    const open = [...this.#rounds.values()].filter(({ round }) => round.closedAt === null);
    return open
      .filter(({ round }) => this.#state(round.briefing) === 'closed' || stateAt(round, this.#now) === 'closed')
      .map(({ round }) => round.id);
  }

  get(id: string): Readonly<Kept> | undefined {
    return this.#rounds.get(id);
  }

  /** Oldest first. */
  of(briefing: string): readonly Readonly<Kept>[] {
    return [...this.#rounds.values()].filter(({ round }) => round.briefing === briefing);
  }

  get #now(): Date {
    return this.#ground.clock.now();
  }

  #state(briefing: string): BriefingState {
    const state = this.#ground.stateOf(briefing);
    if (!state) throw refuse('not-found', 'there is no such briefing');
    return state;
  }

  #demand(id: string): Kept {
    const kept = this.#rounds.get(id);
    if (!kept) throw refuse('not-found', 'there is no such round');
    return kept;
  }

  #moment({ round }: Kept): RoundMoment {
    return { now: this.#now, briefing: this.#state(round.briefing), round };
  }
}

const whole = ({ round, units, entries }: Kept) => ({ round, units, entries: [...entries] });

function roundOf(wanted: NewRound, opening: Opening): RoundFacts {
  const { briefing, question, scope, repromptSeconds, answerers, proof, challenge, by } = wanted;
  const { nr, openedAt, deadline, lateUntil, units, quorum } = opening;
  return {
    ...{ id: randomUUID(), briefing, nr, question, scope, expected: units.length, openedAt, deadline, lateUntil },
    ...{ closedAt: null, repromptSeconds, answerers, proof, challenge, quorum, reopens: null, by: by.name, version: 1 },
  };
}

/** Nobody checks it in memory: what counts is that there is one, and of what. */
const receiptOf = (record: EntryRecord) => JsonText.of({ record }) as unknown as JsonText<Receipt>;
