import type { Membership } from '../cluster/membership/Membership.ts';
import { Isolation } from '../domain/nodes/Isolation.ts';
import type { Rooms } from '../hall/index.ts';
import type { Sfu } from '../media/sfu/index.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

interface Needs {
  readonly membership: Membership | undefined;
  readonly rooms: Rooms;
  readonly sfu: Sfu;
}

const LOOK_EVERY_MS = 1_000;

/** CL72: a node that others do not reach keeps no speaker. */
export function composeIsolation({ logger }: Base, { membership, rooms, sfu }: Needs): Part {
  const isolation = new Isolation({
    knowsOthers: () => membership === undefined || membership.known !== undefined,
    mayHaveOthers: () => membership?.mayHaveOthers ?? false,
    isUnheard: (forMs) => sfu.pipes.exports.isUnheard(forMs),
    sendAway: () => rooms.sendAwayWhoSends(),
  });
  const look = () => {
    const sent = isolation.look();
    if (sent > 0)
      logger.warn({ sent }, 'neither Redis nor another node is reached: whoever is seen here connects anew');
  };
  return { name: 'isolation', sweeps: [{ name: 'isolation', everyMs: LOOK_EVERY_MS, run: look }] };
}
