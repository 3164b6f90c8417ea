import type { SessionProof } from '../domain/organisation/Sessions.ts';
import { sessionCookie, sessionIdSchema } from '../protocol/session.ts';

/**
 * Where a request or a socket may carry its proof: a program's token, or a page's session id with the cookie of that
 * session.
 */
export interface ProofBearer {
  readonly token?: string | undefined;
  readonly session?: string | undefined;
  readonly cookie: (name: string) => string | undefined;
}

const tokenForm = /^([A-Za-z0-9_-]{8,32})\.([A-Za-z0-9_-]{32,64})$/;

/** @returns undefined when there is none, or it has not the form of one */
export function sessionProof({ token, session, cookie }: ProofBearer): SessionProof | undefined {
  if (token !== undefined) {
    const [, id, secret] = tokenForm.exec(token) ?? [];
    return id && secret ? { id, secret } : undefined;
  }
  const id = sessionIdSchema.safeParse(session).data;
  const secret = id && cookie(sessionCookie(id));
  return secret ? { id, secret } : undefined;
}

/** What a program keeps instead of cookies. */
export const bearerToken = ({ id, secret }: SessionProof): string => `${id}.${secret}`;

export const bearerOf = (authorization: string | undefined): string | undefined =>
  authorization === undefined ? undefined : (/^Bearer\s+(\S+)$/i.exec(authorization)?.[1] ?? '');
