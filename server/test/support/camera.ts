import { type NativeTrack, rtpPacket, vp8 } from './NativePeer.ts';

/** Sends one packet of a 25 fps picture or of 20 ms sound at its pace until stopped; each payload carries its number. */
export function transmit(
  { track, rtpParameters }: NativeTrack,
  options: { audioLevel?: number; size?: number } = {},
): { stop(): void; sent(): number } {
  const codec = rtpParameters.codecs[0];
  const ssrc = rtpParameters.encodings?.[0]?.ssrc;
  if (codec === undefined || ssrc === undefined) throw new Error('a track without codec or ssrc');
  const video = codec.mimeType.startsWith('video/');
  let n = 0;
  const timer = setInterval(
    () => {
      if (!track.isOpen()) return;
      const payload = video ? vp8(n % 25 === 0, options.size ?? 200) : Buffer.alloc(options.size ?? 80, 1);
      payload.writeUInt32BE(n, payload.length - 4);
      track.sendMessageBinary(
        rtpPacket({
          payloadType: codec.payloadType,
          ssrc,
          sequence: n,
          timestamp: n * (video ? 3600 : 960),
          marker: video,
          payload,
          ...(options.audioLevel === undefined ? {} : { audioLevel: options.audioLevel }),
        }),
      );
      n++;
    },
    video ? 40 : 20,
  );
  return { stop: () => clearInterval(timer), sent: () => n };
}
