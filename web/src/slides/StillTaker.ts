import { STILL_BYTES } from '../api/contract.ts';
import { LOOK_HEIGHT, LOOK_WIDTH, StillMoment } from './stillMoment.ts';

const LOOK_EVERY_MS = 500;
/** After a still that was not taken. */
const PAUSE_MS = 4_000;
/** What a line of 300 kbit/s has within three seconds. */
const GOOD_BYTES = 100_000;
const LONGEST_LINE = 1920;
/**
 * Lines and quality, from the sharpest; 1 is lossless, and the smallest of all for a page of text as it was drawn (64 kB
 * where quality 0.8 makes 253).
 */
const tries = [
  [1080, 1],
  [1080, 0.8],
  [900, 0.7],
  [720, 0.7],
  [720, 0.5],
  [600, 0.4],
  [480, 0.4],
] as const;

/**
 * Takes stills of a screen that this device shares. It looks at the track itself, so it makes no difference whether the
 * page is hidden behind what is shared.
 */
export class StillTaker {
  readonly #video = document.createElement('video');
  readonly #send: (still: Blob) => Promise<unknown>;
  readonly #moment = new StillMoment();
  readonly #small = new OffscreenCanvas(LOOK_WIDTH, LOOK_HEIGHT);
  readonly #timer: ReturnType<typeof setInterval>;
  /** Where the next one begins: pages of one screen are alike. */
  #from = 0;
  #busy = false;
  #pausedUntil = 0;
  #closed = false;

  constructor(track: MediaStreamTrack, send: (still: Blob) => Promise<unknown>) {
    this.#send = send;
    this.#video.muted = true;
    this.#video.srcObject = new MediaStream([track]);
    void this.#video.play().catch(() => {});
    this.#timer = setInterval(() => void this.#look(), LOOK_EVERY_MS);
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#video.srcObject = null;
  }

  async #look(): Promise<void> {
    if (this.#busy || performance.now() < this.#pausedUntil) return;
    if (this.#video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    const luma = this.#luma();
    if (!luma || !this.#moment.look(luma, performance.now())) return;
    this.#busy = true;
    try {
      const still = await this.#encode();
      if (!this.#closed && still) await this.#send(still);
      this.#moment.sent(luma, performance.now());
    } catch {
      // A line that is away, or a server that wants a pause: a later look finds it due again.
      this.#pausedUntil = performance.now() + PAUSE_MS;
    } finally {
      this.#busy = false;
    }
  }

  #luma(): Uint8Array | undefined {
    const draw = this.#small.getContext('2d', { alpha: false, willReadFrequently: true });
    if (!draw) return undefined;
    draw.imageSmoothingQuality = 'medium';
    draw.drawImage(this.#video, 0, 0, LOOK_WIDTH, LOOK_HEIGHT);
    const { data } = draw.getImageData(0, 0, LOOK_WIDTH, LOOK_HEIGHT);
    return Uint8Array.from({ length: LOOK_WIDTH * LOOK_HEIGHT }, (_, i) => {
      const [red = 0, green = 0, blue = 0] = data.subarray(i * 4, i * 4 + 3);
      return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
    });
  }

  /** @returns undefined: it does not get small enough */
  async #encode(): Promise<Blob | undefined> {
    const frame = await createImageBitmap(this.#video);
    try {
      let still: Blob | undefined;
      for (let nr = Math.max(0, this.#from - 1); nr < tries.length; nr++) {
        const [lines, quality] = tries[nr] as (typeof tries)[number];
        const scale = Math.min(1, lines / frame.height, LONGEST_LINE / frame.width);
        const canvas = new OffscreenCanvas(Math.round(frame.width * scale), Math.round(frame.height * scale));
        const draw = canvas.getContext('2d', { alpha: false });
        if (!draw) return undefined;
        draw.imageSmoothingQuality = 'high';
        draw.drawImage(frame, 0, 0, canvas.width, canvas.height);
        still = await canvas.convertToBlob({ type: 'image/webp', quality });
        this.#from = nr;
        if (still.size <= GOOD_BYTES) break;
      }
      return still && still.size <= STILL_BYTES ? still : undefined;
    } finally {
      frame.close();
    }
  }
}
