import { type NativeTrack, rtpPacket, vp8 } from './NativePeer.ts';

/** Sends one packet of a 25 fps picture or of sound (20 ms, or as told) at its pace until stopped; each payload carries its number. */
export function transmit(
  { track, rtpParameters }: NativeTrack,
  options: { audioLevel?: number; size?: number; frameMs?: number } = {},
): { stop(): void; sent(): number } {
  const codec = rtpParameters.codecs[0];
  const ssrc = rtpParameters.encodings?.[0]?.ssrc;
  if (codec === undefined || ssrc === undefined) throw new Error('a track without codec or ssrc');
  const video = codec.mimeType.startsWith('video/');
  const frameMs = video ? 40 : (options.frameMs ?? 20);
  let n = 0;
  const timer = setInterval(() => {
    if (!track.isOpen()) return;
    const payload = video ? vp8(n % 25 === 0, options.size ?? 200) : Buffer.alloc(options.size ?? 80, 1);
    payload.writeUInt32BE(n, payload.length - 4);
    const packet = rtpPacket({
      payloadType: codec.payloadType,
      ssrc,
      sequence: n,
      timestamp: n * frameMs * (video ? 90 : 48),
      marker: video,
      payload,
      ...(options.audioLevel === undefined ? {} : { audioLevel: options.audioLevel }),
    });
    try {
      track.sendMessageBinary(packet);
    } catch (error) {
      // Its connection is closed by a thread of its own, which may do it between the question above and the sending.
      if (!(error as Error).message.includes('Track is closed')) throw error;
      clearInterval(timer);
    }
    n++;
  }, frameMs);
  return { stop: () => clearInterval(timer), sent: () => n };
}
