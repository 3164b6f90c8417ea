import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dispose } from '@livekit/rtc-node';
import { NativeClient } from '../support/NativeClient.ts';
import { cleanup, rtpPacket } from '../support/NativePeer.ts';
import { RtcClient } from '../support/RtcClient.ts';
import { freshRoom, Target } from '../support/Target.ts';
import { until } from '../support/until.ts';

let target: Target;
before(async () => {
  target = await Target.open();
});
after(async () => {
  await target.close();
  await dispose();
  cleanup();
});

for (const dtls of ['client', 'server'] as const) {
  test(`a viewer who is the DTLS ${dtls} gets sound, pictures and data, and keeps its part in later offers`, async (t) => {
    const room = freshRoom('26');
    const viewer = await NativeClient.join(target, { room, identity: 'viewer', dtls });
    t.after(() => viewer.close());
    const an = await RtcClient.join(target, { room, identity: 'an', options: { singlePeerConnection: false } });
    t.after(() => an.close());
    const { sid: sound = '' } = await an.publishTone(440);
    const { sid: picture = '' } = await an.publishColour('red');
    const count = (sid: string) => viewer.packets.get(sid) ?? 0;
    await until('sound and pictures', () => count(sound) > 20 && count(picture) > 20);
    await until('a message on the channel that the server opened', async () => {
      await an.say('hello');
      return viewer.messages.includes('subscriber _reliable: hello');
    });
    const { sid: screen = '' } = await an.publishColour('green');
    await until('a third track', () => count(screen) > 20);
    const [before, heard] = [count(picture), count(sound)];
    await until('the first two go on', () => count(picture) > before && count(sound) > heard);
    const roles = new Set(viewer.answer.match(/(?<=a=setup:)\w+/g));
    assert.deepEqual([...roles], [dtls === 'client' ? 'active' : 'passive']);
    assert.deepEqual(viewer.signal.all('leave'), []);
  });

  test(`a publisher who is the DTLS ${dtls} is heard, and sends messages`, async (t) => {
    const room = freshRoom('26');
    const binh = await RtcClient.join(target, { room, identity: 'binh', options: { singlePeerConnection: false } });
    t.after(() => binh.close());
    const native = await NativeClient.join(target, { room, identity: 'native', dtls });
    t.after(() => native.close());
    const line = await native.publish();
    const silence = Buffer.from([0xf8, 0xff, 0xfe]);
    let sequence = 0;
    const timer = setInterval(() => {
      sequence += 1;
      line.send(rtpPacket({ payloadType: 111, ssrc: 4_711, sequence, timestamp: sequence * 960, payload: silence }));
    }, 20);
    t.after(() => clearInterval(timer));
    const ear = await binh.listen('native');
    await until('its frames', () => ear.frames > 20);
    await until('its message', () => {
      line.say('hello');
      return binh.messages.includes('native>hello');
    });
    assert.deepEqual(native.signal.all('leave'), []);
  });
}

test('a viewer who understands no rtx gets pictures all the same, and from us what it does understand', async (t) => {
  const room = freshRoom('rtx');
  const an = await RtcClient.join(target, { room, identity: 'an', options: { singlePeerConnection: false } });
  t.after(() => an.close());
  const { sid: first = '' } = await an.publishColour('red');
  const { sid: second = '' } = await an.publishColour('green');
  // Afterwards, so that both come in one offer: libdatachannel does not follow a section that takes another mid.
  const viewer = await NativeClient.join(target, { room, identity: 'viewer', dtls: 'server', rtx: false });
  t.after(() => viewer.close());
  await until('both pictures', () => [first, second].every((sid) => (viewer.packets.get(sid) ?? 0) > 20));
  if (!target.own) return;
  const sending = viewer.offer
    .split(/\r\n(?=m=)/)
    .filter((text) => /^m=video 9 /.test(text) && /^a=sendonly/m.test(text));
  assert.equal(sending.length, 2);
  for (const section of sending) assert.doesNotMatch(section, /rtx/);
});
