// Runs in Chromium: a LiveKit room by livekit-client, pictures from a canvas, tones from an oscillator, and eyes and ears.
import * as lk from 'livekit-client';

const log = [];
const summary = (value) => {
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  if (Array.isArray(value)) return value.map(summary);
  if (value instanceof lk.Participant) return value.identity;
  if (value instanceof lk.TrackPublication) return { sid: value.trackSid, kind: value.kind, muted: value.isMuted };
  if (value instanceof lk.Track) return { sid: value.sid, kind: value.kind, muted: value.isMuted };
  if (value instanceof Error) return String(value);
  return typeof value === 'object' && value !== null ? JSON.parse(JSON.stringify(value)) : value;
};

let sound;
const audio = () => {
  sound ??= new AudioContext({ sampleRate: 48_000 });
  return sound;
};
const sources = {};
const screens = new Map();
const ears = new Map();

/** In livekit-client 1 both have other names, and participants other keys. */
const publicationOf = (identity, kind) => {
  const participants = bot.room.remoteParticipants ?? bot.room.participants;
  const participant = [...participants.values()].find(
    (p) => p.identity === identity || p.attributes?.['dh.identity'] === identity,
  );
  const publications = participant?.trackPublications ?? participant?.tracks ?? new Map();
  return [...publications.values()].find((p) => p.kind === kind && p.track);
};

globalThis.bot = {
  lk,
  log,
  async join(url, token, { passphrase, ...roomOptions }, connectOptions) {
    const keyProvider = passphrase && new lk.ExternalE2EEKeyProvider();
    const worker = keyProvider && new Worker('/e2ee-worker.mjs', { type: 'module' });
    const room = new lk.Room({ ...roomOptions, ...(keyProvider ? { e2ee: { keyProvider, worker } } : {}) });
    if (keyProvider) {
      await keyProvider.setKey(passphrase);
      await room.setE2EEEnabled(true);
    }
    bot.room = room;
    for (const name of Object.values(lk.RoomEvent)) room.on(name, (...args) => log.push([name, args.map(summary)]));
    await room.connect(url, token, connectOptions);
  },

  /** A canvas of one colour with a moving bar, as a track; with `noise`, so rich that it fills the bit rate. */
  async publishColour([r, g, b], { width = 320, height = 180, fps = 15, noise = false, ...options } = {}) {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const draw = canvas.getContext('2d');
    let step = 0;
    const paint = () => {
      draw.fillStyle = `rgb(${r} ${g} ${b})`;
      draw.fillRect(0, 0, width, height);
      draw.fillStyle = `rgb(${Math.min(255, r + 20)} ${Math.min(255, g + 20)} ${Math.min(255, b + 20)})`;
      draw.fillRect(0, (8 * step++) % (height / 4), width, 4);
      for (let i = 0; noise && i < 2000; i++) {
        draw.fillStyle = `rgb(0 0 0 / ${Math.random() / 4})`;
        draw.fillRect(Math.random() * width, Math.random() * height, 16, 16);
      }
    };
    paint();
    setInterval(paint, 1000 / fps);
    const [track] = canvas.captureStream(fps).getVideoTracks();
    const publication = await bot.room.localParticipant.publishTrack(track, { source: 'camera', ...options });
    return publication.trackSid;
  },

  async publishTone(hz, options = {}) {
    const oscillator = new OscillatorNode(audio(), { frequency: hz });
    const gain = new GainNode(audio(), { gain: 0.5 });
    const out = audio().createMediaStreamDestination();
    oscillator.connect(gain).connect(out);
    oscillator.start();
    sources[hz] = gain;
    const [track] = out.stream.getAudioTracks();
    const publication = await bot.room.localParticipant.publishTrack(track, {
      source: 'microphone',
      red: false,
      ...options,
    });
    return publication.trackSid;
  },
  hush(hz) {
    sources[hz].gain.value = 0;
  },

  /** Shows that participant's video (in a box of `width` x `height` CSS pixels) and tells size and mean colour of its lower half. */
  look(identity, width = 1280, height = 720) {
    const track = publicationOf(identity, 'video')?.track;
    if (!track) return null;
    if (screens.get(identity)?.track !== track) {
      screens.get(identity)?.video.remove();
      const video = track.attach();
      video.id = `screen-${identity}`;
      video.muted = true;
      document.body.append(video);
      screens.set(identity, { track, video, frames: 0 });
      const count = () => {
        screens.get(identity).frames += 1;
        video.requestVideoFrameCallback(count);
      };
      video.requestVideoFrameCallback(count);
    }
    const { video, frames } = screens.get(identity);
    Object.assign(video.style, { width: `${width}px`, height: `${height}px` });
    if (video.readyState < 2 || !video.videoWidth) return null;
    const canvas = Object.assign(document.createElement('canvas'), { width: 8, height: 8 });
    const draw = canvas.getContext('2d', { willReadFrequently: true });
    draw.drawImage(video, 0, 0, 8, 8);
    const pixels = draw.getImageData(0, 4, 8, 4).data;
    const rgb = [0, 1, 2].map((c) => pixels.filter((_, i) => i % 4 === c).reduce((sum, v) => sum + v, 0) / 32);
    return { width: video.videoWidth, height: video.videoHeight, rgb, frames };
  },

  /** Loudest frequency of that participant and how loud the whole is (0..1). */
  hear(identity) {
    const track = publicationOf(identity, 'audio')?.track;
    if (!track) return null;
    if (ears.get(identity)?.track !== track) {
      // Chromium lets remote audio flow only when an element plays it too.
      const element = Object.assign(track.attach(), { volume: 0 });
      document.body.append(element);
      const analyser = new AnalyserNode(audio(), { fftSize: 16_384, smoothingTimeConstant: 0 });
      audio()
        .createMediaStreamSource(new MediaStream([track.mediaStreamTrack]))
        .connect(analyser);
      ears.set(identity, { track, analyser });
    }
    const { analyser } = ears.get(identity);
    const spectrum = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(spectrum);
    const wave = new Float32Array(2_048);
    analyser.getFloatTimeDomainData(wave);
    const peak = spectrum.reduce((best, value, i) => (value > spectrum[best] ? i : best), 0);
    return {
      hz: (peak * audio().sampleRate) / analyser.fftSize,
      loudness: Math.sqrt(wave.reduce((sum, v) => sum + v * v, 0) / wave.length),
    };
  },

  /** What the publisher's encoder really sends: active layers by rid with codec, frame height and frames so far. */
  async sent(sid) {
    const track = bot.room.localParticipant.trackPublications.get(sid).track;
    const report = await track.sender.getStats();
    return [...report.values()]
      .filter((s) => s.type === 'outbound-rtp')
      .map((s) => ({
        rid: s.rid ?? '',
        codec: report.get(s.codecId)?.mimeType,
        height: s.frameHeight ?? 0,
        frames: s.framesEncoded ?? 0,
        active: s.active,
      }));
  },
};
