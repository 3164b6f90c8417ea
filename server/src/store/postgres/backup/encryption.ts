import { open, readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { Decrypter, Encrypter } from 'age-encryption';

/** First bytes of each file in the age format. */
const MAGIC = 'age-encryption.org/v1';

/**
 * The step that encrypts to public keys (age recipients); 64 KiB are in memory at a time. (AU18)
 * @throws Error that names the recipient which is none
 */
export function encryptedTo(
  recipients: readonly string[],
): (source: AsyncIterable<Buffer>) => AsyncGenerator<Uint8Array> {
  const encrypter = new Encrypter();
  for (const recipient of recipients)
    try {
      encrypter.addRecipient(recipient);
    } catch (error) {
      throw new Error(`${recipient} is no public key of age (age1…)`, { cause: error });
    }
  return async function* encrypt(source) {
    yield* (await encrypter.encrypt(webStream(source))) as unknown as AsyncIterable<Uint8Array>;
  };
}

/** Whether a file is in the age format. */
export async function isEncrypted(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0);
    return buffer.subarray(0, bytesRead).toString() === MAGIC;
  } finally {
    await handle.close();
  }
}

/** Private keys in a file of age's form: one a line, beside comments. @throws Error when there is none */
export async function readIdentities(file: string): Promise<string[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').map((line) => line.trim());
  const identities = lines.filter((line) => line !== '' && !line.startsWith('#'));
  if (identities.length > 0 && identities.every((line) => line.startsWith('AGE-SECRET-KEY-'))) return identities;
  throw new Error(`${file} is no identity file of age: it has lines with AGE-SECRET-KEY-…, and comments`);
}

/** The content of an encrypted stream. @throws Error when it was altered, is cut short, or is for other keys */
export async function* decrypted(source: AsyncIterable<Buffer>, identities: readonly string[]): AsyncGenerator<Buffer> {
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  const content = (await decrypter.decrypt(webStream(source))) as unknown as AsyncIterable<Uint8Array>;
  for await (const chunk of content) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

/** The library speaks web streams. */
const webStream = (source: AsyncIterable<Buffer>) =>
  Readable.toWeb(Readable.from(source)) as ReadableStream<Uint8Array> as globalThis.ReadableStream<
    Uint8Array<ArrayBuffer>
  >;
