import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'sdp-transform';
import { seededRandom } from '../../../test/support/sdp/mutate.ts';
import { sampleConsumer, sampleTransport } from '../../../test/support/sdp/samples.ts';
import { SubscriberSections } from './subscriber.ts';
import { SdpError } from './types.ts';

/** The answer of a viewer who accepts everything that is open, except for the mids in `rejected`. */
function answerOf(offer: string, rejected: readonly string[] = []): string {
  const sections = parse(offer).media.map((media) => {
    const port = media.port === 0 || rejected.includes(String(media.mid)) ? 0 : 9;
    return [`m=${media.type} ${port} ${media.protocol} ${media.payloads}`, `a=mid:${media.mid}`, 'a=setup:active'];
  });
  const fingerprint = `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'CC').join(':')}`;
  return ['v=0', fingerprint, ...sections.flat(), ''].join('\r\n');
}
const shape = (sdp: string): string[] =>
  parse(sdp).media.map((m) => `${m.mid}:${m.port === 0 ? 'closed' : m.type}${m.direction ? ` ${m.direction}` : ''}`);

test('the first offer has the data channel alone', () => {
  const sections = new SubscriberSections(5);
  assert.equal(sections.changed, true);
  const { sdp, midToTrackId } = sections.buildOffer(sampleTransport);
  assert.deepEqual(shape(sdp), ['datachannel:application']);
  assert.deepEqual(midToTrackId, {});
  assert.equal(parse(sdp).icelite, 'ice-lite');
  assert.equal(parse(sdp).media[0]?.candidates?.length, 2);
  assert.match(sdp, /tcptype passive/);
  assert.equal(sections.changed, false);
});

test('a consumer is offered exactly as its parameters say', () => {
  const sections = new SubscriberSections(5);
  assert.equal(sections.open(sampleConsumer(0)), '0');
  assert.equal(sections.open(sampleConsumer(1)), '1');
  const { sdp, midToTrackId } = sections.buildOffer(sampleTransport);
  assert.deepEqual(midToTrackId, { 0: 'TR_0', 1: 'TR_1' });
  const [, audio, video] = parse(sdp).media;
  assert.equal(parse(sdp).groups?.[0]?.mids, 'datachannel 0 1');
  assert.match(sdp, /^a=msid:PA_p\|TR_0 TR_0\r$/m);
  assert.equal(audio?.ext?.length, 2);
  assert.equal(audio?.fmtp[0]?.config, 'minptime=10;useinbandfec=1;usedtx=1');
  assert.deepEqual(video?.ssrcGroups, [{ semantics: 'FID', ssrcs: '1002 1003' }]);
  assert.equal(video?.payloads, '101 102');
  assert.deepEqual(
    video?.rtcpFb?.map((f) => [f.type, f.subtype].filter(Boolean).join(' ')),
    ['nack', 'nack pli', 'ccm fir', 'transport-cc'],
  );
});

test('without bandwidth estimation its extensions and feedback do not appear', () => {
  const sections = new SubscriberSections(5);
  const consumer = sampleConsumer(1);
  const { codecs, headerExtensions } = consumer.rtpParameters;
  codecs[0]?.rtcpFeedback?.pop();
  headerExtensions?.splice(1);
  sections.open(consumer);
  const { sdp } = sections.buildOffer(sampleTransport);
  assert.doesNotMatch(sdp, /transport-cc|abs-send-time|transport-wide-cc/);
});

test('a closed section is free only after the viewer agreed, and takes a new mid', () => {
  const sections = new SubscriberSections(5);
  sections.open(sampleConsumer(0));
  sections.open(sampleConsumer(1));
  sections.applyAnswer(answerOf(sections.buildOffer(sampleTransport).sdp));
  sections.close('1');
  sections.open(sampleConsumer(2));
  const closing = sections.buildOffer(sampleTransport).sdp;
  assert.deepEqual(shape(closing), [
    'datachannel:application',
    '0:audio sendonly',
    '1:closed inactive',
    '2:audio sendonly',
  ]);
  assert.equal(parse(closing).groups?.[0]?.mids, 'datachannel 0 2');
  sections.applyAnswer(answerOf(closing));
  // Audio where video was.
  sections.open(sampleConsumer(4));
  const refilled = sections.buildOffer(sampleTransport).sdp;
  assert.deepEqual(shape(refilled), [
    'datachannel:application',
    '0:audio sendonly',
    '4:audio sendonly',
    '2:audio sendonly',
  ]);
});

test('a section that nobody was told of leaves no trace', () => {
  const sections = new SubscriberSections(5);
  sections.open(sampleConsumer(0));
  sections.close('0');
  sections.open(sampleConsumer(2));
  sections.applyAnswer(answerOf(sections.buildOffer(sampleTransport).sdp));
  sections.close('2');
  sections.applyAnswer(answerOf(sections.buildOffer(sampleTransport).sdp));
  sections.open(sampleConsumer(4));
  sections.close('4');
  assert.deepEqual(shape(sections.buildOffer(sampleTransport).sdp), ['datachannel:application', '2:closed inactive']);
});

test('after a broken signal connection the next offer fits whether the viewer knew the last one or not', () => {
  const sections = new SubscriberSections(5);
  sections.open(sampleConsumer(0));
  sections.applyAnswer(answerOf(sections.buildOffer(sampleTransport).sdp));
  sections.close('0');
  sections.open(sampleConsumer(1));
  sections.buildOffer(sampleTransport);
  sections.rollback();
  sections.open(sampleConsumer(2));
  sections.close('1');
  const again = sections.buildOffer(sampleTransport).sdp;
  // 0 was not agreed to be closed. 1 may be known or not: it is idle, which fits both. The new track has its own section.
  assert.deepEqual(shape(again), [
    'datachannel:application',
    '0:closed inactive',
    '1:video inactive',
    '2:audio sendonly',
  ]);
  sections.applyAnswer(answerOf(again));
  assert.equal(sections.changed, true);
  const closing = sections.buildOffer(sampleTransport).sdp;
  assert.deepEqual(shape(closing)[2], '1:closed inactive');
  sections.applyAnswer(answerOf(closing));
  assert.equal(sections.changed, false);
});

test('one offer is outstanding at most, and answers fit it or are refused', () => {
  const sections = new SubscriberSections(5);
  assert.throws(() => sections.applyAnswer(answerOf('v=0\r\n')), SdpError);
  sections.open(sampleConsumer(0));
  sections.open(sampleConsumer(1));
  const { sdp } = sections.buildOffer(sampleTransport);
  assert.throws(() => sections.buildOffer(sampleTransport), SdpError);
  const good = answerOf(sdp, ['1']);
  for (const bad of [
    '',
    good.replace('a=mid:0', 'a=mid:7'),
    good.replace(/m=video[\s\S]*/, ''),
    good.replace(/a=fingerprint.*\r\n/, ''),
  ]) {
    assert.throws(() => sections.applyAnswer(bad), SdpError);
  }
  assert.equal(sections.isOutstanding, true);
  const answer = sections.applyAnswer(good);
  assert.deepEqual([...answer.rejectedMids], ['1']);
  assert.equal(answer.dtls.fingerprints[0]?.algorithm, 'sha-256');
});

for (const [answered, role] of [
  ['active', 'client'],
  ['passive', 'server'],
  ['actpass', 'client'],
] as const) {
  test(`a viewer who answers DTLS as ${answered} is its ${role}, and remains so`, () => {
    const sections = new SubscriberSections(5);
    const good = (setup: string) =>
      answerOf(sections.buildOffer(sampleTransport).sdp).replaceAll('setup:active', `setup:${setup}`);
    assert.equal(sections.applyAnswer(good(answered)).dtls.role, role);
    assert.equal(sections.applyAnswer(good('actpass')).dtls.role, role);
    const turned = good(role === 'client' ? 'passive' : 'active');
    assert.throws(() => sections.applyAnswer(turned), /DTLS role/);
    sections.rollback();
    const another = good(answered).replace(/(a=fingerprint:sha-256) ../, '$1 00');
    assert.throws(() => sections.applyAnswer(another), /DTLS fingerprint/);
  });
}

test('a viewer who leaves out rtx is told apart from one who takes it', () => {
  const sections = new SubscriberSections(5);
  for (const n of [0, 1, 3]) sections.open(sampleConsumer(n));
  const { sdp } = sections.buildOffer(sampleTransport);
  const { withoutRtx } = sections.applyAnswer(answerOf(sdp).replace(/(m=video .* 101) 102/, '$1'));
  assert.deepEqual([...withoutRtx], ['1']);
});

test('a viewer may do without data channels', () => {
  const sections = new SubscriberSections(5);
  sections.open(sampleConsumer(0));
  const without = answerOf(sections.buildOffer(sampleTransport).sdp).replace('m=application 9', 'm=application 0');
  assert.equal(sections.applyAnswer(without).rejectedMids.size, 0);
});

test('the table stays as large as the most that was open at once', () => {
  const random = seededRandom(11);
  const sections = new SubscriberSections(5);
  const open: string[] = [];
  const told = new Map<number, string>();
  let [next, most] = [0, 0];
  for (let round = 0; round < 500; round++) {
    for (let i = 0; i < 4; i++) {
      if (open.length < 6 && random() < 0.5) open.push(sections.open(sampleConsumer(next++)));
      else if (open.length > 0) sections.close(open.splice(Math.floor(random() * open.length), 1)[0] ?? '');
    }
    const { sdp, midToTrackId } = sections.buildOffer(sampleTransport);
    assert.deepEqual(new Set(Object.keys(midToTrackId)), new Set(open));
    const { media } = parse(sdp);
    most = Math.max(most, media.length);
    for (const [i, section] of media.entries()) {
      // A section changes its mid only when the viewer agreed to close it before.
      const before = told.get(i);
      assert.ok(before === undefined || before === 'closed' || before === String(section.mid));
    }
    if (random() < 0.2) sections.rollback();
    else {
      sections.applyAnswer(answerOf(sdp));
      for (const [i, section] of media.entries()) told.set(i, section.port === 0 ? 'closed' : String(section.mid));
    }
  }
  assert.ok(most <= 20, `the table grew to ${most}`);
});
