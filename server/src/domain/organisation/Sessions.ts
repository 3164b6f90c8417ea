import type { Account } from '../../protocol/organisation.ts';

/** Who stands behind a request or a socket, as its session says. */
export interface Caller {
  readonly session: string;
  readonly account: Account;
  /** SHA-256 (base64url) of the device's secret: what links are bound to and LiveKit identities are made of. */
  readonly device: string;
}
