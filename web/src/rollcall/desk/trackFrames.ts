/** WebCodecs' way from a track to its frames and back, which Chromium has in pages, and TypeScript does not know. */
interface TrackProcessor {
  readonly readable: ReadableStream<VideoFrame>;
}
interface TrackGenerator extends MediaStreamTrack {
  readonly writable: WritableStream<VideoFrame>;
}
interface FrameWays {
  readonly MediaStreamTrackProcessor?: new (init: { track: MediaStreamTrack }) => TrackProcessor;
  readonly MediaStreamTrackGenerator?: new (init: { kind: 'video' }) => TrackGenerator;
}
const ways = (): FrameWays => globalThis as FrameWays;

export const hasFrames = (): boolean =>
  ways().MediaStreamTrackProcessor !== undefined && ways().MediaStreamTrackGenerator !== undefined;

/** A track made of the frames of another, each changed on its way. */
export class Frames {
  readonly track: MediaStreamTrack;
  readonly #end = new AbortController();

  /** @throws Error where `hasFrames` is false */
  constructor(source: MediaStreamTrack, change: (frame: VideoFrame) => Promise<VideoFrame>) {
    const { MediaStreamTrackProcessor: Processor, MediaStreamTrackGenerator: Generator } = ways();
    if (!Processor || !Generator) throw new Error('this browser gives no frames of a track');
    const generator = new Generator({ kind: 'video' });
    this.track = generator;
    const changed = new TransformStream<VideoFrame, VideoFrame>({
      async transform(frame, out) {
        try {
          out.enqueue(await change(frame));
        } finally {
          frame.close();
        }
      },
    });
    new Processor({ track: source }).readable
      .pipeThrough(changed, { signal: this.#end.signal })
      .pipeTo(generator.writable, { signal: this.#end.signal })
      // It ends with the camera, or by `close`.
      .catch(() => undefined);
  }

  close(): void {
    this.#end.abort();
    this.track.stop();
  }
}
