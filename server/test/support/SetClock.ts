import { execFileSync } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SOURCE = join(import.meta.dirname, 'setClock.c');

/** A wall clock that a test sets, for programs that are started with `env`; their monotonic clock is that of the machine. */
export class SetClock {
  readonly env: Readonly<Record<'LD_PRELOAD' | 'SET_CLOCK_FILE', string>>;
  readonly #folder: string;
  readonly #file: number;
  #ms = 0;

  private constructor(folder: string, file: number) {
    this.#folder = folder;
    this.#file = file;
    this.env = { LD_PRELOAD: join(folder, 'setClock.so'), SET_CLOCK_FILE: join(folder, 'offset') };
    this.set(0);
  }

  /** Compiled by the compiler that builds the media worker. */
  static create(): SetClock {
    const folder = mkdtempSync(join(tmpdir(), 'dh-clock-'));
    // The account of the stores reads both.
    chmodSync(folder, 0o755);
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', join(folder, 'setClock.so'), SOURCE, '-ldl']);
    return new SetClock(folder, openSync(join(folder, 'offset'), 'w', 0o644));
  }

  /** @param ms how far it is before that of the machine */
  set(ms: number): void {
    this.#ms = ms;
    const micros = Buffer.alloc(8);
    micros.writeBigInt64LE(BigInt(Math.round(ms * 1000)));
    writeSync(this.#file, micros, 0, 8, 0);
  }

  step(ms: number): void {
    this.set(this.#ms + ms);
  }

  close(): void {
    closeSync(this.#file);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
