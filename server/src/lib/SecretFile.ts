import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { StartRefusal } from './StartRefusal.ts';

const fileSchema = z.record(z.string(), z.string());

/** Secrets that this installation made for itself and must find again at the next start; readable by its owner only. */
export class SecretFile {
  readonly #file: string;
  readonly #secrets: Map<string, string>;
  #changed = false;

  private constructor(file: string, secrets: Map<string, string>) {
    this.#file = file;
    this.#secrets = secrets;
  }

  /** @throws Error when there is a file that is not one of ours: better stop than lose keys */
  static async open(file: string): Promise<SecretFile> {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '{}';
      throw error;
    });
    try {
      return new SecretFile(file, new Map(Object.entries(fileSchema.parse(JSON.parse(text)))));
    } catch (error) {
      throw new StartRefusal(`${file} is damaged: restore it, or remove it to make new secrets`, { cause: error });
    }
  }

  get(name: string): string | undefined {
    return this.#secrets.get(name);
  }

  names(): readonly string[] {
    return [...this.#secrets.keys()];
  }

  set(name: string, secret: string): void {
    this.#secrets.set(name, secret);
    this.#changed = true;
  }

  /** Whole or not at all. */
  async save(): Promise<void> {
    if (!this.#changed) return;
    await mkdir(dirname(this.#file), { recursive: true });
    const draft = `${this.#file}.new`;
    await writeFile(draft, `${JSON.stringify(Object.fromEntries(this.#secrets), null, 2)}\n`, { mode: 0o600 });
    await rename(draft, this.#file);
    this.#changed = false;
  }
}
