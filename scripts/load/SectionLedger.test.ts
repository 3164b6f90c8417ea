import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SectionLedger } from './SectionLedger.ts';

const session = ['v=0', 'a=group:BUNDLE GROUP', 'a=fingerprint:sha-256 AA'];
const audio = (mid: number, ssrc: number): string[] => [
  'm=audio 9 UDP/TLS/RTP/SAVPF 100',
  'c=IN IP4 0.0.0.0',
  `a=mid:${mid}`,
  'a=ice-ufrag:server',
  'a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid',
  'a=extmap-allow-mixed',
  'a=rtpmap:100 opus/48000/2',
  'a=sendonly',
  `a=ssrc:${ssrc} cname:x`,
];
const data = ['m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'a=mid:d'];
const sdp = (group: string, ...sections: string[][]): string =>
  `${[...session, ...sections.flat()].join('\r\n').replace('GROUP', group)}\r\n`;
const closed = (mid: number): string[] => ['m=audio 0 UDP/TLS/RTP/SAVPF 100', `a=mid:${mid}`, 'a=inactive'];

test('the library is shown one section for a kind, with the streams of all that ever were', () => {
  const ledger = new SectionLedger();
  ledger.forLibrary(sdp('d 0 1', data, audio(0, 10), audio(1, 11)));
  const shown = ledger.forLibrary(sdp('d 1 2', data, closed(0), audio(1, 11), audio(2, 12)));
  assert.deepEqual(shown.match(/^m=.*/gm), [data[0], 'm=audio 9 UDP/TLS/RTP/SAVPF 100']);
  assert.deepEqual(shown.match(/^a=ssrc:\d+/gm), ['a=ssrc:10', 'a=ssrc:11', 'a=ssrc:12']);
  assert.ok(shown.includes('a=group:BUNDLE d 0\r\n'));
});

test('the server is answered its sections in its order, all that is offered taken, and nothing sent', () => {
  const offer = sdp('d 1 2', data, closed(0), audio(1, 11), audio(2, 12));
  const ledger = new SectionLedger();
  ledger.forLibrary(offer);
  const mine = ['m=audio 4000 UDP/TLS/RTP/SAVPF 100', 'c=IN IP4 127.0.0.1', 'a=mid:1', 'a=recvonly', 'a=ice-ufrag:me'];
  const answer = ledger.forServer(offer, sdp('d 1', data, mine));
  assert.ok(answer.includes('a=group:BUNDLE d 1 2\r\n'));
  assert.deepEqual(answer.match(/^a=mid:.*/gm), ['a=mid:d', 'a=mid:0', 'a=mid:1', 'a=mid:2']);
  const sections = answer.split(/(?=^m=)/m).slice(1);
  assert.match(sections[1] ?? '', /^m=audio 0 [\s\S]*a=inactive/);
  assert.deepEqual(sections[3]?.trimEnd().split('\r\n'), [
    'm=audio 4000 UDP/TLS/RTP/SAVPF 100',
    'c=IN IP4 127.0.0.1',
    'a=mid:2',
    'a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid',
    'a=rtpmap:100 opus/48000/2',
    'a=recvonly',
    'a=ice-ufrag:me',
  ]);
});
