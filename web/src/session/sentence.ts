import { ApiError } from '../api/ApiError.ts';
import type { ProblemWords } from './words/problem.vi.ts';

/** What a person reads; the message of the server goes to the details for support. */
export function sentence(error: unknown, t: ProblemWords): string {
  if (!(error instanceof ApiError)) return t.reason.internal;
  const { reason, retryAfterSeconds } = error;
  if (reason === 'rate-limited' && retryAfterSeconds !== undefined) return t.wait(retryAfterSeconds);
  return error.reason === 'network' ? t.network : t.reason[error.reason];
}
