import { setTimeout as wait } from 'node:timers/promises';
import * as messages from '../../server/src/edge/livekit/outbound/messages.ts';
import type { Participant } from '../../server/src/hall/room/Participant.ts';
import type { ParticipantOutlet } from '../../server/src/hall/tell/outlet.ts';

/** How long, ms, a client takes for an answer: on the way there and back, and to make it. */
const ANSWER_MS = 60;

type Lists = Pick<ParticipantOutlet, 'update' | 'speakers' | 'streamStates'>;
/** Shared lists are written once, as the edge does. */
const written = new WeakMap<object, Uint8Array>();
const once = (list: object, write: () => Uint8Array): void => {
  if (!written.has(list)) written.set(list, write());
};

/** A client without a line: each message is written as for a socket, each offer is answered. */
export class StandInClient {
  readonly participant: Participant;
  messages = 0;
  offers = 0;
  /** When it agreed to the last offer. */
  agreedAt = 0;

  constructor(participant: Participant) {
    this.participant = participant;
    participant.attach(this.#outlet());
  }

  #outlet(): ParticipantOutlet {
    const lists: Lists = {
      update: (list) => once(list, () => messages.update(list).toBinary()),
      speakers: (list) => once(list, () => messages.speakersChanged(list).toBinary()),
      streamStates: (list) => once(list, () => messages.streamStates(list).toBinary()),
    };
    const ways: Partial<ParticipantOutlet> = {
      ...lists,
      offer: (sdp, id, trackByMid) => {
        this.offers += 1;
        messages.description('offer', sdp, id, trackByMid).toBinary();
        void this.#answer(sdp, id);
      },
      qualities: (reports) => messages.connectionQuality(reports).toBinary(),
      roomUpdate: (room) => messages.roomUpdate(room).toBinary(),
    };
    return new Proxy(ways as ParticipantOutlet, {
      get: (target, name: keyof ParticipantOutlet) => {
        this.messages += 1;
        return target[name] ?? (() => undefined);
      },
    });
  }

  async #answer(offer: string, id: number): Promise<void> {
    await wait(ANSWER_MS);
    const sdp = offer.replaceAll('a=setup:actpass', 'a=setup:active').replaceAll('a=sendonly', 'a=recvonly');
    await this.participant.viewing.answer(sdp, id);
    this.agreedAt = performance.now();
  }
}
