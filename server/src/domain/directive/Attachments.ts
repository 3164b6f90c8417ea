import { createHash } from 'node:crypto';
import type { Attachment } from '../../protocol/directive.ts';
import { DomainError, refuse } from '../../protocol/errors.ts';
import { ATTACHMENT_BYTES } from '../../protocol/limits.ts';
import type { Account } from '../../protocol/organisation.ts';
import { demand } from '../shared/rights.ts';
import { readable } from './access.ts';
import { attachmentName } from './attachmentName.ts';
import { isOfType } from './attachmentTypes.ts';
import { notUploaded } from './issuing.ts';
import { UNUSED_BYTES, UPLOADS_AT_ONCE } from './limits.ts';
import type { AttachmentStore, DirectiveStore, StoredFile } from './ports.ts';

export interface Upload {
  readonly name: string;
  /** As the uploader says. */
  readonly type: string;
  readonly bytes: AsyncIterable<Buffer>;
}

/** Files that directives carry, kept under the hash of their bytes. */
export class Attachments {
  readonly #store: AttachmentStore;
  readonly #directives: Pick<DirectiveStore, 'find' | 'among' | 'reaches'>;
  readonly #mostUnused: number;
  readonly #uploading = new Map<string, number>();

  /** @param mostUnused bytes of one account that no directive has */
  constructor(
    store: AttachmentStore,
    directives: Pick<DirectiveStore, 'find' | 'among' | 'reaches'>,
    mostUnused = UNUSED_BYTES,
  ) {
    this.#store = store;
    this.#directives = directives;
    this.#mostUnused = mostUnused;
  }

  /**
   * DR23, DR24. Reads no further than the limit.
   * @throws DomainError `forbidden`, `bad-request`, `too-large`, `rate-limited`, `store-unavailable`
   */
  async upload(account: Account, file: Upload): Promise<Attachment> {
    demand(account, 'directive.issue');
    const others = this.#uploading.get(account.id) ?? 0;
    if (others >= UPLOADS_AT_ONCE) throw refuse('rate-limited', 'wait until one of your files is up');
    this.#uploading.set(account.id, others + 1);
    try {
      return await this.#keep(account, file);
    } finally {
      const left = (this.#uploading.get(account.id) ?? 1) - 1;
      if (left > 0) this.#uploading.set(account.id, left);
      else this.#uploading.delete(account.id);
    }
  }

  async #keep(account: Account, { name, type, bytes: source }: Upload): Promise<Attachment> {
    const bytes = await collect(source);
    if ((await this.#store.unusedBytes(account.id)) + bytes.length > this.#mostUnused)
      throw refuse('rate-limited', 'too many of your files wait for a directive; after a day they are deleted');
    if (!isOfType(type, bytes))
      throw refuse('bad-request', `this is no file of the type ${type || 'that it should say'}`);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const kept = await this.#store.keep({ sha256, type, bytes, by: account.id });
    return { sha256, name: attachmentName(name, kept), type: kept, size: bytes.length };
  }

  /**
   * DR25: to put a file into a directive gives it to its readers, the issuer among them. So it is for those who uploaded
   * it, or may download it.
   * @throws DomainError `bad-request`, the same as for a file that is not there
   */
  async demandOwn(account: Account, sha256s: readonly string[]): Promise<void> {
    if (sha256s.length === 0) return;
    const uploaded = await this.#store.uploadedBy(account.id, sha256s);
    for (const sha256 of sha256s)
      if (!uploaded.has(sha256) && !(await this.#nameFor(account, sha256))) throw notUploaded(sha256);
  }

  /** DR26. @throws DomainError `not-found`, also for those who may read no directive that has it */
  async download(account: Account, sha256: string): Promise<StoredFile & { readonly name: string }> {
    const name = await this.#nameFor(account, sha256);
    const file = name && (await this.#store.load(sha256));
    if (!file) throw refuse('not-found', 'there is no such attachment for you');
    return { ...file, name };
  }

  /** In the newest directive that has it and that they may read. */
  async #nameFor(account: Account, sha256: string): Promise<string | undefined> {
    for (const { directive, name } of await this.#store.holders(sha256))
      if (await this.#mayRead(account, directive)) return name;
    return undefined;
  }

  async #mayRead(account: Account, directive: string): Promise<boolean> {
    try {
      await readable(this.#directives, account, directive);
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.reason === 'not-found') return false;
      throw error;
    }
  }
}

async function collect(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > ATTACHMENT_BYTES) throw refuse('too-large', `at most ${ATTACHMENT_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
