import type { NewSession, SessionOpening } from '../../src/domain/organisation/ports.ts';
import { hashSecret, newId } from '../../src/domain/organisation/secrets.ts';
import type { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgSessions } from '../../src/store/postgres/organisation/PgSessions.ts';

type Wanted = Pick<NewSession, 'account' | 'device'> & Partial<NewSession>;

/** A device signs in, as far as the store goes. @returns the session's id, and what came of it */
export async function openSession(
  postgres: Postgres,
  wanted: Wanted,
): Promise<{ id: string; opening: SessionOpening }> {
  const id = newId();
  const more = { id, secretHash: hashSecret(id), link: null, lifeSeconds: 60 };
  return { id, opening: await new PgSessions(postgres).create({ ...more, ...wanted }) };
}
