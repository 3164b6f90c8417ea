import { shortAddress } from '../../lib/shortAddress.ts';
import type { Limiter } from './ports.ts';

export interface CodeLimits {
  /** Wrong codes of one unit. */
  readonly codeUnit: Limiter;
  /** Wrong codes from one block of addresses. */
  readonly codeBlock: Limiter;
}

/** LK8: how many wrong codes are looked at, of a unit and from a block of addresses (/24, /48). */
export class CodeTries {
  readonly #limits: CodeLimits;

  constructor(limits: CodeLimits) {
    this.#limits = limits;
  }

  /**
   * Takes a try before the code is looked at, so that those of the same moment count as well.
   * @returns gives it back to who knows the code
   * @throws DomainError `rate-limited`
   */
  async take(unit: string, address: string): Promise<() => Promise<void>> {
    const { codeUnit, codeBlock } = this.#limits;
    const block = shortAddress(address);
    await codeBlock.consume(block);
    try {
      await codeUnit.consume(unit);
    } catch (error) {
      await codeBlock.giveBack(block);
      throw error;
    }
    return async () => {
      await codeBlock.giveBack(block);
      await codeUnit.giveBack(unit);
    };
  }
}
