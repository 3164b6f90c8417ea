import { AskedRecorder } from '../domain/figure/asked/AskedRecorder.ts';
import type { FigureIntake } from '../domain/figure/FigureIntake.ts';
import type { LiveFigures } from '../domain/figure/LiveFigures.ts';
import type { LiveRounds } from '../domain/rollcall/LiveRounds.ts';
import { CATCH_UP_EVERY_MS } from '../domain/shared/CatchUp.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgAskedNumbers } from '../store/postgres/figure/PgAskedNumbers.ts';
import { PgFigureDefinitions } from '../store/postgres/figure/PgFigureDefinitions.ts';
import { PgRounds } from '../store/postgres/rollcall/PgRounds.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

interface Needs {
  readonly postgres: Postgres;
  readonly rounds: LiveRounds;
  readonly figures: { readonly live: LiveFigures; readonly intake: FigureIntake };
}

/** What a roll-call has asked for becomes figures when its round is over (FG60). */
export function composeAsked({ logger }: Base, { postgres, rounds, figures: { live, intake } }: Needs): Part {
  const recorder = new AskedRecorder({
    store: new PgAskedNumbers(postgres),
    rounds: new PgRounds(postgres),
    definitions: new PgFigureDefinitions(postgres),
    intake,
    committed: (n) => live.committed(n),
    now: () => live.now(),
    logger,
  });
  const look = () => {
    recorder.look().catch((err) => logger.warn({ err }, 'numbers of rounds wait; the sweep takes them in'));
  };
  rounds.on('committed', ({ round }) => {
    const facts = rounds.get(round)?.round;
    if (facts?.number && facts.closedAt !== null) look();
  });
  return {
    name: 'asked',
    sweeps: [{ name: 'asked numbers', everyMs: CATCH_UP_EVERY_MS, run: () => recorder.look() }],
  };
}
