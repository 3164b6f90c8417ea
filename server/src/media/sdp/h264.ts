import type { OfferedCodec } from './codecs.ts';

/** Levels 1 to 5.2 of H.264, table A-1, as `level_idc`; the SFU refuses a codec of any other. */
const levels: ReadonlySet<number> = new Set([10, 11, 12, 13, 20, 21, 22, 30, 31, 32, 40, 41, 42, 50, 51, 52]);

/**
 * How well a form of H.264 suits viewers, 0 the best; undefined when it can't be taken. Every viewer is told
 * constrained baseline in packetization mode 1, the one form that all clients decode. Mode 0 is a subset of mode 1
 * (RFC 6184, 6.2 and 6.3), and baseline differs from constrained baseline by tools that no encoder of a call uses; so
 * they are taken where nothing better is offered. Main and high are not: their pictures would stay black in some
 * clients without a word.
 */
export function h264Rank({ fmtp }: OfferedCodec): number | undefined {
  const text = fmtp.get('profile-level-id');
  if (text === undefined || !/^[0-9a-f]{6}$/i.test(text)) return undefined;
  const [profile = 0, flags = 0, level = 0] = Buffer.from(text, 'hex');
  if (!levels.has(level)) return undefined;
  const mode = fmtp.get('packetization-mode') ?? '0';
  if (mode !== '0' && mode !== '1') return undefined;
  const byMode = mode === '1' ? 0 : 1;
  if (isConstrainedBaseline(profile, flags)) return byMode;
  return profile === 0x42 && (flags & 0x0f) === 0 ? 2 + byMode : undefined;
}

/** RFC 6184, table 5: three profiles with constraint flags mean constrained baseline. */
const isConstrainedBaseline = (profile: number, flags: number): boolean =>
  (profile === 0x42 && (flags & 0x4f) === 0x40) ||
  (profile === 0x4d && (flags & 0x8f) === 0x80) ||
  (profile === 0x58 && (flags & 0xcf) === 0xc0);

/** What the SFU is told, and viewers after it; the level stays the publisher's own. */
export function h264Parameters({ fmtp }: OfferedCodec): Record<string, string | number> {
  const level = fmtp.get('profile-level-id')?.slice(4).toLowerCase() ?? '1f';
  return {
    ...(fmtp.get('level-asymmetry-allowed') === '1' ? { 'level-asymmetry-allowed': 1 } : {}),
    'packetization-mode': 1,
    'profile-level-id': `42e0${level}`,
  };
}
