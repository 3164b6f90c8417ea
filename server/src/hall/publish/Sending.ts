/** Encoders overshoot for a moment. */
const TOLERANCE = 1.25;
/** Measurements in a row, one every few seconds. */
const TOO_OFTEN = 2;

/** Whether one participant sends more than `limits.incomingBitrate`, over a time in which an honest client had obeyed. */
export class Sending {
  readonly #most: number;
  #over = 0;

  /** @param most bit/s */
  constructor(most: number) {
    this.#most = most;
  }

  /** @returns whether that was too much too often */
  measured(bitrate: number): boolean {
    this.#over = bitrate > this.#most * TOLERANCE ? this.#over + 1 : 0;
    return this.#over >= TOO_OFTEN;
  }
}
