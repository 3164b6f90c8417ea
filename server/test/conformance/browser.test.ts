import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsClient } from '../support/JsClient.ts';
import { byDefault, suite, v0 } from '../support/suite.ts';
import { freshRoom } from '../support/Target.ts';
import { until } from '../support/until.ts';

const on = suite();
const { js, rtc } = on;

const mode = (client: JsClient) => client.run<string>('return room.engine.pcManager.mode');
const negotiationErrors = (client: JsClient) =>
  client.complaints.filter((line) => /negotiat|setRemoteDescription|setLocalDescription|m-line/i.test(line));

test('#03 both data channels of the browser open and carry bytes unchanged', async () => {
  const room = freshRoom('03');
  const an = await js(room, 'an');
  const binh = await js(room, 'binh');
  await binh.run(`
    bot.sizes = [];
    room.on('dataReceived', (bytes, from, kind, topic) => bot.sizes.push([topic, bytes.length, bytes.reduce((a, b) => (a * 31 + b) % 65521, 7)]));
  `);
  const sum = await an.run<number>(`
    const bytes = Uint8Array.from({ length: 60000 }, (_, i) => (i * i) % 251);
    await room.localParticipant.publishData(bytes, { reliable: true, topic: 'big' });
    return bytes.reduce((a, b) => (a * 31 + b) % 65521, 7);
  `);
  const sizes = () => binh.run<[string, number, number][]>('return bot.sizes');
  await until('60,000 bytes', async () => (await sizes()).length > 0);
  assert.deepEqual((await sizes())[0], ['big', 60_000, sum]);
  await until('a lossy message', async () => {
    await an.run(`await room.localParticipant.publishData(new Uint8Array(1000), { reliable: false, topic: 'lossy' })`);
    return (await sizes()).some(([topic, size]) => topic === 'lossy' && size === 1_000);
  });
  const states = await an.run<string[]>('return [0, 1].map((kind) => room.engine.dataChannelForKind(kind).readyState)');
  assert.deepEqual(states, ['open', 'open']);
});

for (const options of [byDefault, v0]) {
  const how = options === v0 ? 'two PeerConnections' : 'default options';

  test(`#08 the browser's camera and microphone are seen and heard (${how})`, async () => {
    const room = freshRoom('08');
    const an = await js(room, 'an', { options });
    const binh = await rtc(room, 'binh');
    await an.run('await room.localParticipant.enableCameraAndMicrophone()');
    const eye = await binh.watch('an');
    const ear = await binh.listen('an');
    await until('1280x720, moving', () => eye.width === 1280 && eye.height === 720 && eye.frames > 20, 20_000);
    await until("the green of Chromium's fake camera", () => eye.colour === 'green');
    await until('the beep of the fake microphone', () => ear.loudness > 0.05);
    if (on.target.own || options === v0) assert.equal(await mode(an), 'subscriber-primary');
    assert.deepEqual(negotiationErrors(an), []);
  });
}

test('#09 sound, picture and data between a browser and rtc-node, both ways', async () => {
  const room = freshRoom('09');
  const an = await js(room, 'an');
  const binh = await rtc(room, 'binh');
  await an.publishColour('blue', { width: 640, height: 360 });
  await an.publishTone(500);
  await binh.publishColour('yellow', { width: 640, height: 360 });
  await binh.publishTone(900);
  const eye = await binh.watch('an');
  const ear = await binh.listen('an');
  await until('blue at rtc-node', () => eye.colour === 'blue' && eye.frames > 10);
  await until('500 Hz at rtc-node', () => ear.hears(500));
  await an.sees('binh', 'yellow');
  await an.hears('binh', 900);
  await an.run(`await room.localParticipant.publishData(new TextEncoder().encode('from an'), { reliable: true })`);
  await binh.say('from binh');
  await until('data at rtc-node', () => binh.messages.includes('an>from an'));
  const [text, from] = await an.saw('dataReceived');
  assert.deepEqual([text, from], ['from binh', 'binh']);
});

test('#10 mute and unmute reach the others', async () => {
  const room = freshRoom('10');
  const an = await js(room, 'an');
  const binh = await js(room, 'binh');
  const chi = await rtc(room, 'chi');
  await an.publishTone(600);
  await binh.hears('an', 600);
  const ear = await chi.listen('an');
  await until('600 Hz', () => ear.hears(600));
  await an.run(`await room.localParticipant.getTrackPublication('microphone').mute()`);
  await binh.saw('trackMuted');
  await chi.events.saw('trackMuted');
  await until('silence', () => ear.loudness < 0.001);
  await an.run(`await room.localParticipant.getTrackPublication('microphone').unmute()`);
  await binh.saw('trackUnmuted');
  await until('600 Hz again', () => ear.hears(600));
});

test('#10 twenty rounds of publishing leave no more sections at the viewer than tracks at one time', async () => {
  const room = freshRoom('10');
  const an = await js(room, 'an');
  const binh = await js(room, 'binh');
  const sections = () =>
    binh.run<number>(`return room.engine.pcManager.subscriber.getRemoteDescription().sdp.match(/^m=/gm).length`);
  let most = 0;
  for (let round = 0; round < 20; round++) {
    const colour = round % 2 ? 'red' : 'green';
    const since = await binh.mark();
    const sid = await an.publishColour(colour, { simulcast: round % 4 === 3 });
    await binh.saw('trackSubscribed', { since, where: (track) => track.sid === sid });
    if (round % 5 === 0) await binh.sees('an', colour);
    if (round === 9) {
      const chi = await js(room, 'chi');
      await chi.sees('an', colour);
    }
    await an.run(
      'await room.localParticipant.unpublishTrack([...room.localParticipant.trackPublications.values()][0].track)',
    );
    await binh.saw('trackUnsubscribed', { since, where: (track) => track.sid === sid });
    await binh.saw('trackUnpublished', { since, where: (publication) => publication.sid === sid });
    most = Math.max(most, await sections());
  }
  assert.ok(most <= 8, `${most} sections at the viewer`);
  assert.deepEqual([...negotiationErrors(an), ...negotiationErrors(binh)], []);
});

test('#11 RPC between browsers and rtc-node, in all directions', async () => {
  const room = freshRoom('11');
  const an = await js(room, 'an');
  const binh = await js(room, 'binh');
  const chi = await rtc(room, 'chi');
  const register = `room.registerRpcMethod('echo', async (d) => room.localParticipant.identity + '<' + d.callerIdentity + ':' + d.payload)`;
  await an.run(register);
  await binh.run(register);
  chi.me.registerRpcMethod('echo', async (d) => `chi<${d.callerIdentity}:${d.payload}`);
  const ask = (from: JsClient, to: string, payload: string) =>
    from.run<string>(
      `return room.localParticipant.performRpc({ destinationIdentity: arg[0], method: 'echo', payload: arg[1] })`,
      [to, payload],
    );
  assert.equal(await ask(an, 'binh', 'xin chào'), 'binh<an:xin chào');
  assert.equal(await ask(an, 'chi', 'hai'), 'chi<an:hai');
  assert.equal(await chi.me.performRpc({ destinationIdentity: 'binh', method: 'echo', payload: 'ba' }), 'binh<chi:ba');
  await assert.rejects(
    chi.me.performRpc({ destinationIdentity: 'an', method: 'unknown', payload: '' }),
    /1400|not supported/i,
  );
});

test('#11 text and byte streams of a megabyte arrive complete and in order', async () => {
  const room = freshRoom('11');
  const an = await js(room, 'an');
  const binh = await js(room, 'binh');
  const chi = await rtc(room, 'chi');
  await binh.run(`
    bot.got = [];
    const digest = async (bytes) => [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].join();
    room.registerTextStreamHandler('text', async (reader) => bot.got.push(await reader.readAll()));
    room.registerByteStreamHandler('bytes', async (reader) => bot.got.push(await digest(await new Blob(await reader.readAll()).arrayBuffer())));
  `);
  const texts: string[] = [];
  const sizes: number[] = [];
  chi.room.registerTextStreamHandler('text', async (reader) => void texts.push(await reader.readAll()));
  chi.room.registerByteStreamHandler('bytes', async (reader) => {
    let size = 0;
    for await (const chunk of reader) size += chunk.length;
    sizes.push(size);
  });
  await an.run(`await room.localParticipant.sendText('Kính gửi '.repeat(20000), { topic: 'text' })`);
  const digest = await an.run<string>(`
    const bytes = crypto.getRandomValues(new Uint8Array(65536));
    const file = new File(Array(16).fill(bytes), 'file.bin');
    await room.localParticipant.sendFile(file, { topic: 'bytes' });
    return [...new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()))].join();
  `);
  await until(
    'both streams in the browser',
    async () => (await binh.run<number>('return bot.got.length')) === 2,
    20_000,
  );
  const got = await binh.run<string[]>('return bot.got');
  assert.equal(got[0], 'Kính gửi '.repeat(20_000));
  assert.equal(got[1], digest);
  await until('both streams at rtc-node', () => texts.length === 1 && sizes.length === 1, 20_000);
  assert.equal(texts[0], 'Kính gửi '.repeat(20_000));
  assert.equal(sizes[0], 1_048_576);

  await chi.me.sendText('trả lời '.repeat(5_000), { topic: 'text' });
  await until('the answer in the browser', async () => (await binh.run<number>('return bot.got.length')) === 3, 20_000);
  assert.equal((await binh.run<string[]>('return bot.got'))[2], 'trả lời '.repeat(5_000));
});

test('#12 a small or hidden picture gets a lower layer or none, and the publisher stops what nobody wants', async () => {
  const room = freshRoom('12');
  const an = await js(room, 'an', { options: { dynacast: true } });
  const binh = await js(room, 'binh', { options: { adaptiveStream: { pixelDensity: 1 } } });
  const sid = await an.publishColour('red', { width: 1280, height: 720, simulcast: true });
  const shown = (width: number, height: number, ms = 20_000) =>
    until(
      `a picture of ${height} lines`,
      async () => {
        const seen = await binh.look('an', width, height);
        return seen?.height === height && seen.colour === 'red' && seen;
      },
      ms,
    );
  await shown(1280, 720);
  await shown(320, 180);
  const sent = () => an.call<{ rid: string; frames: number; active: boolean }[]>('sent', sid);
  const growing = async () => {
    const first = await sent();
    const began = performance.now();
    await until('half a second', () => performance.now() - began > 500);
    return (await sent())
      .filter((s) => s.frames > (first.find((f) => f.rid === s.rid)?.frames ?? 0) + 2)
      .map((s) => s.rid);
  };
  await until('only the lowest layer is encoded', async () => (await growing()).join() === 'q', 30_000);
  await shown(1280, 720);
  await binh.run(`document.getElementById('screen-an').style.display = 'none'`);
  await until('nothing is encoded', async () => (await growing()).length === 0, 30_000);
  await binh.run(`document.getElementById('screen-an').style.display = ''`);
  const { frames } = await shown(1280, 720);
  await until('it moves again', async () => ((await binh.look('an'))?.frames ?? 0) > frames + 5);
});
