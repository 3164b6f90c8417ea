import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'sdp-transform';
import { exerciseAnswer, exerciseOffer } from '../../../test/support/sdp/exercise.ts';
import { goldenNames, readGolden } from '../../../test/support/sdp/golden.ts';
import { PublisherAnswerer, type SectionChange } from './answer.ts';
import { readSdp } from './document.ts';
import { readFingerprints, readRole } from './dtls.ts';
import { parsePublisherOffer } from './offer.ts';

/** What each offer of a recording asks for, in order; `|` is a new join, with new connections. */
const stories: Readonly<Record<string, string>> = {
  'chromium-h264': '| - start',
  'chromium-plain': '| - start start stop start',
  'chromium-publish': '| - start start stop start stop',
  'chromium-resume': '| - start start restart | start+start',
  'chromium-screen': '| - start stop',
  'chromium-subscriber': '| -',
  'chromium-vp9': '| - start',
  'firefox-offer': '| start+start',
  'pion-subscriber': '|',
  'rtc-node-default': '| - start start stop stop+start - start start',
  'rtc-node-two-connections': '| - start start stop start stop start start',
};
const words: Readonly<Record<SectionChange, string>> = {
  started: 'start',
  stopped: 'stop',
  replaced: 'replace',
  same: '',
  idle: '',
};

test('every recording has its story', () => {
  assert.deepEqual(Object.keys(stories), goldenNames);
});

for (const name of goldenNames) {
  test(`${name}: offers are understood one after the other`, () => {
    const story: string[] = [];
    let answerer = new PublisherAnswerer(1);
    for (const recorded of readGolden(name)) {
      if (recorded.type === 'join') {
        answerer = new PublisherAnswerer(1);
        story.push('|');
      }
      if (recorded.type !== 'offer' || recorded.from !== 'client') continue;
      const review = answerer.review(parsePublisherOffer(recorded.sdp));
      const changes = [...review.changes.values()].map((change) => words[change]).filter((word) => word !== '');
      story.push([...(review.iceRestarted ? ['restart'] : []), ...changes].join('+') || '-');
      exerciseOffer(recorded.sdp, answerer);
    }
    assert.equal(story.join(' '), stories[name]);
  });

  test(`${name}: our answers agree with the reference server's`, () => {
    let answerer = new PublisherAnswerer(1);
    let ours = '';
    for (const recorded of readGolden(name)) {
      if (recorded.type === 'join') answerer = new PublisherAnswerer(1);
      if (recorded.type === 'offer' && recorded.from === 'client') ours = exerciseOffer(recorded.sdp, answerer);
      if (recorded.type !== 'answer' || recorded.from !== 'server') continue;
      const [mine, theirs] = [parse(ours), parse(recorded.sdp)];
      assert.equal(mine.groups?.[0]?.mids, theirs.groups?.[0]?.mids);
      for (const [i, section] of mine.media.entries()) {
        const other = theirs.media[i];
        assert.equal(section.mid, other?.mid);
        assert.equal(section.type, other?.type);
        // The reference answers spare sections of its one-connection mode with sendonly; for us they are inactive.
        if (section.direction !== 'recvonly') continue;
        assert.equal(other?.direction, 'recvonly');
        assert.equal(section.simulcast?.list1, other?.simulcast?.list1);
        assert.deepEqual(section.rids, other?.rids);
        const codecs = new Map(other?.rtp.map((rtp) => [rtp.payload, `${rtp.codec}/${rtp.rate}`]));
        for (const rtp of section.rtp.filter((r) => r.codec !== 'rtx')) {
          assert.equal(codecs.get(rtp.payload), `${rtp.codec}/${rtp.rate}`);
        }
        for (const ext of section.ext ?? []) {
          const same: { value: number } | undefined = other?.ext?.find((e) => e.uri === ext.uri);
          assert.equal(same?.value ?? ext.value, ext.value);
        }
      }
    }
  });

  test(`${name}: answers of the viewer can be read`, () => {
    for (const recorded of readGolden(name)) {
      if (recorded.type !== 'answer' || recorded.from !== 'client') continue;
      const { attributes, sections } = readSdp(recorded.sdp);
      const places = [...sections.map((s) => s.attributes), attributes];
      assert.equal(readFingerprints(places)[0]?.algorithm, 'sha-256');
      // pion leaves the beginning to the side that says it is ICE-lite.
      assert.equal(readRole(places), name.startsWith('pion') ? 'server' : 'client');
    }
  });
}

test("pion's answers fit our offers", () => {
  const answers = readGolden('pion-subscriber').flatMap((r) =>
    r.type === 'answer' && r.from === 'client' ? [r.sdp] : [],
  );
  assert.ok(answers.length > 1);
  for (const sdp of answers) exerciseAnswer(sdp, readSdp(sdp).sections.length - 1);
});
