import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { AccessToken } from 'livekit-server-sdk';
import { ChromiumPage } from './chromium.ts';
import { RecordingProxy } from './recordingProxy.ts';
import { disposeRtcNode, RtcNodePublisher } from './rtcNode.ts';

const usage = `Records the SDP that LiveKit clients exchange with a LiveKit server, as golden files for media/sdp.

usage: node server/test/support/recordSdp/main.ts --url ws://127.0.0.1:7880 --key devkey --secret SECRET [--out DIR]`;

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    key: { type: 'string', default: 'devkey' },
    secret: { type: 'string', default: '' },
    out: { type: 'string', default: join(import.meta.dirname, '../../../src/media/sdp/golden') },
    help: { type: 'boolean' },
  },
});
if (values.help || !values.url) {
  console.log(usage);
  process.exit(values.help ? 0 : 1);
}
const { url, key, secret, out } = values;

async function token(room: string, identity: string): Promise<string> {
  const access = new AccessToken(key, secret, { identity });
  access.addGrant({ roomJoin: true, room });
  return access.toJwt();
}

async function save(name: string, proxy: RecordingProxy): Promise<void> {
  // Descriptions have no acknowledgement, so the last answer is given time to pass.
  await wait(1500);
  const recorded = proxy.take();
  await writeFile(join(out, `${name}.golden.json`), `${JSON.stringify(recorded, null, 1)}\n`);
  console.log(name, recorded.map((r) => ('connection' in r ? `${r.connection[0]}:${r.type}` : r.type)).join(' '));
}

async function recordRtcNode(proxy: RecordingProxy, name: string, options: object): Promise<void> {
  const publisher = await RtcNodePublisher.create(proxy.url, await token(name, 'recorded'), options);
  const audio = await publisher.publishAudio();
  const video = await publisher.publishVideo(true);
  await wait(500);
  await publisher.unpublish(video);
  await wait(500);
  await publisher.publishVideo(true);
  await publisher.unpublish(audio);
  await wait(500);
  await publisher.publishAudio();
  await publisher.publishVideo(false);
  await save(name, proxy);
  await publisher.close();
  proxy.take();
}

async function recordChromium(proxy: RecordingProxy): Promise<void> {
  const room = 'chromium';
  const other = await RtcNodePublisher.create(url ?? '', await token(room, 'other'));
  const browser = await ChromiumPage.create();
  const { page } = browser;
  const run = async (name: string, steps: string): Promise<void> => {
    const connect = `const room = new LivekitClient.Room(${name.endsWith('plain') ? '{}' : '{adaptiveStream: true, dynacast: true}'});
      await room.connect(${JSON.stringify(proxy.url)}, ${JSON.stringify(await token(room, name))});
      const me = room.localParticipant; const pause = (ms) => new Promise((r) => setTimeout(r, ms));
      globalThis.room = room;`;
    await page.evaluate(`(async () => { ${connect} ${steps} })()`);
    if (name.endsWith('subscriber')) await churn(other);
    await save(name, proxy);
    await page.evaluate('room.disconnect()');
    await wait(500);
    proxy.take();
  };
  const video = (options: string): string =>
    `await me.publishTrack(await LivekitClient.createLocalVideoTrack({resolution: {width: 1280, height: 720}}), ${options}); await pause(700);`;
  const unpublishCamera = `{ const p = me.getTrackPublication('camera'); await me.unpublishTrack(p.track); await pause(500); }`;
  await run(
    'chromium-publish',
    `await me.setMicrophoneEnabled(true); ${video('{}')} ${unpublishCamera} ${video('{}')} ${unpublishCamera}`,
  );
  await run(
    'chromium-plain',
    `await me.setMicrophoneEnabled(true, {}, {dtx: false, forceStereo: true}); ${video('{simulcast: false}')} ${unpublishCamera} ${video('{simulcast: false}')}`,
  );
  await run('chromium-h264', video(`{videoCodec: 'h264', backupCodec: false}`));
  await run('chromium-vp9', video(`{videoCodec: 'vp9', backupCodec: false}`));
  await run(
    'chromium-screen',
    `await me.setScreenShareEnabled(true); await pause(500); await me.setScreenShareEnabled(false);`,
  );
  await run(
    'chromium-resume',
    `await me.setMicrophoneEnabled(true); ${video('{}')}
    const back = new Promise((r) => room.once('reconnected', r)); room.simulateScenario('signal-reconnect'); await back;
    const again = new Promise((r) => room.once('reconnected', r)); room.simulateScenario('full-reconnect'); await again;`,
  );
  await run('chromium-subscriber', '');
  await browser.close();
  await other.close();
}

/** Tracks come and go, so that the viewer's sections are closed and filled again. */
async function churn(other: RtcNodePublisher): Promise<void> {
  for (let i = 0; i < 2; i++) {
    const audio = await other.publishAudio();
    const video = await other.publishVideo(true);
    await wait(1000);
    await other.unpublish(video);
    await other.unpublish(audio);
    await wait(1000);
  }
}

await mkdir(out, { recursive: true });
const proxy = await RecordingProxy.create(url);
try {
  await recordRtcNode(proxy, 'rtc-node-default', {});
  await recordRtcNode(proxy, 'rtc-node-two-connections', { singlePeerConnection: false });
  await recordChromium(proxy);
} finally {
  await proxy.close();
  await disposeRtcNode();
}
