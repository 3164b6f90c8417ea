import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  type LocalParticipant,
  type LocalTrackPublication,
  LocalVideoTrack,
  type RemoteParticipant,
  type RemoteTrack,
  Room,
  RoomEvent,
  type RoomOptions,
  TrackKind,
  TrackPublishOptions,
  TrackSource,
  VideoBufferType,
  VideoFrame,
  VideoSource,
} from '@livekit/rtc-node';
import type { VideoGrant } from 'livekit-server-sdk';
import { participantAttributes } from '../../src/protocol/briefing.ts';
import { type Colour, paint } from './colours.ts';
import { EventLog } from './EventLog.ts';
import type { Joinable } from './JsClient.ts';
import { AudioProbe, VideoProbe } from './probes.ts';
import { sine } from './tones.ts';
import { until, within } from './until.ts';

export interface JoinOptions {
  readonly room: string;
  readonly identity: string;
  readonly grant?: VideoGrant;
  readonly token?: string;
  /** Where to connect, when not straight to the target (a proxy that can be cut). */
  readonly url?: string;
  readonly options?: Partial<RoomOptions> & { readonly singlePeerConnection?: boolean | undefined };
}

/** A participant by @livekit/rtc-node (libwebrtc), who can show a colour, sound a tone, and see and hear others. */
export class RtcClient {
  readonly room = new Room();
  // biome-ignore lint/suspicious/noExplicitAny: arguments differ by event, and tests know which they asked for.
  readonly events = new EventLog<any[]>();
  readonly #closers: (() => unknown)[] = [];

  static async join(target: Joinable, join: JoinOptions): Promise<RtcClient> {
    const client = new RtcClient();
    for (const name of Object.values(RoomEvent)) {
      client.room.on(name as RoomEvent.Connected, (...args: unknown[]) => client.events.add(name, args));
    }
    const token = join.token ?? (await target.token(join.identity, join.room, join.grant));
    const joined = client.room.connect(join.url ?? target.url, token, join.options as RoomOptions | undefined);
    await within(`${join.identity} has joined`, joined, 60_000, () => client.events.all.map(({ name }) => name));
    return client;
  }

  get me(): LocalParticipant {
    if (!this.room.localParticipant) throw new Error('not connected');
    return this.room.localParticipant;
  }

  async publishTone(
    hz: number,
    source = TrackSource.SOURCE_MICROPHONE,
  ): Promise<LocalTrackPublication & { hush(): void }> {
    const audio = new AudioSource(48_000, 1, 200);
    const track = LocalAudioTrack.createAudioTrack(`tone-${hz}`, audio);
    let [at, on, loud] = [0, true, true];
    const play = async () => {
      while (on) await audio.captureFrame(new AudioFrame(sine(hz, at++, loud ? 0.5 : 0), 48_000, 1, 480));
    };
    this.#closers.push(
      () => {
        on = false;
      },
      () => track.close(),
    );
    void play().catch(() => {});
    const publication = await this.me.publishTrack(track, new TrackPublishOptions({ source }));
    return Object.assign(publication, {
      hush: () => {
        loud = false;
      },
    });
  }

  async publishColour(
    colour: Colour,
    { width = 320, height = 180, simulcast = false, fps = 15, source = TrackSource.SOURCE_CAMERA } = {},
  ): Promise<LocalTrackPublication> {
    const video = new VideoSource(width, height);
    const track = LocalVideoTrack.createVideoTrack(`colour-${colour}`, video);
    let step = 0;
    const timer = setInterval(() => {
      video.captureFrame(new VideoFrame(paint(colour, width, height, step++), width, height, VideoBufferType.I420));
    }, 1000 / fps);
    this.#closers.push(
      () => clearInterval(timer),
      () => track.close(),
    );
    return this.me.publishTrack(track, new TrackPublishOptions({ source, simulcast }));
  }

  /** By the identity under which they are known here, or that of their device, which is told on stage. */
  remote(identity: string): RemoteParticipant | undefined {
    const others = [...this.room.remoteParticipants.values()];
    return others.find((p) => p.identity === identity || p.attributes[participantAttributes.identity] === identity);
  }
  /** The track of that kind from that participant, once it is subscribed. */
  async track(identity: string, kind: 'audio' | 'video', ms?: number): Promise<RemoteTrack> {
    const wanted = kind === 'audio' ? TrackKind.KIND_AUDIO : TrackKind.KIND_VIDEO;
    return until(
      `${kind} of ${identity} at ${this.room.localParticipant?.identity}`,
      () => {
        const publications = this.remote(identity)?.trackPublications.values() ?? [];
        const found = [...publications].find((p) => p.kind === wanted && p.track);
        return found?.track as RemoteTrack | undefined;
      },
      ms,
    );
  }
  async watch(identity: string, ms?: number): Promise<VideoProbe> {
    const probe = new VideoProbe(await this.track(identity, 'video', ms));
    this.#closers.push(() => probe.close());
    return probe;
  }
  /** Until the picture that somebody publishes in this colour is seen; one that they published before may still be ending. */
  async sees(identity: string, colour: Colour): Promise<VideoProbe> {
    const track = await until(`${colour} of ${identity} at ${this.me.identity}`, () => {
      const publications = this.remote(identity)?.trackPublications.values() ?? [];
      return [...publications].find((p) => p.name === `colour-${colour}` && p.track)?.track;
    });
    const probe = new VideoProbe(track as RemoteTrack);
    this.#closers.push(() => probe.close());
    await until(`${this.me.identity} sees ${colour} of ${identity}`, () => probe.colour === colour);
    return probe;
  }
  async listen(identity: string, ms?: number): Promise<AudioProbe> {
    const probe = new AudioProbe(await this.track(identity, 'audio', ms));
    this.#closers.push(() => probe.close());
    return probe;
  }

  /** Text of every data message so far, as `sender>text`. */
  get messages(): string[] {
    return this.events.of(RoomEvent.DataReceived).map(([payload, from]) => {
      return `${from?.identity ?? ''}>${new TextDecoder().decode(payload)}`;
    });
  }
  say(
    text: string,
    options: { reliable?: boolean; topic?: string; destination_identities?: string[] } = { reliable: true },
  ) {
    return this.me.publishData(new TextEncoder().encode(text), options);
  }

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0)) await close();
    await this.room.disconnect();
  }
}
