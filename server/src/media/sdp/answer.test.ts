import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readGolden } from '../../../test/support/sdp/golden.ts';
import { sampleTransport } from '../../../test/support/sdp/samples.ts';
import { PublisherAnswerer } from './answer.ts';
import { parsePublisherOffer } from './offer.ts';
import { offeredMimes, publishParameters } from './publish.ts';
import { SdpError, type SectionAnswer } from './types.ts';

const offers = (name: string): string[] =>
  readGolden(name).flatMap((r) => (r.type === 'offer' && r.from === 'client' ? [r.sdp] : []));
const offer = (name: string, n: number): string => {
  const sdp = offers(name)[n];
  assert.ok(sdp);
  return sdp;
};
const opus = { do: 'publish', mime: 'audio/opus', disableDtx: false, stereo: false } as const;
const vp8 = { do: 'publish', mime: 'video/VP8', disableDtx: false, stereo: false } as const;

/** Answers the offers in turn, each with its decisions; returns the last answer by section. */
function answerAll(steps: readonly [sdp: string, decisions: Record<string, SectionAnswer>][]) {
  const answerer = new PublisherAnswerer(77);
  let sdp = '';
  for (const [text, decisions] of steps) {
    sdp = answerer.answer(parsePublisherOffer(text), new Map(Object.entries(decisions)), sampleTransport).sdp;
  }
  const [session = '', ...sections] = sdp.split(/\r\n(?=m=)/);
  return { answerer, session, sections: sections.map((s) => s.split('\r\n')) };
}

test("rtc-node's spare sections are answered inactive, open and in the bundle", () => {
  const { session, sections } = answerAll([[offer('rtc-node-default', 0), {}]]);
  assert.match(session, /a=group:BUNDLE 7 8 9 10 11 12 13/);
  assert.equal(sections.length, 7);
  for (const section of sections.slice(0, 6)) {
    assert.match(section[0] ?? '', /^m=(audio 9 UDP\/TLS\/RTP\/SAVPF 111|video 9 UDP\/TLS\/RTP\/SAVPF 96 97)$/);
    assert.ok(section.includes('a=inactive'));
  }
  assert.match(sections[6]?.[0] ?? '', /^m=application 9 /);
});

test('layers are told to the SFU from low to high, and to the client in its own order', () => {
  const text = offer('rtc-node-two-connections', 2);
  const { sections } = answerAll([[text, { 1: opus, 2: vp8 }]]);
  assert.ok(sections[2]?.includes('a=simulcast:recv f;h;q'));
  assert.deepEqual(
    publishParameters(parsePublisherOffer(text), '2', vp8).rtpParameters.encodings?.map((e) => e.rid),
    ['q', 'h', 'f'],
  );
});

test('H.264 is taken in the one form that all browsers decode', () => {
  const text = offer('chromium-h264', 1);
  const parsed = parsePublisherOffer(text);
  assert.ok(offeredMimes(parsed, '1').includes('video/H264'));
  const { rtpParameters } = publishParameters(parsed, '1', { ...vp8, mime: 'video/h264' });
  assert.match(String(rtpParameters.codecs[0]?.parameters?.['profile-level-id']), /^42e0/);
  assert.equal(rtpParameters.codecs[0]?.parameters?.['packetization-mode'], 1);
  assert.equal(rtpParameters.codecs[1]?.parameters?.apt, rtpParameters.codecs[0]?.payloadType);
});

test('H.264 of a level that does not exist is not taken', () => {
  const text = offer('chromium-h264', 1).replaceAll(/profile-level-id=(....)../g, 'profile-level-id=$100');
  assert.ok(!offeredMimes(parsePublisherOffer(text), '1').includes('video/H264'));
});

test('abs-capture-time is not agreed upon, as the worker would time layers by it alone', () => {
  const uri = 'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time';
  const text = offer('chromium-publish', 2).replaceAll(/a=extmap:4 .*sdes:mid/g, `$&\r\na=extmap:15 ${uri}`);
  assert.ok(text.includes(uri));
  const { sections } = answerAll([[text, { 1: opus, 2: vp8 }]]);
  assert.ok(!sections.flat().some((line) => line.includes('abs-capture-time')));
  const { headerExtensions } = publishParameters(parsePublisherOffer(text), '2', vp8).rtpParameters;
  assert.ok(headerExtensions?.every((e) => e.uri !== uri));
});

test('VP9 with spatial layers is one stream with its scalability mode', () => {
  const parsed = parsePublisherOffer(offer('chromium-vp9', 1));
  const { rtpParameters } = publishParameters(parsed, '1', { ...vp8, mime: 'video/VP9', scalabilityMode: 'L3T3_KEY' });
  assert.equal(rtpParameters.encodings?.length, 1);
  assert.equal(rtpParameters.encodings?.[0]?.scalabilityMode, 'L3T3_KEY');
  assert.ok(rtpParameters.encodings?.[0]?.ssrc);
});

test('opus is answered with silence suppression, stereo and long frames as wished', () => {
  const text = offer('chromium-publish', 1);
  const plain = answerAll([[text, { 1: opus }]]).sections[1] ?? [];
  assert.ok(plain.some((line) => /^a=fmtp:111 .*usedtx=1/.test(line)));
  assert.ok(!plain.some((line) => line.includes('stereo') || line.startsWith('a=ptime')));
  const broadcast =
    answerAll([[text, { 1: { ...opus, disableDtx: true, stereo: true, ptimeMs: 60 } }]]).sections[1] ?? [];
  assert.ok(!broadcast.some((line) => line.includes('usedtx')));
  assert.ok(broadcast.some((line) => /^a=fmtp:111 .*stereo=1;maxaveragebitrate=510000/.test(line)));
  assert.ok(broadcast.includes('a=ptime:60') && broadcast.includes('a=maxptime:60'));
  const parsed = parsePublisherOffer(text);
  assert.equal(publishParameters(parsed, '1', opus).rtpParameters.encodings?.[0]?.dtx, true);
  const stereo = publishParameters(parsed, '1', { ...opus, disableDtx: true, stereo: true }).rtpParameters;
  assert.equal(stereo.codecs[0]?.parameters?.['sprop-stereo'], 1);
  assert.equal(stereo.codecs[0]?.parameters?.usedtx, undefined);
});

test("the publisher's start bitrate is answered, and not told to viewers", () => {
  const text = offer('chromium-publish', 2).replace(
    'a=rtpmap:97 ',
    'a=fmtp:96 x-google-start-bitrate=1190\r\na=rtpmap:97 ',
  );
  const { sections } = answerAll([[text, { 1: opus, 2: vp8 }]]);
  assert.ok(sections[2]?.includes('a=fmtp:96 x-google-start-bitrate=1190'));
  assert.deepEqual(publishParameters(parsePublisherOffer(text), '2', vp8).rtpParameters.codecs[0]?.parameters, {});
});

test('what goes on is repeated with a growing version, also when the client restarts ICE', () => {
  const [, first = '', second = '', restarted = ''] = offers('chromium-resume');
  const before = answerAll([
    [first, { 1: opus }],
    [second, { 2: vp8 }],
  ]);
  assert.match(before.session, /^o=- 77 2 IN/m);
  const review = before.answerer.review(parsePublisherOffer(restarted));
  assert.equal(review.iceRestarted, true);
  assert.deepEqual([...review.changes.values()], ['idle', 'same', 'same']);
  const after = answerAll([
    [first, { 1: opus }],
    [second, { 2: vp8 }],
    [restarted, { 1: { do: 'keep' } }],
  ]);
  assert.match(after.session, /^o=- 77 3 IN/m);
  // This client repeats only the header extensions that the recorded server agreed to, hence the others are gone.
  const without = (sections: string[][]): string[][] =>
    sections.map((s) => s.filter((line) => !line.startsWith('a=extmap')));
  assert.deepEqual(without(after.sections), without(before.sections));
});

test('a section that gets another track is replaced, and one that ends can start again', () => {
  const published = offer('chromium-plain', 2);
  const { answerer } = answerAll([[published, { 1: opus, 2: vp8 }]]);
  const other = published.replace(/(a=msid:\S+) \S+(?=[\s\S]*$)/g, '$1 another');
  assert.equal(answerer.review(parsePublisherOffer(other)).changes.get('2'), 'replaced');
  const ended = parsePublisherOffer(offer('chromium-plain', 3));
  assert.equal(answerer.review(ended).changes.get('2'), 'stopped');
  answerer.answer(ended, new Map(), sampleTransport);
  assert.equal(answerer.review(ended).changes.get('2'), 'idle');
  assert.equal(answerer.review(parsePublisherOffer(published)).changes.get('2'), 'started');
});

test('a refused section is closed, out of the bundle, and may come back with another mid', () => {
  const text = offer('chromium-publish', 2);
  const { answerer, session, sections } = answerAll([[text, { 1: opus, 2: { do: 'reject' } }]]);
  assert.match(session, /a=group:BUNDLE 0 1$/m);
  assert.match(sections[2]?.[0] ?? '', /^m=video 0 /);
  const recycled = text.replace('a=mid:2', 'a=mid:9').replace('BUNDLE 0 1 2', 'BUNDLE 0 1 9');
  assert.equal(answerer.review(parsePublisherOffer(recycled)).changes.get('9'), 'started');
});

test('a mid that left with its slot is reported, so that its publication ends', () => {
  const text = offer('chromium-publish', 2);
  const { answerer } = answerAll([[text, { 1: opus, 2: vp8 }]]);
  const closed = text.replace(/m=video \d+ /, 'm=video 0 ').replace('BUNDLE 0 1 2', 'BUNDLE 0 1');
  assert.equal(answerer.review(parsePublisherOffer(closed)).changes.get('2'), 'stopped');
});

test('offers that do not continue the last one are refused', () => {
  const { answerer } = answerAll([[offer('chromium-publish', 2), { 1: opus, 2: vp8 }]]);
  const refuses = (text: string, reason: RegExp): void => {
    assert.throws(
      () => answerer.review(parsePublisherOffer(text)),
      (e) => e instanceof SdpError && reason.test(e.message),
    );
  };
  refuses(offer('chromium-publish', 1), /fewer sections/);
  refuses(offer('chromium-publish', 2).replaceAll('setup:actpass', 'setup:passive'), /DTLS role/);
  refuses(offer('chromium-publish', 2).replace(/(a=fingerprint:sha-256) ../g, '$1 00'), /DTLS fingerprint/);
  refuses(offer('chromium-publish', 2).replace('a=mid:2', 'a=mid:9').replace('0 1 2', '0 1 9'), /reorders/);
});

for (const [offered, role, answered] of [
  ['actpass', 'client', 'passive'],
  ['active', 'client', 'passive'],
  ['passive', 'server', 'active'],
  ['holdconn', 'client', 'passive'],
] as const) {
  test(`a client that offers DTLS as ${offered} is its ${role}, and remains so`, () => {
    const text = offer('chromium-publish', 1).replaceAll('setup:actpass', `setup:${offered}`);
    const answerer = new PublisherAnswerer(77);
    for (const again of [text, text.replaceAll(`setup:${offered}`, 'setup:actpass')]) {
      const parsed = parsePublisherOffer(again);
      assert.equal(answerer.review(parsed).dtls?.role, role);
      const { sdp } = answerer.answer(parsed, new Map(), sampleTransport);
      assert.deepEqual(new Set(sdp.match(/(?<=a=setup:)\w+/g)), new Set([answered]));
    }
  });
}

/** The lines of each section of the answer to the offer of sound and picture, changed. */
const answerTo = (change: (sdp: string) => string, decisions: Record<string, SectionAnswer> = { 1: opus, 2: vp8 }) =>
  answerAll([[change(offer('chromium-publish', 2)), decisions]]);

for (const [name, change] of [
  ['a protocol that is not RTP', (s: string) => s.replace(/(m=video \d+) \S+/, '$1 UDP/BFCP')],
  ['a kind that is not ours', (s: string) => s.replace('m=video', 'm=text')],
  ['its place outside the bundle', (s: string) => s.replace('BUNDLE 0 1 2', 'BUNDLE 0 1')],
] as const) {
  test(`a section that can't be served for ${name} is closed, and the others go on`, () => {
    const { session, sections } = answerTo(change, { 1: opus });
    assert.match(session, /a=group:BUNDLE 0 1$/m);
    assert.match(sections[2]?.[0] ?? '', /^m=(video|text) 0 /);
    assert.ok(sections[1]?.includes('a=recvonly'));
    const [before, now] = [offer('chromium-publish', 2), change(offer('chromium-publish', 2))];
    const { answerer } = answerAll([[before, { 1: opus, 2: vp8 }]]);
    if (name.includes('kind')) return;
    assert.equal(answerer.review(parsePublisherOffer(now)).changes.get('2'), 'stopped');
  });
}

test('without a bundle the first section is served alone', () => {
  const { sections } = answerTo((s) => s.replace(/a=group.*\r\n/, ''), {});
  assert.deepEqual(
    sections.map(([line = '']) => line.split(' ')[1]),
    ['9', '0', '0'],
  );
});

test('an offer of closed sections alone is answered so, and asks for no connection', () => {
  const text = offer('chromium-publish', 2)
    .replaceAll(/(m=\w+) \d+/g, '$1 0')
    .replace(/a=group.*\r\n/, '');
  assert.equal(new PublisherAnswerer().review(parsePublisherOffer(text)).dtls, undefined);
  const { session, sections } = answerAll([[text, {}]]);
  assert.doesNotMatch(session, /BUNDLE/);
  for (const [line = ''] of sections) assert.match(line, /^m=\w+ 0 /);
});

for (const protocol of ['RTP/AVP', 'RTP/SAVPF', 'TCP/TLS/RTP/SAVPF', 'UDP/TLS/RTP/SAVP']) {
  test(`${protocol} is taken for RTP over DTLS, and repeated`, () => {
    const { sections } = answerTo((s) => s.replaceAll('UDP/TLS/RTP/SAVPF', protocol));
    for (const section of sections.slice(1)) assert.equal(section[0]?.split(' ')[2], protocol);
  });
}

test('what differs from browsers only in form is read', () => {
  const { sections } = answerTo(
    (s) =>
      s
        .replace('a=mid:1\r', 'a=mid:a.b~!1\r\na=x-note:a\tb\r')
        .replace('BUNDLE 0 1 2', 'BUNDLE 0 a.b~!1 2')
        .replace(/m=audio 9 (.*)\r/, 'm=audio 9/1  $1 \r')
        .replace('UDP/DTLS/SCTP webrtc-datachannel', 'DTLS/SCTP 5000')
        .replaceAll(/a=ice-pwd:.*\r/g, 'a=ice-pwd:short\r'),
    { 'a.b~!1': opus, 2: vp8 },
  );
  assert.match(sections[0]?.[0] ?? '', /^m=application 9 UDP\/DTLS\/SCTP webrtc-datachannel$/);
  assert.ok(sections[1]?.includes('a=recvonly') && sections[2]?.includes('a=recvonly'));
});

for (const [name, list, answered] of [
  ['more layers than four', 'q;h;f;x;y', 'q;h;f;x'],
  ['a layer without a line', 'q;h;z', 'q;h'],
  ['a layer twice', 'q;h;q', 'q;h'],
  ['alternatives and a pause', 'q;~h;f,x', 'q;h;f'],
] as const) {
  test(`of a simulcast with ${name} the rest is taken`, () => {
    const { sections } = answerTo((s) =>
      s.replace(/a=simulcast:send .*\r\n/, `a=rid:x send\r\na=rid:y send\r\na=simulcast:send ${list}\r\n`),
    );
    assert.ok(sections[2]?.includes(`a=simulcast:recv ${answered}`));
  });
}

for (const [name, change, reason] of [
  ['no SDP', () => 'hello', /not an SDP line/],
  ['nothing', () => '', /empty/],
  ['a mid twice', (s: string) => s.replace('a=mid:1', 'a=mid:0'), /mid twice/],
  ['no ICE credentials', (s: string) => s.replaceAll(/a=ice-pwd.*\r\n/g, ''), /ICE credentials/],
  ['no fingerprint', (s: string) => s.replaceAll(/a=fingerprint.*\r\n/g, ''), /fingerprint/],
  ['a short fingerprint', (s: string) => s.replaceAll(/(a=fingerprint.*):..\r\n/g, '$1\r\n'), /fingerprint/],
  ['no mid', (s: string) => s.replace('a=mid:1\r\n', ''), /no usable mid/],
  ['a mid that is no token', (s: string) => s.replace('a=mid:1', 'a=mid:a b'), /no usable mid/],
  ['no section', (s: string) => s.split('m=', 1)[0] ?? '', /no section/],
  ['no port', (s: string) => s.replace(/m=audio \d+/, 'm=audio x'), /m= line/],
  ['more than 512 KiB', (s: string) => s + `a=x:${'y'.repeat(4000)}\r\n`.repeat(140), /longer than 524288/],
  ['more than 20,000 lines', (s: string) => s + 'a=x\r\n'.repeat(20_001), /20000 lines/],
  ['a line of more than 4096 characters', (s: string) => `${s}a=x:${'y'.repeat(4096)}\r\n`, /longer than 4096/],
  ['more than 256 sections', (s: string) => s + 'm=audio 0 RTP/AVP 0\r\n'.repeat(257), /256 sections/],
  ['another beginning', (s: string) => s.replace('v=0\r\n', ''), /begin with v=0/],
  ['a lone carriage return', (s: string) => s.replace('a=mid:1', 'a=mid:1\rx'), /not an SDP line/],
] as const) {
  test(`an offer with ${name} is refused`, () => {
    assert.throws(
      () => parsePublisherOffer(change(offer('chromium-publish', 1))),
      (e) => e instanceof SdpError && reason.test(e.message),
    );
  });
}
