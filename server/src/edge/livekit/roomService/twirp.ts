import { DomainError, type Reason } from '../../../protocol/errors.ts';

/** Twirp's error codes that this service uses, with their HTTP status. */
export const twirpStatus = {
  malformed: 400,
  invalid_argument: 400,
  unauthenticated: 401,
  permission_denied: 403,
  not_found: 404,
  bad_route: 404,
  deadline_exceeded: 408,
  already_exists: 409,
  failed_precondition: 412,
  resource_exhausted: 429,
  internal: 500,
  unimplemented: 501,
  unavailable: 503,
} as const;
export type TwirpCode = keyof typeof twirpStatus;

/** A refusal in Twirp's words. */
export class TwirpRefusal extends Error {
  override readonly name = 'TwirpRefusal';
  readonly code: TwirpCode;
  readonly meta: Readonly<Record<string, string>>;
  constructor(code: TwirpCode, message: string, meta: Readonly<Record<string, string>> = {}) {
    super(message);
    this.code = code;
    this.meta = meta;
  }
}

export const refused = (code: TwirpCode, message: string, meta?: Record<string, string>): TwirpRefusal =>
  new TwirpRefusal(code, message, meta);

/** How refusals of the rest of the server are said in Twirp. */
export const twirpCodes: Readonly<Record<Reason, TwirpCode>> = {
  'bad-request': 'invalid_argument',
  unauthenticated: 'unauthenticated',
  'link-unknown': 'unauthenticated',
  'link-used': 'unauthenticated',
  'link-revoked': 'unauthenticated',
  'link-over': 'unauthenticated',
  'code-unknown': 'unauthenticated',
  'code-used': 'unauthenticated',
  'code-early': 'unauthenticated',
  'code-over': 'unauthenticated',
  'unit-ended': 'unauthenticated',
  'wrong-credentials': 'unauthenticated',
  'weak-password': 'invalid_argument',
  'name-reserved': 'invalid_argument',
  forbidden: 'permission_denied',
  'outside-territory': 'permission_denied',
  'foreign-origin': 'permission_denied',
  'not-found': 'not_found',
  conflict: 'failed_precondition',
  'not-live': 'failed_precondition',
  'briefing-closed': 'failed_precondition',
  rehearsal: 'failed_precondition',
  'not-connected': 'not_found',
  'hand-away': 'failed_precondition',
  busy: 'failed_precondition',
  'too-late': 'failed_precondition',
  'wrong-proof': 'failed_precondition',
  'too-many-tries': 'resource_exhausted',
  'rate-limited': 'resource_exhausted',
  'too-large': 'resource_exhausted',
  'too-slow': 'deadline_exceeded',
  unsupported: 'malformed',
  'does-not-fit': 'failed_precondition',
  'node-full': 'unavailable',
  draining: 'unavailable',
  'node-cut-off': 'unavailable',
  'store-unavailable': 'unavailable',
  'record-unwritable': 'unavailable',
  internal: 'internal',
};

/** Whatever went wrong, as a refusal. */
export function refusalOf(error: unknown): TwirpRefusal {
  if (error instanceof TwirpRefusal) return error;
  if (error instanceof DomainError) return refused(twirpCodes[error.reason], error.message);
  return refused('internal', 'internal error');
}
