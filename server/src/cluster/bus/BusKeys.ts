import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto';

const MARK_LENGTH = 12;
/** Bytes of a signature as text: 32 of them in base64url. */
export const MAC_LENGTH = 43;

/**
 * CL1: what nodes know each other by. Each secret of the cluster gives a key for this purpose alone; the first signs, and
 * what any of them has signed is believed, so that a secret can be changed node by node.
 */
export class BusKeys {
  /** Key objects: a key that is bytes is made ready at each signature, which takes three times as long. */
  readonly #keys: readonly KeyObject[];

  private constructor(keys: readonly KeyObject[]) {
    this.#keys = keys;
  }

  /** @param secrets at least one; the first signs */
  static of(secrets: readonly string[]): BusKeys {
    const keyOf = (secret: string) => hkdfSync('sha256', secret, '', 'dieu-hanh bus', 32);
    return new BusKeys(secrets.map((secret) => createSecretKey(Buffer.from(keyOf(secret)))));
  }

  /** @param place where it is said: what was signed for one place proves nothing at another */
  sign(place: string, text: string): string {
    const [key] = this.#keys;
    if (!key) throw new Error('there is no secret of the cluster');
    return mac(key, place, text).toString('base64url');
  }

  /** What tells the keys apart, and says nothing of them; the one that signs comes first. */
  get marks(): readonly string[] {
    return this.#keys.map((key) => mac(key, 'mark', '').toString('base64url').slice(0, MARK_LENGTH));
  }

  isSigned(place: string, text: string, signature: string): boolean {
    const given = Buffer.from(signature, 'base64url');
    return this.#keys.some((key) => {
      const wanted = mac(key, place, text);
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    });
  }
}

const mac = (key: KeyObject, place: string, text: string): Buffer =>
  createHmac('sha256', key).update(`${place}\0${text}`).digest();
