import type { SeenIn } from '../domain/figure/stage/StageFrames.ts';
import type { AnswerStore, RefusalStore, RoundActStore, RoundStore } from '../domain/rollcall/ports.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgAnswers } from '../store/postgres/rollcall/PgAnswers.ts';
import { PgRefusals } from '../store/postgres/rollcall/PgRefusals.ts';
import { PgRoundRecord } from '../store/postgres/rollcall/PgRoundRecord.ts';
import { PgRounds } from '../store/postgres/rollcall/PgRounds.ts';

/** Where the roll-call keeps what it does. */
export interface RollcallStores {
  readonly rounds: RoundStore;
  readonly acts: RoundActStore;
  readonly answers: AnswerStore;
  readonly refusals: RefusalStore;
}

/** @param seen FG103: what of figures all have before them */
export const rollcallStores = (postgres: Postgres, seen: SeenIn): RollcallStores => ({
  rounds: new PgRounds(postgres, seen),
  acts: new PgRoundRecord(postgres),
  answers: new PgAnswers(postgres),
  refusals: new PgRefusals(postgres),
});
