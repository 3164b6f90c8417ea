import { SignalConnection } from '../../load/signal.ts';
import { tokenFor } from '../../load/tokens.ts';
import type { Place } from '../protocol.ts';

const GRANT = { canPublish: true, canSubscribe: true };

/** A token of the briefing, by a link of a seat that went over. @param nr which of them */
export function tokenOfSeat({ gone, ...place }: Place, nr: number): Promise<string> {
  return tokenFor({ ...place, links: gone }, '', GRANT, nr);
}

/** A token made with the API key, for a room that is no briefing's. */
export const tokenOfProgram = ({ url, key, secret }: Place, identity: string): Promise<string> =>
  tokenFor({ url, key, secret, room: 'flood' }, identity, GRANT, 0);

/** @throws Error when the server refuses; its `message` names the status */
export const join = (place: Place, token: string): Promise<SignalConnection> =>
  SignalConnection.open({ ...place, token }, '', GRANT);

/** What a refused join is counted as. */
export function refusal(error: unknown): string {
  const [, status] = /server response: (\d{3})/.exec(String(error)) ?? [];
  return status === undefined ? 'joins cut' : `joins answered ${status}`;
}
