import type { Attack } from './attack.ts';
import { bigSdp } from './bigSdp.ts';
import { unfinishedBodies, uploads } from './bodies.ts';
import { idleSockets, slowHeaders, stunByTcp } from './connections.ts';
import { dataChannels } from './dataChannels.ts';
import { nacks, plis } from './feedback.ts';
import { joinsOfMany, joinsOfOne } from './joins.ts';
import { stunByUdp } from './stunByUdp.ts';

/** By the names of the command line, in the order in which they run. */
export const attacks = {
  'slow-headers': slowHeaders,
  'idle-sockets': idleSockets,
  'joins-of-one': joinsOfOne,
  'joins-of-many': joinsOfMany,
  'stun-udp': stunByUdp,
  'stun-tcp': stunByTcp,
  'big-sdp': bigSdp,
  dcep: dataChannels,
  nack: nacks,
  pli: plis,
  upload: uploads,
  'unfinished-body': unfinishedBodies,
} as const satisfies Record<string, Attack>;

export type AttackName = keyof typeof attacks;
