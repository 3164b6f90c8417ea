/** A subscription, as far as the track that it receives is concerned. */
export interface Receiver {
  /** The publisher told new sizes. */
  resized(): void;
  /** The publisher went on air, or off. Resolves when the SFU has it. */
  followPlace(): Promise<void>;
}
