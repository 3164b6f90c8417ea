import { mkdir, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { AccessToken, RoomServiceClient } from 'livekit-server-sdk';
import { ChromiumPage } from '../recordSdp/chromium.ts';
import { disposeRtcNode, RtcNodePublisher } from '../recordSdp/rtcNode.ts';
import { goldenFolder, goldenPath, pack } from './golden.ts';
import { Normaliser } from './Normaliser.ts';
import { SignalProxy } from './SignalProxy.ts';

const usage = `Records what LiveKit clients and a LiveKit server say to each other on /rtc/v1, as golden files.

usage: node server/test/support/recordV1/main.ts --url ws://127.0.0.1:7880 --key devkey --secret SECRET
       [--out DIR] [NAME...]`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string' },
    key: { type: 'string', default: 'devkey' },
    secret: { type: 'string', default: '' },
    out: { type: 'string', default: goldenFolder },
    help: { type: 'boolean' },
  },
});
if (values.help || !values.url) {
  console.log(usage);
  process.exit(values.help ? 0 : 1);
}
const { url, key, secret, out } = values;
const rooms = new RoomServiceClient(url.replace(/^ws/, 'http'), key, secret);
const proxy = await SignalProxy.create(url);

async function token(room: string, identity: string, grant: object = {}): Promise<string> {
  const access = new AccessToken(key, secret, { identity });
  access.addGrant({ roomJoin: true, room, ...grant });
  return access.toJwt();
}

async function save(name: string): Promise<void> {
  const normaliser = new Normaliser();
  const passed = proxy.take().map((record) => normaliser.json(JSON.parse(JSON.stringify(record))));
  await writeFile(goldenPath(name, out), `${JSON.stringify(pack(passed), null, 1)}\n`);
  console.log(name, passed.length);
}

/** One page in a room where rtc-node already publishes; `act` says a step, does it in the page, and lets it pass. */
async function inBrowser(
  name: string,
  story: (act: (step: string, body: string, ms?: number) => Promise<void>, other: RtcNodePublisher) => Promise<void>,
  grant: object = {},
): Promise<void> {
  if (positionals.length > 0 && !positionals.includes(name)) return;
  const other = await RtcNodePublisher.create(url ?? '', await token(name, 'other'), {
    singlePeerConnection: false,
  } as object);
  await other.publishAudio();
  await other.publishVideo(true);
  const browser = await ChromiumPage.create();
  const act = async (step: string, body: string, ms = 2_500): Promise<void> => {
    proxy.step(step);
    await browser.page.evaluate(`(async () => { ${body} })()`);
    await wait(ms);
  };
  const jwt = await token(name, 'recorded', grant);
  await act(
    'connect',
    `globalThis.room = new LivekitClient.Room({ adaptiveStream: true, dynacast: true });
     globalThis.me = room.localParticipant;
     globalThis.pictures = () =>
       [...room.remoteParticipants.values()].flatMap((p) => [...p.videoTrackPublications.values()]);
     globalThis.heard = [];
     room.on('dataReceived', (bytes) => heard.push(new TextDecoder().decode(bytes)));
     await room.connect(${JSON.stringify(proxy.url)}, ${JSON.stringify(jwt)});`,
  );
  await story(act, other);
  const state = await browser.page.evaluate(
    `({ mode: room.engine.pcManager?.mode, heard, subscribed: pictures().map((t) => t.isSubscribed) })`,
  );
  console.log(name, JSON.stringify(state));
  await act('leave', 'await room.disconnect()', 500);
  await save(name);
  await browser.close();
  await other.close();
}

const camera = `
  const camera = await LivekitClient.createLocalVideoTrack({ resolution: { width: 1280, height: 720 } });
  await me.publishTrack(camera, {});`;

await mkdir(out, { recursive: true });
try {
  await inBrowser('publish', async (act, other) => {
    await act('publish the microphone', 'await me.setMicrophoneEnabled(true)');
    await act('publish the camera', camera);
    await act(
      'send data, both kinds',
      `const send = (text, reliable) => me.publishData(new TextEncoder().encode(text), { reliable });
       await send('r', true); await send('l', false);`,
    );
    proxy.step('the other sends data');
    await other.room.localParticipant?.publishData(new TextEncoder().encode('from the other'), { reliable: true });
    await act('mute the microphone', `await me.getTrackPublication('microphone').mute()`, 800);
    await act('unpublish the camera', `await me.unpublishTrack(me.getTrackPublication('camera').track)`);
    await act('publish the camera again', camera);
  });
  await inBrowser('subscribe', async (act, other) => {
    const sids: string[] = [];
    for (let i = 2; i <= 5; i++) {
      proxy.step(`the other publishes video ${i}`);
      sids.push(await other.publishVideo(false));
      await wait(2_500);
    }
    proxy.step('the other publishes audio 2 to 5');
    for (let i = 2; i <= 5; i++) await other.publishAudio();
    await wait(2_500);
    proxy.step('the other unpublishes video 5');
    await other.unpublish(sids[3] ?? '');
    await wait(2_500);
    proxy.step('the other publishes video 6');
    await other.publishVideo(false);
    await act('unsubscribe from all video', `pictures().forEach((t) => t.setSubscribed(false))`);
    await act('subscribe again', `pictures().forEach((t) => t.setSubscribed(true))`);
  });
  await inBrowser('resume', async (act) => {
    await act('publish the microphone and the camera', `await me.setMicrophoneEnabled(true); ${camera}`);
    proxy.step('the socket breaks');
    proxy.cut();
    await wait(6_000);
    await act(
      'full reconnect',
      `const back = new Promise((r) => room.once('reconnected', r));
       room.simulateScenario('full-reconnect');
       await back;`,
      4_000,
    );
  });
  await inBrowser('permission', async (act) => {
    await act('publish the microphone', `await me.setMicrophoneEnabled(true)`);
    const may = { canSubscribe: true, canPublish: true, canPublishData: true };
    proxy.step('may not publish any more');
    await rooms.updateParticipant('permission', 'recorded', { permission: { ...may, canPublish: false } });
    await wait(2_500);
    proxy.step('may publish, and not subscribe');
    await rooms.updateParticipant('permission', 'recorded', { permission: { ...may, canSubscribe: false } });
    await wait(2_500);
    proxy.step('may do both');
    await rooms.updateParticipant('permission', 'recorded', { permission: may });
    await wait(2_500);
    await act('publish the microphone again', `await me.setMicrophoneEnabled(true)`);
  });
  await inBrowser('audience', async () => {}, { canPublish: false, canPublishData: false });
  if (positionals.length === 0 || positionals.includes('rtc-node')) {
    const other = await RtcNodePublisher.create(url, await token('rtc-node', 'other'), {
      singlePeerConnection: false,
    } as object);
    await other.publishAudio();
    await other.publishVideo(true);
    proxy.step('connect');
    const recorded = await RtcNodePublisher.create(proxy.url, await token('rtc-node', 'recorded'));
    await wait(2_500);
    proxy.step('publish the microphone and the camera');
    await recorded.publishAudio();
    await recorded.publishVideo(true);
    await wait(2_500);
    proxy.step('the socket breaks');
    proxy.cut();
    await wait(6_000);
    proxy.step('leave');
    await recorded.close();
    await wait(500);
    await save('rtc-node');
    await other.close();
  }
} finally {
  await proxy.close();
  await disposeRtcNode();
}
process.exit(0);
