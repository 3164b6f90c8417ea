import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PublisherAnswerer, SubscriberSections } from '../../src/media/sdp/index.ts';
import { ChromiumPage } from '../support/recordSdp/chromium.ts';
import { exerciseOffer } from '../support/sdp/exercise.ts';
import { sampleConsumer, sampleTransport } from '../support/sdp/samples.ts';

// Nothing is sent here: it is the browser's own parser and state machine that judge what we write.
let chromium: ChromiumPage;
before(async () => {
  chromium = await ChromiumPage.create();
});
after(() => chromium.close());

test('Chromium accepts our answers while it publishes, stops and publishes again', async () => {
  const answerer = new PublisherAnswerer(1);
  await chromium.page.exposeFunction('answerOf', (offer: string) => exerciseOffer(offer, answerer));
  const directions = await chromium.page.evaluate(`(async () => {
    const pc = new RTCPeerConnection();
    pc.createDataChannel('_reliable');
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    const [audio, video] = [stream.getAudioTracks()[0], stream.getVideoTracks()[0]];
    const negotiate = async (options) => {
      await pc.setLocalDescription(await pc.createOffer(options));
      await pc.setRemoteDescription({ type: 'answer', sdp: await answerOf(pc.localDescription.sdp) });
      return pc.getTransceivers().map((t) => t.mid + ' ' + t.currentDirection).join(', ');
    };
    const seen = [await negotiate()];
    const microphone = pc.addTransceiver(audio, { direction: 'sendonly' });
    seen.push(await negotiate());
    const camera = pc.addTransceiver(video, {
      direction: 'sendonly',
      sendEncodings: [{ rid: 'q', scaleResolutionDownBy: 4 }, { rid: 'h', scaleResolutionDownBy: 2 }, { rid: 'f' }],
    });
    seen.push(await negotiate());
    seen.push('layers ' + camera.sender.getParameters().encodings.map((e) => e.rid).join(''));
    microphone.direction = 'inactive';
    seen.push(await negotiate({ iceRestart: true }));
    microphone.direction = 'sendonly';
    camera.stop();
    seen.push(await negotiate());
    pc.addTransceiver('video', { direction: 'recvonly' });
    seen.push(await negotiate());
    pc.close();
    return seen;
  })()`);
  assert.deepEqual(directions, [
    '',
    '1 sendonly',
    '1 sendonly, 2 sendonly',
    'layers qhf',
    '1 inactive, 2 sendonly',
    '1 sendonly',
    '1 sendonly, 3 inactive',
  ]);
});

test('Chromium accepts our offers while tracks come, go, and take the place of others', async () => {
  const sections = new SubscriberSections(2);
  const { page } = chromium;
  await page.evaluate('globalThis.viewer = new RTCPeerConnection(); globalThis.labels = [];');
  await page.evaluate(`viewer.ontrack = (e) => labels.push(e.streams[0].id + ' ' + e.track.id + ' ' + e.track.kind)`);
  const negotiate = async (): Promise<string> => {
    const { sdp } = sections.buildOffer(sampleTransport);
    const answer = await page.evaluate(`(async () => {
      await viewer.setRemoteDescription({ type: 'offer', sdp: ${JSON.stringify(sdp)} });
      await viewer.setLocalDescription();
      return viewer.localDescription.sdp;
    })()`);
    const { rejectedMids, dtls } = sections.applyAnswer(String(answer));
    assert.equal(rejectedMids.size, 0);
    assert.deepEqual([dtls.role, dtls.fingerprints[0]?.algorithm], ['client', 'sha-256']);
    return String(answer);
  };
  await negotiate();
  sections.open(sampleConsumer(0));
  sections.open(sampleConsumer(1));
  const answer = await negotiate();
  for (const line of ['a=setup:active', 'a=rtpmap:102 rtx/90000', 'a=rtcp-fb:101 transport-cc']) {
    assert.ok(answer.includes(line), line);
  }
  for (let n = 2; n < 40; n += 2) {
    sections.close(String(n - 1));
    await negotiate();
    // Kinds alternate within one section.
    sections.open(sampleConsumer(n + 1 - ((n / 2) % 2), String(n + 1)));
    await negotiate();
  }
  const labels = (await page.evaluate('labels')) as string[];
  assert.deepEqual(labels.slice(0, 2), ['PA_p|TR_0 TR_0 audio', 'PA_p|TR_1 TR_1 video']);
  assert.equal(labels.length, 21);
  assert.equal((await page.evaluate('viewer.remoteDescription.sdp.split("m=").length - 1')) as number, 3);
  // A rolled back offer that the browser did apply, and one that it did not.
  for (const applied of [true, false]) {
    const mid = applied ? '100' : '102';
    sections.open(sampleConsumer(100, mid));
    const { sdp } = sections.buildOffer(sampleTransport);
    if (applied) await page.evaluate(`viewer.setRemoteDescription({ type: 'offer', sdp: ${JSON.stringify(sdp)} })`);
    if (applied) await page.evaluate('viewer.setLocalDescription()');
    sections.rollback();
    sections.close(mid);
    await negotiate();
    await negotiate();
  }
  await page.evaluate('viewer.close()');
});
