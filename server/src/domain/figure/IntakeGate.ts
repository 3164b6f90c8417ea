import { Turns } from '../../lib/Turns.ts';
import { DomainError, type Said, tooOften } from '../../protocol/errors.ts';
import { INTAKE } from './limits.ts';

const ANOTHER: Said = {
  vi: 'Một lô khác của nguồn này đang được nhận',
  en: 'another batch of this source is being taken',
};

/**
 * FG48: what a node takes at once. Each batch that is recorded holds a connection of the store while it waits for the
 * places before it, and sign-in and roll-calls want some too.
 */
export class IntakeGate {
  readonly #sources = new Set<string>();
  readonly #recording = new Turns({ atOnce: INTAKE.recording, waiting: INTAKE.bodies, full });

  /**
   * One batch of a source, from its first byte until its answer.
   * @throws DomainError `rate-limited`: of this source one is on its way; `node-full`: of many others
   */
  async pass<T>(source: string, work: () => Promise<T>): Promise<T> {
    if (this.#sources.has(source)) throw tooOften(ANOTHER, INTAKE.againMs);
    if (this.#sources.size >= INTAKE.bodies) throw full();
    this.#sources.add(source);
    try {
      return await work();
    } finally {
      this.#sources.delete(source);
    }
  }

  /** What holds a connection of the store: a few at once, the others in their order. @throws DomainError `node-full` */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#recording.take(work);
  }
}

const full = () =>
  new DomainError(
    'node-full',
    { vi: 'Hiện có nhiều nguồn cùng gửi', en: 'many sources send at this moment' },
    { retryAfterSeconds: INTAKE.againMs / 1000 },
  );
