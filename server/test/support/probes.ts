import {
  type AudioFrame,
  AudioStream,
  type RemoteTrack,
  VideoBufferType,
  type VideoFrameEvent,
  VideoStream,
} from '@livekit/rtc-node';
import { type Colour, colourOf, colourOfI420 } from './colours.ts';
import { loudness, share } from './tones.ts';

/** Looks at a remote video track all the time and keeps what the newest frame shows. */
export class VideoProbe {
  frames = 0;
  width = 0;
  height = 0;
  colour: Colour | undefined;
  readonly #reader: ReadableStreamDefaultReader<VideoFrameEvent>;

  constructor(track: RemoteTrack) {
    this.#reader = new VideoStream(track).getReader();
    void this.#run();
  }

  async #run(): Promise<void> {
    for (let next = await this.#reader.read(); !next.done; next = await this.#reader.read()) {
      const frame =
        next.value.frame.type === VideoBufferType.I420
          ? next.value.frame
          : next.value.frame.convert(VideoBufferType.I420);
      this.frames += 1;
      this.width = frame.width;
      this.height = frame.height;
      this.colour = colourOf(colourOfI420(frame.data, frame.width, frame.height));
    }
  }

  close(): Promise<void> {
    return this.#reader.cancel().catch(() => {});
  }
}

/** Listens to a remote audio track all the time and keeps the last 200 ms. */
export class AudioProbe {
  frames = 0;
  readonly #last = new Int16Array(9_600);
  readonly #reader: ReadableStreamDefaultReader<AudioFrame>;

  constructor(track: RemoteTrack) {
    this.#reader = new AudioStream(track, 48_000, 1).getReader();
    void this.#run();
  }

  async #run(): Promise<void> {
    for (let next = await this.#reader.read(); !next.done; next = await this.#reader.read()) {
      const samples = next.value.data.subarray(-this.#last.length);
      this.#last.copyWithin(0, samples.length);
      this.#last.set(samples, this.#last.length - samples.length);
      this.frames += 1;
    }
  }

  /** Whether this frequency makes most of what is heard now. */
  hears(hz: number): boolean {
    return this.frames > 20 && this.loudness > 0.01 && share(this.#last, hz, 48_000) > 0.6;
  }
  get loudness(): number {
    return loudness(this.#last);
  }

  close(): Promise<void> {
    return this.#reader.cancel().catch(() => {});
  }
}
