/** A subscription, as far as the track that it receives is concerned. */
export interface Receiver {
  /** The publisher told new sizes. */
  resized(): void;
  /** The publisher went on air, or off: said to the SFU alone. Resolves when it has it. */
  followPlace(): Promise<void>;
  /** And to the client, where it was not yet. */
  tellPlace(): void;
}
