import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Attack } from './attack.ts';
import { join, refusal, tokenOfSeat } from './joined.ts';

/** Of the 262,144 bytes that a signal message may have (`limits.messageBytes`). */
const BYTES = 255_000;
/** More are refused at the first look. */
const SECTIONS = 256;
const OFFERS_PER_SECOND = 8;

export const bigSdp: Attack = {
  what: 'a joined client sends the largest offers that are permitted, and joins again when it is put out',
  run: async ({ place, count, over }) => {
    const token = await tokenOfSeat(place, 2);
    const sdp = largestOffer();
    let id = 1;
    while (!over.aborted) {
      const connection = await join(place, token).catch((error: unknown) => count(refusal(error)));
      await wait(1_000 / OFFERS_PER_SECOND);
      if (!connection) continue;
      count('joins let in');
      let ended = false;
      connection.on('closed', (reason) => {
        ended = true;
        if (!over.aborted) count(`put out (${reason.trim()})`);
      });
      connection.listen((message) => message.case === 'answer' && count('offers answered'));
      while (!ended && !over.aborted) {
        connection.send({ case: 'offer', value: { type: 'offer', sdp, id: id++ } });
        count('offers sent');
        count('kB of offers sent', Math.round(sdp.length / 1_000));
        await wait(1_000 / OFFERS_PER_SECOND);
      }
    }
  },
};

/** As a browser writes it, with as many sections as are read, and lines in each as there is room for. */
function largestOffer(): string {
  const fingerprint = [...randomBytes(32)].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':');
  const transport = [
    'c=IN IP4 0.0.0.0',
    'a=ice-ufrag:flood',
    'a=ice-pwd:flood-flood-flood-flood-flood',
    `a=fingerprint:sha-256 ${fingerprint}`,
    'a=setup:actpass',
  ];
  const section = (mid: number, filler: readonly string[] = []): string =>
    [
      'm=video 9 UDP/TLS/RTP/SAVPF 96 97',
      ...transport,
      `a=mid:${mid}`,
      'a=sendonly',
      'a=rtcp-mux',
      `a=msid:- track-${mid}`,
      'a=rtpmap:96 VP8/90000',
      ...['transport-cc', 'nack', 'nack pli', 'ccm fir'].map((kind) => `a=rtcp-fb:96 ${kind}`),
      'a=rtpmap:97 rtx/90000',
      'a=fmtp:97 apt=96',
      `a=ssrc-group:FID ${mid * 2 + 1} ${mid * 2 + 2}`,
      `a=ssrc:${mid * 2 + 1} cname:flood`,
      `a=ssrc:${mid * 2 + 2} cname:flood`,
      ...filler,
      '',
    ].join('\r\n');
  const room = BYTES / SECTIONS - section(SECTIONS).length - ` ${SECTIONS}\r\n`.length;
  const filler = Array.from(
    { length: Math.floor(room / 'a=x-flood:100\r\n'.length) },
    (_, i) => `a=x-flood:${100 + i}`,
  );
  const sections = Array.from({ length: SECTIONS }, (_, mid) => section(mid, filler));
  const group = `a=group:BUNDLE ${sections.map((_, mid) => mid).join(' ')}`;
  return ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', group, ...sections].join('\r\n');
}
