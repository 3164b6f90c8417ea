import { PgContacts } from '../../../src/store/postgres/organisation/PgContacts.ts';
import type { OfficialWorld } from './OfficialWorld.ts';

/** Somebody says whom to ring. */
export async function actOnPeople({ postgres, moderator }: OfficialWorld): Promise<void> {
  await new PgContacts(postgres).change('10001', { account: moderator.id }, () => ({
    telephone: '0000 111',
    people: [],
  }));
}
