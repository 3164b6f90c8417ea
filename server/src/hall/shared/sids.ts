import { randomInt } from 'node:crypto';

/** Without letters that look alike; LiveKit's SDKs only look at the prefix. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** A LiveKit sid: room `RM_`, participant `PA_`, track `TR_` and twelve random characters. */
export function newSid(prefix: 'RM' | 'PA' | 'TR'): string {
  let tail = '';
  for (let i = 0; i < 12; i++) tail += alphabet[randomInt(alphabet.length)];
  return `${prefix}_${tail}`;
}
