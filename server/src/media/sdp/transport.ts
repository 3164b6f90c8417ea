import type { TransportDescription } from '../sfu/types.ts';
import { type Attributes, first } from './document.ts';
import { type IceCredentials, SdpError } from './types.ts';

/** The first of the places that has credentials. We only compare them: checks come from the client, with ours. */
export function readIce(places: readonly Attributes[]): IceCredentials {
  for (const attributes of places) {
    const ufrag = first(attributes, 'ice-ufrag');
    const pwd = first(attributes, 'ice-pwd');
    if (ufrag === undefined || pwd === undefined) continue;
    if (ufrag !== '' && pwd !== '') return { ufrag, pwd };
  }
  throw new SdpError('no usable ICE credentials');
}

/** Lines above the first section. The id of `o=` stays the same for the life of a connection, its version grows. */
export function sessionLines(options: {
  id: number;
  version: number;
  transport: TransportDescription;
  bundle: readonly string[];
  extmapAllowMixed: boolean;
}): string[] {
  const { fingerprints } = options.transport;
  const fingerprint = fingerprints.find((f) => f.algorithm === 'sha-256') ?? fingerprints[0];
  if (!fingerprint) throw new SdpError('our transport has no fingerprint');
  return [
    'v=0',
    `o=- ${options.id} ${options.version} IN IP4 0.0.0.0`,
    's=-',
    't=0 0',
    'a=ice-lite',
    ...(options.extmapAllowMixed ? ['a=extmap-allow-mixed'] : []),
    `a=fingerprint:${fingerprint.algorithm} ${fingerprint.value}`,
    'a=msid-semantic: WMS *',
    ...(options.bundle.length > 0 ? [`a=group:BUNDLE ${options.bundle.join(' ')}`] : []),
  ];
}

/** ICE and DTLS lines of an open section; the candidates are told once, in the section that names the bundle. */
export function transportLines(
  transport: TransportDescription,
  setup: 'actpass' | 'active' | 'passive',
  tagged: boolean,
): string[] {
  const candidates = transport.candidates.map((c) => {
    const tcp = c.protocol === 'tcp' ? ` tcptype ${c.tcpType ?? 'passive'}` : '';
    return `a=candidate:${c.foundation} 1 ${c.protocol} ${c.priority} ${c.address} ${c.port} typ ${c.type}${tcp}`;
  });
  return [
    `a=setup:${setup}`,
    `a=ice-ufrag:${transport.iceUfrag}`,
    `a=ice-pwd:${transport.icePwd}`,
    ...(tagged ? [...candidates, 'a=end-of-candidates'] : []),
  ];
}

/** The data channel section, the same in offers and answers. */
export function applicationLines(transport: TransportDescription): string[] {
  return [`a=sctp-port:${transport.sctpPort}`, `a=max-message-size:${transport.maxMessageSize}`];
}

/** Chrome's ids are 63 bits; ours stay below 2^53, so that they are exact. */
export const newSessionId = (): number => Math.floor(Math.random() * 2 ** 52) + 1;

export const joinLines = (lines: readonly string[]): string => `${lines.join('\r\n')}\r\n`;
