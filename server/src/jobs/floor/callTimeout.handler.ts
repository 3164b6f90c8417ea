import type { CallService } from '../../domain/floor/CallService.ts';
import type { JobHandler } from '../Jobs.ts';
import type { callTimeout } from './callTimeout.ts';

/** The call times out if PostgreSQL's clock says so; a job that came early or twice changes nothing. */
export const handleCallTimeout =
  (calls: Pick<CallService, 'timeOut'>): JobHandler<typeof callTimeout> =>
  ({ briefing, call }) =>
    calls.timeOut(briefing, call);
