import { type BusKeys, MAC_LENGTH } from '../../../src/cluster/bus/BusKeys.ts';

/**
 * The secret of one world: what was signed there is known again, and nothing else. In a world all nodes are one process,
 * so nobody reckons what another has reckoned; that real signatures hold is tried elsewhere.
 */
export class SimKeys {
  readonly marks = ['simulated'];
  /** By signature. */
  readonly #signed = new Map<string, { readonly place: string; readonly text: string }>();

  static create(): BusKeys {
    return new SimKeys() as unknown as BusKeys;
  }

  sign(place: string, text: string): string {
    const signature = String(this.#signed.size).padStart(MAC_LENGTH, '_');
    this.#signed.set(signature, { place, text });
    return signature;
  }

  isSigned(place: string, text: string, signature: string): boolean {
    const signed = this.#signed.get(signature);
    return signed?.place === place && signed.text === text;
  }
}
