import type { DtlsFingerprint, DtlsRole, RemoteDtls } from '../sfu/types.ts';
import { type Attributes, all, first } from './document.ts';
import { SdpError } from './types.ts';

/** What a description says of its side of DTLS. Without a role, the other side chooses, or both keep what they have. */
export interface DtlsClaim {
  readonly fingerprints: readonly DtlsFingerprint[];
  readonly role: DtlsRole | undefined;
}

/** Digest lengths in bytes of the hash functions that DTLS implementations still offer. */
const digests: ReadonlyMap<string, number> = new Map([
  ['sha-1', 20],
  ['sha-224', 28],
  ['sha-256', 32],
  ['sha-384', 48],
  ['sha-512', 64],
]);

/** The fingerprints of the first place that has any. */
export function readFingerprints(places: readonly Attributes[]): DtlsFingerprint[] {
  for (const attributes of places) {
    const fingerprints = all(attributes, 'fingerprint').slice(0, digests.size).flatMap(readFingerprint);
    if (fingerprints.length > 0) return fingerprints;
  }
  throw new SdpError('no usable DTLS fingerprint');
}

function readFingerprint(text: string): DtlsFingerprint[] {
  const [name = '', value = ''] = text.trim().split(' ');
  const algorithm = name.toLowerCase();
  const bytes = value.split(':');
  if (digests.get(algorithm) !== bytes.length || !bytes.every((byte) => /^[0-9a-f]{2}$/i.test(byte))) return [];
  return [{ algorithm: algorithm as DtlsFingerprint['algorithm'], value: value.toUpperCase() }];
}

/**
 * `active` and `passive` name a role; `actpass`, no word at all and words of other protocols leave it open, in answers
 * too, as the reference server takes them.
 */
export function readRole(places: readonly Attributes[]): DtlsRole | undefined {
  const setup = places.map((attributes) => first(attributes, 'setup')).find((value) => value !== undefined);
  if (setup === 'active') return 'client';
  return setup === 'passive' ? 'server' : undefined;
}

/**
 * The client's side of DTLS after this description. Where it leaves the choice it is the DTLS client, which saves it
 * from waiting for us.
 * @throws SdpError when it is not what it was: RFC 8842, section 4, calls that a new association, which a living transport
 *   can't begin.
 */
export function settleDtls(before: RemoteDtls | undefined, { fingerprints, role }: DtlsClaim): RemoteDtls {
  if (before === undefined) return { fingerprints, role: role ?? 'client' };
  if (role !== undefined && role !== before.role) throw new SdpError('the DTLS role changed');
  const known = new Set(before.fingerprints.map(({ value }) => value));
  if (!fingerprints.some(({ value }) => known.has(value))) throw new SdpError('the DTLS fingerprint changed');
  return before;
}
