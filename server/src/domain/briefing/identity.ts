import { createHash } from 'node:crypto';
import { participantAttributes } from '../../protocol/briefing.ts';
import type { Account } from '../../protocol/organisation.ts';
import type { Person } from '../../protocol/person.ts';

interface DeviceOfAccount {
  readonly account: { readonly id: string; readonly unit: Pick<Account['unit'], 'code'> };
  readonly device: string;
}

/**
 * LiveKit identity of a device of an account: the same after a reload or a new session, another for each device of the
 * unit. It begins with the unit's code, so that logs and LiveKit's own tools can be read.
 */
export function identityOf({ account, device }: DeviceOfAccount): string {
  const digest = createHash('sha256').update(`${account.id}:${device}`).digest('base64url').slice(0, 16);
  return `${account.unit.code}.${digest}`;
}

/** What the room knows of a participant; sight comes from it. It is written at each admission, as things are then. */
export const attributesOf = (account: Account, person: Person | null): Record<string, string> => ({
  [participantAttributes.unit]: account.unit.code,
  [participantAttributes.path]: account.unit.path,
  [participantAttributes.role]: account.role,
  ...(person && { [participantAttributes.person]: person.name, [participantAttributes.title]: person.title }),
});
