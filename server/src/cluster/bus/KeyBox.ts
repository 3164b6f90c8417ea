import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;

/**
 * CL22, NJ6: what nodes tell each other and Redis may not read: the keys of media between them, and those of programs. Each
 * secret of the cluster gives a key for this purpose alone; the first closes, and what any of them has closed is opened.
 */
export class KeyBox {
  readonly #keys: readonly Buffer[];

  private constructor(keys: readonly Buffer[]) {
    this.#keys = keys;
  }

  /** @param secrets at least one */
  static of(secrets: readonly string[]): KeyBox {
    return new KeyBox(secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'dieu-hanh pipe keys', 32))));
  }

  /** @param place who says it to whom, and about what: at another place it cannot be opened */
  close(place: string, text: string): string {
    const [key] = this.#keys;
    if (!key) throw new Error('there is no secret of the cluster');
    const nonce = randomBytes(NONCE_LENGTH);
    const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(place));
    const closed = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
    return Buffer.concat(closed).toString('base64url');
  }

  /** @throws Error when it was closed for another place, or by another secret, or changed */
  open(place: string, closed: string): string {
    const bytes = Buffer.from(closed, 'base64url');
    for (const key of this.#keys) {
      const cipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_LENGTH), { authTagLength: TAG_LENGTH });
      cipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(-TAG_LENGTH));
      try {
        return cipher.update(bytes.subarray(NONCE_LENGTH, -TAG_LENGTH)).toString('utf8') + cipher.final('utf8');
      } catch {
        // Closed by the other secret, while it is being changed.
      }
    }
    throw new Error('a key of another node cannot be opened with a secret of this cluster');
  }
}
