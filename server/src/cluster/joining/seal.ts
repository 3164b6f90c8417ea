import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { type ClusterJoinAnswer, type ClusterJoinAsk, JOIN_FORM } from '../../protocol/joining.ts';

const CIPHER = 'aes-256-gcm';
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;

interface Pair {
  readonly key: string;
  readonly own: KeyObject;
}

/** The question of a node that joins, and what opens the answer to it. */
export interface Asking {
  readonly ask: ClusterJoinAsk;
  /** @returns undefined: whoever answered does not know the secret, or was not asked */
  readonly open: (answer: ClusterJoinAnswer) => string | undefined;
}

/**
 * NJ2: a question that tells whoever reads it nothing, and by which a node of this cluster sees that it comes from one
 * who knows its secret. @param secret the one that signs
 */
export function asking(secret: string): Asking {
  const { key, own } = pair();
  return {
    ask: { form: JOIN_FORM, key, proof: proofOf(secret, key).toString('base64url') },
    open: (answer) => {
      const box = boxKey(secret, own, answer.key, key, answer.key);
      return box && opened(box, answer.box);
    },
  };
}

/** NJ2. @returns which of the secrets they know; undefined: none */
export function provenSecret(secrets: readonly string[], ask: ClusterJoinAsk): string | undefined {
  const proof = Buffer.from(ask.proof, 'base64url');
  return secrets.find((one) => {
    const wanted = proofOf(one, ask.key);
    return proof.length === wanted.length && timingSafeEqual(proof, wanted);
  });
}

/**
 * NJ2: closed with a key that both have made just now and that the secret is in, so that neither whoever hears it, nor who
 * is in between, nor who learns the secret later on, can open it. @param secret that they have proven to know
 * @returns undefined: their key is none
 */
export function answering(secret: string, ask: ClusterJoinAsk, text: string): ClusterJoinAnswer | undefined {
  const { key, own } = pair();
  const box = boxKey(secret, own, ask.key, ask.key, key);
  return box && { key, box: closed(box, text) };
}

function pair(): Pair {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  return { key: publicKey.export({ format: 'jwk' }).x ?? '', own: privateKey };
}

const proofOf = (secret: string, key: string): Buffer =>
  createHmac('sha256', derived(secret, 'dieu-hanh join ask')).update(`${JOIN_FORM}\0${key}`).digest();

const derived = (secret: string, purpose: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));

/** @returns undefined: the other key is none, or one with which everybody has the same in common */
function boxKey(secret: string, own: KeyObject, other: string, asked: string, answered: string): Buffer | undefined {
  let common: Buffer;
  try {
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: other }, format: 'jwk' });
    common = diffieHellman({ privateKey: own, publicKey });
  } catch {
    return undefined;
  }
  const salt = derived(secret, 'dieu-hanh join box');
  return Buffer.from(hkdfSync('sha256', common, salt, `${JOIN_FORM} ${asked} ${answered}`, 32));
}

function closed(key: Buffer, text: string): string {
  const nonce = randomBytes(NONCE_LENGTH);
  const cipher = createCipheriv(CIPHER, key, nonce);
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

function opened(key: Buffer, box: string): string | undefined {
  const bytes = Buffer.from(box, 'base64url');
  if (bytes.length < NONCE_LENGTH + TAG_LENGTH) return undefined;
  const cipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_LENGTH), { authTagLength: TAG_LENGTH });
  cipher.setAuthTag(bytes.subarray(-TAG_LENGTH));
  try {
    return cipher.update(bytes.subarray(NONCE_LENGTH, -TAG_LENGTH)).toString('utf8') + cipher.final('utf8');
  } catch {
    return undefined;
  }
}
