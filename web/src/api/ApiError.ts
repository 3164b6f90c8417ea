import { type JoinTurn, problemSchema, type Reason } from '@dieu-hanh/server/protocol';

/** The server refused, with a reason of the contract; or it could not be reached. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly reason: Reason | 'network';
  /** When asking again makes sense, if the server said so. */
  readonly retryAfterSeconds: number | undefined;
  /** PL16: the turn that this device was given. */
  readonly turn: Turn | undefined;
  /** FG200: in English, what the message does not say in the language of the page. */
  readonly detail: string | undefined;
  constructor(reason: Reason | 'network', message: string, retryAfterSeconds?: number, turn?: Turn, detail?: string) {
    super(message);
    this.detail = detail;
    this.reason = reason;
    this.retryAfterSeconds = retryAfterSeconds;
    this.turn = turn;
  }
}

/** When this device goes in. */
export interface Turn extends JoinTurn {
  /** The same by the clock of this machine, ms. */
  readonly until: number;
}

/** Reads a problem from an answer's body or a socket's acknowledgement. */
export function toApiError(body: unknown, fallback: string): ApiError {
  const parsed = problemSchema.safeParse(body);
  if (!parsed.success) return new ApiError('internal', fallback);
  const { reason, message, detail, retryAfterSeconds, place } = parsed.data.error;
  const turn = place && { ...place, until: Date.now() + 1000 * (retryAfterSeconds ?? 0) };
  return new ApiError(reason, message, retryAfterSeconds, turn, detail);
}

/** Nobody is signed in by this session any more: it is over, or its unit is. Whoever signs in again is the same person. */
export const isSignedOut = (error: unknown): boolean =>
  error instanceof ApiError && (error.reason === 'unauthenticated' || error.reason === 'unit-ended');

const passing: ReadonlySet<string> = new Set([
  'network',
  'node-full',
  'draining',
  'node-cut-off',
  'store-unavailable',
  'record-unwritable',
  'internal',
  'too-slow',
  'rate-limited',
  'busy',
]);
/** Whether asking again later may help. */
export const isPassing = (error: unknown): boolean => !(error instanceof ApiError) || passing.has(error.reason);
