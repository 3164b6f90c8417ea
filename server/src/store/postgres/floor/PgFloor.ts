import type { SeenIn } from '../../../domain/figure/stage/StageFrames.ts';
import { airTimeOf } from '../../../domain/floor/airTime.ts';
import { applyChanges, type FloorChange, type FloorState } from '../../../domain/floor/FloorState.ts';
import type { ActRecord, BriefingFacts, FloorOutcome, FloorStore, Moment } from '../../../domain/floor/ports.ts';
import type { StageRecord } from '../../../domain/floor/stagesShown.ts';
import { TurnsOf } from '../../../lib/TurnsOf.ts';
import type { BriefingState } from '../../../protocol/briefing.ts';
import { MISSED_DAYS } from '../../../protocol/callTimes.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { AirTime, Call } from '../../../protocol/floor.ts';
import { MISSED_SHOWN } from '../../../protocol/limits.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { noteSeen, nothingSeen } from '../figure/noteSeen.ts';
import { readCards } from '../programme/readCards.ts';
import { chainOfBriefing, sealed } from '../record/sealed.ts';
import { type CallRow, readFloor, toCall } from './floorRows.ts';
import { writeChange } from './writeFloor.ts';

/**
 * Acts of a floor that are with PostgreSQL at once: one that has its lock, and the next. Each has a connection while it waits,
 * of which a node has a few; with thousands of hands in a second nobody else would have one.
 */
const AT_ONCE = 2;

/**
 * The floor in PostgreSQL: acts queue up on the row of their briefing in `floors`, so that each sees the one before.
 */
export class PgFloor implements FloorStore {
  readonly #postgres: Postgres;
  readonly #turns = new TurnsOf(AT_ONCE);
  readonly #seen: SeenIn;

  constructor(postgres: Postgres, seen = nothingSeen) {
    this.#postgres = postgres;
    this.#seen = seen;
  }

  change(
    briefing: string,
    record: ActRecord,
    decide: (moment: Moment) => readonly FloorChange[],
    call?: string,
  ): Promise<FloorOutcome> {
    return this.#turns.take(briefing, () => this.#change(briefing, record, decide, call));
  }

  #change(...[briefing, record, decide, call]: Parameters<FloorStore['change']>): Promise<FloorOutcome> {
    return this.#postgres.transaction(async (sql) => {
      const moment = await lock(sql, briefing, call);
      const changes = decide(moment);
      const floor = applyChanges(moment.floor, changes);
      const calls = changes.flatMap((c) => (c.kind === 'call' ? [c.call] : []));
      if (changes.length === 0) return { floor, calls };
      // Calls first: speakers refer to them.
      const ordered = [...changes].sort((a, b) => Number(b.kind === 'call') - Number(a.kind === 'call'));
      for (const change of ordered) await writeChange(sql, briefing, change, moment.now);
      await writeRecord(sql, floor, record, changes, { now: moment.now, seen: this.#seen });
      return { floor, calls };
    });
  }

  async read(briefing: string): Promise<FloorState> {
    return (await readFloor(this.#postgres, briefing, undefined)).floor;
  }

  async airTime(briefing: string): Promise<AirTime> {
    const acts = await this.#postgres.query<{ at: Date; changes: FloorChange[] }>(
      'SELECT at, changes FROM floor_acts WHERE briefing = $1 AND changes @? $2 ORDER BY seq',
      [briefing, OF_AIR],
    );
    return airTimeOf(briefing, acts, await readCards(this.#postgres, briefing));
  }

  async running(): Promise<readonly (BriefingFacts & { readonly seq: number })[]> {
    const rows = await this.#postgres.query<BriefingRow & { seq: string }>(
      `SELECT b.id, b.state, b.stage, b.scope, b.producers, coalesce(f.seq, 0) AS seq
       FROM briefings b LEFT JOIN floors f ON f.briefing = b.id WHERE b.state IN ('open', 'live') ORDER BY b.id`,
    );
    return rows.map((row) => ({ ...facts(row), seq: Number(row.seq) }));
  }

  overdue(): Promise<readonly { readonly briefing: string; readonly call: string }[]> {
    return this.#postgres.query(
      `SELECT briefing, id AS call FROM calls WHERE state = 'ringing' AND deadline <= clock_timestamp() ORDER BY deadline`,
    );
  }

  async stageRecord(briefing: string): Promise<StageRecord | undefined> {
    const [row] = await this.#postgres.query<{ stage: string; scope: string[] }>(
      'SELECT stage, scope FROM briefings WHERE id = $1',
      [briefing],
    );
    if (!row) return undefined;
    // Of ten thousand raised hands nothing is read.
    const acts = await this.#postgres.query<{ at: Date; changes: FloorChange[] }>(
      `SELECT at, changes FROM floor_acts WHERE briefing = $1 AND changes @? $2 ORDER BY seq`,
      [
        briefing,
        '$[*] ? (@.kind == "speaker" || @.kind == "speaker-off" || @.kind == "stage" || @.kind == "main" || @.kind == "gather")',
      ],
    );
    return { root: row.stage, scope: row.scope, acts };
  }

  due(): Promise<readonly { readonly briefing: string; readonly path: string }[]> {
    return this.#postgres.query(
      'SELECT briefing, path FROM floor_gathers WHERE back_at <= clock_timestamp() ORDER BY back_at',
    );
  }

  async calls(briefing: string): Promise<readonly Call[]> {
    const rows = await this.#postgres.query<CallRow>(
      'SELECT * FROM calls WHERE briefing = $1 ORDER BY ringing_at, id',
      [briefing],
    );
    return rows.map(toCall);
  }

  async missed(unit: string): Promise<readonly Call[]> {
    const rows = await this.#postgres.query<CallRow>(
      `SELECT * FROM calls c WHERE unit = $1 AND seen_at IS NULL AND state IN ('not-connected', 'timed-out', 'cancelled')
         AND ringing_at > now() - make_interval(days => $2)
         AND NOT EXISTS (SELECT FROM calls later WHERE later.unit = c.unit AND later.caller_account = c.caller_account
           AND later.id <> c.id AND later.ringing_at >= c.ringing_at AND later.state IN ('accepted', 'ended'))
         ORDER BY ringing_at DESC, id LIMIT $3`,
      [unit, MISSED_DAYS, MISSED_SHOWN],
    );
    return rows.map(toCall);
  }

  async call(id: string): Promise<Call | undefined> {
    const [row] = await this.#postgres.query<CallRow>('SELECT * FROM calls WHERE id = $1', [id]);
    return row && toCall(row);
  }
}

interface BriefingRow {
  id: string;
  state: BriefingState;
  stage: string;
  scope: string[];
  producers: string[];
}
/** Hands and calls are most of the acts, and bring nobody on air. */
const OF_AIR = `$[*] ? (${['speaker', 'speaker-off', 'entered', 'stage', 'stage-off'].map((kind) => `@.kind == "${kind}"`).join(' || ')})`;

const facts = ({ id, state, stage, scope, producers }: BriefingRow): BriefingFacts => {
  return { id, state, stage, scope, producers };
};

const LOCK = `SELECT b.id, b.state, b.stage, b.scope, b.producers FROM briefings b JOIN floors f ON f.briefing = b.id
  WHERE b.id = $1 FOR SHARE OF b FOR UPDATE OF f`;

/** The briefing may not change its state meanwhile, and nobody else acts on this floor until COMMIT. */
async function lock(sql: Sql, briefing: string, call: string | undefined): Promise<Moment> {
  let [row] = await sql.query<BriefingRow>(LOCK, [briefing]);
  if (!row) {
    // The first act of this briefing.
    await sql.query('INSERT INTO floors (briefing) SELECT id FROM briefings WHERE id = $1 ON CONFLICT DO NOTHING', [
      briefing,
    ]);
    [row] = await sql.query<BriefingRow>(LOCK, [briefing]);
  }
  if (!row) throw refuse('not-found', 'there is no such briefing');
  // A statement after the lock sees what was committed before it was given.
  return { ...(await readFloor(sql, briefing, call)), briefing: facts(row) };
}

/** The new `seq` and, sealed, the record of what made it. */
async function writeRecord(
  sql: Sql,
  { briefing, seq }: FloorState,
  record: ActRecord,
  changes: readonly FloorChange[],
  { now, seen }: { readonly now: Date; readonly seen: SeenIn },
): Promise<void> {
  await sql.query('UPDATE floors SET seq = $2 WHERE briefing = $1', [briefing, seq]);
  await sealed(sql, chainOfBriefing(briefing), async (batch) => {
    await batch.insert('floor_acts', [{ briefing, seq, at: now, ...record, changes }]);
    const called = record.act === 'call.start' ? record.call : undefined;
    if (called) await noteSeen(sql, batch, seen(briefing), { act: 'call', subject: called, briefing });
  });
}
