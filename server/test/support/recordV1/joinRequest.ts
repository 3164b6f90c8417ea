import { gunzipSync, gzipSync } from 'node:zlib';
import { JoinRequest, WrappedJoinRequest, WrappedJoinRequest_Compression } from '@livekit/protocol';

/** A join request is a URL parameter; unpacked it is never larger than this, bytes. */
const MAX_UNPACKED = 1024 * 1024;

/** base64url, with padding or without: a WrappedJoinRequest, and in it a JoinRequest as it is or compressed. */
export function unwrap(parameter: string): { compression: 'NONE' | 'GZIP'; joinRequest: JoinRequest } {
  const wrapped = WrappedJoinRequest.fromBinary(Buffer.from(parameter, 'base64url'));
  switch (wrapped.compression) {
    case WrappedJoinRequest_Compression.NONE:
      return { compression: 'NONE', joinRequest: JoinRequest.fromBinary(wrapped.joinRequest) };
    case WrappedJoinRequest_Compression.GZIP: {
      const bytes = gunzipSync(wrapped.joinRequest, { maxOutputLength: MAX_UNPACKED });
      return { compression: 'GZIP', joinRequest: JoinRequest.fromBinary(bytes) };
    }
  }
}

/** As livekit-client writes it: compressed, base64url with its padding. */
export function wrap(joinRequest: JoinRequest): string {
  const wrapped = new WrappedJoinRequest({
    compression: WrappedJoinRequest_Compression.GZIP,
    joinRequest: gzipSync(joinRequest.toBinary()),
  });
  return Buffer.from(wrapped.toBinary()).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}
