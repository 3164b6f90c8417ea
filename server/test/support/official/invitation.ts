import { randomUUID } from 'node:crypto';
import { PgInvitations } from '../../../src/store/postgres/invitation/PgInvitations.ts';
import type { OfficialWorld } from './OfficialWorld.ts';

/** Somebody had links issued to the units of a briefing, to be printed. */
export async function inviteUnits(world: OfficialWorld): Promise<void> {
  const briefing = await world.liveBriefing();
  const by = { account: world.moderator.id, byName: world.moderator.name };
  const whom = { territory: 'vn', links: 'missing', units: 3, issued: 2 } as const;
  await new PgInvitations(world.postgres).record({ id: randomUUID(), briefing, ...whom, ...by });
}
