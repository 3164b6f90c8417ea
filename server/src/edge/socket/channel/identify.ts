import { identityOf } from '../../../domain/briefing/identity.ts';
import type { Caller, SessionProof } from '../../../domain/organisation/Sessions.ts';
import type { Briefing } from '../../../protocol/briefing.ts';
import { channelAuthSchema } from '../../../protocol/channel.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { Seat } from '../../../protocol/floor.ts';
import { readCookies } from '../../http/cookies.ts';
import { sessionProof } from '../../sessionProof.ts';
import type { Connection } from './types.ts';

export interface Admission {
  /** CL8: nobody is let in at this moment. */
  readonly isFenced: () => boolean;
  /** Whether the page is served by TLS, which decides the names of its cookies. */
  readonly secure: boolean;
  /** @throws DomainError `unauthenticated`, `store-unavailable` */
  readonly authenticate: (proof: SessionProof | undefined) => Promise<Caller>;
  /**
   * The same, of somebody who proved their session when the connection was made. @throws DomainError `unauthenticated`,
   * `store-unavailable`
   */
  readonly renew: (caller: Caller) => Promise<Caller>;
  /**
   * May this device be in the briefing? @throws DomainError `not-found`, `outside-territory`, `not-live`,
   * `briefing-closed`, `forbidden`
   */
  readonly admit: (caller: Caller, briefing: string) => Promise<Briefing>;
}

/** Who is at the other end of a new connection, and whether they may be there: asked anew at each reconnect. */
export async function identify(
  auth: unknown,
  cookieHeader: string | undefined,
  admission: Admission,
): Promise<Omit<Connection, 'address' | 'join'>> {
  if (admission.isFenced()) throw refuse('store-unavailable', 'this node was stopped, and catches up; connect again');
  const parsed = channelAuthSchema.safeParse(auth);
  if (!parsed.success) throw refuse('bad-request', 'the connection does not say session, briefing and identity');
  const { session, token, briefing: id, identity, equipment } = parsed.data;
  const jar = readCookies(cookieHeader, admission.secure);
  const proof = sessionProof({ session, token, cookie: (name) => jar.get(name) });
  const caller = await admission.authenticate(proof);
  if (identity !== identityOf(caller)) throw refuse('forbidden', 'this identity belongs to another device');
  const first = await admission.admit(caller, id);
  return { caller, briefing: id, seat: { ...seatOf(caller), ...(equipment && { equipment }) }, first };
}

export const seatOf = (caller: Caller): Seat => {
  const { account, person } = caller;
  const { id, name, role, unit } = account;
  return { identity: identityOf(caller), account: id, unit: unit.code, path: unit.path, name, role, person };
};
