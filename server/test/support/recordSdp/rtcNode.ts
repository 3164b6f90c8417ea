import {
  AudioFrame,
  AudioSource,
  dispose,
  LocalAudioTrack,
  LocalVideoTrack,
  Room,
  type RoomOptions,
  TrackPublishOptions,
  TrackSource,
  VideoBufferType,
  VideoFrame,
  VideoSource,
} from '@livekit/rtc-node';

/** A rtc-node participant that publishes a tone and a moving picture for as long as it is open. */
export class RtcNodePublisher {
  readonly room = new Room();
  readonly #audio = new AudioSource(48_000, 1);
  readonly #video = new VideoSource(1280, 720);
  readonly #frames: NodeJS.Timeout;
  #tick = 0;

  private constructor() {
    this.#frames = setInterval(() => this.#capture(), 50);
  }

  static async create(url: string, token: string, options: Partial<RoomOptions> = {}): Promise<RtcNodePublisher> {
    const publisher = new RtcNodePublisher();
    await publisher.room.connect(url, token, { autoSubscribe: true, dynacast: false, ...options });
    return publisher;
  }

  async publishAudio(): Promise<string> {
    const track = LocalAudioTrack.createAudioTrack('microphone', this.#audio);
    return this.#publish(track, new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE }));
  }

  async publishVideo(simulcast: boolean): Promise<string> {
    const track = LocalVideoTrack.createVideoTrack('camera', this.#video);
    return this.#publish(track, new TrackPublishOptions({ source: TrackSource.SOURCE_CAMERA, simulcast }));
  }

  async unpublish(sid: string): Promise<void> {
    await this.room.localParticipant?.unpublishTrack(sid, false);
  }

  async close(): Promise<void> {
    clearInterval(this.#frames);
    await this.room.disconnect();
    await this.#audio.close();
    await this.#video.close();
  }

  async #publish(track: LocalAudioTrack | LocalVideoTrack, options: TrackPublishOptions): Promise<string> {
    const publication = await this.room.localParticipant?.publishTrack(track, options);
    if (!publication?.sid) throw new Error('the track was not published');
    return publication.sid;
  }

  #capture(): void {
    this.#tick += 1;
    const samples = Int16Array.from({ length: 2400 }, (_, i) => 8000 * Math.sin((i * 2 * Math.PI * 440) / 48_000));
    void this.#audio.captureFrame(new AudioFrame(samples, 48_000, 1, samples.length)).catch(() => {});
    const picture = new Uint8Array(1280 * 720 * 1.5).fill(128);
    picture.fill((this.#tick * 4) % 256, 0, 1280 * 360);
    this.#video.captureFrame(new VideoFrame(picture, 1280, 720, VideoBufferType.I420));
  }
}

/** The native library keeps the process alive otherwise. */
export const disposeRtcNode = dispose;
