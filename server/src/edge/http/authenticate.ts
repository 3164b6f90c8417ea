import type { Socket } from 'node:net';
import type { Limiter } from '../../domain/organisation/ports.ts';
import type { Sessions } from '../../domain/organisation/Sessions.ts';
import { sessionHeader } from '../../protocol/session.ts';
import { bearerOf, sessionProof } from '../sessionProof.ts';
import type { MountOptions } from './mount.ts';

/**
 * Recognises the caller, and counts their requests so that one session cannot take the node for itself.
 * @param vouch told by whose account a connection is used
 */
export const authenticator =
  (
    sessions: Sessions,
    requests: Limiter,
    vouch: (connection: Socket, account: string) => void,
  ): MountOptions['authenticate'] =>
  async ({ headers, socket }, cookies) => {
    const session = headers[sessionHeader];
    const proof = sessionProof({
      token: bearerOf(headers.authorization),
      session: typeof session === 'string' ? session : undefined,
      cookie: (name) => cookies.get(name),
    });
    const caller = await sessions.authenticate(proof);
    await requests.consume(caller.session);
    vouch(socket, caller.account.id);
    return caller;
  };
