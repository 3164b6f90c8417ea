import { randomUUID } from 'node:crypto';
import type { BriefingActor } from '../../src/domain/shared/actor.ts';
import type { Role } from '../../src/protocol/organisation.ts';

/** Somebody in a briefing, with one device; `device` makes a second one of the same account. */
export function person(
  briefing: string,
  role: Role,
  path: string,
  account: string = randomUUID(),
  device = 'a',
): BriefingActor {
  const code = path.slice(path.lastIndexOf('.') + 1);
  const name = `${role} of ${code}`;
  return {
    briefing,
    account: { id: account, name, role, unit: { code, path, tier: 'commune', name: `Unit ${code}` } },
    seat: { identity: `${code}.${account.slice(0, 8)}-${device}`, account, unit: code, path, name, role, person: null },
  };
}

export const otherDevice = (actor: BriefingActor): BriefingActor =>
  person(actor.briefing, actor.account.role, actor.account.unit.path, actor.account.id, 'b');
