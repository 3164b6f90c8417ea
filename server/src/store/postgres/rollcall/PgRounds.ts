import type { SeenIn } from '../../../domain/figure/stage/StageFrames.ts';
import type { RoundMoment } from '../../../domain/rollcall/ending.ts';
import type { EntryRecord } from '../../../domain/rollcall/entryRules.ts';
import type { EntryOutcome, RoundMark, RoundStore, SeenRound, WholeRound } from '../../../domain/rollcall/ports.ts';
import { notBefore, type RoundFacts } from '../../../domain/rollcall/roundRules.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { readClock } from '../base/readClock.ts';
import { nothingSeen } from '../figure/noteSeen.ts';
import { type Batch, chainOfBriefing, sealed } from '../record/sealed.ts';
import { closeRound } from './closeRound.ts';
import { enterGroup, unwritableEntries } from './enterGroup.ts';
import { openRound } from './openRound.ts';
import { holdBriefing, readEntries, readRounds, readWhole } from './roundRows.ts';

/** Rounds in PostgreSQL: whoever writes holds the chain of the briefing, so that acts and answers see each other. */
export class PgRounds implements RoundStore {
  readonly #postgres: Postgres;
  readonly #seen: SeenIn;

  constructor(postgres: Postgres, seen = nothingSeen) {
    this.#postgres = postgres;
    this.#seen = seen;
  }

  open(...[wanted, decide, former]: Parameters<RoundStore['open']>): ReturnType<RoundStore['open']> {
    return this.#postgres.transaction((sql) => openRound(sql, wanted, decide, former, this.#seen));
  }

  extend(...[round, key, by, decide]: Parameters<RoundStore['extend']>): Promise<SeenRound> {
    return this.#act(round, async (sql, batch, moment) => {
      const { round: facts } = moment;
      if (await isDone(sql, round, key)) return { round: facts, now: batch.now };
      const { dueAt: _, ...rest } = facts;
      const { deadline, lateUntil } = decide(moment);
      const version = facts.version + 1;
      const moments = { deadline, late_until: lateUntil };
      const officer = { account: by.account, account_name: by.name };
      await batch.insert('round_acts', [
        { round, version, act: 'extend', at: notBefore(facts, batch.now), ...officer, ...moments },
      ]);
      await sql.query('UPDATE round_states SET version = $2, deadline = $3, late_until = $4 WHERE round = $1', [
        ...[round, version, deadline, lateUntil],
      ]);
      await keepKey(sql, round, key, version);
      return { round: { ...rest, version, deadline, lateUntil }, now: batch.now };
    });
  }

  reach(...[round, decide]: Parameters<RoundStore['reach']>): Promise<SeenRound> {
    return this.#act(round, async (_, batch, moment) => {
      if (!decide(moment)) return { round: moment.round, now: batch.now };
      const { version, deadline } = moment.round;
      const dueAt = new Date(Math.max(batch.now.getTime(), deadline.getTime()));
      await batch.insert('round_dues', [{ round, version, at: dueAt }]);
      return { round: { ...moment.round, dueAt }, now: batch.now };
    });
  }

  close(...[round, by, decide]: Parameters<RoundStore['close']>): Promise<RoundFacts> {
    return this.#act(round, async (sql, batch, moment) => {
      if ((by && (await isDone(sql, round, by.key))) || !decide(moment)) return moment.round;
      const closed = await closeRound(sql, batch, moment.round, by);
      if (by) await keepKey(sql, round, by.key, closed.version);
      return closed;
    });
  }

  enter(...[briefing, asks, decide]: Parameters<RoundStore['enter']>): Promise<readonly EntryOutcome[]> {
    return this.#postgres.transaction((sql) => enterGroup(sql, briefing, asks, decide));
  }

  unwritable(asks: Parameters<RoundStore['unwritable']>[0]): Promise<readonly unknown[]> {
    return this.#postgres.transaction((sql) => unwritableEntries(sql, asks));
  }

  async load(id: string): Promise<WholeRound | undefined> {
    const found = (await readRounds(this.#postgres, [id])).get(id);
    return found && readWhole(this.#postgres, found.round);
  }

  async look(id: string): Promise<SeenRound | undefined> {
    const found = (await readRounds(this.#postgres, [id])).get(id);
    return found && { round: found.round, now: await readClock(this.#postgres) };
  }

  entriesSince(round: string, seq: number): Promise<readonly EntryRecord[]> {
    return readEntries(this.#postgres, round, seq);
  }

  async marks(): Promise<{ readonly marks: readonly RoundMark[]; readonly now: Date }> {
    const marks = await this.#postgres.query<RoundMark>(
      `SELECT s.round, s.briefing, s.version, s.seq,
         EXISTS (SELECT FROM round_dues d WHERE (d.round, d.version) = (s.round, s.version)) AS due FROM round_states s JOIN briefings b ON b.id = s.briefing
       WHERE b.state IN ('open', 'live')`,
    );
    return { marks, now: await readClock(this.#postgres) };
  }

  async overdue(): Promise<readonly string[]> {
    const rows = await this.#postgres.query<{ round: string }>(
      `SELECT s.round FROM round_states s JOIN briefings b ON b.id = s.briefing
       WHERE s.closed_at IS NULL AND (s.late_until <= clock_timestamp() OR b.state = 'closed') ORDER BY s.late_until`,
    );
    return rows.map(({ round }) => round);
  }

  /** One act on a round that is there, under the lock of its briefing's chain. */
  async #act<T>(id: string, work: (sql: Sql, batch: Batch, moment: RoundMoment) => Promise<T>): Promise<T> {
    const known = (await readRounds(this.#postgres, [id])).get(id);
    if (!known) throw refuse('not-found', 'there is no such round');
    const { briefing } = known.round;
    return this.#postgres.transaction(async (sql) => {
      const state = await holdBriefing(sql, briefing);
      const { result } = await sealed(sql, chainOfBriefing(briefing), async (batch) => {
        const found = (await readRounds(sql, [id])).get(id);
        if (!found) throw refuse('not-found', 'there is no such round');
        return work(sql, batch, { now: batch.now, briefing: state, round: found.round });
      });
      return result;
    });
  }
}

/** Whether an act on the round was done under that key. */
const isDone = async (sql: Sql, round: string, key: string): Promise<boolean> =>
  (await sql.query('SELECT FROM round_keys WHERE round = $1 AND key = $2', [round, key])).length > 0;

const keepKey = (sql: Sql, round: string, key: string, version: number) =>
  sql.query('INSERT INTO round_keys (round, key, version) VALUES ($1, $2, $3)', [round, key, version]);
