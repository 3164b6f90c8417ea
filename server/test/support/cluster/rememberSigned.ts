import type { BusKeys } from '../../../src/cluster/bus/BusKeys.ts';

/** As many as are on their way, and more. */
const KEPT = 4_000;

/**
 * What was signed here need not be reckoned again by each who reads it: in a world all nodes are one process, and most of
 * its time went there. Whatever else is said to be signed is looked at by the real keys.
 */
export function rememberSigned(keys: BusKeys): BusKeys {
  const signed = new Map<string, string>();
  return {
    get marks() {
      return keys.marks;
    },
    sign: (place: string, text: string) => {
      const signature = keys.sign(place, text);
      signed.set(signature, `${place}\0${text}`);
      const [oldest] = signed.keys();
      if (signed.size > KEPT && oldest !== undefined) signed.delete(oldest);
      return signature;
    },
    isSigned: (place: string, text: string, signature: string) =>
      signed.get(signature) === `${place}\0${text}` || keys.isSigned(place, text, signature),
  } as unknown as BusKeys;
}
