import type { DisconnectReason, ParticipantInfo } from '@livekit/protocol';
import type { Views } from '../tell/Listener.ts';
import { gone, veiled } from '../tell/veil.ts';
import { participantInfo } from './info.ts';
import type { Participant } from './Participant.ts';

/** What is told of one participant as of now; the same objects until something changes. */
export class ParticipantViews implements Views {
  readonly #participant: Participant;
  #version: number;
  #known: ParticipantInfo | undefined;
  #veiled: ParticipantInfo | undefined;

  /** @param before the version that others have of them */
  constructor(participant: Participant, before = 0) {
    this.#participant = participant;
    this.#version = before + 1;
  }

  get version(): number {
    return this.#version;
  }
  get known(): ParticipantInfo {
    this.#known ??= participantInfo(this.#participant);
    return this.#known;
  }
  get veiled(): ParticipantInfo {
    this.#veiled ??= veiled(this.known, this.#participant.place);
    return this.#veiled;
  }

  /** Something changed. */
  renew(): void {
    this.#version++;
    this.#known = undefined;
    this.#veiled = undefined;
  }

  /** How others are told that they are gone, or no longer to be seen. */
  gone(reason: DisconnectReason): Views {
    this.renew();
    return { known: gone(this.known, reason), veiled: gone(this.veiled, reason) };
  }
}
