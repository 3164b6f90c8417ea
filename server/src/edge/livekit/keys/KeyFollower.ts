import type { Sender } from '../../../cluster/bus/envelope.ts';
import { changeKeyFile, dropLeftDraft, keysOf, markOfKeys, readKeyFile } from './keyFile.ts';

interface Parts {
  /** Where the keys of this node lie. */
  readonly path: string;
  /** The text of another node's keys. @throws DomainError `store-unavailable` */
  readonly ask: (of: Sender) => Promise<string>;
  /** The file is another one now. */
  readonly taken: () => Promise<void>;
}

/** NJ6: keeps the API keys of a node that has joined another as that one has them. */
export class KeyFollower {
  readonly #o: Parts;
  /** By the name of a node that keeps keys: the mark of what was taken over of it last. */
  readonly #taken = new Map<string, string>();
  #isAsking = false;

  constructor(parts: Parts) {
    this.#o = parts;
  }

  /** What is missed, or fails, is said again. */
  async hear({ mark }: { readonly mark: string }, from: Sender): Promise<void> {
    if (this.#isAsking || this.#taken.get(from.node) === mark) return;
    this.#isAsking = true;
    try {
      const { path, ask, taken } = this.#o;
      const keys = keysOf(await ask(from));
      const own = await readKeyFile(path);
      const isNews = own === undefined || markOfKeys(own) !== markOfKeys(keys);
      if (isNews) {
        // Nobody removes it by hand where nobody changes keys.
        await dropLeftDraft(path);
        await changeKeyFile(path, () => keys);
      }
      this.#taken.set(from.node, markOfKeys(keys));
      if (isNews) await taken();
    } finally {
      this.#isAsking = false;
    }
  }
}
