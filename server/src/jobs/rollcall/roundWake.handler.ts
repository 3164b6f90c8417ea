import type { RoundKeeper } from '../../domain/rollcall/RoundKeeper.ts';
import type { JobHandler } from '../Jobs.ts';
import type { roundWake } from './roundWake.ts';

/**
 * The round is due, ends, or asks again if PostgreSQL's clock says so; a job that came early or twice changes nothing.
 */
export const handleRoundWake =
  (keeper: Pick<RoundKeeper, 'look'>): JobHandler<typeof roundWake> =>
  ({ round }) =>
    keeper.look(round);
